/* vips adain in style out: a photograph in the style of one or several paintings.
 *
 * Statistics first, pixels later: build reads the content once, from top to bottom, and keeps its
 * feature map; generate then decodes what is asked for, row by row or in tiles. The network is
 * libadain's; here are only pictures, options and errors.
 */
#include <math.h>

#include "operation.h"

G_DEFINE_TYPE (VipsAdain, vips_adain, VIPS_TYPE_OPERATION)

static void
vips_adain_dispose (GObject *object)
{
  VipsAdain *adain = (VipsAdain *) object;

  for (int i = 0; i < adain->n_pages; i++) {
    if (adain->compositions)
      adain_composition_unref (adain->compositions[i]);
    if (adain->pages)
      adain_content_unref (adain->pages[i]);
  }
  VIPS_FREE (adain->compositions);
  VIPS_FREE (adain->pages);
  vips_adain_sketches_free (adain);
  VIPS_FREEF (vips_adain_rows_free, adain->rows);
  adain_style_unref (adain->mixed);
  adain->mixed = NULL;
  if (adain->styles)
    for (int i = 0; i < adain->n_styles; i++)
      adain_style_unref (adain->styles[i]);
  VIPS_FREE (adain->styles);
  VIPS_FREEF (adain_colours_free, adain->colours);
  VIPS_FREEF (g_strfreev, adain->names);

  G_OBJECT_CLASS (vips_adain_parent_class)->dispose (object);
}

/* The content. A stream that is its own style, too, is read twice, so it must be kept. */
static int
vips_adain_content (VipsAdain *adain, VipsImage **out)
{
  int n;
  VipsImage **styles = vips_array_image_get (adain->style, &n);
  gboolean twice = FALSE;

  for (int i = 0; i < n; i++)
    twice |= styles[i] == adain->in;
  if (twice && vips_image_is_sequential (adain->in))
    return (*out = vips_image_copy_memory (adain->in)) ? 0 : -1;
  *out = adain->in;
  g_object_ref (*out);

  return 0;
}

/* Fields that told of the file, and no longer hold for what is made of its pixels. */
static void
vips_adain_remove_stale (VipsImage *out)
{
  static const char *const stale[] = {
    VIPS_META_ICC_NAME, VIPS_META_SEQUENTIAL, "jpeg-thumbnail-data", "palette-bit-depth",
    "bits-per-sample",  "gif-palette",        "ppm-max-value",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (stale); i++)
    vips_image_remove (out, stale[i]);
  vips_adain_clean_xmp (out);
}

/* The pictures on the way from the content to the result. */
typedef struct {
  VipsImage *content; /* sRGB, perhaps with alpha; as large as the result */
  VipsImage *alpha;   /* of a content that can be read only once; NULL else */
} Pictures;

/* The content as sRGB, in its size. */
static int
vips_adain_prepare (VipsAdain *adain, VipsImage *in, Pictures *pictures)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 3);

  if (vips_adain_convert (VIPS_OBJECT (adain), "in", in, &t[0])
      || vips_adain_fit (VIPS_OBJECT (adain), adain->content_size, adain->crop, t[0], &t[1]))
    return -1;
  pictures->content = t[1];
  /* Its colours are wanted again in the second pass. */
  if (adain->colour_mode == ADAIN_COLOUR_CONTENT_LIGHTNESS && vips_image_is_sequential (t[1])) {
    if (!(t[2] = vips_image_copy_memory (t[1])))
      return -1;
    pictures->content = t[2];
  }

  return 0;
}

/* The first pass: styles, feature maps, and which of them goes where. */
static int
vips_adain_first_pass (VipsAdain *adain, VipsImage *in, Pictures *pictures)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 1);
  VipsImage **alpha = pictures->content->Bands == 4 ? &t[0] : NULL;
  adain_model *model;
  int failed;

  if (!(model = vips_adain_model (adain->model)))
    return -1;
  if (adain->colour_mode == ADAIN_COLOUR_CONTENT_CORAL
      || adain->colour_mode == ADAIN_COLOUR_HISTOGRAM)
    /* The content's colours are known behind the pass only. */
    failed = adain_colours_new (&adain->colours)
      ? vips_adain_error ()
      : vips_adain_analyse (adain, model, pictures->content, alpha)
        || vips_adain_make_styles (adain, in, model);
  else
    failed = vips_adain_make_styles (adain, in, model)
      || vips_adain_analyse (adain, model, pictures->content, alpha);
  adain_model_unref (model);
  pictures->alpha = t[0];

  return failed || vips_adain_lay_out (adain, pictures->content) ? -1 : 0;
}

/* Size, colours, alpha and metadata. */
static int
vips_adain_finish (VipsAdain *adain, const Pictures *pictures, VipsImage *result, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 3);

  if (adain->colour_mode == ADAIN_COLOUR_CONTENT_LIGHTNESS) {
    if (vips_adain_keep_colours (pictures->content, result, &t[0]))
      return -1;
    result = t[0];
  }
  if (pictures->content->Bands == 4) {
    VipsImage *alpha = pictures->alpha;

    if (!alpha && vips_extract_band (pictures->content, &t[1], 3, NULL))
      return -1;
    if (vips_bandjoin2 (result, alpha ? alpha : t[1], &t[2], NULL))
      return -1;
    result = t[2];
  }

  /* A copy, so that fields that no longer hold can be dropped from it alone. */
  if (vips_copy (result, out, NULL))
    return -1;
  vips_adain_remove_stale (*out);

  return 0;
}

static int
vips_adain_build (VipsObject *object)
{
  VipsAdain *adain = (VipsAdain *) object;
  VipsImage **t = (VipsImage **) vips_object_local_array (object, 4);
  Pictures pictures = { 0 };

  if (VIPS_OBJECT_CLASS (vips_adain_parent_class)->build (object))
    return -1;
  if (vips_adain_check (adain))
    return -1;
  if (vips_adain_content (adain, &t[0]) || vips_adain_prepare (adain, t[0], &pictures))
    return -1;

  /* The output, linked to its input before the first pass, so that progress and kill reach it
   * from there, and both passes with it. */
  t[1] = vips_image_new ();
  if (vips_image_pipelinev (t[1], VIPS_DEMAND_STYLE_SMALLTILE, pictures.content, NULL))
    return -1;
  t[1]->Bands = 3;
  adain->page_height = vips_image_get_page_height (pictures.content);
  adain->n_pages = pictures.content->Ysize / adain->page_height;
  adain->breadth = adain->stroke != 0
    ? adain->stroke
    : adain_automatic_stroke (pictures.content->Xsize, adain->page_height);

  if (vips_adain_first_pass (adain, t[0], &pictures) || vips_adain_decode (adain, t[1], &t[2])
      || vips_adain_finish (adain, &pictures, t[2], &t[3]))
    return -1;

  g_object_set (adain, "out", vips_image_new (), NULL);
  return vips_image_write (t[3], adain->out);
}

static void
vips_adain_class_init (VipsAdainClass *class)
{
  GObjectClass *gobject_class = G_OBJECT_CLASS (class);
  VipsObjectClass *object_class = VIPS_OBJECT_CLASS (class);
  VipsOperationClass *operation_class = VIPS_OPERATION_CLASS (class);

  gobject_class->dispose = vips_adain_dispose;
  gobject_class->set_property = vips_object_set_property;
  gobject_class->get_property = vips_object_get_property;

  object_class->nickname = "adain";
  object_class->description = "transfer the style of paintings by adaptive instance normalisation";
  object_class->build = vips_adain_build;

  /* Sequential: the input is read once, from top to bottom. Not cached: a cached operation would
   * keep its feature map, 16 or 32 bytes a pixel, long after its output is gone. */
  operation_class->flags = VIPS_OPERATION_SEQUENTIAL | VIPS_OPERATION_NOCACHE;

  VIPS_ARG_IMAGE (class, "in", 1, "Input", "Content image", VIPS_ARGUMENT_REQUIRED_INPUT,
                  G_STRUCT_OFFSET (VipsAdain, in));
  VIPS_ARG_BOXED (class, "style", 2, "Style", "Array of style images", VIPS_ARGUMENT_REQUIRED_INPUT,
                  G_STRUCT_OFFSET (VipsAdain, style), VIPS_TYPE_ARRAY_IMAGE);
  VIPS_ARG_IMAGE (class, "out", 3, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                  G_STRUCT_OFFSET (VipsAdain, out));

  /* Ranges wider than what is allowed: libvips only warns of a number that is out of range and goes
   * on with the default, vips_adain_check makes it an error. */
  VIPS_ARG_DOUBLE (class, "strength", 10, "Strength", "Strength of the style, 0 (none) to 1 (full)",
                   VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdain, strength), -INFINITY,
                   INFINITY, 1.0);
  /* A NaN is outside any range; let it through to the check, too. */
  g_object_class_find_property (gobject_class, "strength")->flags |= G_PARAM_LAX_VALIDATION;
  VIPS_ARG_BOXED (class, "weights", 11, "Weights", "Weight of each style image, default equal",
                  VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdain, weights),
                  VIPS_TYPE_ARRAY_DOUBLE);
  VIPS_ARG_INT (class, "style-size", 12, "Style size",
                "Reduce style images to this short side, 0 for never", VIPS_ARGUMENT_OPTIONAL_INPUT,
                G_STRUCT_OFFSET (VipsAdain, style_size), G_MININT, G_MAXINT, 512);
  VIPS_ARG_STRING (class, "model", 13, "Model",
                   "standard, fast, or a weights file; default standard",
                   VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdain, model), NULL);
  VIPS_ARG_INT (class, "tile-size", 14, "Tile size", "Side of the tiles that are decoded at once",
                VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdain, tile_size), G_MININT,
                G_MAXINT, 512);
  VIPS_ARG_UINT64 (class, "feature-memory", 15, "Feature memory",
                   "Bytes of memory for the feature map before it goes to a temporary file, 0 for "
                   "ADAIN_FEATURE_MEMORY or 512 MB",
                   VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdain, feature_memory), 0,
                   G_MAXUINT64, 0);
  VIPS_ARG_BOXED (
    class, "masks", 16, "Masks",
    "Where each style goes, white for all of it; one image for each style, or one less",
    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdain, masks), VIPS_TYPE_ARRAY_IMAGE);
  VIPS_ARG_INT (class, "content-size", 20, "Content size",
                "Reduce the content to this short side, 0 for never", VIPS_ARGUMENT_OPTIONAL_INPUT,
                G_STRUCT_OFFSET (VipsAdain, content_size), G_MININT, G_MAXINT, 0);
  VIPS_ARG_BOOL (class, "crop", 21, "Crop", "Crop the content to its central square first",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdain, crop), FALSE);
  VIPS_ARG_DOUBLE (
    class, "stroke", 22, "Stroke",
    "Breadth of the brush: 4 paints first in the strokes of a copy of a quarter of the "
    "size, then finer ones; 1 for the network alone, 0 for what suits the size",
    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdain, stroke), -INFINITY, INFINITY, 0.0);
  g_object_class_find_property (gobject_class, "stroke")->flags |= G_PARAM_LAX_VALIDATION;
  VIPS_ARG_DOUBLE (
    class, "detail", 23, "Detail", "Strength of the finer strokes of a broad brush, 0 (none) to 1",
    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdain, detail), -INFINITY, INFINITY, 0.7);
  g_object_class_find_property (gobject_class, "detail")->flags |= G_PARAM_LAX_VALIDATION;
  VIPS_ARG_STRING (class, "named", 18, "Named",
                   "Built-in styles, such as great-wave, beside the style images, of which there "
                   "may then be none",
                   VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdain, named), NULL);
  VIPS_ARG_STRING (class, "colour", 19, "Colour",
                   "Whose colours: style (default), content-coral, content-lightness or histogram",
                   VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdain, colour), NULL);
  /* The other spelling, which help does not list. */
  VIPS_ARG_STRING (class, "color", 24, "Colour", "As colour",
                   VIPS_ARGUMENT_OPTIONAL_INPUT | VIPS_ARGUMENT_DEPRECATED,
                   G_STRUCT_OFFSET (VipsAdain, colour), NULL);
  VIPS_ARG_BOOL (class, "whole-statistics", 17, "Whole statistics",
                 "With masks, normalise by the whole content's statistics instead of each region's",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET (VipsAdain, whole_statistics),
                 FALSE);
}

static void
vips_adain_init (VipsAdain *adain)
{
  adain->strength = 1.0;
  adain->style_size = 512;
  adain->tile_size = 512;
  adain->detail = 0.7;
}
