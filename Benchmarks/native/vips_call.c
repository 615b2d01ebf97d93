/* The libvips operation beside the C call, in one process, on the same decoded picture.
 *
 *     vips_call PHOTOGRAPH PAINTING RUNS
 *
 * Prints `operation call`, the medians in seconds of interleaved runs, from 8-bit pixels in memory
 * to the same. The operation encodes the painting each time, the call is given the style: the
 * painting should be small.
 */
#include <stdlib.h>

#include <vips/vips.h>

#include <adain.h>

#include "clock.h"

enum { MOST_RUNS = 1000 };

/* An image decoded to memory. */
static VipsImage *
decoded (const char *name)
{
  VipsImage *file = vips_image_new_from_file (name, NULL);
  VipsImage *image = file ? vips_image_copy_memory (file) : NULL;

  if (!image)
    vips_error_exit ("%s", name);
  g_object_unref (file);
  return image;
}

static adain_pixels
view (VipsImage *image)
{
  if (image->BandFmt != VIPS_FORMAT_UCHAR || image->Bands != 3)
    vips_error_exit ("pictures must have three bands of 8 bits");
  return (adain_pixels){
    (void *) vips_image_get_data (image), 0, image->Xsize, image->Ysize, ADAIN_FORMAT_U8, 3
  };
}

static void
run_operation (VipsImage *photograph, VipsImage *painting)
{
  VipsArrayImage *style = vips_array_image_newv (1, painting);
  VipsImage *result;
  void *pixels;
  size_t size;

  if (vips_call ("adain", photograph, style, &result, NULL))
    vips_error_exit ("vips adain");
  pixels = vips_image_write_to_memory (result, &size);
  if (!pixels)
    vips_error_exit ("vips adain");
  g_free (pixels);
  g_object_unref (result);
  vips_area_unref (VIPS_AREA (style));
}

static void
run_call (adain_model *model, adain_style *style, adain_pixels content)
{
  adain_pixels result = content;

  result.data = g_malloc ((size_t) content.width * content.height * 3);
  if (adain_stylise (model, &content, style, NULL, &result))
    vips_error_exit ("adain_stylise: %s", adain_last_error ());
  g_free (result.data);
}

int
main (int argc, char **argv)
{
  int runs = argc == 4 ? atoi (argv[3]) : 0;
  double operations[MOST_RUNS];
  double calls[MOST_RUNS];
  adain_model *model;
  adain_style *style;

  if (runs < 1 || runs > MOST_RUNS) {
    fprintf (stderr, "usage: vips_call PHOTOGRAPH PAINTING RUNS\n");
    return 2;
  }
  if (vips_init (argv[0]))
    vips_error_exit (NULL);
  vips_cache_set_max (0); /* or the second run would be the first one's result */

  VipsImage *photograph = decoded (argv[1]);
  VipsImage *painting = decoded (argv[2]);
  adain_pixels content = view (photograph);
  adain_pixels strokes = view (painting);

  if (adain_model_embedded (&model) || adain_style_from_pixels (model, &strokes, NULL, &style))
    vips_error_exit ("%s", adain_last_error ());
  for (int i = -1; i < runs; i++) { /* the first, uncounted, to warm up */
    double start = now ();

    run_operation (photograph, painting);
    operations[MAX (i, 0)] = now () - start;
    start = now ();
    run_call (model, style, content);
    calls[MAX (i, 0)] = now () - start;
  }
  qsort (operations, runs, sizeof (double), compare);
  qsort (calls, runs, sizeof (double), compare);
  printf ("%.6f %.6f\n", operations[runs / 2], calls[runs / 2]);

  adain_style_unref (style);
  adain_model_unref (model);
  g_object_unref (photograph);
  g_object_unref (painting);
  vips_shutdown ();

  return 0;
}
