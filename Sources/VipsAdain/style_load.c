/* A loader for style files, so that one stands wherever libvips wants a style image:
 *
 *     vips adain photograph.jpg painting.style result.jpg
 *
 * The image is one black pixel that carries the file's bytes as metadata. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "vips-adain.h"

/* Larger than any style file: eight bytes for each of 4096 channels at most, and a header. */
enum { MOST_BYTES = 40 << 10 };

typedef struct {
  VipsForeignLoad parent_object;

  char *filename;
} VipsAdainStyleLoad;

typedef struct {
  VipsForeignLoadClass parent_class;
} VipsAdainStyleLoadClass;

G_DEFINE_TYPE (VipsAdainStyleLoad, vips_adain_style_load, VIPS_TYPE_FOREIGN_LOAD)

/* At most `most` bytes from the file's beginning; without a word when it cannot be read. */
static int
read_start (const char *filename, void *bytes, size_t most, size_t *size)
{
  FILE *file = fopen (filename, "rb");
  int result;

  if (!file)
    return -1;
  *size = fread (bytes, 1, most, file);
  result = ferror (file) ? -1 : 0;
  fclose (file);

  return result;
}

static gboolean
vips_adain_style_load_is_a (const char *filename)
{
  static const char magic[] = "ADAINSTY";
  char start[sizeof magic - 1];
  size_t size;

  return !read_start (filename, start, sizeof start, &size) && size == sizeof start
    && memcmp (start, magic, sizeof start) == 0;
}

static VipsForeignFlags
vips_adain_style_load_get_flags_filename (const char *filename)
{
  (void) filename;
  return VIPS_FOREIGN_SEQUENTIAL;
}

static VipsForeignFlags
vips_adain_style_load_get_flags (VipsForeignLoad *load)
{
  (void) load;
  return VIPS_FOREIGN_SEQUENTIAL;
}

static void
describe (VipsImage *image)
{
  vips_image_init_fields (image, 1, 1, 3, VIPS_FORMAT_UCHAR, VIPS_CODING_NONE,
                          VIPS_INTERPRETATION_sRGB, 1, 1);
}

/* The file is read here, whole: its metadata are all that there is. */
static int
vips_adain_style_load_header (VipsForeignLoad *load)
{
  const char *nickname = VIPS_OBJECT_GET_CLASS (load)->nickname;
  const char *filename = ((VipsAdainStyleLoad *) load)->filename;
  adain_style *style = NULL;
  unsigned char *bytes = g_malloc (MOST_BYTES);
  size_t size;
  int result = -1;

  if (read_start (filename, bytes, MOST_BYTES, &size))
    vips_error_system (errno, nickname, "%s cannot be read", filename);
  else if (adain_style_load_memory (bytes, size, &style))
    vips_error (nickname, "%s: %s", filename, adain_last_error ());
  else {
    describe (load->out);
    vips_image_set_blob_copy (load->out, VIPS_ADAIN_META_STYLE, bytes, size);
    VIPS_SETSTR (load->out->filename, filename);
    result = 0;
  }
  adain_style_unref (style);
  g_free (bytes);

  return result;
}

static int
vips_adain_style_load_load (VipsForeignLoad *load)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (load), 1);

  return vips_adain_black_pixel (&t[0]) || vips_image_write (t[0], load->real) ? -1 : 0;
}

static const char *vips_adain_style_load_suffixes[] = { ".style", NULL };

static void
vips_adain_style_load_class_init (VipsAdainStyleLoadClass *class)
{
  GObjectClass *gobject_class = G_OBJECT_CLASS (class);
  VipsObjectClass *object_class = VIPS_OBJECT_CLASS (class);
  VipsForeignClass *foreign_class = VIPS_FOREIGN_CLASS (class);
  VipsForeignLoadClass *load_class = VIPS_FOREIGN_LOAD_CLASS (class);

  gobject_class->set_property = vips_object_set_property;
  gobject_class->get_property = vips_object_get_property;
  object_class->nickname = "adain_styleload";
  object_class->description = "load a style file of adain";
  foreign_class->suffs = vips_adain_style_load_suffixes;
  load_class->is_a = vips_adain_style_load_is_a;
  load_class->get_flags_filename = vips_adain_style_load_get_flags_filename;
  load_class->get_flags = vips_adain_style_load_get_flags;
  load_class->header = vips_adain_style_load_header;
  load_class->load = vips_adain_style_load_load;

  VIPS_ARG_STRING (class, "filename", 1, "Filename", "Filename to load from",
                   VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET (VipsAdainStyleLoad, filename),
                   NULL);
}

static void
vips_adain_style_load_init (VipsAdainStyleLoad *load)
{
  (void) load;
}
