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
#include <stdio.h>
#include <stdlib.h>

#include <adain.h>

enum { ROWS = 16, STEPS = 8 };

static int
fail (const char *what, const char *why)
{
  fprintf (stderr, "walk: %s: %s\n", what, why);
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
read_header (FILE *file, const char *name, adain_pixels *pixels)
{
  if (getc (file) != 'P' || getc (file) != '6')
    return fail (name, "not a binary PPM file");
  pixels->width = read_number (file);
  pixels->height = read_number (file);
  if (!pixels->width || !pixels->height || read_number (file) != 255)
    return fail (name, "not an 8-bit PPM file");
  getc (file); /* the one white space before the pixels */
  pixels->format = ADAIN_FORMAT_U8;
  pixels->channels = 3;
  pixels->stride = 0;
  pixels->data = NULL;

  return 0;
}

static int
read_rows (FILE *file, const char *name, const adain_pixels *rows)
{
  size_t size = (size_t) rows->width * rows->height * 3;

  return fread (rows->data, 1, size, file) == size ? 0 : fail (name, "ends before its last pixel");
}

static int
read_style (const char *name, adain_model *model, adain_style **style)
{
  FILE *file = fopen (name, "rb");
  adain_pixels painting;
  int failed;

  if (!file)
    return fail (name, "cannot be opened");
  failed = read_header (file, name, &painting);
  if (!failed) {
    painting.data = malloc ((size_t) painting.width * painting.height * 3);
    failed = painting.data ? read_rows (file, name, &painting) : fail (name, "too large");
  }
  fclose (file);
  if (!failed && adain_style_from_pixels (model, &painting, NULL, style))
    failed = fail (name, adain_last_error ());
  if (painting.data)
    free (painting.data);

  return failed;
}

/* First pass: the picture's rows, a few at a time. */
static int
analyse_stdin (adain_model *model, adain_content **content)
{
  adain_analysis *analysis = NULL;
  adain_pixels rows;
  uint32_t left;
  int failed;

  if (read_header (stdin, "standard input", &rows))
    return 1;
  left = rows.height;
  rows.data = malloc ((size_t) rows.width * ROWS * 3);
  if (!rows.data)
    return fail ("standard input", "too wide");
  failed = adain_analysis_begin (model, rows.width, rows.height, NULL, &analysis) != ADAIN_OK;
  while (!failed && left > 0) {
    rows.height = left < ROWS ? left : (uint32_t) ROWS;
    left -= rows.height;
    if (read_rows (stdin, "standard input", &rows)) {
      adain_analysis_free (analysis);
      free (rows.data);
      return 1;
    }
    failed = adain_analysis_push (analysis, &rows) != ADAIN_OK;
  }
  failed = failed || adain_analysis_finish (analysis, content) != ADAIN_OK;
  if (failed)
    fail ("standard input", adain_last_error ());
  adain_analysis_free (analysis);
  free (rows.data);

  return failed;
}

/* Second pass: a view wherever one looks. */
static int
write_view (adain_content *content, const adain_style *style, uint32_t x, uint32_t y,
            const adain_pixels *view, const char *name)
{
  FILE *file;
  size_t size = (size_t) view->width * view->height * 3;
  int whole;

  if (adain_content_render (content, style, NULL, x, y, view))
    return fail (name, adain_last_error ());
  file = fopen (name, "wb");
  if (!file)
    return fail (name, "cannot be created");
  fprintf (file, "P6\n%u %u\n255\n", (unsigned) view->width, (unsigned) view->height);
  whole = fwrite (view->data, 1, size, file) == size;
  whole = fclose (file) == 0 && whole;

  return whole ? 0 : fail (name, "cannot be written");
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
