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

static int
vips_adain_style_build (VipsObject *object)
{
  VipsAdainStyle *made = (VipsAdainStyle *) object;
  VipsImage **t = (VipsImage **) vips_object_local_array (object, 1);
  VipsAdainStyleMaking making = { .size = made->style_size };
  adain_style *style = NULL;
  void *data = NULL;
  size_t size;
  int result = -1;

  if (VIPS_OBJECT_CLASS (vips_adain_style_parent_class)->build (object))
    return -1;

  making.progress = made->in;
  if (!vips_adain_check_style_size (making.size) && (making.model = vips_adain_model (made->model))
      && (style = vips_adain_style_of (object, &making, made->in))
      && (data = vips_adain_style_bytes (style, &size)))
    result = vips_adain_carrier (data, size, &t[0]);
  g_free (data);
  adain_style_unref (style);
  adain_model_unref (making.model);
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
                VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdainStyle, style_size),
                G_MININT, G_MAXINT, 512);
  VIPS_ARG_STRING (class, "model", 4, "Model",
                   "standard, fast, or a weights file; default standard",
                   VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdainStyle, model), NULL);
}

static void
vips_adain_style_init (VipsAdainStyle *made)
{
  made->style_size = 512;
}
