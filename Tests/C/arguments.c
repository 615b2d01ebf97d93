/* Bad arguments: each a status and a sentence that names it; then the next call works. */
#include <math.h>

#include "check.h"

#define ARGUMENT ADAIN_ERROR_ARGUMENT

static void
null_pointers (const fixture *f, adain_pixels *picture, adain_pixels *result)
{
  adain_model *model = f->model;
  adain_style *style = f->style;
  adain_style *made = f->style;
  adain_content *content = (adain_content *) 1;
  adain_analysis *analysis;
  size_t size;
  char byte = 0;

  CHECK_FAILS (adain_model_embedded (NULL), ARGUMENT, "model: is NULL");
  CHECK_FAILS (adain_model_load_file (NULL, &model), ARGUMENT, "path: is NULL");
  CHECK (model == NULL);
  CHECK_FAILS (adain_model_load_file ("", &model), ARGUMENT, "path: is empty");
  CHECK_FAILS (adain_model_load_file ("x", NULL), ARGUMENT, "model: is NULL");
  CHECK_FAILS (adain_model_load_memory (NULL, 4, &model), ARGUMENT, "data: is NULL");
  CHECK_FAILS (adain_model_load_memory (&byte, 1, NULL), ARGUMENT, "model: is NULL");
  CHECK_FAILS (adain_model_load_memory (&byte, (size_t) -1, &model), ARGUMENT, "size");
  CHECK_FAILS (adain_model_load_memory (&byte, 0, &model), ADAIN_ERROR_FORMAT, "too few");
  CHECK (adain_model_ref (NULL) == NULL);
  adain_model_unref (NULL);

  CHECK_FAILS (adain_style_from_pixels (NULL, picture, NULL, &made), ARGUMENT, "model: is NULL");
  CHECK (made == NULL);
  CHECK_FAILS (adain_style_from_pixels (f->model, NULL, NULL, &made), ARGUMENT,
               "painting: is NULL");
  CHECK_FAILS (adain_style_from_pixels (f->model, picture, NULL, NULL), ARGUMENT, "style: is NULL");
  CHECK_FAILS (adain_style_mix (NULL, NULL, 1, &made), ARGUMENT, "styles: is NULL");
  CHECK_FAILS (adain_style_mix (&style, NULL, 0, &made), ARGUMENT, "count");
  CHECK_FAILS (adain_style_mix (&style, NULL, (size_t) -1, &made), ARGUMENT, "count");
  CHECK_FAILS (adain_style_mix (&style, NULL, 1, NULL), ARGUMENT, "style: is NULL");
  CHECK_FAILS (adain_style_mix (&made, NULL, 1, &made), ARGUMENT, "styles[0]: is NULL");
  CHECK_FAILS (adain_style_save_memory (NULL, NULL, 0, &size), ARGUMENT, "style: is NULL");
  CHECK_FAILS (adain_style_save_memory (style, NULL, 0, NULL), ARGUMENT, "size: is NULL");
  CHECK_FAILS (adain_style_save_memory (style, NULL, 8192, &size), ARGUMENT, "buffer: is NULL");
  CHECK_FAILS (adain_style_save_file (NULL, "x"), ARGUMENT, "style: is NULL");
  CHECK_FAILS (adain_style_save_file (style, NULL), ARGUMENT, "path: is NULL");
  CHECK_FAILS (adain_style_load_memory (NULL, 1, &made), ARGUMENT, "data: is NULL");
  CHECK_FAILS (adain_style_load_memory (&byte, 1, NULL), ARGUMENT, "style: is NULL");
  CHECK_FAILS (adain_style_load_memory (&byte, (size_t) -1, &made), ARGUMENT, "size");
  CHECK_FAILS (adain_style_load_file (NULL, &made), ARGUMENT, "path: is NULL");
  CHECK_FAILS (adain_style_load_file ("x", NULL), ARGUMENT, "style: is NULL");
  CHECK (adain_style_ref (NULL) == NULL);
  adain_style_unref (NULL);

  CHECK_FAILS (adain_stylise (NULL, picture, style, NULL, result), ARGUMENT, "model: is NULL");
  CHECK_FAILS (adain_stylise (f->model, NULL, style, NULL, result), ARGUMENT, "content: is NULL");
  CHECK_FAILS (adain_stylise (f->model, picture, NULL, NULL, result), ARGUMENT, "style: is NULL");
  CHECK_FAILS (adain_stylise (f->model, picture, style, NULL, NULL), ARGUMENT, "result: is NULL");

  CHECK_FAILS (adain_content_analyse (NULL, picture, NULL, &content), ARGUMENT, "model: is NULL");
  CHECK (content == NULL);
  CHECK_FAILS (adain_content_analyse (f->model, NULL, NULL, &content), ARGUMENT,
               "picture: is NULL");
  CHECK_FAILS (adain_content_analyse (f->model, picture, NULL, NULL), ARGUMENT, "content: is NULL");
  CHECK_FAILS (adain_content_render (NULL, style, NULL, 0, 0, result), ARGUMENT,
               "content: is NULL");
  CHECK (adain_content_width (NULL) == 0 && adain_content_height (NULL) == 0);
  CHECK (adain_content_ref (NULL) == NULL);
  adain_content_unref (NULL);

  CHECK_FAILS (adain_analysis_begin (NULL, 8, 8, NULL, &analysis), ARGUMENT, "model: is NULL");
  CHECK_FAILS (adain_analysis_begin (f->model, 8, 8, NULL, NULL), ARGUMENT, "analysis: is NULL");
  CHECK_FAILS (adain_analysis_push (NULL, picture), ARGUMENT, "analysis: is NULL");
  CHECK_FAILS (adain_analysis_finish (NULL, &content), ARGUMENT, "analysis: is NULL");
  CHECK (adain_analysis_begin (f->model, 33, 21, NULL, &analysis) == ADAIN_OK);
  CHECK_FAILS (adain_analysis_push (analysis, NULL), ARGUMENT, "rows: is NULL");
  CHECK (adain_analysis_push (analysis, picture) == ADAIN_OK);
  CHECK_FAILS (adain_analysis_finish (analysis, NULL), ARGUMENT, "content: is NULL");
  CHECK (adain_analysis_finish (analysis, &content) == ADAIN_OK);
  adain_content_unref (content);
  adain_analysis_free (analysis);
  adain_analysis_free (NULL);
}

/* A cast gets one kind of handle past the compiler, but not past the library. */
static void
other_handles (const fixture *f, const adain_pixels *picture, const adain_pixels *result)
{
  adain_model *model = (adain_model *) f->style;
  adain_style *style = (adain_style *) f->model, *made = NULL;
  adain_content *content = (adain_content *) f->model;

  CHECK_FAILS (adain_stylise (model, picture, f->style, NULL, result), ARGUMENT,
               "model: is a handle of another kind");
  CHECK_FAILS (adain_stylise (f->model, picture, style, NULL, result), ARGUMENT,
               "style: is a handle of another kind");
  CHECK_FAILS (adain_style_mix (&style, NULL, 1, &made), ARGUMENT,
               "styles[0]: is a handle of another kind");
  CHECK_FAILS (adain_content_render (content, f->style, NULL, 0, 0, result), ARGUMENT,
               "content: is a handle of another kind");
  CHECK_FAILS (adain_analysis_push ((adain_analysis *) f->model, picture), ARGUMENT,
               "analysis: is a handle of another kind");
  CHECK (adain_content_width (content) == 0 && adain_content_height (content) == 0);
  CHECK (strcmp (adain_model_architecture (model), "") == 0);
}

/* Every function that takes pixels or options looks at them. */
static void
every_function (const fixture *f, const adain_pixels *picture, const adain_pixels *result)
{
  adain_options bad_options = ADAIN_OPTIONS_INIT;
  adain_pixels bad = *picture;
  adain_style *style = NULL;
  adain_content *content = NULL;
  adain_analysis *analysis = NULL;

  bad.channels = 2;
  bad_options.threads = -1;
  CHECK_FAILS (adain_style_from_pixels (f->model, &bad, NULL, &style), ARGUMENT,
               "painting: channels is 2");
  CHECK_FAILS (adain_style_from_pixels (f->model, picture, &bad_options, &style), ARGUMENT,
               "options: threads is -1");
  CHECK_FAILS (adain_content_analyse (f->model, &bad, NULL, &content), ARGUMENT,
               "picture: channels is 2");
  CHECK_FAILS (adain_content_analyse (f->model, picture, &bad_options, &content), ARGUMENT,
               "options: threads is -1");
  CHECK_FAILS (adain_analysis_begin (f->model, 33, 21, &bad_options, &analysis), ARGUMENT,
               "options: threads is -1");
  CHECK (style == NULL && content == NULL && analysis == NULL);

  CHECK (adain_analysis_begin (f->model, 33, 21, NULL, &analysis) == ADAIN_OK);
  CHECK_FAILS (adain_analysis_push (analysis, &bad), ARGUMENT, "rows: channels is 2");
  adain_analysis_free (analysis);
  CHECK (adain_content_analyse (f->model, picture, NULL, &content) == ADAIN_OK);
  bad = *result;
  bad.channels = 2;
  CHECK_FAILS (adain_content_render (content, f->style, NULL, 0, 0, &bad), ARGUMENT,
               "result: channels is 2");
  CHECK_FAILS (adain_content_render (content, f->style, &bad_options, 0, 0, result), ARGUMENT,
               "options: threads is -1");
  adain_content_unref (content);
}

static void
pixel_views (const fixture *f, const adain_pixels *picture, const adain_pixels *result)
{
  adain_pixels bad = *picture;
  float *samples;
  int i;

#define TRY(member, value, text)                                                                   \
  bad = *picture;                                                                                  \
  bad.member = value;                                                                              \
  CHECK_FAILS (adain_stylise (f->model, &bad, f->style, NULL, result), ARGUMENT, text);            \
  bad = *result;                                                                                   \
  bad.member = value;                                                                              \
  CHECK_FAILS (adain_stylise (f->model, picture, f->style, NULL, &bad), ARGUMENT, "result: ")

  TRY (data, NULL, "content: data is NULL");
  TRY (width, 0, "content: the size 0 x ");
  TRY (height, 0, "content: the size ");
  TRY (width, 0xffffffffu, "content: the size 4294967295 x ");
  TRY (height, 0xffffffffu, "content: the size ");
  TRY (stride, 1, "content: stride is 1 bytes");
  TRY (stride, (size_t) -1, "content: stride is 18446744073709551615");
  TRY (stride, (size_t) 1 << 62, "content: stride ");
  TRY (channels, 0, "content: channels is 0");
  TRY (channels, 2, "content: channels is 2");
  TRY (channels, 5, "content: channels is 5");
  TRY (format, (adain_format) 3, "content: format is 3");
  TRY (format, (adain_format) 77, "content: format is 77");
  bad = *result;
  bad.width--;
  CHECK_FAILS (adain_stylise (f->model, picture, f->style, NULL, &bad), ARGUMENT,
               "result: the size ");
  bad = *picture;
  bad.data = (char *) picture->data + 3;
  bad.height--;
  CHECK_FAILS (adain_stylise (f->model, picture, f->style, NULL, &bad), ARGUMENT, "result: ");
  bad = make_pixels (5, 5, ADAIN_FORMAT_U16, 3, 1);
  bad.stride = 31;
  CHECK_FAILS (adain_stylise (f->model, &bad, f->style, NULL, &bad), ARGUMENT, "stride is 31");
  free (bad.data);

  /* Numbers that are none. */
  bad = make_pixels (20, 20, ADAIN_FORMAT_F32, 3, 1);
  samples = (float *) bad.data;
  for (i = 0; i < 3; i++) {
    float before = samples[3 * (7 * 20 + 4) + 1];

    samples[3 * (7 * 20 + 4) + 1] = i == 0 ? (float) NAN : i == 1 ? INFINITY : -INFINITY;
    CHECK_FAILS (adain_stylise (f->model, &bad, f->style, NULL, &bad), ARGUMENT,
                 "content: the sample at (4, 7), channel 1, is not a finite number");
    samples[3 * (7 * 20 + 4) + 1] = before;
  }
  samples[0] = 3e38f; /* large, but a number: clamped */
  samples[1] = 3e38f;
  samples[2] = 3e38f;
  CHECK (adain_stylise (f->model, &bad, f->style, NULL, &bad) == ADAIN_OK);
  free (bad.data);
}

static void
options (const fixture *f, const adain_pixels *picture, const adain_pixels *result)
{
  adain_options init = ADAIN_OPTIONS_INIT;
  adain_options bad;
  struct {
    adain_options known;
    char unknown[64];
  } newer = { ADAIN_OPTIONS_INIT, { 0 } };

#define TRY_OPTION(member, value, text)                                                            \
  bad = init;                                                                                      \
  bad.member = value;                                                                              \
  CHECK_FAILS (adain_stylise (f->model, picture, f->style, &bad, result), ARGUMENT, text)

  TRY_OPTION (strength, -0.001f, "options: strength is -0.001");
  TRY_OPTION (strength, 1.001f, "options: strength is 1.001");
  TRY_OPTION (strength, (float) NAN, "options: strength is nan");
  TRY_OPTION (strength, INFINITY, "options: strength is inf");
  TRY_OPTION (threads, -1, "options: threads is -1");
  TRY_OPTION (threads, 1025, "options: threads is 1025");
  TRY_OPTION (struct_size, 0, "options: struct_size is 0");
  TRY_OPTION (struct_size, 8, "options: struct_size is 8");
  TRY_OPTION (stroke, 0.5f, "options: stroke is 0.5");
  TRY_OPTION (stroke, 1000.0f, "options: stroke is 1000");
  TRY_OPTION (detail, 1.5, "options: detail is 1.5");
  TRY_OPTION (detail, -0.5, "options: detail is -0.5");
  TRY_OPTION (detail, NAN, "options: detail is nan");

  /* Each with another that is wrong, too: with a broad brush a call once began before it looked. */
#define TRY_PAIR(member, value, text)                                                              \
  bad = init;                                                                                      \
  bad.stroke = 2;                                                                                  \
  bad.member = value;                                                                              \
  CHECK_FAILS (adain_stylise (f->model, picture, f->style, &bad, result), ARGUMENT, text)

  TRY_PAIR (threads, -1, "options: threads is -1");
  TRY_PAIR (threads, 1025, "options: threads is 1025");
  TRY_PAIR (strength, -1, "options: strength is -1");
  TRY_PAIR (detail, 2, "options: detail is 2");

  TRY_OPTION (struct_size, 31, "options: struct_size is 31");
  TRY_OPTION (struct_size, 4097, "options: struct_size is 4097");
  TRY_OPTION (struct_size, (size_t) -1, "options: struct_size is 18446744073709551615");

  /* A program built with a newer header: options that the library does not know may be there, but
   * not set. */
  newer.known.struct_size = sizeof newer;
  CHECK (adain_stylise (f->model, picture, f->style, &newer.known, result) == ADAIN_OK);
  newer.unknown[0] = 1;
  CHECK_FAILS (adain_stylise (f->model, picture, f->style, &newer.known, result), ARGUMENT,
               "options: an option at byte 56 is set");
  newer.unknown[0] = 0;
  newer.unknown[63] = 1;
  CHECK_FAILS (adain_stylise (f->model, picture, f->style, &newer.known, result), ARGUMENT,
               "options: an option at byte 119 is set");
  newer.known.struct_size = sizeof newer - 1; /* what lies behind is nobody's */
  CHECK (adain_stylise (f->model, picture, f->style, &newer.known, result) == ADAIN_OK);
}

/* Content and result are parts of one buffer that share no byte, or one: side by side, and row by row in turn. */
static void
neighbours (const fixture *f)
{
  adain_pixels buffer = make_pixels (64, 40, ADAIN_FORMAT_U8, 3, 5);
  adain_pixels left = buffer, right = buffer, even = buffer, odd = buffer;
  char *data = (char *) buffer.data;

  left.stride = right.stride = 64 * 3;
  left.width = right.width = 32;
  right.data = data + 32 * 3;
  CHECK (adain_stylise (f->model, &left, f->style, NULL, &right) == ADAIN_OK);
  right.data = data + 32 * 3 - 1;
  CHECK_FAILS (adain_stylise (f->model, &left, f->style, NULL, &right), ARGUMENT, "overlaps");

  even.stride = odd.stride = 2 * 64 * 3;
  even.height = odd.height = 20;
  odd.data = data + 64 * 3;
  CHECK (adain_stylise (f->model, &even, f->style, NULL, &odd) == ADAIN_OK);
  odd.data = data + 64 * 3 - 1;
  CHECK_FAILS (adain_stylise (f->model, &even, f->style, NULL, &odd), ARGUMENT, "overlaps");
  free (buffer.data);
}

static void
rectangles (const fixture *f, const adain_pixels *picture, adain_pixels *result)
{
  adain_content *content = NULL;

  CHECK (adain_content_analyse (f->model, picture, NULL, &content) == ADAIN_OK);
  CHECK_FAILS (adain_content_render (content, f->style, NULL, 1, 0, result), ARGUMENT,
               "leaves the picture");
  CHECK_FAILS (adain_content_render (content, f->style, NULL, 0, 0xffffffffu, result), ARGUMENT,
               "leaves the picture");
  CHECK_FAILS (adain_content_render (content, NULL, NULL, 0, 0, result), ARGUMENT,
               "style: is NULL");
  CHECK_FAILS (adain_content_render (content, f->style, NULL, 0, 0, NULL), ARGUMENT,
               "result: is NULL");
  CHECK (adain_content_render (content, f->style, NULL, 0, 0, result) == ADAIN_OK);
  adain_content_unref (content);
}

void
test_arguments (const fixture *f)
{
  adain_pixels picture = make_pixels (33, 21, ADAIN_FORMAT_U8, 3, 1);
  adain_pixels result = make_pixels (33, 21, ADAIN_FORMAT_U8, 3, 2);
  adain_model *model;

  null_pointers (f, &picture, &result);
  other_handles (f, &picture, &result);
  every_function (f, &picture, &result);
  pixel_views (f, &picture, &result);
  options (f, &picture, &result);
  rectangles (f, &picture, &result);
  neighbours (f);

  CHECK_FAILS (adain_model_load_file ("/nonexistent/model", &model), ADAIN_ERROR_IO,
               "/nonexistent/model");
  CHECK_FAILS (adain_model_load_file (f->folder, &model), ADAIN_ERROR_IO, "not a regular file");
  CHECK_FAILS (adain_model_load_file ("caf\xe9", &model), ADAIN_ERROR_IO,
               "caf\xef\xbf\xbd: cannot be opened");
  CHECK (adain_stylise (f->model, &picture, f->style, NULL, &result) == ADAIN_OK);
  free (picture.data);
  free (result.data);
}
