/* Pictures in and out. */
#include <string.h>

#include <vips/vips.h>

#include "cvips.h"

/* Loaders for any text of numbers: what they make of a list of labels is no picture. */
static int
reads_tables (const char *loader)
{
  return g_str_has_prefix (loader, "VipsForeignLoadCsv")
    || g_str_has_prefix (loader, "VipsForeignLoadMatrix");
}

int
cvips_can_read (const char *path)
{
  const char *loader = vips_foreign_find_load (path);

  vips_error_clear ();
  return loader && !reads_tables (loader);
}

int
cvips_is_table (const char *path)
{
  const char *loader = vips_foreign_find_load (path);

  vips_error_clear ();
  return loader && reads_tables (loader);
}

static void *
has_suffix (VipsForeignClass *class, const char *path)
{
  const char *nickname = VIPS_OBJECT_CLASS (class)->nickname;

  return reads_tables (G_OBJECT_CLASS_NAME (class)) || strcmp (nickname, "rawload") == 0
      || !class->suffs || !vips_filename_suffix_match (path, class->suffs)
    ? NULL : class;
}

int
cvips_has_picture_suffix (const char *path)
{
  return vips_foreign_map ("VipsForeignLoad", (VipsSListMap2Fn) has_suffix, (void *) path, NULL)
    != NULL;
}

int
cvips_can_write (const char *name)
{
  const char *saver = vips_foreign_find_save (name);

  vips_error_clear ();
  /* A pyramid is a folder, which cannot be renamed into place. */
  return saver && !g_str_has_prefix (saver, "VipsForeignSaveDz");
}

cvips_image *
cvips_open (const char *name)
{
  return (cvips_image *) vips_image_new_from_file (
    name, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_TRUNCATED, NULL);
}

cvips_image *
cvips_open_descriptor (int descriptor)
{
  VipsSource *source = vips_source_new_from_descriptor (descriptor);
  VipsImage *image = NULL;
  unsigned char *first;

  if (source) {
    /* libvips ends the process at a source without a byte. */
    if (vips_source_sniff_at_most (source, &first, 1) < 1)
      vips_error (NULL, "is empty");
    else
      image = vips_image_new_from_source (source, "", "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                        VIPS_FAIL_ON_TRUNCATED, NULL);
    g_object_unref (source);
  }

  return (cvips_image *) image;
}

void
cvips_close (cvips_image *image)
{
  g_object_unref (image);
}

cvips_image *
cvips_read (cvips_image *image)
{
  return (cvips_image *) vips_image_copy_memory ((VipsImage *) image);
}

int
cvips_width (const cvips_image *image)
{
  return vips_image_get_width ((const VipsImage *) image);
}

int
cvips_height (const cvips_image *image)
{
  return vips_image_get_height ((const VipsImage *) image);
}

const char *
cvips_suffix (const cvips_image *image)
{
  static const struct {
    const char *loader, *suffix;
  } formats[] = {
    { "jpegload", ".jpg" }, { "pngload", ".png" },  { "webpload", ".webp" },
    { "tiffload", ".tif" }, { "jxlload", ".jxl" }, { "ppmload", ".ppm" },
  };
  const char *loader;

  if (vips_image_get_typeof ((VipsImage *) image, VIPS_META_LOADER)
      && !vips_image_get_string ((VipsImage *) image, VIPS_META_LOADER, &loader))
    for (size_t i = 0; i < G_N_ELEMENTS (formats); i++)
      if (g_str_has_prefix (loader, formats[i].loader))
        return formats[i].suffix;

  return NULL;
}

int
cvips_write_file (cvips_image *image, const char *name)
{
  return vips_image_write_to_file ((VipsImage *) image, name, NULL);
}

int
cvips_write_memory (cvips_image *image, const char *suffix, void **data, size_t *size)
{
  return vips_image_write_to_buffer ((VipsImage *) image, suffix, data, size, NULL);
}
