/* Between the two passes: which style goes where. Pages for a broad brush are painted here, in their styles. */
#include "operation.h"

void
vips_adain_sketches_free (VipsAdain *adain)
{
  for (int page = 0; adain->sketches && page < adain->n_pages; page++)
    adain_analysis_free (adain->sketches[page]);
  VIPS_FREE (adain->sketches);
}

static adain_statistics
statistics_of (const VipsAdain *adain)
{
  return adain->whole_statistics ? ADAIN_STATISTICS_WHOLE : ADAIN_STATISTICS_REGIONS;
}

static int
paint (VipsAdain *adain, VipsImage *content, const adain_pixels *masks, int n_masks)
{
  adain_style *const *styles = masks ? adain->styles : &adain->mixed;
  adain_options options = vips_adain_call_options (adain);

  options.progress = vips_adain_is_killed;
  options.progress_data = content;
  for (int page = 0; page < adain->n_pages; page++) {
    adain_status status
      = adain_analysis_paint (adain->sketches[page], styles, masks ? adain->n_styles : 1, masks,
                              n_masks, statistics_of (adain), &options, &adain->pages[page]);

    if (status)
      return vips_adain_stopped (status, content);
    adain_analysis_free (adain->sketches[page]);
    adain->sketches[page] = NULL;
  }

  return 0;
}

static int
compose (VipsAdain *adain, const adain_pixels *masks, int n_masks)
{
  adain_options options = vips_adain_call_options (adain);

  if (!(adain->compositions = g_try_new0 (adain_composition *, adain->n_pages)))
    return vips_adain_no_memory ("the pages");
  for (int page = 0; page < adain->n_pages; page++)
    if (adain_composition_new (adain->pages[page], adain->styles, adain->n_styles, masks, n_masks,
                               statistics_of (adain), &options, &adain->compositions[page]))
      return vips_adain_error ();

  return 0;
}

int
vips_adain_lay_out (VipsAdain *adain, VipsImage *content)
{
  int n_masks = adain->masks ? VIPS_AREA (adain->masks)->n : 0;
  adain_pixels *masks = NULL;
  int result = 0;

  if (adain->masks
      && !(masks = vips_adain_masks_read (VIPS_OBJECT (adain), adain->masks,
                                          vips_image_get_orientation (adain->in))))
    return -1;
  if (adain->sketches)
    result = paint (adain, content, masks, n_masks);
  if (!result && masks)
    result = compose (adain, masks, n_masks);
  vips_adain_masks_free (masks, n_masks);

  return result;
}
