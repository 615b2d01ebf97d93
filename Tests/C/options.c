/* Every pair of options, one or both of them wrong, through every function that takes them: an error before anything
 * is computed. (With a broad brush and a wrong number of threads memory was once written that was not there.) */
#include <math.h>

#include "check.h"

enum { WIDTH = 33, HEIGHT = 21 };

typedef struct change {
  const char *name;
  void (*apply) (adain_options *options);
  int valid;
} change;

#define CHANGE(function, member, value)                                                            \
  static void function (adain_options *options)                                                    \
  {                                                                                                \
    options->member = value;                                                                       \
  }

CHANGE (strength_below, strength, -0.5f)
CHANGE (strength_nan, strength, (float) NAN)
CHANGE (strength_half, strength, 0.5f)
CHANGE (threads_below, threads, -1)
CHANGE (threads_above, threads, 1025)
CHANGE (threads_three, threads, 3)
CHANGE (stroke_below, stroke, 0.5f)
CHANGE (stroke_above, stroke, 65)
CHANGE (stroke_nan, stroke, (float) NAN)
CHANGE (stroke_two, stroke, 2)
CHANGE (stroke_twenty, stroke, 20)
CHANGE (detail_below, detail, -0.5)
CHANGE (detail_above, detail, 1.5)
CHANGE (detail_nan, detail, NAN)
CHANGE (detail_none, detail, ADAIN_DETAIL_NONE)
CHANGE (memory_file, feature_memory, 1)

static const change changes[] = {
  { "strength", strength_below, 0 }, { "strength", strength_nan, 0 },
  { "strength", strength_half, 1 },  { "threads", threads_below, 0 },
  { "threads", threads_above, 0 },   { "threads", threads_three, 1 },
  { "stroke", stroke_below, 0 },     { "stroke", stroke_above, 0 },
  { "stroke", stroke_nan, 0 },       { "stroke", stroke_two, 1 },
  { "stroke", stroke_twenty, 1 },    { "detail", detail_below, 0 },
  { "detail", detail_above, 0 },     { "detail", detail_nan, 0 },
  { "detail", detail_none, 1 },      { "feature_memory", memory_file, 1 },
};

enum { CHANGES = sizeof changes / sizeof *changes };

static adain_pixels picture, result;

/* Wrong options are refused by all; right ones by those that they have no meaning for. */
static void
call_all (const fixture *f, adain_content *content, const adain_options *options, int valid)
{
  adain_status wanted = valid ? ADAIN_OK : ADAIN_ERROR_ARGUMENT;
  adain_style *style = NULL;
  adain_content *seen = NULL;
  adain_analysis *analysis = NULL;
  adain_rendering *rendering = NULL;
  adain_composition *composition = NULL;
  adain_style *const *styles = (adain_style *const *) &f->style;

  CHECK (adain_stylise (f->model, &picture, f->style, options, &result) == wanted);
  CHECK (adain_style_from_pixels (f->model, &picture, options, &style) == wanted);
  CHECK (adain_content_render (content, f->style, options, 0, 0, &result) == wanted);
  CHECK (adain_rendering_begin (content, f->style, options, &rendering) == wanted);
  CHECK (adain_composition_new (content, styles, 1, NULL, 0, ADAIN_STATISTICS_WHOLE, options,
                                &composition)
         == wanted);
  CHECK (adain_content_analyse (f->model, &picture, options, &seen)
         == (options->stroke > 1 ? ADAIN_ERROR_ARGUMENT : wanted));
  CHECK (adain_analysis_begin (f->model, WIDTH, HEIGHT, options, &analysis) == wanted);
  CHECK (valid == (style && rendering && composition && analysis));
  if (analysis) {
    CHECK (adain_analysis_push (analysis, &picture) == ADAIN_OK);
    adain_content_unref (seen);
    CHECK (
      adain_analysis_paint (analysis, styles, 1, NULL, 0, ADAIN_STATISTICS_WHOLE, options, &seen)
      == (options->stroke > 1 ? ADAIN_OK : ADAIN_ERROR_ORDER));
  }
  adain_style_unref (style);
  adain_content_unref (seen);
  adain_analysis_free (analysis);
  adain_rendering_free (rendering);
  adain_composition_unref (composition);
}

void
test_options (const fixture *f)
{
  adain_content *content = NULL;
  int i, j;

  picture = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 1);
  result = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 2);
  CHECK (adain_content_analyse (f->model, &picture, NULL, &content) == ADAIN_OK);
  for (i = 0; i < CHANGES; i++)
    for (j = 0; j <= i; j++) {
      adain_options options = ADAIN_OPTIONS_INIT;

      if (i != j && strcmp (changes[i].name, changes[j].name) == 0)
        continue;
      changes[i].apply (&options);
      changes[j].apply (&options);
      call_all (f, content, &options, changes[i].valid && changes[j].valid);
    }
  adain_content_unref (content);
  free (picture.data);
  free (result.data);
}
