/* Sizes: how large the content is seen, and what the brush may be. */

#include "vips-adain.h"

int
vips_adain_check_sizes (VipsAdain *adain)
{
  const char *nickname = VIPS_OBJECT_GET_CLASS (adain)->nickname;

  if (adain->content_size < 0) {
    vips_error (nickname, "content-size is %d, not 0 or a number of pixels", adain->content_size);
    return -1;
  }
  if (adain->stroke != 0 && !(adain->stroke >= 1 && adain->stroke <= 64)) {
    vips_error (nickname, "stroke is %g, not between 1 and 64, nor 0 for automatic", adain->stroke);
    return -1;
  }
  if (!(adain->detail >= 0 && adain->detail <= 1)) {
    vips_error (nickname, "detail is %g, not between 0 and 1", adain->detail);
    return -1;
  }

  return 0;
}

static gboolean
is_animation (VipsImage *image)
{
  return vips_image_get_page_height (image) < image->Ysize;
}

int
vips_adain_fit (VipsAdain *adain, VipsImage *in, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 3);
  int side = VIPS_MIN (in->Xsize, in->Ysize);
  VipsImage *image = in;

  if ((adain->crop || adain->content_size) && is_animation (in)) {
    vips_error (VIPS_OBJECT_GET_CLASS (adain)->nickname, "%s",
                "content-size and crop are for pictures of one page");
    return -1;
  }
  if (adain->crop) {
    if (vips_extract_area (image, &t[0], (in->Xsize - side) / 2, (in->Ysize - side) / 2, side,
                           side, NULL))
      return -1;
    image = t[0];
  }
  if (adain->content_size > 0 && side > adain->content_size) {
    if (vips_resize (image, &t[1], (double) adain->content_size / side, NULL))
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
