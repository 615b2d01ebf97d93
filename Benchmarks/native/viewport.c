/* A rectangle of a large analysed picture beside a picture of the rectangle's size.
 *
 *     viewport PHOTOGRAPH SIDE VIEW RUNS
 *
 * The photograph is repeated over SIDE x SIDE pixels and pushed in rows. Prints `seconds bytes
 * rectangle picture`: what the analysis took, what the process has in memory at most, and the medians
 * in seconds of decoding VIEW x VIEW pixels somewhere in the large picture and the whole of a picture
 * of just that size, in turns.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <vips/vips.h>

#include <adain.h>

#include "clock.h"

enum { MOST_RUNS = 1000 };

static void
check (adain_status status)
{
  if (status) {
    fprintf (stderr, "viewport: %s\n", adain_last_error ());
    exit (1);
  }
}

/* The tile repeated over a square. */
static adain_content *
analyse (adain_model *model, const adain_pixels *tile, uint32_t side)
{
  adain_pixels row = { malloc ((size_t) side * 3), 0, side, 1, ADAIN_FORMAT_U8, 3 };
  size_t line = (size_t) tile->width * 3;
  adain_analysis *analysis;
  adain_content *content;

  check (adain_analysis_begin (model, side, side, NULL, &analysis));
  for (uint32_t y = 0; y < side; y++) {
    const char *from = (const char *) tile->data + y % tile->height * line;

    for (size_t x = 0; x < side; x += tile->width)
      memcpy ((char *) row.data + x * 3, from,
              (x + tile->width <= side ? tile->width : side - x) * 3);
    check (adain_analysis_push (analysis, &row));
  }
  check (adain_analysis_finish (analysis, &content));
  adain_analysis_free (analysis);
  free (row.data);

  return content;
}

int
main (int argc, char **argv)
{
  double times[2][MOST_RUNS];
  adain_content *contents[2];
  adain_pixels tile, result;
  adain_model *model;
  adain_style *style;
  struct rusage usage;
  VipsImage *file, *photograph;
  double start, seconds;

  if (argc != 5 || VIPS_INIT (argv[0])) {
    fprintf (stderr, "usage: viewport PHOTOGRAPH SIDE VIEW RUNS\n");
    return 2;
  }
  uint32_t side = (uint32_t) atoi (argv[2]);
  uint32_t view = (uint32_t) atoi (argv[3]);
  int runs = VIPS_CLIP (1, atoi (argv[4]), MOST_RUNS);

  if (!(file = vips_image_new_from_file (argv[1], NULL))
      || !(photograph = vips_image_copy_memory (file)))
    vips_error_exit (NULL);
  tile = (adain_pixels){ (void *) vips_image_get_data (photograph),
                         0,
                         (uint32_t) photograph->Xsize,
                         (uint32_t) photograph->Ysize,
                         ADAIN_FORMAT_U8,
                         3 };
  result = (adain_pixels){ malloc ((size_t) view * view * 3), 0, view, view, ADAIN_FORMAT_U8, 3 };
  check (adain_model_embedded (&model));
  check (adain_style_from_pixels (model, &tile, NULL, &style));

  contents[1] = analyse (model, &tile, view);
  start = now ();
  contents[0] = analyse (model, &tile, side);
  seconds = now () - start;

  /* Run -1 warms up. Not on the grid of anything. */
  for (int run = -1; run < runs; run++)
    for (int i = 0; i < 2; i++) {
      uint32_t room = i == 0 ? side - view : 0;

      start = now ();
      check (adain_content_render (contents[i], style, NULL,
                                   room ? (uint32_t) (run + 1) * 1237 % room : 0,
                                   room ? (uint32_t) (run + 1) * 3571 % room : 0, &result));
      if (run >= 0)
        times[i][run] = now () - start;
    }
  for (int i = 0; i < 2; i++)
    qsort (times[i], (size_t) runs, sizeof (double), compare);
  getrusage (RUSAGE_SELF, &usage);
  printf ("%.3f %ld %.6f %.6f\n", seconds, usage.ru_maxrss * 1024, times[0][runs / 2],
          times[1][runs / 2]);

  return 0;
}
