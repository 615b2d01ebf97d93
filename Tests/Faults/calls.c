/* One call of each kind, on pictures for which every buffer is large. */
#include <stdlib.h>

#include "calls.h"

/* A usual picture; and one so wide that also what is kept of a row, or of each column, is large. */
enum { WIDTH = 210, HEIGHT = 170, WIDE = 24000, LOW = 7 };

static adain_pixels picture, painting, wide, tall, mask;

static int
make (adain_pixels *pixels, uint32_t width, uint32_t height, uint32_t channels)
{
  size_t count = (size_t) width * height * channels, i;
  unsigned char *data = malloc (count);

  if (!data)
    return 1;
  for (i = 0; i < count; i++)
    data[i] = (unsigned char) (i / channels * 7 + (i * 2654435761u >> 26));
  *pixels = (adain_pixels){ data, 0, width, height, ADAIN_FORMAT_U8, channels };

  return 0;
}

int
calls_prepare (void)
{
  return make (&picture, WIDTH, HEIGHT, 3) || make (&painting, 96, 80, 3)
    || make (&wide, WIDE, LOW, 3) || make (&tall, LOW, WIDE, 3) || make (&mask, WIDE, 1, 1);
}

static adain_pixels
result_like (const adain_pixels *pixels, unsigned char *result)
{
  adain_pixels like = *pixels;

  like.data = result;
  return like;
}

static const adain_options *
some_threads (void)
{
  static adain_options options = ADAIN_OPTIONS_INIT;

  options.threads = 2;
  return &options;
}

static adain_status
load (const char *path, adain_model *none, unsigned char *result)
{
  adain_model *model = NULL;
  adain_style *style = NULL;
  adain_status status = adain_model_load_file (path, &model);
  adain_pixels out = result_like (&painting, result);

  (void) none;
  if (!status)
    status = adain_style_from_pixels (model, &painting, some_threads (), &style);
  if (!status)
    status = adain_stylise (model, &painting, style, some_threads (), &out);
  adain_style_unref (style);
  adain_model_unref (model);

  return status;
}

static adain_status
stylise_like (adain_model *model, const adain_pixels *content, float stroke, unsigned char *result)
{
  adain_options options = *some_threads ();
  adain_pixels out = result_like (content, result);
  adain_style *style = NULL;
  adain_status status = adain_style_from_pixels (model, &painting, &options, &style);

  options.stroke = stroke;
  if (!status)
    status = adain_stylise (model, content, style, &options, &out);
  adain_style_unref (style);

  return status;
}

static adain_status
stylise (const char *path, adain_model *model, unsigned char *result)
{
  (void) path;
  return stylise_like (model, &picture, 0, result);
}

static adain_status
stylise_wide (const char *path, adain_model *model, unsigned char *result)
{
  (void) path;
  return stylise_like (model, &wide, 0, result);
}

static adain_status
stylise_tall (const char *path, adain_model *model, unsigned char *result)
{
  (void) path;
  return stylise_like (model, &tall, 0, result);
}

static adain_status
stroke (const char *path, adain_model *model, unsigned char *result)
{
  (void) path;
  return stylise_like (model, &wide, 1.5f, result);
}

/* Rows pushed, a rectangle rendered. */
static adain_status
push (const char *path, adain_model *model, unsigned char *result)
{
  adain_analysis *analysis = NULL;
  adain_content *content = NULL;
  adain_style *style = NULL;
  adain_pixels part = { result, 0, WIDTH - 50, HEIGHT - 40, ADAIN_FORMAT_U8, 3 };
  adain_pixels rows = picture;
  adain_status status = adain_analysis_begin (model, WIDTH, HEIGHT, some_threads (), &analysis);

  (void) path;
  rows.height = HEIGHT / 2;
  if (!status)
    status = adain_analysis_push (analysis, &rows);
  rows.data = (unsigned char *) picture.data + (size_t) rows.height * WIDTH * 3;
  rows.height = HEIGHT - HEIGHT / 2;
  if (!status)
    status = adain_analysis_push (analysis, &rows);
  if (!status)
    status = adain_analysis_finish (analysis, &content);
  if (!status)
    status = adain_style_named ("great-wave", &style);
  adain_style_unref (style); /* of another encoder: only made */
  style = NULL;
  if (!status)
    status = adain_style_from_pixels (model, &painting, some_threads (), &style);
  if (!status)
    status = adain_content_render (content, style, some_threads (), 30, 20, &part);
  adain_analysis_free (analysis);
  adain_content_unref (content);
  adain_style_unref (style);

  return status;
}

/* Two styles by a mask: rendered, and pulled row by row. */
static adain_status
compose (const char *path, adain_model *model, unsigned char *result)
{
  adain_content *content = NULL;
  adain_style *styles[2] = { NULL, NULL };
  adain_composition *composition = NULL;
  adain_rendering *rendering = NULL;
  adain_pixels out = result_like (&wide, result), row;
  adain_status status = adain_content_analyse (model, &wide, some_threads (), &content);
  uint32_t y;

  (void) path;
  if (!status)
    status = adain_style_from_pixels (model, &painting, some_threads (), &styles[0]);
  if (!status)
    status = adain_style_from_pixels (model, &picture, some_threads (), &styles[1]);
  if (!status)
    status = adain_composition_new (content, styles, 2, &mask, 1, ADAIN_STATISTICS_REGIONS,
                                    some_threads (), &composition);
  if (!status)
    status = adain_composition_render (composition, some_threads (), 0, 0, &out);
  if (!status)
    status = adain_composition_rendering (composition, some_threads (), &rendering);
  row = out;
  row.height = 1;
  for (y = 0; y < LOW && !status; y++) {
    row.data = result + ((size_t) LOW + y) * WIDE * 3;
    status = adain_rendering_pull (rendering, &row);
  }
  adain_rendering_free (rendering);
  adain_composition_unref (composition);
  adain_style_unref (styles[0]);
  adain_style_unref (styles[1]);
  adain_content_unref (content);

  return status;
}

static adain_status
reduce (const char *path, adain_model *model, unsigned char *result)
{
  adain_pixels out = { result, 0, WIDE - 1, LOW - 1, ADAIN_FORMAT_U8, 3 };

  (void) path;
  (void) model;
  return adain_reduce (&wide, 0, &out);
}

static adain_status
colours (const char *path, adain_model *model, unsigned char *result)
{
  adain_colours *kept = NULL;
  adain_pixels out = result_like (&wide, result);
  adain_status status = adain_colours_new (&kept);

  (void) path;
  (void) model;
  if (!status)
    status = adain_colours_add (kept, &picture);
  if (!status)
    status = adain_colours_recolour (kept, ADAIN_COLOUR_HISTOGRAM, &wide, &out);
  if (!status)
    status = adain_keep_colours (&wide, &out, &out);
  adain_colours_free (kept);

  return status;
}

const call calls[] = {
  { "load", 1, load },           { "stylise", 0, stylise },
  { "wide", 0, stylise_wide },   { "tall", 0, stylise_tall },
  { "stroke", 0, stroke },       { "push", 0, push },
  { "composition", 0, compose }, { "reduce", 0, reduce },
  { "colours", 0, colours },     { NULL, 0, NULL },
};
