/* The libvips operation: the input is options in 16 bytes and then an image file. libvips takes only
 * the loaders that it trusts (as with VIPS_BLOCK_UNTRUSTED); what crashes inside one is not ours. */
#include "fuzz.h"

#include "../../Sources/VipsAdain/vips-adain.h"

/* Larger pictures are left out: they take time and find nothing more. */
enum { OPTIONS = 16, MOST_PIXELS = 40000, MOST_BANDS = 16, MOST_BYTES = 1 << 16 };

static const char *model;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  (void) argc;
  REQUIRE ((model = getenv ("ADAIN_FUZZ_MODEL")) && VIPS_INIT ((*argv)[0]) == 0);
  vips_adain_get_type ();
  vips_adain_style_load_get_type ();
  vips_block_untrusted_set (TRUE);
  vips_concurrency_set (2);
  /* What the cache keeps would look like a leak, and hide reads of what is freed. */
  vips_cache_set_max (0);

  return 0;
}

/* ---- Options ------------------------------------------------------------------------- */

static void
set_double (VipsOperation *adain, const char *name, uint8_t byte, double scale)
{
  if (byte)
    g_object_set (adain, name, byte == 255 ? (double) NAN : (byte - 8) * scale, NULL);
}

static void
set_int (VipsOperation *adain, const char *name, uint8_t byte)
{
  if (byte)
    g_object_set (adain, name, byte == 255 ? G_MININT : byte == 254 ? G_MAXINT : byte - 8, NULL);
}

/* Bytes of 0 leave the defaults. */
static void
set_options (VipsOperation *adain, const uint8_t *options)
{
  static const char *const colours[] = {
    NULL, "style", "content-coral", "content-lightness", "histogram", "histograms",
  };
  static const char *const named[] = { NULL, "great-wave", " , ", "no-such-style" };

  set_double (adain, "strength", options[0], 1 / 128.0);
  set_double (adain, "stroke", options[1], 1 / 4.0);
  set_int (adain, "style-size", options[2]);
  set_int (adain, "tile-size", options[3]);
  set_int (adain, "content-size", options[4]);
  g_object_set (adain, "crop", options[5] & 1, "whole-statistics", options[5] >> 1 & 1,
                "feature-memory", (guint64) (options[5] >> 2 & 1), "model",
                options[5] >> 3 & 1 ? "/nonexistent" : model, NULL);
  if (options[6] % 6)
    g_object_set (adain, "colour", colours[options[6] % 6], NULL);
  if (options[7] % 4)
    g_object_set (adain, "named", named[options[7] % 4], NULL);
  if (options[8] % 4) {
    VipsArrayDouble *weights = vips_array_double_newv (options[8] % 4, options[8] / 64.0 - 1, 1.0,
                                                       options[8] == 255 ? (double) NAN : 0.5);

    g_object_set (adain, "weights", weights, NULL);
    vips_area_unref (VIPS_AREA (weights));
  }
}

/* ---- Images -------------------------------------------------------------------------- */

/* An image as its file says, or said to be of another kind. */
static VipsImage *
as (VipsImage *image, uint8_t format, uint8_t interpretation, uint8_t field)
{
  static const int spaces[] = {
    VIPS_INTERPRETATION_MULTIBAND, VIPS_INTERPRETATION_B_W,     VIPS_INTERPRETATION_CMYK,
    VIPS_INTERPRETATION_LAB,       VIPS_INTERPRETATION_scRGB,   VIPS_INTERPRETATION_HSV,
    VIPS_INTERPRETATION_RGB16,     VIPS_INTERPRETATION_FOURIER,
  };
  VipsImage *cast = NULL, *copy = NULL;

  if (format % 11 == 0 || vips_cast (image, &cast, format % 11 - 1, NULL))
    g_object_ref (cast = image);
  if (vips_copy (cast, &copy, NULL) == 0) {
    if (interpretation % 9)
      copy->Type = spaces[interpretation % 9 - 1];
    if (field & 1)
      vips_image_set_int (copy, VIPS_META_ORIENTATION, field >> 1);
    if (field & 2)
      vips_image_set_int (copy, VIPS_META_PAGE_HEIGHT, field >> 2);
    if (field & 4)
      vips_image_set_blob_copy (copy, VIPS_META_ICC_NAME, "no profile", 10);
    if (field & 8)
      vips_image_set_blob_copy (copy, VIPS_ADAIN_META_STYLE, "ADAINSTY no style, but long enough",
                                34);
  }
  g_object_unref (cast);

  return copy;
}

static VipsImage *
load (const uint8_t *data, size_t size, gboolean sequential, gboolean style_file)
{
  VipsImage *image = NULL;

  if (style_file)
    vips_call ("adain_styleload", fuzz_file (data, size), &image, NULL);
  else
    image = vips_image_new_from_buffer (
      data, size, "", "access", sequential ? VIPS_ACCESS_SEQUENTIAL : VIPS_ACCESS_RANDOM, NULL);
  if (image && ((guint64) image->Xsize * image->Ysize > MOST_PIXELS || image->Bands > MOST_BANDS))
    VIPS_UNREF (image);

  return image;
}

static VipsArrayImage *
images (VipsImage *first, VipsImage *second, int count)
{
  VipsImage *both[] = { first, second };

  return vips_array_image_new (both, count);
}

/* ---- Input --------------------------------------------------------------------------- */

/* Read the result whole, or a part of it, which goes through tiles. */
static void
read_result (VipsImage *result, uint8_t part)
{
  size_t size;

  if (part & 1) {
    VipsImage *area = NULL;
    int left = part % result->Xsize, top = part % result->Ysize;

    if (vips_extract_area (result, &area, left, top, result->Xsize - left, result->Ysize - top,
                           NULL)
        == 0)
      g_free (vips_image_write_to_memory (area, &size));
    VIPS_UNREF (area);
  }
  else
    g_free (vips_image_write_to_memory (result, &size));
}

static void
run (VipsImage *content, VipsImage *other, const uint8_t *options)
{
  VipsOperation *adain = vips_operation_new ("adain");
  VipsArrayImage *styles = images (other, content, options[9] % 3);
  VipsImage *result = NULL;

  g_object_set (adain, "in", content, "style", styles, NULL);
  vips_area_unref (VIPS_AREA (styles));
  if (options[9] / 3 % 3) {
    VipsArrayImage *masks = images (content, other, options[9] / 3 % 3);

    g_object_set (adain, "masks", masks, NULL);
    vips_area_unref (VIPS_AREA (masks));
  }
  set_options (adain, options);
  if (options[10] & 1)
    vips_image_set_kill (content, TRUE);
  if (vips_object_build (VIPS_OBJECT (adain)))
    REQUIRE (vips_error_buffer ()[0]);
  else {
    g_object_get (adain, "out", &result, NULL);
    read_result (result, options[10] >> 1);
    g_object_unref (result);
  }
  vips_object_unref_outputs (VIPS_OBJECT (adain));
  g_object_unref (adain);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  VipsImage *image, *content, *other;

  if (size < OPTIONS || size > MOST_BYTES)
    return 0;
  if ((image = load (data + OPTIONS, size - OPTIONS, data[15] & 1, data[15] >> 1 & 1))) {
    content = as (image, data[11], data[12], data[13]);
    other = as (image, data[14], 0, 0);
    if (content && other)
      run (content, other, data);
    VIPS_UNREF (content);
    VIPS_UNREF (other);
    g_object_unref (image);
  }
  vips_error_clear ();

  return 0;
}
