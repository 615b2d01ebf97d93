/* Memory that ends, at every place where it can: each large request of each kind of call is refused,
 * alone and with all after it.
 *
 *     memory MODEL
 *
 * Every time in a process of its own, as the engine keeps memory for the next call: the call says
 * ADAIN_ERROR_MEMORY and a sentence, or makes do without; the same call made again, with memory,
 * gives the right bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <adain.h>

#include "allocator.h"
#include "calls.h"

/* The engine's small change is smaller: names, tensors' descriptions, what the JSON decoder keeps of a
 * header, of which no file has more than 1 MB. */
enum { LARGE = 20 << 10 };

static unsigned char *expected, *result;

static int
complain (const char *name, long number, const char *what)
{
  printf ("%s: request %ld refused: %s\n", name, number, what);
  return 1;
}

enum { PASSED, FAILED, BEYOND };

/* One call with a request refused, in a process that has made none yet. BEYOND when there are not so
 * many requests. */
static int
refuse_one (const call *c, const char *model_path, long number, int onwards)
{
  adain_model *model = NULL;
  adain_status status;
  long requests;

  if (!c->loads && adain_model_load_file (model_path, &model))
    return complain (c->name, number, "no model");
  memset (result, 0, RESULT_BYTES);
  allocator_refuse (LARGE, number, onwards);
  status = c->run (model_path, model, result);
  requests = allocator_stop ();
  if (status) {
    const char *sentence = adain_last_error ();

    if (requests < number)
      return complain (c->name, number, "failed although it was not made");
    if (status != ADAIN_ERROR_MEMORY || strlen (sentence) < 20)
      return complain (c->name, number, sentence);
    memset (result, 0, RESULT_BYTES);
    status = c->run (model_path, model, result);
  }
  if (status || memcmp (result, expected, RESULT_BYTES))
    return complain (c->name, number, "other bytes");
  adain_model_unref (model);

  return requests < number ? BEYOND : PASSED;
}

/* In a process of its own. */
static int
refuse_apart (const call *c, const char *model_path, long number, int onwards)
{
  pid_t child;
  int status;

  fflush (stdout);
  if ((child = fork ()) == 0) {
    int outcome = refuse_one (c, model_path, number, onwards);

    fflush (stdout);
    _exit (outcome);
  }
  if (child < 0 || waitpid (child, &status, 0) != child)
    return complain (c->name, number, "no process for it");
  if (!WIFEXITED (status))
    return complain (c->name, number, "the process was ended by a signal");

  return WEXITSTATUS (status);
}

/* What the call gives with all the memory it wants. */
static int
expect (const call *c, const char *model_path)
{
  pid_t child = fork ();
  int status;

  if (child == 0) {
    adain_model *model = NULL;

    memset (expected, 0, RESULT_BYTES);
    _exit ((!c->loads && adain_model_load_file (model_path, &model))
           || c->run (model_path, model, expected));
  }
  return child < 0 || waitpid (child, &status, 0) != child || status;
}

static int
refuse_each (const call *c, const char *model_path)
{
  int failures = 0;
  long requests = 0;
  int onwards;

  if (expect (c, model_path))
    return complain (c->name, 0, "it fails by itself");
  for (onwards = 0; onwards <= 1; onwards++) {
    long number = 1;
    int outcome;

    while ((outcome = refuse_apart (c, model_path, number, onwards)) != BEYOND) {
      failures += outcome != PASSED;
      number++;
    }
    requests = number - 1;
  }
  printf ("%-12s %3ld large requests\n", c->name, requests);
  /* Or the allocator would not be asked, and nothing be shown. */
  return failures || requests == 0;
}

int
main (int argc, char **argv)
{
  int failures = 0;
  const call *c;

  if (argc != 2) {
    fprintf (stderr, "usage: %s MODEL\n", argv[0]);
    return 2;
  }
  expected
    = mmap (NULL, 2 * RESULT_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (expected == MAP_FAILED || calls_prepare ())
    return 2;
  result = expected + RESULT_BYTES;
  for (c = calls; c->name; c++)
    failures += refuse_each (c, argv[1]);

  return failures != 0;
}
