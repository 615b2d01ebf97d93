/* All styles of a call; the images are not needed afterwards. */
#include "operation.h"

int
vips_adain_make_styles (VipsAdain *adain, VipsImage *in, adain_model *model)
{
  int n_images;
  VipsImage **images = vips_array_image_get (adain->style, &n_images);
  int n = adain->n_styles;
  adain_style **styles = g_new0 (adain_style *, n);
  VipsAdainStyleMaking making = {
    .model = model,
    .size = adain->style_size,
    .colours = adain->colours,
    .colour_mode = adain->colour_mode,
    .progress = adain->in,
  };
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
        && !(styles[i] = vips_adain_style_of (VIPS_OBJECT (adain), &making,
                                              images[i] == adain->in ? in : images[i])))
      result = -1;
  }
  for (int i = n_images; i < n && !result; i++)
    if (!(styles[i] = vips_adain_style_named (&making, adain->names[i - n_images])))
      result = -1;
  if (!result && !adain->masks && adain_style_mix (styles, weights, n, &adain->mixed))
    result = vips_adain_error ();
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
