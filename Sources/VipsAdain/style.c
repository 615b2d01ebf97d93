/* One style, of an image or a name. */
#include "vips-adain.h"

/* A style already made, which the image carries instead of showing it. */
static adain_style *
carried_style (const VipsAdainStyleMaking *making, VipsImage *image)
{
  adain_style *style = NULL;
  const void *data;
  size_t size;

  if (vips_image_get_blob (image, VIPS_ADAIN_META_STYLE, &data, &size))
    return NULL;
  if (making->colours)
    vips_error (VIPS_ADAIN_DOMAIN,
                "colour: %s needs the style image's pixels; a style file has none",
                vips_adain_colour_name (making->colour_mode));
  else if (adain_style_load_memory (data, size, &style))
    vips_adain_error ();

  return style;
}

adain_style *
vips_adain_style_of (VipsObject *parent, const VipsAdainStyleMaking *making, VipsImage *image)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (parent, 7);
  adain_options options = vips_adain_engine_options ();
  adain_style *style = NULL;
  adain_status status = ADAIN_OK;
  int page_height = vips_image_get_page_height (image);
  double short_side;
  size_t size;
  void *data;

  if (vips_image_get_typeof (image, VIPS_ADAIN_META_STYLE))
    return carried_style (making, image);

  /* Of an animation the first frame. */
  if (vips_adain_convert_range (parent, "style", image, &t[6])
      || vips_extract_area (t[6], &t[0], 0, 0, image->Xsize, page_height, NULL)
      || vips_adain_convert (parent, "style", t[0], &t[1]))
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
  if (making->size > 0 && short_side > making->size) {
    if (vips_resize (image, &t[3], making->size / short_side, NULL))
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
  if (making->progress) {
    options.progress = vips_adain_is_killed;
    options.progress_data = making->progress;
  }
  adain_pixels pixels = vips_adain_pixels_of (image, data, image->Ysize);
  if (making->colours)
    status = adain_colours_recolour (making->colours, making->colour_mode, &pixels, &pixels);
  if (!status)
    status = adain_style_from_pixels (making->model, &pixels, &options, &style);
  if (status && making->progress)
    vips_adain_stopped (status, making->progress);
  else if (status)
    vips_adain_error ();
  g_free (data);

  return style;
}

adain_style *
vips_adain_style_named (const VipsAdainStyleMaking *making, const char *name)
{
  adain_style *style = NULL;

  if (making->colours)
    vips_error (VIPS_ADAIN_DOMAIN,
                "colour: %s needs the style image's pixels; the built-in style %s has none",
                vips_adain_colour_name (making->colour_mode), name);
  else if (adain_style_named_for (making->model, name, &style))
    vips_adain_error ();

  return style;
}
