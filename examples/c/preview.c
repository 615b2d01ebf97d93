/* Choose before the work is done: previews of several strengths in a moment, then the picture itself.
 *
 *     cc preview.c $(pkg-config --cflags --libs adain) -o preview
 *     ./preview photograph.ppm great-wave FOLDER
 *
 * The fast model sees the photograph reduced to a short side of 256 pixels, once, and renders it in each
 * strength: FOLDER/preview-25.ppm to FOLDER/preview-100.ppm. Then the standard model makes FOLDER/result.ppm.
 */
#include "ppm.h"

enum { SHORT_SIDE = 256 };

static int
fail (const char *what, const char *why)
{
  fprintf (stderr, "preview: %s: %s\n", what, why);
  return 1;
}

static int
failed (adain_status status)
{
  return status ? fail ("adain", adain_last_error ()) : 0;
}

static int
write_picture (const char *folder, const char *picture, const adain_pixels *pixels)
{
  char name[4096];
  const char *why;

  if (snprintf (name, sizeof name, "%s/%s.ppm", folder, picture) >= (int) sizeof name)
    return fail (folder, "too long a name");
  why = ppm_write (name, pixels);

  return why ? fail (name, why) : 0;
}

/* What is seen once is rendered in any strength, or style, for a third of the time. */
static int
write_strengths (adain_content *seen, const adain_style *style, const adain_pixels *result,
                 const char *folder)
{
  adain_options options = ADAIN_OPTIONS_INIT;
  char name[16];
  int percent, bad = 0;

  for (percent = 25; !bad && percent <= 100; percent += 25) {
    options.strength = (float) percent / 100;
    snprintf (name, sizeof name, "preview-%d", percent);
    bad = failed (adain_content_render (seen, style, &options, 0, 0, result))
      || write_picture (folder, name, result);
  }

  return bad;
}

static int
preview (const adain_pixels *photograph, const char *painting, const char *folder)
{
  adain_pixels small = *photograph;
  adain_model *model = NULL;
  adain_style *style = NULL;
  adain_content *seen = NULL;
  int bad;

  adain_fitted_size (photograph->width, photograph->height, SHORT_SIDE, 0, &small.width,
                     &small.height);
  small.data = malloc (ppm_size (&small));
  if (!small.data)
    return fail ("preview", "too large for the memory");
  bad = failed (adain_reduce (photograph, 0, &small)) || failed (adain_model_named ("fast", &model))
    || failed (adain_style_named_for (model, painting, &style))
    || failed (adain_content_analyse (model, &small, NULL, &seen))
    || write_strengths (seen, style, &small, folder);
  adain_content_unref (seen);
  adain_style_unref (style);
  adain_model_unref (model);
  free (small.data);

  return bad;
}

static int
finish (const adain_pixels *photograph, const char *painting, const char *folder)
{
  adain_model *model = NULL;
  adain_style *style = NULL;
  int bad = failed (adain_model_embedded (&model)) || failed (adain_style_named (painting, &style))
    || failed (adain_stylise (model, photograph, style, NULL, photograph))
    || write_picture (folder, "result", photograph);

  adain_style_unref (style);
  adain_model_unref (model);

  return bad;
}

int
main (int argc, char **argv)
{
  adain_pixels photograph = { NULL, 0, 0, 0, ADAIN_FORMAT_U8, 0 };
  const char *why;
  int bad;

  if (argc != 4) {
    fprintf (stderr, "usage: preview PHOTOGRAPH STYLE FOLDER\n");
    return 2;
  }
  why = ppm_read (argv[1], &photograph);
  bad = why ? fail (argv[1], why)
            : preview (&photograph, argv[2], argv[3]) || finish (&photograph, argv[2], argv[3]);
  free (photograph.data);

  return bad;
}
