/* Stylise a photograph from C, with no other library.
 *
 *     cc stylise.c $(pkg-config --cflags --libs adain) -o stylise
 *     ./stylise photograph.ppm painting.ppm result.ppm [STRENGTH]
 *
 * Pictures are binary PPM files (P6, 8 bits), which `vips copy`, ImageMagick and ffmpeg write.
 */
#include <stdio.h>
#include <stdlib.h>

#include <adain.h>

static int
fail (const char *what, const char *why)
{
  fprintf (stderr, "stylise: %s: %s\n", what, why);
  return 1;
}

/* A number of the header, behind white space and comments; 0 when there is none. */
static uint32_t
read_number (FILE *file)
{
  unsigned number = 0;
  int c;

  while ((c = getc (file)) == '#' || c == ' ' || c == '\t' || c == '\r' || c == '\n')
    if (c == '#')
      while ((c = getc (file)) != '\n' && c != EOF)
        ;
  if (c < '0' || c > '9')
    return 0;
  ungetc (c, file);
  return fscanf (file, "%7u", &number) == 1 ? number : 0;
}

static int
read_ppm (const char *name, adain_pixels *pixels)
{
  FILE *file = fopen (name, "rb");
  size_t size;
  size_t count;

  if (!file)
    return fail (name, "cannot be opened");
  if (getc (file) != 'P' || getc (file) != '6') {
    fclose (file);
    return fail (name, "not a binary PPM file");
  }
  pixels->width = read_number (file);
  pixels->height = read_number (file);
  if (!pixels->width || !pixels->height || read_number (file) != 255) {
    fclose (file);
    return fail (name, "not an 8-bit PPM file");
  }
  getc (file); /* the one white space before the pixels */
  pixels->format = ADAIN_FORMAT_U8;
  pixels->channels = 3;
  pixels->stride = 0;
  size = (size_t) pixels->width * pixels->height * 3;
  pixels->data = malloc (size);
  count = pixels->data ? fread (pixels->data, 1, size, file) : 0;
  fclose (file);
  if (!pixels->data)
    return fail (name, "too large for the memory");

  return count == size ? 0 : fail (name, "ends before its last pixel");
}

static int
write_ppm (const char *name, const adain_pixels *pixels)
{
  FILE *file = fopen (name, "wb");
  size_t size = (size_t) pixels->width * pixels->height * 3;
  int whole;

  if (!file)
    return fail (name, "cannot be created");
  fprintf (file, "P6\n%u %u\n255\n", (unsigned) pixels->width, (unsigned) pixels->height);
  whole = fwrite (pixels->data, 1, size, file) == size;
  whole = fclose (file) == 0 && whole;

  return whole ? 0 : fail (name, "cannot be written");
}

int
main (int argc, char **argv)
{
  adain_pixels photograph = { NULL, 0, 0, 0, ADAIN_FORMAT_U8, 0 };
  adain_pixels painting = { NULL, 0, 0, 0, ADAIN_FORMAT_U8, 0 };
  adain_options options = ADAIN_OPTIONS_INIT;
  adain_model *model = NULL;
  adain_style *style = NULL;
  char *end = NULL;
  int failed;

  if (argc != 4 && argc != 5) {
    fprintf (stderr, "usage: stylise PHOTOGRAPH PAINTING RESULT [STRENGTH]\n");
    return 2;
  }
  if (argc == 5) {
    options.strength = (float) strtod (argv[4], &end);
    if (end == argv[4] || *end)
      return fail (argv[4], "not a number");
  }

  failed = read_ppm (argv[1], &photograph) || read_ppm (argv[2], &painting);
  if (!failed
      && (adain_model_embedded (&model)
          || adain_style_from_pixels (model, &painting, NULL, &style)
          /* The result may take the photograph's place. */
          || adain_stylise (model, &photograph, style, &options, &photograph)))
    failed = fail ("adain", adain_last_error ());
  failed = failed || write_ppm (argv[3], &photograph);

  adain_style_unref (style);
  adain_model_unref (model);
  free (photograph.data);
  free (painting.data);

  return failed;
}
