/* Regions of libvips as pixels of the library. */
#include "vips-adain.h"

adain_pixels
vips_adain_pixels (VipsRegion *region, const VipsRect *area)
{
  adain_pixels pixels = {
    VIPS_REGION_ADDR (region, area->left, area->top), VIPS_REGION_LSKIP (region), area->width,
    area->height, region->im->BandFmt == VIPS_FORMAT_USHORT ? ADAIN_FORMAT_U16 : ADAIN_FORMAT_U8,
    region->im->Bands
  };

  return pixels;
}
