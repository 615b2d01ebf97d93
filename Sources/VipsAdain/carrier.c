/* An image that carries a style: one black pixel, with a style file's bytes among its metadata. */
#include "vips-adain.h"

int
vips_adain_black_pixel (VipsImage **out)
{
  VipsImage *black;
  int result;

  if (vips_black (&black, 1, 1, "bands", 3, NULL))
    return -1;
  result = vips_copy (black, out, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
  g_object_unref (black);

  return result;
}

int
vips_adain_carrier (const void *data, size_t size, VipsImage **out)
{
  if (vips_adain_black_pixel (out))
    return -1;
  vips_image_set_blob_copy (*out, VIPS_ADAIN_META_STYLE, data, size);

  return 0;
}

void *
vips_adain_style_bytes (const adain_style *style, size_t *size)
{
  void *data = NULL;

  if (!adain_style_save_memory (style, NULL, 0, size)
      && !adain_style_save_memory (style, data = g_malloc (*size), *size, size))
    return data;
  g_free (data);
  vips_adain_error ();

  return NULL;
}
