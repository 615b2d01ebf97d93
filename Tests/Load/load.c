/* Many requests on two models: throughput, memory, and the bytes of every one.
 *
 *     load REQUESTS [--steady]
 *
 * Eight threads share the models inside the library and two styles of each. Requests are of twenty sizes, all formats, and three
 * kinds of call, in an order that is shuffled anew for each thousand; so each thousand has the same mix
 * and can be compared with any other. Every result is compared with that of a single call, made by
 * one thread before. A thousand requests before those that count warm up: then threads, their arenas
 * and the engine's kept buffers are there. Fewer than two thousand are taken in halves instead.
 *
 * Two kinds of memory are compared. What malloc has given out between two parts, when no request is under
 * way, tells what requests leave behind, to the byte (run.sh switches off malloc's caches of each thread,
 * which count as given out). Resident memory, in the mean over a part's requests, has the large buffers
 * too, but hangs on how many requests meet.
 *
 * Fails on other bytes, on a failed call, when the parts after the first left more than 16 bytes a
 * request, when the last's resident memory is more than 25 % above the first's, and, with --steady, when
 * throughput or resident memory are not within 5 % of it on either side (which wants an idle machine).
 */
#define _GNU_SOURCE
#include <malloc.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <adain.h>

enum { THREADS = 8, THOUSAND = 1000, SIZES = 20, STYLES = 4, KINDS = 3, MOST_THOUSANDS = 1000 };

static const double TOLERANCE = 0.05, LOOSE_TOLERANCE = 0.25, MOST_LEFT = 16;

static const struct {
  uint32_t width, height;
} sizes[SIZES] = {
  { 16, 16 },  { 17, 31 },  { 24, 128 }, { 32, 32 },  { 33, 65 },  { 40, 24 },   { 48, 48 },
  { 50, 100 }, { 64, 64 },  { 64, 16 },  { 71, 53 },  { 80, 60 },  { 96, 64 },   { 100, 100 },
  { 112, 84 }, { 120, 17 }, { 127, 95 }, { 128, 72 }, { 128, 96 }, { 128, 128 },
};

static adain_model *models[STYLES]; /* of each style its own */
static adain_style *styles[STYLES];
static adain_pixels contents[SIZES];
static unsigned char *expected[SIZES][STYLES];

/* ---- Pictures ------------------------------------------------------------------------ */

static size_t
bytes_of (const adain_pixels *pixels)
{
  static const size_t sample[] = { 1, 2, 4 };

  return (size_t) pixels->width * pixels->height * pixels->channels * sample[pixels->format];
}

static void *
allocate (size_t size)
{
  void *memory = malloc (size);

  if (!memory)
    abort ();
  return memory;
}

/* A wave with some noise, of its own for each seed. */
static adain_pixels
make_picture (uint32_t width, uint32_t height, adain_format format, uint32_t channels,
              unsigned seed)
{
  adain_pixels pixels = { NULL, 0, width, height, format, channels };
  size_t count = (size_t) width * height * channels;

  pixels.data = allocate (bytes_of (&pixels));
  for (size_t i = 0; i < count; i++) {
    unsigned noise = (unsigned) (i * 2654435761u + seed * 40503u) >> 27;
    unsigned value = ((unsigned) (i / channels) * (3 + seed) / 4 + noise) % 256;

    if (format == ADAIN_FORMAT_U8)
      ((unsigned char *) pixels.data)[i] = (unsigned char) value;
    else if (format == ADAIN_FORMAT_U16)
      ((uint16_t *) pixels.data)[i] = (uint16_t) (value * 257);
    else
      ((float *) pixels.data)[i] = (float) value / 255.0f;
  }
  return pixels;
}

/* Without alpha, which adain_stylise keeps and a rendering does not. */
static adain_pixels
result_for (const adain_pixels *content, void *memory)
{
  adain_pixels result = *content;

  result.data = memory;
  if (result.channels == 4)
    result.channels = 3;
  return result;
}

/* ---- One request --------------------------------------------------------------------- */

static adain_status
analyse_and_render (adain_model *model, const adain_pixels *content, adain_style *style,
                    const adain_pixels *result)
{
  adain_content *analysed = NULL;
  adain_status status = adain_content_analyse (model, content, NULL, &analysed);

  if (!status)
    status = adain_content_render (analysed, style, NULL, 0, 0, result);
  adain_content_unref (analysed);
  return status;
}

static adain_status
push_and_pull (adain_model *model, const adain_pixels *content, adain_style *style,
               const adain_pixels *result)
{
  adain_analysis *analysis = NULL;
  adain_content *analysed = NULL;
  adain_rendering *rendering = NULL;
  adain_status status
    = adain_analysis_begin (model, content->width, content->height, NULL, &analysis);

  if (!status)
    status = adain_analysis_push (analysis, content);
  if (!status)
    status = adain_analysis_finish (analysis, &analysed);
  if (!status)
    status = adain_rendering_begin (analysed, style, NULL, &rendering);
  if (!status)
    status = adain_rendering_pull (rendering, result);
  adain_rendering_free (rendering);
  adain_content_unref (analysed);
  adain_analysis_free (analysis);
  return status;
}

/* Returns whether the bytes are those of a single call. `number` is the request's in its thousand. */
static int
request (int number, unsigned char *memory)
{
  int size = number % SIZES, style = number / SIZES % STYLES, kind = number / SIZES % KINDS;
  const adain_pixels *content = &contents[size];
  adain_pixels result = result_for (content, memory);
  adain_status status;

  switch (kind) {
  case 0:
    status = adain_stylise (models[style], content, styles[style], NULL, &result);
    break;
  case 1:
    status = analyse_and_render (models[style], content, styles[style], &result);
    break;
  default:
    status = push_and_pull (models[style], content, styles[style], &result);
  }
  if (status) {
    fprintf (stderr, "load: %s\n", adain_last_error ());
    return 0;
  }
  return memcmp (memory, expected[size][style], bytes_of (&result)) == 0;
}

/* ---- All of them --------------------------------------------------------------------- */

/* Requests of a part, and how many parts; the first warms up. */
static long part, parts;
static atomic_long next, wrong;
static double ended[MOST_THOUSANDS + 1];               /* when so many parts were done */
static atomic_long resident_pages[MOST_THOUSANDS + 1]; /* summed over a part's requests */
static size_t left[MOST_THOUSANDS + 1]; /* bytes that malloc has given out after it */
static pthread_barrier_t between_parts;
static int order[MOST_THOUSANDS + 1][THOUSAND];

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static long
pages_now (void)
{
  long pages = 0;
  FILE *file = fopen ("/proc/self/statm", "r");

  if (!file || fscanf (file, "%*d %ld", &pages) != 1)
    abort ();
  fclose (file);
  return pages;
}

static void
shuffle (int *numbers, unsigned seed)
{
  for (int i = 0; i < THOUSAND; i++)
    numbers[i] = i;
  for (int i = THOUSAND - 1; i > 0; i--) {
    int j, other;

    seed = seed * 1103515245u + 12345u;
    j = (int) ((seed >> 8) % (unsigned) (i + 1));
    other = numbers[i];
    numbers[i] = numbers[j];
    numbers[j] = other;
  }
}

static void
work_on_part (long number, unsigned char *memory)
{
  for (;;) {
    long i = atomic_fetch_add (&next, 1);

    if (i >= part)
      return;
    if (!request (order[number][i], memory))
      atomic_fetch_add (&wrong, 1);
    atomic_fetch_add (&resident_pages[number], pages_now ());
  }
}

static void *
work (void *data)
{
  unsigned char *memory = allocate (128 * 128 * 4 * 4);

  (void) data;
  for (long number = 0; number < parts; number++) {
    work_on_part (number, memory);
    if (pthread_barrier_wait (&between_parts) == PTHREAD_BARRIER_SERIAL_THREAD) {
      struct mallinfo2 heap = mallinfo2 ();

      ended[number] = now ();
      left[number] = heap.uordblks + heap.hblkhd;
      atomic_store (&next, 0);
    }
    pthread_barrier_wait (&between_parts);
  }
  free (memory);
  return NULL;
}

static void
prepare (void)
{
  static const uint32_t channels[] = { 3, 4, 1 };
  adain_options one_thread = ADAIN_OPTIONS_INIT;

  one_thread.threads = 1;
  for (int i = 0; i < STYLES; i++) {
    adain_pixels painting = make_picture (90, 70, ADAIN_FORMAT_U8, 3, (unsigned) i + 100);

    if (adain_model_named (i < STYLES / 2 ? "standard" : "fast", &models[i])
        || adain_style_from_pixels (models[i], &painting, &one_thread, &styles[i]))
      abort ();
    free (painting.data);
  }
  for (int i = 0; i < SIZES; i++) {
    contents[i] = make_picture (sizes[i].width, sizes[i].height, (adain_format) (i % 3),
                                channels[i / 3 % 3], (unsigned) i);
    for (int j = 0; j < STYLES; j++) {
      adain_pixels result = result_for (&contents[i], NULL);

      result.data = expected[i][j] = allocate (bytes_of (&result));
      if (adain_stylise (models[j], &contents[i], styles[j], &one_thread, &result))
        abort ();
    }
  }
}

/* Whether something failed. */
static int
report (int steady)
{
  double megabytes[MOST_THOUSANDS + 1], growth, bytes, ratio;

  for (long i = 0; i < parts; i++) {
    megabytes[i]
      = (double) resident_pages[i] / (double) part * (double) sysconf (_SC_PAGESIZE) / (1 << 20);
    if (i == 0)
      printf ("%4ld to warm up      ", part);
    else
      printf ("%4ld  %6.1f requests/s", part, (double) part / (ended[i] - ended[i - 1]));
    printf ("  %6.1f MB resident  %7.3f MB left\n", megabytes[i], (double) left[i] / (1 << 20));
  }
  ratio = (ended[1] - ended[0]) / (ended[parts - 1] - ended[parts - 2]);
  growth = megabytes[parts - 1] / megabytes[1] - 1;
  bytes = ((double) left[parts - 1] - (double) left[0]) / (double) ((parts - 1) * part);
  printf ("%ld requests on %d threads, %ld with other bytes than a single call\n",
          (parts - 1) * part, THREADS, atomic_load (&wrong));
  printf ("throughput, last / first: %.3f\n", ratio);
  printf ("resident memory, last against first: %+.1f %%\n", 100 * growth);
  printf ("left behind: %+.1f bytes a request\n", bytes);

  return atomic_load (&wrong) > 0 || bytes > MOST_LEFT || growth > LOOSE_TOLERANCE
    || (steady && (fabs (growth) > TOLERANCE || fabs (ratio - 1) > TOLERANCE));
}

int
main (int argc, char **argv)
{
  int steady = argc == 3 && strcmp (argv[2], "--steady") == 0;
  long requests = argc >= 2 ? atol (argv[1]) : 0;
  pthread_t threads[THREADS];

  if (requests < 2 || requests > MOST_THOUSANDS * THOUSAND || argc > 2 + steady) {
    fprintf (stderr, "usage: %s REQUESTS [--steady]\n", argv[0]);
    return 2;
  }
  part = requests < 2 * THOUSAND ? requests / 2 : THOUSAND;
  parts = 1 + requests / part;
  prepare ();
  for (long i = 0; i < parts; i++)
    shuffle (order[i], (unsigned) i + 1);
  if (pthread_barrier_init (&between_parts, NULL, THREADS))
    abort ();
  for (int i = 0; i < THREADS; i++)
    if (pthread_create (&threads[i], NULL, work, NULL))
      abort ();
  for (int i = 0; i < THREADS; i++)
    pthread_join (threads[i], NULL);

  return report (steady);
}
