/* Masks: mask images to grey samples in memory, for as long as pages are laid out by them. */
#include "vips-adain.h"

/* A mask is drawn on the picture as it is seen; the content's pixels lie as they are stored. What vips_autorot would
 * do to the content is undone for the mask. */
static int
as_stored (VipsObject *parent, int orientation, VipsImage *mask, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (parent, 1);
  static const VipsAngle angles[] = {
    VIPS_ANGLE_D0,   VIPS_ANGLE_D0,   VIPS_ANGLE_D0,  VIPS_ANGLE_D180, VIPS_ANGLE_D180,
    VIPS_ANGLE_D270, VIPS_ANGLE_D270, VIPS_ANGLE_D90, VIPS_ANGLE_D90,
  };
  gboolean mirrored = orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;

  return (mirrored ? vips_flip (mask, &t[0], VIPS_DIRECTION_HORIZONTAL, NULL)
                   : vips_copy (mask, &t[0], NULL))
    || vips_rot (t[0], out, angles[orientation], NULL);
}

/* One band, of 8 or 16 bits, or floats from 0 to 1. */
static int
grey (VipsObject *parent, int orientation, VipsImage *mask, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (parent, 9);
  int page_height = vips_image_get_page_height (mask);
  double white = vips_adain_is_unit_grey (mask) ? 1 : 255;

  /* Of an animation the first frame, as with style images. */
  if (vips_adain_check_range ("mask", mask)
      || vips_extract_area (mask, &t[0], 0, 0, mask->Xsize, page_height, NULL))
    return -1;
  mask = t[0];
  if (vips_adain_scale (parent, mask, &t[8]))
    return -1;
  mask = t[8];
  if (mask->Bands > 2) {
    VipsInterpretation space
      = mask->BandFmt == VIPS_FORMAT_USHORT ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_B_W;

    if (vips_colourspace (mask, &t[1], space, NULL))
      return -1;
    mask = t[1];
  }
  if (vips_extract_band (mask, &t[2], 0, NULL))
    return -1;
  mask = t[2];
  if (mask->BandFmt != VIPS_FORMAT_UCHAR && mask->BandFmt != VIPS_FORMAT_USHORT) {
    if (vips_linear1 (mask, &t[3], 1 / white, 0, NULL) || vips_cast_float (t[3], &t[4], NULL))
      return -1;
    mask = t[4];
  }
  /* Its own orientation first. In memory, as turning reads in another order. */
  if (vips_image_get_orientation (mask) > 1 || orientation > 1) {
    if (!(t[5] = vips_image_copy_memory (mask)) || vips_autorot (t[5], &t[6], NULL)
        || as_stored (parent, orientation, t[6], &t[7]))
      return -1;
    mask = t[7];
  }
  *out = mask;
  g_object_ref (*out);

  return 0;
}

static adain_format
format_of (const VipsImage *mask)
{
  switch (mask->BandFmt) {
  case VIPS_FORMAT_UCHAR:
    return ADAIN_FORMAT_U8;
  case VIPS_FORMAT_USHORT:
    return ADAIN_FORMAT_U16;
  default:
    return ADAIN_FORMAT_F32;
  }
}

void
vips_adain_masks_free (adain_pixels *masks, int n)
{
  for (int i = 0; masks && i < n; i++)
    g_free (masks[i].data);
  g_free (masks);
}

adain_pixels *
vips_adain_masks_read (VipsObject *parent, VipsArrayImage *array, int orientation)
{
  int n;
  VipsImage **images = vips_array_image_get (array, &n);
  adain_pixels *masks = g_new0 (adain_pixels, VIPS_MAX (n, 1));

  for (int i = 0; i < n; i++) {
    VipsImage *mask = NULL;
    size_t size;

    if (!grey (parent, orientation, images[i], &mask)
        && (masks[i].data = vips_image_write_to_memory (mask, &size))) {
      masks[i].width = mask->Xsize;
      masks[i].height = mask->Ysize;
      masks[i].format = format_of (mask);
      masks[i].channels = 1;
    }
    VIPS_UNREF (mask);
    if (!masks[i].data) {
      vips_adain_masks_free (masks, n);
      return NULL;
    }
  }

  return masks;
}
