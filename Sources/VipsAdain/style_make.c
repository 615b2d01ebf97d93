/* vips adain_style in out: a painting's style, made once.
 *
 * The result is what the loader of style files gives, one black pixel that carries the style as
 * metadata, and stands wherever a painting does. */
#include "vips-adain.h"

typedef struct {
  VipsOperation parent_object;

  VipsImage *in;
  VipsImage *out;
  int style_size;
  char *model;
} VipsAdainStyle;

typedef struct {
  VipsOperationClass parent_class;
} VipsAdainStyleClass;

G_DEFINE_TYPE (VipsAdainStyle, vips_adain_style, VIPS_TYPE_OPERATION)

int
vips_adain_black_pixel (VipsImage **out)
{
  VipsImage *black;
  int result;

  if (vips_black (&black, 1, 1, "bands", 3, NULL))
    return -1;
  result = vips_copy (black, out, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
  g_object_unref (black);

  return result;
}

int
vips_adain_carrier (const void *data, size_t size, VipsImage **out)
{
  if (vips_adain_black_pixel (out))
    return -1;
  vips_image_set_blob_copy (*out, VIPS_ADAIN_META_STYLE, data, size);

  return 0;
}

void *
vips_adain_style_bytes (VipsAdain *adain, const adain_style *style, size_t *size)
{
  void *data = NULL;

  if (!adain_style_save_memory (style, NULL, 0, size)
      && !adain_style_save_memory (style, data = g_malloc (*size), *size, size))
    return data;
  g_free (data);
  vips_adain_error (adain);

  return NULL;
}

/* As `adain` would make it of the painting: by an operation with the same options, which is never built. */
static int
vips_adain_style_build (VipsObject *object)
{
  VipsAdainStyle *made = (VipsAdainStyle *) object;
  VipsImage **t = (VipsImage **) vips_object_local_array (object, 1);
  VipsAdain *adain;
  adain_model *model = NULL;
  adain_style *style = NULL;
  void *data = NULL;
  size_t size;
  int result = -1;

  if (VIPS_OBJECT_CLASS (vips_adain_style_parent_class)->build (object))
    return -1;

  adain = g_object_new (vips_adain_get_type (), "in", made->in, "style-size", made->style_size, NULL);
  if (made->model)
    g_object_set (adain, "model", made->model, NULL);
  if (!vips_adain_check_style_size (adain) && (model = vips_adain_model (adain))
      && (style = vips_adain_style_of (adain, model, made->in))
      && (data = vips_adain_style_bytes (adain, style, &size)))
    result = vips_adain_carrier (data, size, &t[0]);
  g_free (data);
  adain_style_unref (style);
  adain_model_unref (model);
  g_object_unref (adain);
  if (result)
    return -1;

  g_object_set (made, "out", vips_image_new (), NULL);
  return vips_image_write (t[0], made->out);
}

static void
vips_adain_style_class_init (VipsAdainStyleClass *class)
{
  GObjectClass *gobject_class = G_OBJECT_CLASS (class);
  VipsObjectClass *object_class = VIPS_OBJECT_CLASS (class);
  VipsOperationClass *operation_class = VIPS_OPERATION_CLASS (class);

  gobject_class->set_property = vips_object_set_property;
  gobject_class->get_property = vips_object_get_property;

  object_class->nickname = "adain_style";
  object_class->description = "make the style of a painting once, for adain";
  object_class->build = vips_adain_style_build;
  /* Not cached: the weights file that a path names may be another one the next time. */
  operation_class->flags = VIPS_OPERATION_SEQUENTIAL | VIPS_OPERATION_NOCACHE;

  VIPS_ARG_IMAGE (class, "in", 1, "Input", "Style image", VIPS_ARGUMENT_REQUIRED_INPUT,
                  G_STRUCT_OFFSET (VipsAdainStyle, in));
  VIPS_ARG_IMAGE (class, "out", 2, "Output", "One pixel that carries the style",
                  VIPS_ARGUMENT_REQUIRED_OUTPUT, G_STRUCT_OFFSET (VipsAdainStyle, out));
  VIPS_ARG_INT (class, "style-size", 3, "Style size",
                "Reduce the style image to this short side, 0 for never",
                VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdainStyle, style_size), G_MININT,
                G_MAXINT, 512);
  VIPS_ARG_STRING (class, "model", 4, "Model", "standard, fast, or a weights file; default standard",
                   VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdainStyle, model), NULL);
}

static void
vips_adain_style_init (VipsAdainStyle *made)
{
  made->style_size = 512;
}
