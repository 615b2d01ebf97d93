/* Stylise a photograph from C, with no other library.
 *
 *     cc stylise.c $(pkg-config --cflags --libs adain) -o stylise
 *     ./stylise photograph.ppm painting.ppm result.ppm [STRENGTH]
 *
 * Pictures are binary PPM files (P6, 8 bits), which `vips copy`, ImageMagick and ffmpeg write.
 */
#include "ppm.h"

static int
fail (const char *what, const char *why)
{
  fprintf (stderr, "stylise: %s: %s\n", what, why);
  return 1;
}

int
main (int argc, char **argv)
{
  adain_pixels photograph = { NULL, 0, 0, 0, ADAIN_FORMAT_U8, 0 };
  adain_pixels painting = { NULL, 0, 0, 0, ADAIN_FORMAT_U8, 0 };
  adain_options options = ADAIN_OPTIONS_INIT;
  adain_model *model = NULL;
  adain_style *style = NULL;
  const char *why;
  char *end = NULL;
  int failed = 0;

  if (argc != 4 && argc != 5) {
    fprintf (stderr, "usage: stylise PHOTOGRAPH PAINTING RESULT [STRENGTH]\n");
    return 2;
  }
  if (argc == 5) {
    options.strength = (float) strtod (argv[4], &end);
    if (end == argv[4] || *end)
      return fail (argv[4], "not a number");
  }

  if ((why = ppm_read (argv[1], &photograph)))
    failed = fail (argv[1], why);
  else if ((why = ppm_read (argv[2], &painting)))
    failed = fail (argv[2], why);
  if (!failed
      && (adain_model_embedded (&model)
          || adain_style_from_pixels (model, &painting, NULL, &style)
          /* The result may take the photograph's place. */
          || adain_stylise (model, &photograph, style, &options, &photograph)))
    failed = fail ("adain", adain_last_error ());
  if (!failed && (why = ppm_write (argv[3], &photograph)))
    failed = fail (argv[3], why);

  adain_style_unref (style);
  adain_model_unref (model);
  free (photograph.data);
  free (painting.data);

  return failed;
}
