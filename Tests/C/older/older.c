/* A program that was built with an older header, or with today's, runs with today's library and gets
 * the same picture.
 *
 *     older MODEL RESULT
 *
 * first/adain.h is the header of commit c519cad, whose options end with progress_data; second/adain.h
 * that of 1f99191, whose options end with feature_memory, third/adain.h that of a1722f3, whose options end with
 * stroke. They are kept as they were.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <adain.h>

enum { WIDTH = 75, HEIGHT = 50, SIZE = WIDTH * HEIGHT * 3 };

static int
fail (const char *what)
{
  fprintf (stderr, "older: %s: %s\n", what, adain_last_error ());
  return 1;
}

static adain_pixels
make_pixels (unsigned seed)
{
  unsigned char *samples = (unsigned char *) malloc (SIZE);
  adain_pixels pixels = { samples, 0, WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3 };
  unsigned i;

  if (!samples)
    abort ();
  for (i = 0; i < SIZE; i++)
    samples[i] = (unsigned char) (i * seed % 251);

  return pixels;
}

static int
note (double done, void *data)
{
  *(double *) data = done;
  return 0;
}

/* The options, before memory that cannot be read: the library must not look behind those that this
 * header has. */
static adain_options *
make_options (double *done)
{
  adain_options init = ADAIN_OPTIONS_INIT;
  size_t page = (size_t) sysconf (_SC_PAGESIZE);
  char *pages = (char *) mmap (NULL, 2 * page, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  adain_options *options;

  if (pages == MAP_FAILED || mprotect (pages + page, page, PROT_NONE))
    abort ();
  options = (adain_options *) (void *) (pages + page - sizeof init);
  *options = init;
  options->strength = 0.75f;
  options->threads = 2;
  options->progress = note;
  options->progress_data = done;

  return options;
}

int
main (int argc, char **argv)
{
  adain_pixels picture = make_pixels (7), painting = make_pixels (11);
  adain_pixels result = make_pixels (1), part = make_pixels (1);
  double done = 0;
  adain_options *options = make_options (&done);
  adain_model *model = NULL;
  adain_style *style = NULL;
  adain_content *content = NULL;
  FILE *file;
  int whole;

  if (argc != 3)
    return 2;
  if (adain_model_load_file (argv[1], &model)
      || adain_style_from_pixels (model, &painting, options, &style))
    return fail ("style");
  if (adain_stylise (model, &picture, style, options, &result) || done != 1)
    return fail ("stylise");
  part.width = 30;
  part.height = 20;
  part.stride = WIDTH * 3;
  part.data = (unsigned char *) part.data + 25 * WIDTH * 3 + 40 * 3;
  if (adain_content_analyse (model, &picture, options, &content)
      || adain_content_render (content, style, options, 40, 25, &part))
    return fail ("render");
  if (memcmp (part.data, (unsigned char *) result.data + 25 * WIDTH * 3 + 40 * 3, 30 * 3))
    return fail ("render: not the pixels of stylise");

  file = fopen (argv[2], "wb");
  whole = file && fwrite (result.data, 1, SIZE, file) == SIZE;
  adain_content_unref (content);
  adain_style_unref (style);
  adain_model_unref (model);

  return file && fclose (file) == 0 && whole ? 0 : fail (argv[2]);
}
