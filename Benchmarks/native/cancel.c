/* How long a cancelled call goes on, in either pass and with a broad brush, from C and through libvips.
 *
 *     cancel PHOTOGRAPH PAINTING RUNS
 *
 * A second thread asks the call to stop at moments spread over it; what counts is the time from then to
 * the call's return. Prints `call_first call_second call_brush operation_first operation_second`, the
 * longest of RUNS in seconds.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include <vips/vips.h>

#include <adain.h>

#include "clock.h"

/* What is to be stopped, and when. */
typedef struct request {
  double delay;
  VipsImage *image; /* NULL: the C call */
  atomic_int stop;
  double asked;
} request;

static void *
ask (void *data)
{
  request *r = data;
  struct timespec delay = { (time_t) r->delay, (long) ((r->delay - (time_t) r->delay) * 1e9) };

  nanosleep (&delay, NULL);
  r->asked = now ();
  if (r->image)
    vips_image_set_kill (r->image, TRUE);
  atomic_store (&r->stop, 1);
  return NULL;
}

static int
on_progress (double done, void *data)
{
  (void) done;
  return atomic_load (&((request *) data)->stop);
}

static VipsImage *photograph, *painting;
static adain_pixels pixels, result;
static adain_model *model;
static adain_style *style;
static adain_content *content;

static VipsImage *
operation (VipsImage *in)
{
  VipsArrayImage *styles = vips_array_image_newv (1, painting);
  VipsImage *out = NULL;

  if (vips_call ("adain", in, styles, &out, NULL))
    vips_error_clear ();
  vips_area_unref (VIPS_AREA (styles));
  return out;
}

/* Pass 0: encode by a C call; 1: decode; 2: all of it, with the brush that suits the size; 3 and 4: the passes of
 * the operation. Whether it was stopped. */
static int
carry_out (int pass, request *r)
{
  adain_options options = ADAIN_OPTIONS_INIT;
  adain_content *analysed = NULL;
  int failed;

  options.progress = on_progress;
  options.progress_data = r;
  if (pass == 0) {
    failed = adain_content_analyse (model, &pixels, &options, &analysed) != ADAIN_OK;
    adain_content_unref (analysed);
  }
  else if (pass == 1)
    failed = adain_content_render (content, style, &options, 0, 0, &result) != ADAIN_OK;
  else if (pass == 2)
    failed = adain_stylise (model, &pixels, style, &options, &result) != ADAIN_OK;
  else if (pass == 3) {
    VipsImage *out = operation (r->image);

    failed = !out;
    VIPS_UNREF (out);
  }
  else {
    size_t size;
    void *memory = vips_image_write_to_memory (r->image, &size);

    failed = !memory;
    g_free (memory);
    vips_error_clear ();
  }

  return failed;
}

/* The image that a pass of the operation watches, made anew: a killed one stays killed. */
static VipsImage *
watched (int pass)
{
  VipsImage *image = NULL;

  if (pass == 3) {
    image
      = vips_image_new_from_memory (pixels.data, (size_t) pixels.width * pixels.height * 3,
                                    (int) pixels.width, (int) pixels.height, 3, VIPS_FORMAT_UCHAR);
    image->Type = VIPS_INTERPRETATION_sRGB;
  }
  else if (pass == 4 && !(image = operation (photograph)))
    vips_error_exit ("vips adain");
  if (image)
    vips_image_set_progress (image, TRUE);

  return image;
}

static double
longest (int pass, int runs)
{
  request whole = { 0, watched (pass), 0, 0 };
  double start = now ();
  double worst = 0;

  if (carry_out (pass, &whole))
    vips_error_exit ("a call failed: %s", adain_last_error ());
  double length = now () - start;
  VIPS_UNREF (whole.image);

  for (int run = 0; run < runs; run++) {
    request r = { length * (run + 0.5) / (runs + 1), watched (pass), 0, 0 };
    pthread_t thread;

    pthread_create (&thread, NULL, ask, &r);
    int stopped = carry_out (pass, &r);
    double end = now ();
    pthread_join (thread, NULL);
    if (stopped)
      worst = VIPS_MAX (worst, end - r.asked);
    VIPS_UNREF (r.image);
  }

  return worst;
}

int
main (int argc, char **argv)
{
  int runs = argc == 4 ? atoi (argv[3]) : 0;
  VipsImage *file;
  adain_pixels seen;

  if (runs < 1 || VIPS_INIT (argv[0])) {
    fprintf (stderr, "usage: cancel PHOTOGRAPH PAINTING RUNS\n");
    return 2;
  }
  if (!(file = vips_image_new_from_file (argv[1], NULL))
      || !(photograph = vips_image_copy_memory (file))
      || !(file = vips_image_new_from_file (argv[2], NULL))
      || !(painting = vips_image_copy_memory (file)))
    vips_error_exit (NULL);
  pixels = (adain_pixels){ (void *) vips_image_get_data (photograph),
                           0,
                           (uint32_t) photograph->Xsize,
                           (uint32_t) photograph->Ysize,
                           ADAIN_FORMAT_U8,
                           3 };
  seen = (adain_pixels){ (void *) vips_image_get_data (painting),
                         0,
                         (uint32_t) painting->Xsize,
                         (uint32_t) painting->Ysize,
                         ADAIN_FORMAT_U8,
                         3 };
  result = pixels;
  result.data = malloc ((size_t) pixels.width * pixels.height * 3);
  if (adain_model_embedded (&model) || adain_style_from_pixels (model, &seen, NULL, &style)
      || adain_content_analyse (model, &pixels, NULL, &content))
    vips_error_exit ("%s", adain_last_error ());

  for (int pass = 0; pass < 5; pass++)
    printf ("%.6f%s", longest (pass, runs), pass < 4 ? " " : "\n");

  return 0;
}
