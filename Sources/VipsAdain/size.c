/* How large pictures are seen. */
#include "vips-adain.h"

int
vips_adain_check_style_size (int size)
{
  if (size >= 0)
    return 0;
  vips_error (VIPS_ADAIN_DOMAIN, "style-size is %d, not 0 or a number of pixels", size);

  return -1;
}

static gboolean
is_animation (VipsImage *image)
{
  return vips_image_get_page_height (image) < image->Ysize;
}

int
vips_adain_fit (VipsObject *parent, int short_side, gboolean crop, VipsImage *in, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (parent, 3);
  int side = VIPS_MIN (in->Xsize, in->Ysize);
  VipsImage *image = in;

  if ((crop || short_side > 0) && is_animation (in)) {
    vips_error (VIPS_ADAIN_DOMAIN, "%s", "content-size and crop are for pictures of one page");
    return -1;
  }
  if (crop) {
    if (vips_extract_area (image, &t[0], (in->Xsize - side) / 2, (in->Ysize - side) / 2, side, side,
                           NULL))
      return -1;
    image = t[0];
  }
  if (short_side > 0 && side > short_side) {
    if (vips_resize (image, &t[1], (double) short_side / side, NULL))
      return -1;
    image = t[1];
  }
  /* A page height that does not divide the picture's is nobody's, until the size changes. */
  if (image != in) {
    if (vips_copy (image, &t[2], NULL))
      return -1;
    vips_image_remove (t[2], VIPS_META_PAGE_HEIGHT);
    image = t[2];
  }
  *out = image;
  g_object_ref (*out);

  return 0;
}
