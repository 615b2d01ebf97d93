/* A page's pixels from the engine: in its one style, or in several by its masks. */
#include "operation.h"

adain_status
vips_adain_render (VipsAdain *adain, int page, const adain_options *options, int x, int y,
                   const adain_pixels *pixels)
{
  return adain->compositions
    ? adain_composition_render (adain->compositions[page], options, x, y, pixels)
    : adain_content_render (adain->pages[page], adain->mixed, options, x, y, pixels);
}

adain_status
vips_adain_begin_rendering (VipsAdain *adain, int page, const adain_options *options,
                            adain_rendering **rendering)
{
  return adain->compositions
    ? adain_composition_rendering (adain->compositions[page], options, rendering)
    : adain_rendering_begin (adain->pages[page], adain->mixed, options, rendering);
}
