/* Rows pushed in any chunks are the picture at once; calls out of order say so. */
#include "check.h"

enum { WIDTH = 70, HEIGHT = 101 };

static adain_pixels
rows_of (const adain_pixels *picture, uint32_t first, uint32_t count)
{
  adain_pixels rows = *picture;

  rows.data = (unsigned char *) picture->data + (size_t) first * WIDTH * 3;
  rows.height = count;
  return rows;
}

static void
chunks (const fixture *f, const adain_pixels *picture, const adain_pixels *whole)
{
  static const uint32_t sizes[] = { 1, 2, 3, 7, 8, 13, 50, HEIGHT };
  adain_pixels result = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 31);
  size_t i;

  for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    adain_analysis *analysis = NULL;
    adain_content *content = NULL;
    uint32_t y;

    CHECK (adain_analysis_begin (f->model, WIDTH, HEIGHT, NULL, &analysis) == ADAIN_OK);
    for (y = 0; y < HEIGHT; y += sizes[i]) {
      adain_pixels rows
        = rows_of (picture, y, sizes[i] < HEIGHT - y ? sizes[i] : (uint32_t) HEIGHT - y);

      CHECK (adain_analysis_push (analysis, &rows) == ADAIN_OK);
    }
    CHECK (adain_analysis_finish (analysis, &content) == ADAIN_OK);
    adain_analysis_free (analysis);
    CHECK (adain_content_render (content, f->style, NULL, 0, 0, &result) == ADAIN_OK);
    CHECK (memcmp (result.data, whole->data, WIDTH * HEIGHT * 3) == 0);
    adain_content_unref (content);
  }
  free (result.data);
}

static void
order (const fixture *f, const adain_pixels *picture)
{
  adain_analysis *analysis = NULL;
  adain_content *content = NULL;
  adain_pixels rows = rows_of (picture, 0, 50);
  adain_pixels bad;

  CHECK (adain_analysis_begin (f->model, WIDTH, HEIGHT, NULL, &analysis) == ADAIN_OK);
  CHECK_FAILS (adain_analysis_finish (analysis, &content), ADAIN_ERROR_ORDER, "only 0 of 101 rows");
  CHECK (adain_analysis_push (analysis, &rows) == ADAIN_OK);
  CHECK_FAILS (adain_analysis_finish (analysis, &content), ADAIN_ERROR_ORDER,
               "only 50 of 101 rows");
  rows = rows_of (picture, 0, 52);
  CHECK_FAILS (adain_analysis_push (analysis, &rows), ADAIN_ERROR_ORDER, "exceed the announced");
  rows = rows_of (picture, 50, 51);
  rows.width--;
  rows.stride = WIDTH * 3;
  CHECK_FAILS (adain_analysis_push (analysis, &rows), ADAIN_ERROR_ARGUMENT, "the width 69");
  rows = rows_of (picture, 50, 51);
  CHECK (adain_analysis_push (analysis, &rows) == ADAIN_OK);
  rows = rows_of (picture, 0, 1);
  CHECK_FAILS (adain_analysis_push (analysis, &rows), ADAIN_ERROR_ORDER, "exceed the announced");
  CHECK (adain_analysis_finish (analysis, &content) == ADAIN_OK);
  adain_content_unref (content);
  CHECK_FAILS (adain_analysis_finish (analysis, &content), ADAIN_ERROR_ORDER, "finished already");
  CHECK_FAILS (adain_analysis_push (analysis, &rows), ADAIN_ERROR_ORDER, "is finished");
  adain_analysis_free (analysis);

  /* After a failure that lost rows the analysis is over. */
  CHECK (adain_analysis_begin (f->model, 9, 9, NULL, &analysis) == ADAIN_OK);
  bad = make_pixels (9, 4, ADAIN_FORMAT_F32, 3, 1);
  ((float *) bad.data)[5] = ((float *) bad.data)[5] / 0.0f - ((float *) bad.data)[5] / 0.0f;
  CHECK_FAILS (adain_analysis_push (analysis, &bad), ADAIN_ERROR_ARGUMENT, "not a finite number");
  ((float *) bad.data)[5] = 0;
  CHECK_FAILS (adain_analysis_push (analysis, &bad), ADAIN_ERROR_ORDER, "failed before");
  CHECK_FAILS (adain_analysis_finish (analysis, &content), ADAIN_ERROR_ORDER, "failed before");
  adain_analysis_free (analysis);
  free (bad.data);

  CHECK_FAILS (adain_analysis_begin (f->model, 0, 9, NULL, &analysis), ADAIN_ERROR_ARGUMENT,
               "0 x 9");
  CHECK (analysis == NULL);
  CHECK_FAILS (adain_analysis_begin (f->model, 0xffffffffu, 0xffffffffu, NULL, &analysis),
               ADAIN_ERROR_ARGUMENT, "4294967295");
  CHECK_FAILS (adain_analysis_begin (f->model, 10000000, 10000000, NULL, &analysis), ADAIN_ERROR_IO,
               "the feature map");
}

void
test_analysis (const fixture *f)
{
  adain_pixels picture = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 30);
  adain_pixels whole = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 32);

  CHECK (adain_stylise (f->model, &picture, f->style, NULL, &whole) == ADAIN_OK);
  chunks (f, &picture, &whole);
  order (f, &picture);
  free (picture.data);
  free (whole.data);
}
