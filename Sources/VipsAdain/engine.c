/* What libvips has to say in calls to the engine: when to stop, and how many threads there may be. */
#include "vips-adain.h"

/* Whoever asked for signals kills the image that they come from, not our node. */
static VipsImage *
killable (VipsImage *image)
{
  return image->progress_signal ? image->progress_signal : image;
}

/* Stop inside the engine, too, not only between two strips. Only look: vips_image_iskilled clears
 * the flag, and whoever clears it must report it. */
int
vips_adain_is_killed (double done, void *image)
{
  (void) done;
  return killable ((VipsImage *) image)->kill;
}

int
vips_adain_stopped (adain_status status, VipsImage *image)
{
  if (status == ADAIN_ERROR_CANCELLED && vips_image_iskilled (killable (image)))
    return -1;

  return vips_adain_error ();
}

/* No more threads than VIPS_CONCURRENCY allows libvips itself: processes that share a machine say so there. Where it
 * allows all processors the engine may share them as it sees fit. */
adain_options
vips_adain_engine_options (void)
{
  adain_options options = ADAIN_OPTIONS_INIT;
  int concurrency = vips_concurrency_get ();

  if (concurrency < adain_default_threads ())
    options.threads = concurrency;

  return options;
}
