/* The weights parser: the input is a safetensors file, in memory and as a file. */
#include "fuzz.h"

static void
check (adain_status status, adain_model *model)
{
  const char *architecture = adain_model_architecture (model);

  if (status == ADAIN_OK)
    REQUIRE (strcmp (architecture, "vgg16") == 0 || strcmp (architecture, "vgg19") == 0);
  else {
    REQUIRE (status == ADAIN_ERROR_FORMAT && !model);
    REQUIRE_SENTENCE ();
  }
  adain_model_unref (model);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  adain_model *model = (adain_model *) data; /* a failure leaves NULL */
  double since = fuzz_seconds ();
  adain_status status = adain_model_load_memory (data, size, &model);

  if (status)
    REQUIRE_LINEAR (since, size);
  check (status, model);
  model = (adain_model *) data;
  REQUIRE (adain_model_load_file (fuzz_file (data, size), &model) == status);
  check (status, model);

  return 0;
}
