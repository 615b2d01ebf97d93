/* The C interface: the input is a row of calls, each with right arguments or wrong ones, of handles
 * that are made, shared and freed in any order.
 *
 * Wrong is what the library can see and refuses: NULL, a handle of another kind, sizes, numbers,
 * order. It cannot see a pointer that is freed, or an array shorter than said. Not called is
 * the standard model with a place for the model: that takes seconds under a sanitizer. */
#include <signal.h>
#include <sys/resource.h>

#include "interface.h"

enum { MOST_CALLS = 24 };

static adain_model *narrow;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  /* Pictures that are only announced may want temporary files of any size. */
  struct rlimit largest = { 64 << 20, 64 << 20 };
  size_t size;
  const uint8_t *bytes = fuzz_model (&size);

  (void) argc;
  (void) argv;
  REQUIRE (setrlimit (RLIMIT_FSIZE, &largest) == 0);
  signal (SIGXFSZ, SIG_IGN);
  REQUIRE (adain_model_load_memory (bytes, size, &narrow) == ADAIN_OK);

  return 0;
}

static void (*const functions[]) (const call *) = {
  load_model,
  style_from_pixels,
  analyse,
  stylise,
  render,
  compose,
  begin_rendering,
  pull,
  begin_analysis,
  push,
  finish,
  mix,
  save_and_load,
  share,
  unref,
  compare,
  ask,
  named_style,
  paths,
  reduce,
  new_colours,
  add_colours,
  recolour,
  keep_colours,
  new_smoothing,
  smooth,
};

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  size_t count = size / sizeof (call);

  places[MODEL][0] = adain_model_ref (narrow);
  for (size_t i = 0; i < count && i < MOST_CALLS; i++) {
    call call;

    memcpy (&call, data + i * sizeof call, sizeof call);
    call_begin (&call);
    functions[call.function % (sizeof functions / sizeof functions[0])](&call);
  }
  for (int kind = 0; kind < KINDS; kind++)
    for (uint8_t place = 0; place < PLACES; place++)
      drop (kind, place);

  return 0;
}
