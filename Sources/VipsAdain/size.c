/* Sizes: how large the content is seen, and how broad the brush is. */

#include "vips-adain.h"

int
vips_adain_check_sizes (VipsAdain *adain)
{
  const char *nickname = VIPS_OBJECT_GET_CLASS (adain)->nickname;

  if (adain->content_size < 0) {
    vips_error (nickname, "content-size is %d, not 0 or a number of pixels", adain->content_size);
    return -1;
  }
  if (!(adain->stroke >= 1 && adain->stroke <= 64)) {
    vips_error (nickname, "stroke is %g, not between 1 and 64", adain->stroke);
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
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 2);
  int side = VIPS_MIN (in->Xsize, in->Ysize);
  VipsImage *image = in;

  if ((adain->crop || adain->content_size || adain->stroke > 1) && is_animation (in)) {
    vips_error (VIPS_OBJECT_GET_CLASS (adain)->nickname, "%s",
                "content-size, crop and stroke are for pictures of one page");
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
  *out = image;
  g_object_ref (*out);

  return 0;
}

/* What the network sees: without alpha, which is not stylised. */
int
vips_adain_reduce (VipsAdain *adain, VipsImage *in, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 1);

  return vips_extract_band (in, &t[0], 0, "n", 3, NULL)
    || vips_resize (t[0], out, 1 / adain->stroke, NULL);
}

/* ---- Guided enlargement -------------------------------------------------------------- */

/* After the guided filter (He, Sun & Tang, TPAMI 2013; He & Sun, "Fast guided filter", 2015): around
 * every pixel the stylised picture p is taken for a linear function of the content's luminance G,
 *
 *     p ≈ a G + b,   a = cov(G, p) / (var G + ε)
 *
 * in a small window. The filter itself would give a G + b at full size, and wash out every stroke that
 * the content does not have. So p is enlarged plainly, which keeps the strokes, and gets from the
 * guide only what reducing took away:
 *
 *     out = up(p) + up(a) (G − up(down(G)))                                                      */
enum { RADIUS = 2 };

/* Of luminances from 0 to 255: contrasts below this are noise. */
#define EPSILON (4.0 * 4.0)

static int
mean (VipsAdain *adain, VipsImage *in, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 3);
  int size = 2 * RADIUS + 1;

  if (vips_black (&t[0], size, 1, NULL) || vips_linear1 (t[0], &t[1], 0, 1, NULL)
      || vips_copy (t[1], &t[2], NULL))
    return -1;
  vips_image_set_double (t[2], "scale", size);

  return vips_convsep (in, out, t[2], "precision", VIPS_PRECISION_FLOAT, NULL);
}

static int
luminance (VipsAdain *adain, VipsImage *in, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 3);
  VipsInterpretation grey
    = in->BandFmt == VIPS_FORMAT_USHORT ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_B_W;
  double unit = in->BandFmt == VIPS_FORMAT_USHORT ? 1.0 / 257 : 1;

  return vips_extract_band (in, &t[0], 0, "n", 3, NULL)
    || vips_colourspace (t[0], &t[1], grey, NULL) || vips_linear1 (t[1], out, unit, 0, NULL);
}

/* a, three bands, in the stylised picture's unit. */
static int
slope (VipsAdain *adain, VipsImage *guide, VipsImage *stylised, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 13);

  return mean (adain, guide, &t[0]) || mean (adain, stylised, &t[1])
    || vips_multiply (guide, stylised, &t[2], NULL) || mean (adain, t[2], &t[3])
    || vips_multiply (t[0], t[1], &t[4], NULL) || vips_subtract (t[3], t[4], &t[5], NULL)
    || vips_multiply (guide, guide, &t[6], NULL) || mean (adain, t[6], &t[7])
    || vips_multiply (t[0], t[0], &t[8], NULL) || vips_subtract (t[7], t[8], &t[9], NULL)
    || vips_linear1 (t[9], &t[10], 1, EPSILON, NULL) || vips_divide (t[5], t[10], &t[11], NULL)
    || mean (adain, t[11], out);
}

/* To the size of an image, to the pixel. */
static int
enlarged (VipsAdain *adain, VipsImage *in, VipsImage *like, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 2);

  /* Half a pixel more than needed, so that rounding never makes it smaller. */
  return vips_resize (in, &t[0], (like->Xsize + 0.5) / in->Xsize, "vscale",
                      (like->Ysize + 0.5) / in->Ysize, "kernel", VIPS_KERNEL_CUBIC, NULL)
    || vips_embed (t[0], &t[1], 0, 0, VIPS_MAX (t[0]->Xsize, like->Xsize),
                   VIPS_MAX (t[0]->Ysize, like->Ysize), "extend", VIPS_EXTEND_COPY, NULL)
    || vips_extract_area (t[1], out, 0, 0, like->Xsize, like->Ysize, NULL);
}

int
vips_adain_enlarge (VipsAdain *adain, VipsImage *content, VipsImage *reduced,
                    VipsImage *stylised, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 11);
  VipsInterpretation space = stylised->Type;
  VipsBandFormat format = stylised->BandFmt;

  return enlarged (adain, stylised, content, &t[0])
    || luminance (adain, content, &t[1]) || luminance (adain, reduced, &t[2])
    || enlarged (adain, t[2], content, &t[3]) || vips_subtract (t[1], t[3], &t[4], NULL)
    || slope (adain, t[2], stylised, &t[5]) || enlarged (adain, t[5], content, &t[6])
    || vips_multiply (t[6], t[4], &t[7], NULL) || vips_add (t[0], t[7], &t[8], NULL)
    /* Casting cuts off. */
    || vips_linear1 (t[8], &t[9], 1, 0.5, NULL) || vips_cast (t[9], &t[10], format, NULL)
    || vips_copy (t[10], out, "interpretation", space, NULL);
}
