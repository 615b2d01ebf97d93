/* Walk over a picture of any size through a window: analyse it once, render what is looked at.
 *
 *     cc walk.c $(pkg-config --cflags --libs adain) -o walk
 *     vips copy huge.tif .ppm | ./walk painting.ppm 512 FOLDER
 *
 * The picture comes from standard input as a binary PPM file (P6, 8 bits) and is never in memory:
 * its rows are pushed as they arrive, and only the feature map is kept. Then a window of 512 x 512
 * pixels moves from the top left corner to the bottom right one in eight steps; each view goes
 * to FOLDER/view-N.ppm.
 */
#include "ppm.h"

enum { ROWS = 16, STEPS = 8 };

static int
fail (const char *what, const char *why)
{
  fprintf (stderr, "walk: %s: %s\n", what, why);
  return 1;
}

static int
read_style (const char *name, adain_model *model, adain_style **style)
{
  adain_pixels painting = { NULL, 0, 0, 0, ADAIN_FORMAT_U8, 0 };
  const char *why = ppm_read (name, &painting);

  if (!why && adain_style_from_pixels (model, &painting, NULL, style))
    why = adain_last_error ();
  free (painting.data);

  return why ? fail (name, why) : 0;
}

/* First pass: the picture's rows, a few at a time. */
static int
analyse_stdin (adain_model *model, adain_content **content)
{
  static const char name[] = "standard input";
  adain_analysis *analysis = NULL;
  adain_pixels rows;
  uint32_t left;
  const char *why = ppm_header (stdin, &rows);

  if (why)
    return fail (name, why);
  left = rows.height;
  rows.data = malloc ((size_t) rows.width * ROWS * 3);
  if (!rows.data)
    return fail (name, "too wide");
  if (adain_analysis_begin (model, rows.width, rows.height, NULL, &analysis))
    why = adain_last_error ();
  while (!why && left > 0) {
    rows.height = left < ROWS ? left : (uint32_t) ROWS;
    left -= rows.height;
    why = ppm_rows (stdin, &rows);
    if (!why && adain_analysis_push (analysis, &rows))
      why = adain_last_error ();
  }
  if (!why && adain_analysis_finish (analysis, content))
    why = adain_last_error ();
  adain_analysis_free (analysis);
  free (rows.data);

  return why ? fail (name, why) : 0;
}

/* Second pass: a view wherever one looks. */
static int
write_view (adain_content *content, const adain_style *style, uint32_t x, uint32_t y,
            const adain_pixels *view, const char *name)
{
  const char *why;

  if (adain_content_render (content, style, NULL, x, y, view))
    return fail (name, adain_last_error ());
  why = ppm_write (name, view);

  return why ? fail (name, why) : 0;
}

static int
walk (adain_content *content, const adain_style *style, uint32_t side, const char *folder)
{
  uint32_t width = adain_content_width (content);
  uint32_t height = adain_content_height (content);
  adain_pixels view = { NULL, 0, 0, 0, ADAIN_FORMAT_U8, 3 };
  char name[4096];
  int step;
  int failed = 0;

  view.width = side < width ? side : width;
  view.height = side < height ? side : height;
  view.data = malloc ((size_t) view.width * view.height * 3);
  if (!view.data)
    return fail ("view", "too large");
  for (step = 0; step < STEPS && !failed; step++) {
    uint32_t x = (uint32_t) ((uint64_t) (width - view.width) * (unsigned) step / (STEPS - 1));
    uint32_t y = (uint32_t) ((uint64_t) (height - view.height) * (unsigned) step / (STEPS - 1));

    if (snprintf (name, sizeof name, "%s/view-%d.ppm", folder, step) >= (int) sizeof name)
      failed = fail (folder, "too long a name");
    else
      failed = write_view (content, style, x, y, &view, name);
  }
  free (view.data);

  return failed;
}

int
main (int argc, char **argv)
{
  adain_model *model = NULL;
  adain_style *style = NULL;
  adain_content *content = NULL;
  long side = argc == 4 ? strtol (argv[2], NULL, 10) : 0;
  int failed;

  if (side < 1 || side > 8192) {
    fprintf (stderr, "usage: walk PAINTING SIDE FOLDER < PICTURE\n");
    return 2;
  }
  failed = adain_model_embedded (&model) ? fail ("model", adain_last_error ()) : 0;
  failed = failed || read_style (argv[1], model, &style) || analyse_stdin (model, &content)
    || walk (content, style, (uint32_t) side, argv[3]);

  adain_content_unref (content);
  adain_style_unref (style);
  adain_model_unref (model);

  return failed;
}
