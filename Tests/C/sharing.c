/* One model, one style and one content for many threads: always the same bytes. */
#include <pthread.h>

#include "check.h"

enum { WIDTH = 180, HEIGHT = 140, RECTANGLES = 200, THREADS = 8 };

typedef struct job {
  adain_content *content;
  adain_style *style;
  const unsigned char *expected;
  unsigned seed;
  int wrong;
} job;

static unsigned
next (unsigned *seed)
{
  *seed = *seed * 1103515245u + 12345u;
  return *seed >> 8;
}

static void *
render (void *data)
{
  job *j = (job *) data;
  adain_options options = ADAIN_OPTIONS_INIT;
  int i;

  for (i = 0; i < RECTANGLES / THREADS; i++) {
    uint32_t x = next (&j->seed) % WIDTH, y = next (&j->seed) % HEIGHT;
    adain_pixels part;
    uint32_t row;

    part = make_pixels (1 + next (&j->seed) % (WIDTH - x), 1 + next (&j->seed) % (HEIGHT - y),
                        ADAIN_FORMAT_U8, 3, 0);
    options.threads = (int32_t) (next (&j->seed) % 4);
    if (adain_content_render (j->content, j->style, &options, x, y, &part))
      j->wrong++;
    for (row = 0; row < part.height; row++)
      if (memcmp ((unsigned char *) part.data + row * part.width * 3,
                  j->expected + ((y + row) * WIDTH + x) * 3, part.width * 3))
        j->wrong++;
    free (part.data);
  }

  return NULL;
}

void
test_sharing (const fixture *f)
{
  adain_pixels picture = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 11);
  adain_pixels whole = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 12);
  adain_pixels other = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 13);
  adain_options options = ADAIN_OPTIONS_INIT;
  adain_content *content = NULL;
  pthread_t threads[THREADS];
  job jobs[THREADS];
  int i;

  options.threads = 1;
  CHECK (adain_stylise (f->model, &picture, f->style, &options, &whole) == ADAIN_OK);
  for (i = 2; i <= 9; i++) {
    options.threads = i;
    CHECK (adain_stylise (f->model, &picture, f->style, &options, &other) == ADAIN_OK);
    CHECK (memcmp (whole.data, other.data, WIDTH * HEIGHT * 3) == 0);
  }

  CHECK (adain_content_analyse (f->model, &picture, NULL, &content) == ADAIN_OK);
  CHECK (adain_content_width (content) == WIDTH && adain_content_height (content) == HEIGHT);
  for (i = 0; i < THREADS; i++) {
    jobs[i].content = content;
    jobs[i].style = f->style;
    jobs[i].expected = (const unsigned char *) whole.data;
    jobs[i].seed = (unsigned) i + 1;
    jobs[i].wrong = 0;
    CHECK (pthread_create (&threads[i], NULL, render, &jobs[i]) == 0);
  }
  for (i = 0; i < THREADS; i++) {
    CHECK (pthread_join (threads[i], NULL) == 0);
    CHECK (jobs[i].wrong == 0);
  }

  /* A content keeps what it needs. */
  adain_content_ref (content);
  adain_content_unref (content);
  CHECK (adain_content_render (content, f->style, NULL, 0, 0, &other) == ADAIN_OK);
  CHECK (memcmp (whole.data, other.data, WIDTH * HEIGHT * 3) == 0);
  adain_content_unref (content);
  free (picture.data);
  free (whole.data);
  free (other.data);
}
