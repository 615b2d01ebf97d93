/* The examples of the reference, adain.h: one function for each of its topics.
 *
 *     cc reference.c $(pkg-config --cflags --libs adain) -o reference
 *     ./reference
 *
 * The pictures are made here; stylise.c and walk.c are whole programs that read files.
 */
#include <stdio.h>
#include <stdlib.h>

#include <adain.h>

/* A picture of a gradient; its samples are the caller's to free. */
static adain_pixels
new_picture (uint32_t width, uint32_t height, uint32_t channels)
{
  adain_pixels picture = { NULL, 0, 0, 0, ADAIN_FORMAT_U8, 0 };
  size_t size = (size_t) width * height * channels, i;

  picture.width = width;
  picture.height = height;
  picture.channels = channels;
  picture.data = malloc (size);
  if (!picture.data)
    abort ();
  for (i = 0; i < size; i++)
    ((unsigned char *) picture.data)[i] = (unsigned char) (i * 255 / size);

  return picture;
}

static adain_status
stylise (adain_pixels photograph, adain_pixels painting)
{
  /* [stylise] */
  adain_options options = ADAIN_OPTIONS_INIT;
  adain_model *model = NULL;
  adain_style *style = NULL;
  adain_status status;

  options.strength = 0.8f;
  status = adain_model_embedded (&model);
  if (!status)
    status = adain_style_from_pixels (model, &painting, NULL, &style);
  if (!status)
    status = adain_stylise (model, &photograph, style, &options, &photograph);
  if (status)
    fprintf (stderr, "%s: %s\n", adain_status_name (status), adain_last_error ());
  adain_style_unref (style);
  adain_model_unref (model);
  /* [stylise] */
  return status;
}

/* [progress] */
static int
stop_when_told (double done, void *data)
{
  fprintf (stderr, "\r%3.0f %%", done * 100);
  return *(volatile int *) data; /* not 0: the call ends with ADAIN_ERROR_CANCELLED */
}
/* [progress] */

static adain_status
cancel (adain_model *model, adain_pixels painting)
{
  adain_options options = ADAIN_OPTIONS_INIT;
  adain_style *style = NULL;
  int told = 1;
  adain_status status;

  options.progress = stop_when_told;
  options.progress_data = &told;
  status = adain_style_from_pixels (model, &painting, &options, &style);

  return status == ADAIN_ERROR_CANCELLED ? ADAIN_OK : ADAIN_ERROR_INTERNAL;
}

static adain_status
mix (adain_style *painted, const char *path)
{
  /* [mix] */
  adain_style *styles[2] = { painted, NULL };
  const float weights[2] = { 0.7f, 0.3f };
  adain_style *mixed = NULL;
  adain_status status = adain_style_named ("great-wave", &styles[1]);

  if (!status)
    status = adain_style_mix (styles, weights, 2, &mixed);
  if (!status)
    status = adain_style_save_file (mixed, path);
  adain_style_unref (styles[1]);
  adain_style_unref (mixed);
  /* [mix] */
  return status;
}

static adain_status
save_to_memory (const adain_style *style)
{
  /* [save] */
  void *bytes = NULL;
  size_t size = 0;
  adain_style *copy = NULL;
  adain_status status = adain_style_save_memory (style, NULL, 0, &size); /* the size alone */

  if (!status && !(bytes = malloc (size)))
    status = ADAIN_ERROR_MEMORY;
  if (!status)
    status = adain_style_save_memory (style, bytes, size, &size);
  if (!status)
    status = adain_style_load_memory (bytes, size, &copy);
  free (bytes);
  adain_style_unref (copy);
  /* [save] */
  return status;
}

static adain_status
list_named (void)
{
  /* [named] */
  size_t i;

  for (i = 0; i < adain_named_style_count (); i++)
    printf ("%s: %s, %s, %s\n", adain_named_style_name (i), adain_named_style_painter (i),
            adain_named_style_title (i), adain_named_style_year (i));
  /* [named] */
  return i > 0 ? ADAIN_OK : ADAIN_ERROR_INTERNAL;
}

static adain_status
preview (adain_pixels photograph)
{
  /* [models] */
  adain_model *model = NULL;
  adain_style *style = NULL;
  adain_status status = adain_model_named ("fast", &model); /* adain_model_open takes files, too */

  if (!status)
    status = adain_style_named_for (model, "great-wave", &style);
  if (!status)
    status = adain_stylise (model, &photograph, style, NULL, &photograph);
  adain_style_unref (style);
  adain_model_unref (model);
  /* [models] */
  return status;
}

static adain_status
render (adain_model *model, adain_pixels photograph, const adain_style *style, adain_pixels view)
{
  /* [render] */
  adain_content *content = NULL;
  adain_status status = adain_content_analyse (model, &photograph, NULL, &content);

  if (!status) /* as often as one looks, from any thread */
    status = adain_content_render (content, style, NULL, 16, 8, &view);
  adain_content_unref (content);
  /* [render] */
  return status;
}

static adain_status
compose (adain_content *content, adain_style *sky, adain_style *ground, adain_pixels mask,
         adain_pixels result)
{
  /* [compose] */
  adain_style *styles[2] = { sky, ground };
  adain_composition *composition = NULL;
  adain_status status
    = adain_composition_new (content, styles, 2, &mask, 1, /* white is sky, the rest ground */
                             ADAIN_STATISTICS_REGIONS, NULL, &composition);

  if (!status)
    status = adain_composition_render (composition, NULL, 0, 0, &result);
  adain_composition_unref (composition);
  /* [compose] */
  return status;
}

/* The same for a broad brush: painted in a style, where the other analysis is finished. */
static adain_status
paint_rows (adain_model *model, adain_pixels picture, adain_style *style, adain_pixels result)
{
  adain_analysis *analysis = NULL;
  adain_content *painted = NULL;
  adain_status status;
  /* [paint] */
  adain_options options = ADAIN_OPTIONS_INIT;

  options.stroke = 4;
  options.detail = 0.7;
  status = adain_analysis_begin (model, picture.width, picture.height, &options, &analysis);
  if (!status)
    status = adain_analysis_push (analysis, &picture); /* or row by row */
  if (!status)
    status = adain_analysis_paint (analysis, &style, 1, NULL, 0, ADAIN_STATISTICS_REGIONS, &options,
                                   &painted);
  if (!status)
    status = adain_content_render (painted, style, &options, 0, 0, &result);
  adain_content_unref (painted);
  adain_analysis_free (analysis);
  /* [paint] */
  return status;
}

static adain_status
analyse_rows (adain_model *model, adain_pixels picture, adain_content **content)
{
  /* [analyse] */
  adain_analysis *analysis = NULL;
  adain_pixels row = picture;
  adain_status status
    = adain_analysis_begin (model, picture.width, picture.height, NULL, &analysis);
  uint32_t y;

  row.height = 1;
  for (y = 0; y < picture.height && !status; y++) {
    row.data = (char *) picture.data + (size_t) y * picture.width * picture.channels;
    status = adain_analysis_push (analysis, &row);
  }
  if (!status)
    status = adain_analysis_finish (analysis, content);
  adain_analysis_free (analysis);
  /* [analyse] */
  return status;
}

static adain_status
render_rows (adain_content *content, const adain_style *style, adain_pixels strip)
{
  /* [rows] */
  adain_rendering *rendering = NULL;
  uint32_t left = adain_content_height (content);
  adain_status status = adain_rendering_begin (content, style, NULL, &rendering);

  while (left > 0 && !status) {
    if (strip.height > left)
      strip.height = left;
    left -= strip.height;
    status = adain_rendering_pull (rendering, &strip); /* then write it out */
  }
  adain_rendering_free (rendering);
  /* [rows] */
  return status;
}

static adain_status
reduce (adain_pixels painting)
{
  /* [reduce] */
  adain_pixels reduced = painting;
  adain_status status;

  adain_fitted_size (painting.width, painting.height, 32, 1, &reduced.width, &reduced.height);
  reduced.data = malloc ((size_t) reduced.width * reduced.height * reduced.channels);
  status = reduced.data ? adain_reduce (&painting, 1, &reduced) : ADAIN_ERROR_MEMORY;
  free (reduced.data);
  /* [reduce] */
  return status;
}

static adain_status
keep_colours (adain_pixels photograph, adain_pixels painting)
{
  /* [colours] */
  adain_colours *colours = NULL;
  adain_status status = adain_colours_new (&colours);

  if (!status)
    status = adain_colours_add (colours, &photograph);
  if (!status) /* then adain_style_from_pixels */
    status = adain_colours_recolour (colours, ADAIN_COLOUR_CONTENT_CORAL, &painting, &painting);
  adain_colours_free (colours);
  /* [colours] */
  return status;
}

static adain_status
keep_lightness (adain_model *model, adain_pixels photograph, const adain_style *style,
                adain_pixels result)
{
  /* [lightness] */
  adain_status status = adain_stylise (model, &photograph, style, NULL, &result);

  if (!status)
    status = adain_keep_colours (&photograph, &result, &result);
  /* [lightness] */
  return status;
}

static adain_status
smooth (adain_model *model, adain_pixels frame, const adain_style *style, adain_pixels result)
{
  /* [smoothing] */
  adain_smoothing *smoothing = NULL;
  adain_status status = adain_smoothing_new (frame.width, frame.height, 0.85f, &smoothing);

  for (int i = 0; i < 2 && !status; i++) { /* for each frame */
    status = adain_stylise (model, &frame, style, NULL, &result);
    if (!status)
      status = adain_smoothing_apply (smoothing, &frame, &result);
  }
  adain_smoothing_free (smoothing);
  /* [smoothing] */
  return status;
}

static int
failed (const char *topic, adain_status status)
{
  if (status)
    fprintf (stderr, "reference: %s: %s: %s\n", topic, adain_status_name (status),
             adain_last_error ());
  return status != ADAIN_OK;
}

int
main (void)
{
  adain_pixels photograph = new_picture (96, 64, 3), painting = new_picture (80, 80, 3);
  adain_pixels result = new_picture (96, 64, 3), mask = new_picture (6, 4, 1);
  adain_pixels view = new_picture (32, 32, 3), strip = new_picture (96, 10, 3);
  adain_model *model = NULL;
  adain_style *style = NULL, *loaded = NULL;
  adain_content *content = NULL;
  const char *path = "reference.style";
  int bad = failed ("stylise", stylise (photograph, painting))
    || failed ("model", adain_model_embedded (&model))
    || failed ("style", adain_style_from_pixels (model, &painting, NULL, &style))
    || failed ("cancel", cancel (model, painting)) || failed ("mix", mix (style, path))
    || failed ("load", adain_style_load_file (path, &loaded))
    || failed ("save", save_to_memory (loaded)) || failed ("named", list_named ())
    || failed ("models", preview (photograph))
    || failed ("render", render (model, photograph, style, view))
    || failed ("analyse", analyse_rows (model, photograph, &content))
    || failed ("paint", paint_rows (model, photograph, style, result))
    || failed ("compose", compose (content, style, loaded, mask, result))
    || failed ("rows", render_rows (content, style, strip)) || failed ("reduce", reduce (painting))
    || failed ("colours", keep_colours (photograph, painting))
    || failed ("lightness", keep_lightness (model, photograph, style, result))
    || failed ("smoothing", smooth (model, photograph, style, result));

  remove (path);
  adain_content_unref (content);
  adain_style_unref (loaded);
  adain_style_unref (style);
  adain_model_unref (model);
  free (photograph.data);
  free (painting.data);
  free (result.data);
  free (mask.data);
  free (view.data);
  free (strip.data);

  return bad;
}
