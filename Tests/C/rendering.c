/* Rows pulled in any chunks are the picture at once; calls out of order say so. */
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
chunks (const fixture *f, adain_content *content, const adain_pixels *whole)
{
  static const uint32_t sizes[] = { 1, 2, 7, 50, HEIGHT };
  adain_pixels result = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 51);
  adain_options options = ADAIN_OPTIONS_INIT;
  size_t i;

  for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    adain_rendering *rendering = NULL;
    uint32_t y;

    options.threads = 1 + (int) i % 3;
    memset (result.data, 0, WIDTH * HEIGHT * 3);
    CHECK (adain_rendering_begin (content, f->style, &options, &rendering) == ADAIN_OK);
    for (y = 0; y < HEIGHT; y += sizes[i]) {
      adain_pixels rows
        = rows_of (&result, y, sizes[i] < HEIGHT - y ? sizes[i] : (uint32_t) HEIGHT - y);

      CHECK (adain_rendering_pull (rendering, &rows) == ADAIN_OK);
    }
    adain_rendering_free (rendering);
    CHECK (memcmp (result.data, whole->data, WIDTH * HEIGHT * 3) == 0);
  }
  free (result.data);
}

static void
order (const fixture *f, adain_content *content, const adain_pixels *whole)
{
  adain_pixels result = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 52);
  adain_rendering *rendering = NULL;
  adain_pixels rows = rows_of (&result, 0, HEIGHT + 1);

  CHECK (adain_rendering_begin (content, f->style, NULL, &rendering) == ADAIN_OK);
  CHECK_FAILS (adain_rendering_pull (rendering, &rows), ADAIN_ERROR_ORDER, "the picture's 101");
  rows = rows_of (&result, 0, 60);
  rows.width--;
  rows.stride = WIDTH * 3;
  CHECK_FAILS (adain_rendering_pull (rendering, &rows), ADAIN_ERROR_ARGUMENT, "the width 69");
  rows = rows_of (&result, 0, 60);
  CHECK (adain_rendering_pull (rendering, &rows) == ADAIN_OK);
  rows = rows_of (&result, 0, 42);
  CHECK_FAILS (adain_rendering_pull (rendering, &rows), ADAIN_ERROR_ORDER, "the 60 pulled");
  rows = rows_of (&result, 60, 41);
  CHECK (adain_rendering_pull (rendering, &rows) == ADAIN_OK);
  CHECK (memcmp (result.data, whole->data, WIDTH * HEIGHT * 3) == 0);
  rows = rows_of (&result, 0, 1);
  CHECK_FAILS (adain_rendering_pull (rendering, &rows), ADAIN_ERROR_ORDER, "the 101 pulled");
  CHECK_FAILS (adain_rendering_pull (rendering, NULL), ADAIN_ERROR_ARGUMENT, "rows: is NULL");
  CHECK_FAILS (adain_rendering_pull (NULL, &rows), ADAIN_ERROR_ARGUMENT, "rendering: is NULL");
  adain_rendering_free (rendering);

  CHECK_FAILS (adain_rendering_begin (NULL, f->style, NULL, &rendering), ADAIN_ERROR_ARGUMENT,
               "content: is NULL");
  CHECK (rendering == NULL);
  CHECK_FAILS (adain_rendering_begin (content, NULL, NULL, &rendering), ADAIN_ERROR_ARGUMENT,
               "style: is NULL");
  CHECK_FAILS (adain_rendering_begin (content, f->style, NULL, NULL), ADAIN_ERROR_ARGUMENT,
               "rendering: is NULL");
  adain_rendering_free (NULL);
  free (result.data);
}

static int
stop (double done, void *data)
{
  (void) data;
  return done > 0.3;
}

/* Also: the rendering keeps its content alive. */
static void
cancelled (const fixture *f, const adain_pixels *picture)
{
  adain_pixels result = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 53);
  adain_options options = ADAIN_OPTIONS_INIT;
  adain_content *content = NULL;
  adain_rendering *rendering = NULL;

  options.progress = stop;
  CHECK (adain_content_analyse (f->model, picture, NULL, &content) == ADAIN_OK);
  CHECK (adain_rendering_begin (content, f->style, &options, &rendering) == ADAIN_OK);
  adain_content_unref (content);
  CHECK_FAILS (adain_rendering_pull (rendering, &result), ADAIN_ERROR_CANCELLED, "cancelled");
  CHECK_FAILS (adain_rendering_pull (rendering, &result), ADAIN_ERROR_ORDER, "failed before");
  adain_rendering_free (rendering);
  free (result.data);
}

/* The feature map in a temporary file: the same pixels; a folder that is not there is named. */
static void
in_a_file (const fixture *f, const adain_pixels *picture, const adain_pixels *whole)
{
  adain_pixels result = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 54);
  adain_options options = ADAIN_OPTIONS_INIT;
  adain_content *content = NULL;

  options.feature_memory = 1;
  setenv ("TMPDIR", f->folder, 1);
  CHECK (adain_stylise (f->model, picture, f->style, &options, &result) == ADAIN_OK);
  CHECK (memcmp (result.data, whole->data, WIDTH * HEIGHT * 3) == 0);

  setenv ("TMPDIR", "/no/such/folder", 1);
  CHECK_FAILS (adain_content_analyse (f->model, picture, &options, &content), ADAIN_ERROR_IO,
               "/no/such/folder");
  CHECK (content == NULL);
  options.feature_memory = (size_t) -1;
  CHECK (adain_stylise (f->model, picture, f->style, &options, &result) == ADAIN_OK);
  options.feature_memory = 1;
  /* A program built with the header of before the member was there. */
  options.struct_size = offsetof (adain_options, feature_memory);
  CHECK (adain_stylise (f->model, picture, f->style, &options, &result) == ADAIN_OK);
  CHECK (memcmp (result.data, whole->data, WIDTH * HEIGHT * 3) == 0);
  unsetenv ("TMPDIR");
  free (result.data);
}

void
test_rendering (const fixture *f)
{
  adain_pixels picture = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 50);
  adain_pixels whole = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 55);
  adain_content *content = NULL;

  CHECK (adain_content_analyse (f->model, &picture, NULL, &content) == ADAIN_OK);
  CHECK (adain_content_render (content, f->style, NULL, 0, 0, &whole) == ADAIN_OK);
  chunks (f, content, &whole);
  order (f, content, &whole);
  cancelled (f, &picture);
  in_a_file (f, &picture, &whole);
  adain_content_unref (content);
  free (picture.data);
  free (whole.data);
}
