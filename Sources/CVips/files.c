/* Pictures in and out. */
#include <string.h>

#include "cvips.h"
#include "vips-adain.h"

/* Loaders for any text of numbers: what they make of a list of labels is no picture. */
static int
reads_tables (const char *loader)
{
  return g_str_has_prefix (loader, "VipsForeignLoadCsv")
    || g_str_has_prefix (loader, "VipsForeignLoadMatrix");
}

/* Cameras' raw files that are TIFF, too: its loader finds the preview, or light that was never made a picture. */
static int
reads_a_preview (const char *loader, const char *path)
{
  static const char *const suffixes[] = {
    ".3fr", ".arw", ".cr2", ".dcr", ".dng", ".erf", ".fff", ".gpr", ".iiq", ".kdc", ".mef", ".mos",
    ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw", NULL,
  };

  return g_str_has_prefix (loader, "VipsForeignLoadTiff")
    && vips_filename_suffix_match (path, (const char **) suffixes);
}

cvips_contents
cvips_contents_of (const char *path)
{
  const char *loader = vips_foreign_find_load (path);

  vips_error_clear ();
  if (!loader)
    return CVIPS_UNKNOWN;
  if (reads_tables (loader))
    return CVIPS_TABLE;
  if (reads_a_preview (loader, path))
    return CVIPS_CAMERA_RAW;
  if (g_str_has_prefix (loader, "VipsForeignLoadTiff") && !cvips_tiff_is_whole (path))
    return CVIPS_CUT_OFF;

  return CVIPS_PICTURE;
}

static void *
has_suffix (VipsForeignClass *class, const char *path)
{
  const char *nickname = VIPS_OBJECT_CLASS (class)->nickname;

  return reads_tables (G_OBJECT_CLASS_NAME (class)) || strcmp (nickname, "rawload") == 0
      || !class->suffs || !vips_filename_suffix_match (path, class->suffs)
    ? NULL
    : class;
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

/* Whatever is made of it, copies keep the mark, by which the operation knows the range of its samples. */
static cvips_image *
marked (VipsImage *image)
{
  if (image && (vips_adain_is_loaded (image) || !vips_image_get_filename (image)))
    vips_image_set_int (image, VIPS_ADAIN_META_FILE, 1);

  return (cvips_image *) image;
}

cvips_image *
cvips_open (const char *name)
{
  return marked (vips_image_new_from_file (name, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                           VIPS_FAIL_ON_TRUNCATED, NULL));
}

int
cvips_check_pixels (const char *name)
{
  VipsImage *image = (VipsImage *) cvips_open (name);
  double mean;
  int failed = !image || vips_adain_check_range ("picture", image) || vips_avg (image, &mean, NULL);

  VIPS_UNREF (image);

  return failed ? -1 : 0;
}

/* Frames and pages are what these formats have several of; of others, the first is the picture. */
static gboolean
has_pages (VipsImage *image)
{
  static const char *const loaders[] = { "gifload", "webpload", "tiffload", "jxlload", "pdfload" };
  const char *loader;
  int pages;

  if (!vips_image_get_typeof (image, VIPS_META_N_PAGES)
      || vips_image_get_int (image, VIPS_META_N_PAGES, &pages) || pages < 2
      || vips_image_get_string (image, VIPS_META_LOADER, &loader))
    return FALSE;
  for (size_t i = 0; i < G_N_ELEMENTS (loaders); i++)
    if (g_str_has_prefix (loader, loaders[i]))
      return TRUE;

  return FALSE;
}

/* Pages of several sizes are a pyramid, or a picture and its preview: the first is the picture. */
static gboolean
pages_differ (void)
{
  return strstr (vips_error_buffer (), "differs from page") != NULL;
}

/* From a file or, without a name, from the source. */
static VipsImage *
open_pages (const char *name, VipsSource *source, int first, int count)
{
  return name
    ? vips_image_new_from_file (name, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                VIPS_FAIL_ON_TRUNCATED, "page", first, "n", count, NULL)
    : vips_image_new_from_source (source, "", "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                  VIPS_FAIL_ON_TRUNCATED, "page", first, "n", count, NULL);
}

/* `first`, opened without a word on pages, or what takes its place. */
static VipsImage *
with_pages (VipsImage *first, const char *name, VipsSource *source, int page)
{
  VipsImage *image;

  if (!first || (page == 0 && !has_pages (first)) || page == 1)
    return first;
  if (page > 1 && !has_pages (first)) {
    vips_error (NULL, "has one page, no page %d", page);
    g_object_unref (first);
    return NULL;
  }
  image = page == 0 ? open_pages (name, source, 0, -1) : open_pages (name, source, page - 1, 1);
  if (!image && page == 0 && pages_differ ()) {
    vips_error_clear ();
    return first;
  }
  g_object_unref (first);

  return image;
}

cvips_image *
cvips_open_pages (const char *name, int page)
{
  return marked (with_pages ((VipsImage *) cvips_open (name), name, NULL, page));
}

cvips_image *
cvips_open_descriptor (int descriptor, int page)
{
  VipsSource *source = vips_source_new_from_descriptor (descriptor);
  VipsImage *image = NULL;
  unsigned char *first;

  if (source) {
    /* libvips ends the process at a source without a byte. */
    if (vips_source_sniff_at_most (source, &first, 1) < 1)
      vips_error (NULL, "is empty");
    else
      image = with_pages (vips_image_new_from_source (source, "", "access", VIPS_ACCESS_SEQUENTIAL,
                                                      "fail_on", VIPS_FAIL_ON_TRUNCATED, NULL),
                          NULL, source, page);
    g_object_unref (source);
  }

  return marked (image);
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

int
cvips_has_exif (cvips_image *image)
{
  return vips_image_get_typeof ((VipsImage *) image, VIPS_META_EXIF_NAME) != 0;
}

int
cvips_holds_exif (const char *name)
{
  static const char *suffixes[] = { ".jpg",  ".jpeg", ".jpe", ".png", ".webp", ".heic",
                                    ".heif", ".avif", ".jxl", ".v",   ".vips", NULL };

  return vips_filename_suffix_match (name, suffixes);
}

int
cvips_pages (cvips_image *image)
{
  return cvips_height (image) / vips_image_get_page_height ((VipsImage *) image);
}

int
cvips_holds_pages (const char *name)
{
  static const char *suffixes[] = { ".gif", ".webp", ".tif", ".tiff", ".v", ".vips", NULL };

  return vips_filename_suffix_match (name, suffixes);
}

const char *
cvips_suffix (const cvips_image *image)
{
  static const struct {
    const char *loader, *suffix;
  } formats[] = {
    { "jpegload", ".jpg" }, { "pngload", ".png" }, { "webpload", ".webp" }, { "tiffload", ".tif" },
    { "jxlload", ".jxl" },  { "ppmload", ".ppm" }, { "gifload", ".gif" },
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
