/* Pixels that are not numbers: an error, where conversions would make some colour of them. */
#include <math.h>

#include "vips-adain.h"

/* Copy a rectangle of float or double samples; `b` is the argument's name. */
static int
generate (VipsRegion *out, void *seq, void *a, void *b, gboolean *stop)
{
  VipsRegion *in = (VipsRegion *) seq;
  VipsRect *valid = &out->valid;
  int bands = out->im->Bands;
  int n = valid->width * bands;
  gboolean wide = out->im->BandFmt == VIPS_FORMAT_DOUBLE;

  (void) a;
  (void) stop;
  if (vips_region_prepare (in, valid)
      || vips_region_region (out, in, valid, valid->left, valid->top))
    return -1;
  for (int y = valid->top; y < VIPS_RECT_BOTTOM (valid); y++) {
    const void *row = VIPS_REGION_ADDR (out, valid->left, y);

    for (int i = 0; i < n; i++)
      if (!isfinite (wide ? ((const double *) row)[i] : ((const float *) row)[i])) {
        vips_error (VIPS_ADAIN_DOMAIN, "%s: the pixel at (%d, %d) is not finite", (const char *) b,
                    valid->left + i / bands, y);
        return -1;
      }
  }

  return 0;
}

/* `name` must be a constant: it is used as long as the image is. */
int
vips_adain_check_finite (const char *name, VipsImage *in, VipsImage **out)
{
  VipsImage *checked = vips_image_new ();

  if (vips_image_pipelinev (checked, VIPS_DEMAND_STYLE_THINSTRIP, in, NULL)
      || vips_image_generate (checked, vips_start_one, generate, vips_stop_one, in,
                              (void *) name)) {
    g_object_unref (checked);
    return -1;
  }
  *out = checked;

  return 0;
}
