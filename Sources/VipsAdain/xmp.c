/* XMP without what it says of pixels and files that are gone.
 *
 * An Ultra HDR photograph's XMP declares a gain map behind the picture, a motion photograph's a film, others a depth
 * map or a preview. The result has none of them, and viewers that believed it would look for them in vain. Everything
 * else stays; XMP that declares none of it stays as it is, to the byte.
 *
 * GMarkup reads the XML: it knows neither DTDs nor entities of the file's own, so that hostile XMP can do nothing. */
#include <string.h>

#include "vips-adain.h"

/* Whatever is in these namespaces tells of pixels or files beside the picture. */
static const char *const gone[] = {
  "http://ns.adobe.com/hdr-gain-map/1.0/",           "http://ns.apple.com/HDRGainMap/1.0/",
  "http://ns.apple.com/pixeldatainfo/1.0/",          "http://ns.google.com/photos/1.0/container/",
  "http://ns.google.com/photos/1.0/container/item/", "http://ns.google.com/photos/1.0/camera/",
  "http://ns.google.com/photos/1.0/depthmap/",       "http://ns.google.com/photos/1.0/image/",
  "http://ns.google.com/photos/1.0/audio/",          "http://ns.google.com/photos/dd/1.0/",
};

/* And these names of namespaces whose others stay. The extension is a segment of its own, which libvips drops. */
static const struct {
  const char *space, *name;
} gone_names[] = {
  { "http://ns.adobe.com/xmp/note/", "HasExtendedXMP" },
  { "http://ns.adobe.com/xap/1.0/", "Thumbnails" },
};

/* More than any XMP has, which goes ten deep; a JPEG segment holds 64 KB of it. Time stays linear in hostile ones. */
enum {
  DEEPEST = 64,
  LARGEST = 16 << 20,
};

typedef struct {
  GString *out;
  /* A table of prefix to namespace for each element that is open. */
  GPtrArray *spaces;
  /* How many of the open elements are inside one that is gone, with it. */
  int inside;
  gboolean changed;
} Filter;

/* The namespace of a name such as "hdrgm:Version", or NULL. */
static const char *
space_of (Filter *filter, const char *name)
{
  const char *colon = strchr (name, ':');
  const char *space = NULL;
  char *prefix;

  if (!colon || filter->spaces->len == 0)
    return NULL;
  prefix = g_strndup (name, colon - name);
  space = g_hash_table_lookup (g_ptr_array_index (filter->spaces, filter->spaces->len - 1), prefix);
  g_free (prefix);

  return space;
}

static gboolean
is_gone (Filter *filter, const char *name)
{
  const char *space = space_of (filter, name);

  if (!space)
    return FALSE;
  for (size_t i = 0; i < G_N_ELEMENTS (gone); i++)
    if (strcmp (space, gone[i]) == 0)
      return TRUE;
  for (size_t i = 0; i < G_N_ELEMENTS (gone_names); i++)
    if (strcmp (space, gone_names[i].space) == 0
        && strcmp (strchr (name, ':') + 1, gone_names[i].name) == 0)
      return TRUE;

  return FALSE;
}

/* A declaration of a namespace of which nothing is left. */
static gboolean
declares_gone (const char *name, const char *value)
{
  if (g_str_has_prefix (name, "xmlns:"))
    for (size_t i = 0; i < G_N_ELEMENTS (gone); i++)
      if (strcmp (value, gone[i]) == 0)
        return TRUE;

  return FALSE;
}

/* The prefixes that hold inside an element: its parent's, and its own. Most elements have none of their own. */
static GHashTable *
open_spaces (Filter *filter, const char **names, const char **values)
{
  GHashTable *outer
    = filter->spaces->len ? g_ptr_array_index (filter->spaces, filter->spaces->len - 1) : NULL;
  GHashTable *inner = NULL;

  for (int i = 0; names[i]; i++) {
    if (!g_str_has_prefix (names[i], "xmlns:"))
      continue;
    if (!inner) {
      GHashTableIter iter;
      gpointer prefix, space;

      inner = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      if (outer) {
        g_hash_table_iter_init (&iter, outer);
        while (g_hash_table_iter_next (&iter, &prefix, &space))
          g_hash_table_insert (inner, g_strdup (prefix), g_strdup (space));
      }
    }
    g_hash_table_insert (inner, g_strdup (names[i] + strlen ("xmlns:")), g_strdup (values[i]));
  }
  if (inner)
    return inner;

  return outer ? g_hash_table_ref (outer)
               : g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
append_escaped (GString *out, const char *text, gssize length)
{
  char *escaped = g_markup_escape_text (text, length);

  g_string_append (out, escaped);
  g_free (escaped);
}

static void
start_element (GMarkupParseContext *context, const char *element, const char **names,
               const char **values, gpointer data, GError **error)
{
  Filter *filter = data;

  (void) context;
  if (filter->spaces->len == DEEPEST) {
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, element);
    return;
  }
  g_ptr_array_add (filter->spaces, open_spaces (filter, names, values));
  if (filter->inside || is_gone (filter, element)) {
    filter->inside++;
    filter->changed = TRUE;
    return;
  }
  g_string_append_printf (filter->out, "<%s", element);
  for (int i = 0; names[i]; i++) {
    if (is_gone (filter, names[i]) || declares_gone (names[i], values[i])) {
      filter->changed = TRUE;
      continue;
    }
    g_string_append_printf (filter->out, " %s=\"", names[i]);
    append_escaped (filter->out, values[i], -1);
    g_string_append_c (filter->out, '"');
  }
  g_string_append_c (filter->out, '>');
}

static void
end_element (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Filter *filter = data;

  (void) context;
  (void) error;
  g_ptr_array_remove_index (filter->spaces, filter->spaces->len - 1);
  if (filter->inside)
    filter->inside--;
  else
    g_string_append_printf (filter->out, "</%s>", element);
}

static void
text (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  Filter *filter = data;

  (void) context;
  (void) error;
  if (!filter->inside)
    append_escaped (filter->out, text, length);
}

/* The packet's wrapper, and comments. */
static void
passthrough (GMarkupParseContext *context, const char *text, gsize length, gpointer data,
             GError **error)
{
  Filter *filter = data;

  (void) context;
  (void) error;
  if (!filter->inside)
    g_string_append_len (filter->out, text, length);
}

/* Whether it is there at all: only then is anything read, or written anew. */
static gboolean
names_gone (const char *xmp, size_t length)
{
  for (size_t i = 0; i < G_N_ELEMENTS (gone); i++)
    if (g_strstr_len (xmp, length, gone[i]))
      return TRUE;
  for (size_t i = 0; i < G_N_ELEMENTS (gone_names); i++)
    if (g_strstr_len (xmp, length, gone_names[i].name))
      return TRUE;

  return FALSE;
}

void
vips_adain_clean_xmp (VipsImage *image)
{
  static const GMarkupParser parser = { start_element, end_element, text, passthrough, NULL };
  Filter filter;
  GMarkupParseContext *context;
  const void *data;
  size_t length;
  gboolean parsed;

  if (!vips_image_get_typeof (image, VIPS_META_XMP_NAME)
      || vips_image_get_blob (image, VIPS_META_XMP_NAME, &data, &length))
    return;
  /* Some writers end it with a byte of zero. */
  while (length && ((const char *) data)[length - 1] == '\0')
    length--;
  if (!names_gone (data, length))
    return;

  filter.out = g_string_new (NULL);
  filter.spaces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  filter.inside = 0;
  filter.changed = FALSE;
  context = g_markup_parse_context_new (&parser, 0, &filter, NULL);
  parsed = length <= LARGEST && g_markup_parse_context_parse (context, data, length, NULL)
    && g_markup_parse_context_end_parse (context, NULL);
  if (!parsed)
    /* It declares what is gone, and nobody can take that out of it. */
    vips_image_remove (image, VIPS_META_XMP_NAME);
  else if (filter.changed)
    vips_image_set_blob_copy (image, VIPS_META_XMP_NAME, filter.out->str, filter.out->len);
  g_markup_parse_context_free (context);
  g_ptr_array_unref (filter.spaces);
  g_string_free (filter.out, TRUE);
}
