/* Masks: which style goes where. Mask images to grey samples in memory, for as long as a page's
 * weights are made of them. */
#include "vips-adain.h"

/* One band, of 8 or 16 bits, or floats from 0 to 1. */
static int
grey (VipsAdain *adain, VipsImage *mask, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 5);
  int page_height = vips_image_get_page_height (mask);

  /* Of an animation the first frame, as with style images. */
  if (vips_extract_area (mask, &t[0], 0, 0, mask->Xsize, page_height, NULL))
    return -1;
  mask = t[0];
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
    if (vips_linear1 (mask, &t[3], 1.0 / 255, 0, NULL) || vips_cast_float (t[3], &t[4], NULL))
      return -1;
    mask = t[4];
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

static int
compose (VipsAdain *adain, const adain_pixels *masks, int n_masks)
{
  adain_options options = vips_adain_call_options (adain);

  if (!(adain->compositions = g_try_new0 (adain_composition *, adain->n_pages)))
    return vips_adain_no_memory (adain, "the pages");
  for (int page = 0; page < adain->n_pages; page++)
    if (adain_composition_new (adain->pages[page], adain->styles, adain->n_styles, masks, n_masks,
                               adain->whole_statistics ? ADAIN_STATISTICS_WHOLE
                                                       : ADAIN_STATISTICS_REGIONS,
                               &options, &adain->compositions[page]))
      return vips_adain_error (adain);

  return 0;
}

int
vips_adain_compose (VipsAdain *adain)
{
  int n;
  VipsImage **images = vips_array_image_get (adain->masks, &n);
  adain_pixels *masks = g_new0 (adain_pixels, n);
  int result = 0;

  for (int i = 0; i < n && !result; i++) {
    VipsImage *mask = NULL;
    size_t size;

    if (grey (adain, images[i], &mask)
        || !(masks[i].data = vips_image_write_to_memory (mask, &size)))
      result = -1;
    else {
      masks[i].width = mask->Xsize;
      masks[i].height = mask->Ysize;
      masks[i].format = format_of (mask);
      masks[i].channels = 1;
    }
    VIPS_UNREF (mask);
  }
  if (!result)
    result = compose (adain, masks, n);

  for (int i = 0; i < n; i++)
    g_free (masks[i].data);
  g_free (masks);

  return result;
}
