/* What a file's samples mean, where libvips does not tell. */
#include "vips-adain.h"

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
  return vips_band_format_isfloat (image->BandFmt) && image->Bands < 3
    && image->Type == VIPS_INTERPRETATION_B_W
    && (is_of_file (image, "tiffload") || is_of_file (image, "ppmload"));
}

int
vips_adain_check_range (const char *name, VipsImage *in)
{
  if ((in->BandFmt != VIPS_FORMAT_UINT && in->BandFmt != VIPS_FORMAT_INT)
      || !is_of_file (in, "tiffload"))
    return 0;
  vips_error (VIPS_ADAIN_DOMAIN,
              "%s: integers of 32 bits have no range that is known; make 16 bits of them first",
              name);

  return -1;
}

/* Samples of a file whose range libvips does not tell. */
int
vips_adain_convert_range (VipsObject *parent, const char *name, VipsImage *in, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (parent, 4);
  VipsImage *bands[4];

  if (vips_adain_check_range (name, in))
    return -1;
  if (!vips_adain_is_unit_grey (in)) {
    if (vips_copy (in, out, NULL))
      return -1;
    vips_image_remove (*out, VIPS_ADAIN_META_FILE);

    return 0;
  }
  if (vips_extract_band (in, &t[0], 0, NULL)
      || (in->Bands == 2 && vips_extract_band (in, &t[1], 1, NULL)))
    return -1;
  bands[0] = bands[1] = bands[2] = t[0];
  bands[3] = t[1];

  if (vips_bandjoin (bands, &t[2], in->Bands == 2 ? 4 : 3, NULL)
      || vips_copy (t[2], out, "interpretation", VIPS_INTERPRETATION_scRGB, NULL))
    return -1;
  vips_image_remove (*out, VIPS_ADAIN_META_FILE);

  return 0;
}
