/* The arithmetic limit: multiply-adds of 32-bit floats that this machine does in a second, in a
 * loop of nothing else.
 *
 *     fma_peak KERNEL THREADS SECONDS
 *
 * KERNEL is the library's instruction set: avx512, avx2, or baseline (SSE2, which multiplies and
 * adds in two instructions); or bf16, of which a processor without it does 0. Prints GFLOP/s, two for
 * each multiply-add: the median of rounds over SECONDS, in each of which every thread does the same
 * work.
 */
#include <immintrin.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"

enum { ACCUMULATORS = 12, ITERATIONS = 1 << 21, MOST_ROUNDS = 1000 };

/* Accumulators enough to hide the latency, few enough to stay in registers. */
#define LOOP(NAME, TARGET, VECTOR, SET1, MULTIPLY_ADD)                                             \
  __attribute__ ((target (TARGET), noinline)) static float NAME (float factor)                     \
  {                                                                                                \
    VECTOR a[ACCUMULATORS];                                                                        \
    VECTOR x = SET1 (factor);                                                                      \
    VECTOR y = SET1 (factor * 0.5f);                                                               \
                                                                                                   \
    for (int i = 0; i < ACCUMULATORS; i++)                                                         \
      a[i] = SET1 ((float) i);                                                                     \
    for (int n = 0; n < ITERATIONS; n++) {                                                         \
      _Pragma ("GCC unroll 12") for (int i = 0; i < ACCUMULATORS; i++) a[i]                        \
        = MULTIPLY_ADD (a[i], x, y);                                                               \
    }                                                                                              \
    float sum = 0;                                                                                 \
    for (int i = 0; i < ACCUMULATORS; i++)                                                         \
      sum += ((float *) &a[i])[0];                                                                 \
    return sum;                                                                                    \
  }

#define SSE_MULTIPLY_ADD(A, X, Y) _mm_add_ps (_mm_mul_ps (A, X), Y)

LOOP (loop_avx512, "avx512f", __m512, _mm512_set1_ps, _mm512_fmadd_ps)
LOOP (loop_avx2, "avx2,fma", __m256, _mm256_set1_ps, _mm256_fmadd_ps)
LOOP (loop_baseline, "sse2", __m128, _mm_set1_ps, SSE_MULTIPLY_ADD)

/* 16-bit brain floats, two products to a lane: what engines that compute in bf16 can have. */
#define BF16_MULTIPLY_ADD(A, X, Y) _mm512_dpbf16_ps (A, (__m512bh) (X), (__m512bh) (Y))

LOOP (loop_bf16, "avx512f,avx512bf16", __m512, _mm512_set1_ps, BF16_MULTIPLY_ADD)

static float (*loop) (float);
static pthread_barrier_t barrier;
static volatile int done;

static void *
work (void *data)
{
  for (;;) {
    pthread_barrier_wait (&barrier);
    if (done)
      return NULL;
    *(volatile float *) data = loop (0.5f);
    pthread_barrier_wait (&barrier);
  }
}

int
main (int argc, char **argv)
{
  const char *kernel = argc > 1 ? argv[1] : "";
  int threads = argc > 2 ? atoi (argv[2]) : 0;
  double seconds = argc > 3 ? atof (argv[3]) : 0;
  int lanes = 0;
  double rounds[MOST_ROUNDS];
  int count = 0;
  float results[1024 * 16]; /* a cache line for each thread */
  pthread_t thread;

  if (!strcmp (kernel, "avx512"))
    loop = loop_avx512, lanes = 16;
  else if (!strcmp (kernel, "avx2"))
    loop = loop_avx2, lanes = 8;
  else if (!strcmp (kernel, "baseline"))
    loop = loop_baseline, lanes = 4;
  else if (!strcmp (kernel, "bf16"))
    loop = loop_bf16, lanes = 32;
  if (loop == loop_bf16 && !__builtin_cpu_supports ("avx512bf16")) {
    puts ("0");
    return 0;
  }
  if (!loop || threads < 1 || threads > 1024 || !(seconds > 0)) {
    fprintf (stderr, "usage: fma_peak avx512|avx2|baseline|bf16 THREADS SECONDS\n");
    return 2;
  }

  pthread_barrier_init (&barrier, NULL, threads);
  for (int i = 1; i < threads; i++)
    if (pthread_create (&thread, NULL, work, &results[16 * i])) {
      fprintf (stderr, "fma_peak: no %d threads\n", threads);
      return 1;
    }
  for (double start = now (), end = start; end - start < seconds && count < MOST_ROUNDS;) {
    double begin;

    pthread_barrier_wait (&barrier);
    begin = now ();
    *(volatile float *) results = loop (0.5f);
    pthread_barrier_wait (&barrier);
    end = now ();
    rounds[count++] = 2.0 * lanes * ACCUMULATORS * ITERATIONS * threads / (end - begin) * 1e-9;
  }
  qsort (rounds, count, sizeof (double), compare);
  printf ("%.1f\n", rounds[count / 2]);
  done = 1;
  pthread_barrier_wait (&barrier);

  return 0;
}
