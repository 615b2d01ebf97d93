/* A test framework of one macro: CHECK counts, and prints what failed. */
#ifndef CHECK_H
#define CHECK_H

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <adain.h>

#ifdef __cplusplus
extern "C" {
#endif

extern int checks_passed;
extern int checks_failed;

#define CHECK(condition) check ((condition) != 0, #condition, __FILE__, __LINE__)

/* The call must fail with the status, and with a sentence that contains the text. */
#define CHECK_FAILS(call, status, text)                                                            \
  check_fails ((call), (status), (text), #call, __FILE__, __LINE__)

void check (int holds, const char *condition, const char *file, int line);
void check_fails (adain_status got, adain_status wanted, const char *text, const char *call,
                  const char *file, int line);

/* What every topic's tests are given. */
typedef struct fixture {
  adain_model *model;       /* narrow, seeded */
  adain_model *other_model; /* another seed: another encoder */
  adain_style *style;
  const char *folder; /* a temporary one */
} fixture;

/* Seeded smooth pixels; free() them. Returns a view of them, with rows without gaps. */
adain_pixels make_pixels (uint32_t width, uint32_t height, adain_format format, uint32_t channels,
                          unsigned seed);
size_t sample_size (adain_format format);

void test_arguments (const fixture *fixture);
void test_limits (const fixture *fixture);
void test_sizes (const fixture *fixture);
void test_sharing (const fixture *fixture);
void test_models (const fixture *fixture);
void test_styles (const fixture *fixture);
void test_analysis (const fixture *fixture);
void test_rendering (const fixture *fixture);
void test_composition (const fixture *fixture);
void test_progress (const fixture *fixture);
void test_reduce (const fixture *fixture);
void test_smoothing (const fixture *fixture);
void test_forking (const fixture *fixture);
void test_options (const fixture *fixture);
void test_process_first (const fixture *fixture);
void test_process (const fixture *fixture);

#ifdef __cplusplus
}
#endif

#endif
