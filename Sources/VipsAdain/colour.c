/* Whose colours the result has. */
#include <string.h>

#include "vips-adain.h"

static const char *const modes[] = {
  [ADAIN_COLOUR_STYLE] = "style",
  [ADAIN_COLOUR_CONTENT_CORAL] = "content-coral",
  [ADAIN_COLOUR_CONTENT_LIGHTNESS] = "content-lightness",
  [ADAIN_COLOUR_HISTOGRAM] = "histogram",
};

const char *
vips_adain_colour_name (adain_colour_mode mode)
{
  return modes[mode];
}

int
vips_adain_parse_colour (const char *word, adain_colour_mode *mode)
{
  for (size_t i = 0; i < G_N_ELEMENTS (modes); i++)
    if (!word || strcmp (word, modes[i]) == 0) {
      *mode = (adain_colour_mode) i;
      return 0;
    }
  vips_error (VIPS_ADAIN_DOMAIN,
              "colour is '%s', not style, content-coral, content-lightness or histogram", word);

  return -1;
}

/* A part of the result, of the content and of what was stylised. */
static int
generate_part (VipsRegion *out, void *seq, void *a, void *b, gboolean *stop)
{
  VipsRegion **in = (VipsRegion **) seq;
  adain_pixels content, stylised, result;

  (void) a;
  (void) b;
  (void) stop;
  if (vips_region_prepare_many (in, &out->valid))
    return -1;
  content = vips_adain_pixels (in[0], &out->valid);
  stylised = vips_adain_pixels (in[1], &out->valid);
  result = vips_adain_pixels (out, &out->valid);

  return adain_keep_colours (&content, &stylised, &result) ? vips_adain_error () : 0;
}

int
vips_adain_keep_colours (VipsImage *content, VipsImage *result, VipsImage **out)
{
  VipsImage *made = vips_image_new ();
  VipsImage **in = vips_allocate_input_array (made, content, result, NULL);

  /* The header is the result's: three bands. */
  if (!in || vips_image_pipelinev (made, VIPS_DEMAND_STYLE_THINSTRIP, result, content, NULL)
      || vips_image_generate (made, vips_start_many, generate_part, vips_stop_many, in, NULL)) {
    g_object_unref (made);
    return -1;
  }
  *out = made;

  return 0;
}
