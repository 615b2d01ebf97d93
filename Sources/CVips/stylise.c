/* The operation, as the tool calls it. */
#include <stdlib.h>

#include "vips-adain.h"

#include "cvips.h"
#include "options.h"

static void
ignore (const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data)
{
  (void) domain;
  (void) level;
  (void) message;
  (void) data;
}

int
cvips_start (const char *program)
{
  if (vips_init (program))
    return -1;
  /* As VIPS_LEAK=1 tells what was not freed only when libvips is shut down. */
  atexit (vips_shutdown);
  /* What matters of warnings becomes an error. */
  g_log_set_handler ("VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO, ignore, NULL);
  options_start ();
  /* Every picture is read once. */
  vips_cache_set_max (0);

  return 0;
}

const char *
cvips_version (void)
{
  return vips_version_string ();
}

char *
cvips_take_error (void)
{
  return vips_error_buffer_copy ();
}

void
cvips_free (void *memory)
{
  g_free (memory);
}

void *
cvips_allocate (size_t size)
{
  return g_try_malloc (size);
}

int
cvips_load_model (const char *name_or_path)
{
  adain_model *model = vips_adain_model (name_or_path);

  adain_model_unref (model);

  return model ? 0 : -1;
}

int
cvips_named_style (const char *name, const char *model, void **data, size_t *size)
{
  adain_model *network = vips_adain_model (model);
  adain_style *style = NULL;

  *data = NULL;
  if (network && adain_style_named_for (network, name, &style))
    vips_adain_error ();
  if (style)
    *data = vips_adain_style_bytes (style, size);
  adain_style_unref (style);
  adain_model_unref (network);

  return *data ? 0 : -1;
}

int
cvips_style (const char *name, int style_size, const char *model, void **data, size_t *size)
{
  VipsImage *image = (VipsImage *) cvips_open (name);
  VipsImage *style = NULL;
  VipsOperation *operation;
  const void *blob;
  int result = -1;

  if (!image)
    return -1;
  operation
    = g_object_new (vips_adain_style_get_type (), "in", image, "style-size", style_size, NULL);
  if (model)
    g_object_set (operation, "model", model, NULL);
  if (!vips_cache_operation_buildp (&operation))
    g_object_get (operation, "out", &style, NULL);
  if (style && !vips_image_get_blob (style, VIPS_ADAIN_META_STYLE, &blob, size)) {
    *data = g_memdup2 (blob, *size);
    result = 0;
  }
  g_clear_object (&style);
  vips_object_unref_outputs (VIPS_OBJECT (operation));
  g_object_unref (operation);
  g_object_unref (image);

  return result;
}

/* ---- Progress ------------------------------------------------------------------------ */

typedef struct {
  cvips_progress_fn call;
  void *data;
  void (*free) (void *data);
  int pass; /* 0: the content is read, 1: the result is written */
} Progress;

static void
on_eval (VipsImage *image, VipsProgress *progress, Progress *receiver)
{
  (void) image;
  receiver->call ((receiver->pass + progress->percent / 100.0) / 2, receiver->data);
}

static void
on_posteval (VipsImage *image, VipsProgress *progress, Progress *receiver)
{
  (void) image;
  (void) progress;
  receiver->pass = 1;
}

static void
free_progress (gpointer data, GClosure *closure)
{
  Progress *progress = data;

  (void) closure;
  if (progress->free)
    progress->free (progress->data);
  g_free (progress);
}

static void
watch (VipsImage *image, const cvips_options *options)
{
  Progress *progress = g_new0 (Progress, 1);

  progress->call = options->progress;
  progress->data = options->progress_data;
  progress->free = options->progress_free;
  vips_image_set_progress (image, TRUE);
  g_signal_connect (image, "eval", G_CALLBACK (on_eval), progress);
  g_signal_connect_data (image, "posteval", G_CALLBACK (on_posteval), progress, free_progress, 0);
}

/* ---- Stylise ------------------------------------------------------------------------- */

/* Wider than most pictures: each tile decodes a halo around itself. A whole picture in one tile
 * needs none, and the bands of rows that a tile takes grow only with its width. */
#define TILE_SIZE 2048

static VipsArrayImage *
style_images (const cvips_options *options)
{
  VipsImage **images = g_new0 (VipsImage *, options->n_styles);
  VipsArrayImage *array = NULL;
  int made = 0;

  while (made < options->n_styles) {
    const cvips_style_source *style = &options->styles[made];

    if (!style->data)
      images[made] = (VipsImage *) cvips_open (style->painting);
    else if (vips_adain_carrier (style->data, style->size, &images[made]))
      break;
    if (!images[made])
      break;
    made++;
  }
  if (made == options->n_styles)
    array = vips_array_image_new (images, made);
  for (int i = 0; i < made; i++)
    g_object_unref (images[i]);
  g_free (images);

  return array;
}

static VipsArrayImage *
mask_images (const cvips_options *options)
{
  VipsImage **images = g_new0 (VipsImage *, options->n_masks);
  VipsArrayImage *array = NULL;
  int made = 0;

  while (made < options->n_masks
         && (images[made] = (VipsImage *) cvips_open (options->masks[made])))
    made++;
  if (made == options->n_masks)
    array = vips_array_image_new (images, made);
  for (int i = 0; i < made; i++)
    g_object_unref (images[i]);
  g_free (images);

  return array;
}

/* Options of the operation that are images or arrays. */
static int
set_arrays (VipsOperation *operation, const cvips_options *options)
{
  VipsArrayImage *styles = style_images (options);

  if (!styles)
    return -1;
  g_object_set (operation, "style", styles, NULL);
  vips_area_unref (VIPS_AREA (styles));
  if (options->n_masks > 0) {
    VipsArrayImage *masks = mask_images (options);

    if (!masks)
      return -1;
    g_object_set (operation, "masks", masks, "whole-statistics", options->whole_statistics, NULL);
    vips_area_unref (VIPS_AREA (masks));
  }
  else if (options->weights) {
    VipsArrayDouble *weights = vips_array_double_new (options->weights, options->n_styles);

    g_object_set (operation, "weights", weights, NULL);
    vips_area_unref (VIPS_AREA (weights));
  }

  return 0;
}

cvips_image *
cvips_stylise (cvips_image *content, const cvips_options *options)
{
  /* By its type, not by its name, which that of an installed module has, too. */
  VipsOperation *operation = g_object_new (vips_adain_get_type (), NULL);
  VipsImage *out = NULL;

  if (options->model)
    g_object_set (operation, "model", options->model, NULL);
  if (options->progress)
    watch ((VipsImage *) content, options);
  g_object_set (operation, "in", content, "strength", options->strength, "style-size",
                options->style_size, "content-size", options->content_size, "crop", options->crop,
                "stroke", options->stroke, "detail", options->detail, "colour", options->colour,
                "tile-size", TILE_SIZE, NULL);
  if (!set_arrays (operation, options) && !vips_cache_operation_buildp (&operation))
    g_object_get (operation, "out", &out, NULL);
  vips_object_unref_outputs (VIPS_OBJECT (operation));
  g_object_unref (operation);

  return (cvips_image *) out;
}

cvips_image *
cvips_from_pixels (const void *data, int width, int height, int bands)
{
  VipsImage *image = vips_image_new_from_memory_copy (data, (size_t) width * height * bands, width,
                                                      height, bands, VIPS_FORMAT_UCHAR);
  VipsImage *labelled = NULL;

  if (image) {
    vips_copy (image, &labelled, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
    g_object_unref (image);
  }

  return (cvips_image *) labelled;
}

cvips_image *
cvips_fit (cvips_image *content, int content_size, int crop)
{
  VipsImage *parent = vips_image_new ();
  VipsImage *out = NULL;

  if (vips_adain_fit (VIPS_OBJECT (parent), content_size, crop, (VipsImage *) content, &out))
    out = NULL;
  g_object_unref (parent);

  return (cvips_image *) out;
}
