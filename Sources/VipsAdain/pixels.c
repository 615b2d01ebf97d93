/* Pixels of libvips as pixels of the library. */
#include "vips-adain.h"

adain_pixels
vips_adain_pixels_of (const VipsImage *image, void *data, int height)
{
  adain_format format = image->BandFmt == VIPS_FORMAT_USHORT ? ADAIN_FORMAT_U16 : ADAIN_FORMAT_U8;
  adain_pixels pixels = { data, 0, image->Xsize, height, format, image->Bands };

  return pixels;
}

adain_pixels
vips_adain_pixels (VipsRegion *region, const VipsRect *area)
{
  adain_pixels pixels = vips_adain_pixels_of (
    region->im, VIPS_REGION_ADDR (region, area->left, area->top), area->height);

  pixels.stride = VIPS_REGION_LSKIP (region);
  pixels.width = area->width;

  return pixels;
}
