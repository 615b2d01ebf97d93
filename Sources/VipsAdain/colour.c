/* Whose colours the result has. */
#include <string.h>

#include "vips-adain.h"

static const char *const modes[] = {
  [ADAIN_COLOR_STYLE] = "style",
  [ADAIN_COLOR_CONTENT_CORAL] = "content-coral",
  [ADAIN_COLOR_CONTENT_LIGHTNESS] = "content-lightness",
  [ADAIN_COLOR_HISTOGRAM] = "histogram",
};

int
vips_adain_parse_colour (VipsAdain *adain)
{
  for (size_t i = 0; i < G_N_ELEMENTS (modes); i++)
    if (!adain->colour || strcmp (adain->colour, modes[i]) == 0) {
      adain->colour_mode = (adain_color_mode) i;
      return 0;
    }
  vips_error (VIPS_OBJECT_GET_CLASS (adain)->nickname,
              "colour is '%s', not style, content-coral, content-lightness or histogram",
              adain->colour);

  return -1;
}

int
vips_adain_keep_colours (VipsAdain *adain, VipsImage *content, VipsImage *result,
                         VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 7);
  VipsInterpretation space = result->Type;

  /* Alpha comes back later. */
  return vips_extract_band (content, &t[0], 0, "n", 3, NULL)
    || vips_colourspace (t[0], &t[1], VIPS_INTERPRETATION_LAB, NULL)
    || vips_extract_band (t[1], &t[2], 1, "n", 2, NULL)
    || vips_colourspace (result, &t[3], VIPS_INTERPRETATION_LAB, NULL)
    || vips_extract_band (t[3], &t[4], 0, NULL)
    || vips_bandjoin2 (t[4], t[2], &t[5], NULL)
    || vips_copy (t[5], &t[6], "interpretation", VIPS_INTERPRETATION_LAB, NULL)
    || vips_colourspace (t[6], out, space, NULL);
}
