/* What the options say, and whether they go together. */
#include <string.h>

#include "operation.h"

/* Names may be apart by more than one blank. */
static void
drop_empty (char **names)
{
  char **kept = names;

  for (char **name = names; *name; name++)
    if (**name)
      *kept++ = *name;
    else
      g_free (*name);
  *kept = NULL;
}

static int
check_sizes (const VipsAdain *adain)
{
  if (adain->content_size < 0) {
    vips_error (VIPS_ADAIN_DOMAIN, "content-size is %d, not 0 or a number of pixels",
                adain->content_size);
    return -1;
  }
  if (adain->stroke != 0 && !(adain->stroke >= 1 && adain->stroke <= 64)) {
    vips_error (VIPS_ADAIN_DOMAIN, "stroke is %g, not between 1 and 64, nor 0 for automatic",
                adain->stroke);
    return -1;
  }
  if (!(adain->detail >= 0 && adain->detail <= 1)) {
    vips_error (VIPS_ADAIN_DOMAIN, "detail is %g, not between 0 and 1", adain->detail);
    return -1;
  }

  return 0;
}

/* Out of range is an error here: libvips itself only warns and goes on with the default. */
int
vips_adain_check (VipsAdain *adain)
{
  int n_styles;

  adain->names = g_strsplit_set (adain->named ? adain->named : "", " ,", -1);
  drop_empty (adain->names);
  n_styles = VIPS_AREA (adain->style)->n + (int) g_strv_length (adain->names);
  adain->n_styles = n_styles;
  if (vips_adain_parse_colour (adain->colour, &adain->colour_mode) || check_sizes (adain)
      || vips_adain_check_style_size (adain->style_size))
    return -1;
  if (!(adain->strength >= 0 && adain->strength <= 1)) {
    vips_error (VIPS_ADAIN_DOMAIN, "strength is %g, not between 0 and 1", adain->strength);
    return -1;
  }
  if (adain->tile_size < 16) {
    vips_error (VIPS_ADAIN_DOMAIN, "tile-size is %d, less than 16", adain->tile_size);
    return -1;
  }
  if (n_styles < 1) {
    vips_error (VIPS_ADAIN_DOMAIN, "%s", "style: at least one image is needed, or a name as named");
    return -1;
  }
  if (adain->weights && VIPS_AREA (adain->weights)->n != n_styles) {
    vips_error (VIPS_ADAIN_DOMAIN, "weights: %d for %d styles; one each is needed",
                VIPS_AREA (adain->weights)->n, n_styles);
    return -1;
  }
  if (adain->masks && adain->weights) {
    vips_error (VIPS_ADAIN_DOMAIN, "%s",
                "weights: have no meaning with masks, which say what goes where");
    return -1;
  }
  if (adain->masks && VIPS_AREA (adain->masks)->n != n_styles
      && VIPS_AREA (adain->masks)->n != n_styles - 1) {
    vips_error (VIPS_ADAIN_DOMAIN, "masks: %d for %d styles; one for each is needed, or one less",
                VIPS_AREA (adain->masks)->n, n_styles);
    return -1;
  }

  return 0;
}

adain_options
vips_adain_call_options (VipsAdain *adain)
{
  adain_options options = vips_adain_engine_options ();

  options.strength = adain->strength;
  options.detail = adain->detail > 0 ? adain->detail : ADAIN_DETAIL_NONE;

  return options;
}
