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

/* The alpha of scRGB, from 0 to 1, apart from the colours: versions of libvips differ in what they make of it. */
static int
convert_linear (VipsAdain *adain, VipsImage *in, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 6);

  return vips_extract_band (in, &t[0], 0, "n", 3, NULL)
    || vips_colourspace (t[0], &t[1], VIPS_INTERPRETATION_sRGB, NULL)
    || vips_extract_band (in, &t[2], 3, NULL) || vips_linear1 (t[2], &t[3], 255, 0, NULL)
    || vips_rint (t[3], &t[4], NULL) || vips_cast_uchar (t[4], &t[5], NULL)
    || vips_bandjoin2 (t[1], t[5], out, NULL);
}

/* A PPM's samples go up to what its header says, which libvips reads and leaves to others. 0: a bitmap, 0 and 255. */
int
vips_adain_scale (VipsObject *parent, VipsImage *in, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (parent, 2);
  int full = in->BandFmt == VIPS_FORMAT_USHORT ? 65535 : 255;
  int largest;

  if ((in->BandFmt != VIPS_FORMAT_USHORT && in->BandFmt != VIPS_FORMAT_UCHAR)
      || !vips_image_get_typeof (in, "ppm-max-value")
      || vips_image_get_int (in, "ppm-max-value", &largest) || largest < 1 || largest >= full)
    return vips_copy (in, out, NULL);
  if (vips_linear1 (in, &t[0], (double) full / largest, 0, NULL) || vips_rint (t[0], &t[1], NULL)
      || vips_cast (t[1], out, in->BandFmt, NULL))
    return -1;
  vips_image_remove (*out, "ppm-max-value");

  return 0;
}

/* Whether the image is what a file's loader made, and nothing was computed with it since: what is computed has no
 * file's name, unless it was kept in libvips' own format, which keeps the name of the loader, too. */
gboolean
vips_adain_is_loaded (VipsImage *image)
{
  const char *name = vips_image_get_filename (image);

  return vips_image_get_typeof (image, VIPS_ADAIN_META_FILE)
    || (name && !g_str_has_prefix (name, "temp-") && !g_str_has_suffix (name, ".v")
        && !g_str_has_suffix (name, ".vips"));
}

static gboolean
is_of_file (VipsImage *image, const char *loader)
{
  const char *of;

  return vips_adain_is_loaded (image) && vips_image_get_typeof (image, VIPS_META_LOADER)
    && vips_image_get_string (image, VIPS_META_LOADER, &of) == 0 && g_str_has_prefix (of, loader);
}

/* Grey floats of a file are linear and from 0 to 1, as those of three bands are, which libvips calls scRGB; in the
 * midst of a pipeline grey is from 0 to 255. */
gboolean
vips_adain_is_unit_grey (VipsImage *image)
{
  return vips_band_format_isfloat (image->BandFmt) && image->Bands < 3 && image->Type == VIPS_INTERPRETATION_B_W
    && (is_of_file (image, "tiffload") || is_of_file (image, "ppmload"));
}

int
vips_adain_check_range (const char *name, VipsImage *in)
{
  if ((in->BandFmt != VIPS_FORMAT_UINT && in->BandFmt != VIPS_FORMAT_INT) || !is_of_file (in, "tiffload"))
    return 0;
  vips_error ("adain", "%s: integers of 32 bits have no range that is known; make 16 bits of them first", name);

  return -1;
}

/* Samples of a file whose range libvips does not tell. */
int
vips_adain_convert_range (VipsAdain *adain, const char *name, VipsImage *in, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 4);
  VipsImage *bands[4];

  if (vips_adain_check_range (name, in))
    return -1;
  if (!vips_adain_is_unit_grey (in)) {
    if (vips_copy (in, out, NULL))
      return -1;
    vips_image_remove (*out, VIPS_ADAIN_META_FILE);

    return 0;
  }
  if (vips_extract_band (in, &t[0], 0, NULL) || (in->Bands == 2 && vips_extract_band (in, &t[1], 1, NULL)))
    return -1;
  bands[0] = bands[1] = bands[2] = t[0];
  bands[3] = t[1];

  if (vips_bandjoin (bands, &t[2], in->Bands == 2 ? 4 : 3, NULL)
      || vips_copy (t[2], out, "interpretation", VIPS_INTERPRETATION_scRGB, NULL))
    return -1;
  vips_image_remove (*out, VIPS_ADAIN_META_FILE);

  return 0;
}

int
vips_adain_convert (VipsAdain *adain, const char *name, VipsImage *in, VipsImage **out)
{
  const char *nickname = VIPS_OBJECT_GET_CLASS (adain)->nickname;
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 11);
  VipsImage *image = in;
  gboolean wide;
  VipsInterpretation space;
  VipsBandFormat format;

  if (vips_adain_convert_range (adain, name, image, &t[10]) || vips_image_decode (t[10], &t[0])
      || vips_adain_scale (VIPS_OBJECT (adain), t[0], &t[9]))
    return -1;
  image = t[9];
  if (vips_band_format_iscomplex (image->BandFmt)) {
    vips_error (nickname, "%s: complex pixels are not a picture", name);
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
      vips_error (nickname, "%s: %d bands without a colour space are not a picture", name,
                  image->Bands);
      return -1;
    }
    if (vips_copy (image, &t[1], "interpretation", guess_interpretation (image), NULL))
      return -1;
    image = t[1];
  }

  /* A profile that is broken, or of another number of channels, is passed over, as viewers do. */
  if (vips_image_get_typeof (image, VIPS_META_ICC_NAME)) {
    if (vips_icc_transform (image, &t[2], "srgb", "embedded", TRUE, "depth", wide ? 16 : 8, NULL))
      vips_error_clear ();
    else
      image = t[2];
  }

  if (image->Type == VIPS_INTERPRETATION_scRGB && image->Bands > 3
        ? convert_linear (adain, image, &t[3])
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
    vips_error (nickname, "%s: cannot be converted to sRGB", name);
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
