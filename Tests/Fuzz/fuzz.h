/* What the fuzz targets share. Each target is one file with libFuzzer's entry functions: linked to
 * libFuzzer it searches, linked to replay.c it runs the files that are kept. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <adain.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The library must do what its header says: where it does not, the input is kept as a crash. */
#define REQUIRE(condition)                                                                         \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      fprintf (stderr, "%s:%d: not so: %s\n  last error: %s\n", __FILE__, __LINE__, #condition,    \
               adain_last_error ());                                                               \
      abort ();                                                                                    \
    }                                                                                              \
  } while (0)

/* A call that made no object has left a sentence, in one line. */
#define REQUIRE_SENTENCE() REQUIRE (adain_last_error ()[0] && !strchr (adain_last_error (), '\n'))

/* Memory of exactly so many bytes: what lies behind it cannot be read unnoticed. */
void *fuzz_allocate (size_t size);
void fuzz_free (void *memory, size_t size);

/* The path of a file with these bytes, the same at each call; it is never on a disk. */
const char *fuzz_file (const uint8_t *data, size_t size);

/* Seconds of a processor that this process has had. */
double fuzz_seconds (void);

/* The time since then is small for so many bytes: a parser that takes minutes for a megabyte stops whoever loads
 * strangers' files. Sanitizers and slow machines are allowed for; what grows with the square is not. */
#define REQUIRE_LINEAR(since, bytes)                                                               \
  REQUIRE (fuzz_seconds () - (since) < 0.5 + 5e-6 * (double) (bytes))

/* The bytes of the file that the environment variable ADAIN_FUZZ_MODEL names: a narrow model. */
const uint8_t *fuzz_model (size_t *size);

#endif
