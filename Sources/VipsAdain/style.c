/* Style images to statistics; the images are not needed afterwards. */
#include "vips-adain.h"

/* A style already made, which the image carries instead of showing it. */
static adain_style *
carried_style (VipsAdain *adain, VipsImage *image)
{
  adain_style *style = NULL;
  const void *data;
  size_t size;

  if (vips_image_get_blob (image, VIPS_ADAIN_META_STYLE, &data, &size))
    return NULL;
  if (adain->colours)
    vips_error (VIPS_OBJECT_GET_CLASS (adain)->nickname,
                "colour: %s needs the style image's pixels; a style file has none", adain->colour);
  else if (adain_style_load_memory (data, size, &style))
    vips_adain_error (adain);

  return style;
}

adain_style *
vips_adain_style_of (VipsAdain *adain, adain_model *model, VipsImage *image)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 7);
  adain_options options = vips_adain_call_options (adain);
  adain_style *style = NULL;
  adain_status status = ADAIN_OK;
  int page_height = vips_image_get_page_height (image);
  double short_side;
  size_t size;
  void *data;

  if (vips_image_get_typeof (image, VIPS_ADAIN_META_STYLE))
    return carried_style (adain, image);

  /* Of an animation the first frame. */
  if (vips_adain_convert_range (adain, "style", image, &t[6])
      || vips_extract_area (t[6], &t[0], 0, 0, image->Xsize, page_height, NULL)
      || vips_adain_convert (adain, "style", t[0], &t[1]))
    return NULL;
  image = t[1];

  /* Transparent parts are white, as on paper. */
  if (image->Bands == 4) {
    VipsArrayDouble *white
      = vips_array_double_newv (1, image->BandFmt == VIPS_FORMAT_USHORT ? 65535.0 : 255.0);
    int failed = vips_flatten (image, &t[2], "background", white, "max_alpha",
                               image->BandFmt == VIPS_FORMAT_USHORT ? 65535.0 : 255.0, NULL);

    vips_area_unref (VIPS_AREA (white));
    if (failed)
      return NULL;
    image = t[2];
  }

  short_side = VIPS_MIN (image->Xsize, image->Ysize);
  if (adain->style_size > 0 && short_side > adain->style_size) {
    if (vips_resize (image, &t[3], adain->style_size / short_side, NULL))
      return NULL;
    image = t[3];
  }

  /* Strokes have a direction: upright, and from memory, since turning reads in another order. */
  if (vips_image_get_orientation (image) > 1) {
    if (!(t[4] = vips_image_copy_memory (image)) || vips_autorot (t[4], &t[5], NULL))
      return NULL;
    image = t[5];
  }

  if (!(data = vips_image_write_to_memory (image, &size)))
    return NULL;
  if (adain->in) { /* whoever wants a style alone has no content */
    options.progress = vips_adain_is_killed;
    options.progress_data = adain->in;
  }
  adain_pixels pixels = {
    data, 0, image->Xsize, image->Ysize,
    image->BandFmt == VIPS_FORMAT_USHORT ? ADAIN_FORMAT_U16 : ADAIN_FORMAT_U8, 3
  };
  if (adain->colours)
    status = adain_colors_recolor (adain->colours, adain->colour_mode, &pixels, &pixels);
  if (!status)
    status = adain_style_from_pixels (model, &pixels, &options, &style);
  if (status && adain->in)
    vips_adain_stopped (adain, status, adain->in);
  else if (status)
    vips_adain_error (adain);
  g_free (data);

  return style;
}

static adain_style *
named_style (VipsAdain *adain, adain_model *model, const char *name)
{
  adain_style *style = NULL;

  if (adain->colours)
    vips_error (VIPS_OBJECT_GET_CLASS (adain)->nickname,
                "colour: %s needs the style image's pixels; the built-in style %s has none",
                adain->colour, name);
  else if (adain_style_named_for (model, name, &style))
    vips_adain_error (adain);

  return style;
}

int
vips_adain_make_styles (VipsAdain *adain, VipsImage *in, adain_model *model)
{
  int n_images;
  VipsImage **images = vips_array_image_get (adain->style, &n_images);
  int n = adain->n_styles;
  adain_style **styles = g_new0 (adain_style *, n);
  float *weights = NULL;
  int result = 0;

  if (adain->weights) {
    double *values = vips_array_double_get (adain->weights, NULL);

    weights = g_new (float, n);
    for (int i = 0; i < n; i++)
      weights[i] = values[i];
  }

  for (int i = 0; i < n_images && !result; i++) {
    /* An image given twice may be a stream, which can be read only once. */
    for (int j = 0; j < i && !styles[i]; j++)
      if (images[j] == images[i])
        styles[i] = adain_style_ref (styles[j]);
    if (!styles[i]
        && !(styles[i]
             = vips_adain_style_of (adain, model, images[i] == adain->in ? in : images[i])))
      result = -1;
  }
  for (int i = n_images; i < n && !result; i++)
    if (!(styles[i] = named_style (adain, model, adain->names[i - n_images])))
      result = -1;
  if (!result && !adain->masks && adain_style_mix (styles, weights, n, &adain->mixed))
    result = vips_adain_error (adain);
  g_free (weights);
  if (!result && adain->masks) {
    adain->styles = styles;
    return 0;
  }

  for (int i = 0; i < n; i++)
    adain_style_unref (styles[i]);
  g_free (styles);

  return result;
}
