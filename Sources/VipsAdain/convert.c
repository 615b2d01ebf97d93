/* Any picture as what the network was trained on: sRGB.
 *
 *   embedded ICC profile          → transformed to sRGB
 *   mono, CMYK, Lab, scRGB, …     → vips_colourspace
 *   RAD and LABQ coding           → decoded first
 *   multiband of 1 to 4 bands     → taken as grey, grey + alpha, RGB, RGB + alpha
 *   float and other formats       → 8 bits, rounded, values taken as 0–255
 *   alpha of scRGB                → 0–1, as its colours
 *   16-bit (ushort)               → stays 16-bit
 *   PPM of another largest value  → scaled to 8 or 16 bits
 *   complex, not finite, more bands → an error
 */
#include "vips-adain.h"

/* An image without a colour space of its own gets the one that its bands suggest. */
static VipsInterpretation
guess_interpretation (VipsImage *image)
{
  gboolean wide = image->BandFmt == VIPS_FORMAT_USHORT;

  if (image->Bands < 3)
    return wide ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_B_W;
  return wide ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB;
}

static gboolean
has_no_colour_space (VipsImage *image)
{
  switch (image->Type) {
  case VIPS_INTERPRETATION_MULTIBAND:
  case VIPS_INTERPRETATION_HISTOGRAM:
  case VIPS_INTERPRETATION_MATRIX:
  case VIPS_INTERPRETATION_FOURIER:
  case VIPS_INTERPRETATION_ERROR:
    return TRUE;
  default:
    return FALSE;
  }
}

/* Samples from 0 to 255, whatever their type. */
static gboolean
has_range_of_a_byte (VipsImage *image)
{
  return image->Type == VIPS_INTERPRETATION_sRGB || image->Type == VIPS_INTERPRETATION_B_W
    || image->Type == VIPS_INTERPRETATION_RGB;
}

/* The alpha of scRGB, from 0 to 1, apart from the colours: versions of libvips differ in what they make of it. */
static int
convert_linear (VipsObject *parent, VipsImage *in, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (parent, 6);

  return vips_extract_band (in, &t[0], 0, "n", 3, NULL)
    || vips_colourspace (t[0], &t[1], VIPS_INTERPRETATION_sRGB, NULL)
    || vips_extract_band (in, &t[2], 3, NULL) || vips_linear1 (t[2], &t[3], 255, 0, NULL)
    || vips_rint (t[3], &t[4], NULL) || vips_cast_uchar (t[4], &t[5], NULL)
    || vips_bandjoin2 (t[1], t[5], out, NULL);
}

int
vips_adain_convert (VipsObject *parent, const char *name, VipsImage *in, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (parent, 12);
  VipsImage *image = in;
  gboolean wide;
  VipsInterpretation space;
  VipsBandFormat format;

  if (vips_adain_convert_range (parent, name, image, &t[10]) || vips_image_decode (t[10], &t[0])
      || vips_adain_scale (parent, t[0], &t[9]))
    return -1;
  image = t[9];
  if (vips_band_format_iscomplex (image->BandFmt)) {
    vips_error (VIPS_ADAIN_DOMAIN, "%s: complex pixels are not a picture", name);
    return -1;
  }
  /* Before any conversion: those turn a NaN into some colour. */
  if (vips_band_format_isfloat (image->BandFmt)) {
    if (vips_adain_check_finite (name, image, &t[6]))
      return -1;
    image = t[6];
  }
  wide = image->BandFmt == VIPS_FORMAT_USHORT;
  space = wide ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB;
  format = wide ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR;

  if (has_no_colour_space (image)) {
    if (image->Bands > 4) {
      vips_error (VIPS_ADAIN_DOMAIN, "%s: %d bands without a colour space are not a picture", name,
                  image->Bands);
      return -1;
    }
    if (vips_copy (image, &t[1], "interpretation", guess_interpretation (image), NULL))
      return -1;
    image = t[1];
  }

  /* What is only labelled is left as it is by older versions of libvips, and cut off to integers by newer ones. */
  if (vips_band_format_isfloat (image->BandFmt) && has_range_of_a_byte (image)) {
    if (vips_rint (image, &t[11], NULL))
      return -1;
    image = t[11];
  }

  /* A profile that is broken, or of another number of channels, is passed over, as viewers do. */
  if (vips_image_get_typeof (image, VIPS_META_ICC_NAME)) {
    if (vips_icc_transform (image, &t[2], "srgb", "embedded", TRUE, "depth", wide ? 16 : 8, NULL))
      vips_error_clear ();
    else
      image = t[2];
  }

  if (image->Type == VIPS_INTERPRETATION_scRGB && image->Bands > 3
        ? convert_linear (parent, image, &t[3])
        : vips_colourspace (image, &t[3], space, NULL))
    return -1;
  image = t[3];
  if (vips_band_format_isfloat (image->BandFmt)) {
    if (vips_rint (image, &t[7], NULL))
      return -1;
    image = t[7];
  }
  if (vips_cast (image, &t[4], format, NULL))
    return -1;
  image = t[4];

  if (image->Bands < 3) {
    vips_error (VIPS_ADAIN_DOMAIN, "%s: cannot be converted to sRGB", name);
    return -1;
  }
  /* Bands behind alpha have no meaning that could be kept. */
  if (vips_extract_band (image, &t[5], 0, "n", VIPS_MIN (4, image->Bands), NULL))
    return -1;
  /* vips_colourspace leaves an image labelled "rgb" as it is. */
  if (vips_copy (t[5], &t[8], "interpretation", space, NULL))
    return -1;
  *out = t[8];
  g_object_ref (*out);

  return 0;
}
