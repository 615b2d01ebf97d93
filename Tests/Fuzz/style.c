/* The style parser: the input is a style file, in memory and as a file. What is read is written
 * again, and must be the same bytes. */
#include "fuzz.h"

#include <unistd.h>

static void
require_bytes (adain_style *style, const uint8_t *data, size_t size)
{
  size_t needed = 0;
  uint8_t *bytes = malloc (size);

  REQUIRE (bytes && adain_style_save_memory (style, NULL, 0, &needed) == ADAIN_OK);
  REQUIRE (needed == size);
  REQUIRE (adain_style_save_memory (style, bytes, size - 1, &needed) == ADAIN_ERROR_ARGUMENT);
  REQUIRE (adain_style_save_memory (style, bytes, size, &needed) == ADAIN_OK);
  REQUIRE (memcmp (bytes, data, size) == 0);
  free (bytes);
}

/* Through a file in TMPDIR, which is written whole and to the disk: for one style in sixteen. */
static void
through_file (adain_style *style, const uint8_t *data, size_t size)
{
  const char *folder = getenv ("TMPDIR");
  char path[4096];
  adain_style *again = NULL;

  snprintf (path, sizeof path, "%s/fuzz-%ld.style", folder ? folder : "/tmp", (long) getpid ());
  REQUIRE (adain_style_save_file (style, path) == ADAIN_OK);
  REQUIRE (adain_style_load_file (path, &again) == ADAIN_OK);
  require_bytes (again, data, size);
  adain_style_unref (again);
  unlink (path);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  adain_style *style = (adain_style *) data; /* a failure leaves NULL */
  adain_style *other = (adain_style *) data;
  double since = fuzz_seconds ();
  adain_status status = adain_style_load_memory (data, size, &style);

  REQUIRE_LINEAR (since, size);
  REQUIRE (status == ADAIN_OK || (status == ADAIN_ERROR_FORMAT && !style));
  if (status)
    REQUIRE_SENTENCE ();
  /* A file that is larger than any style is not even read. */
  if (adain_style_load_file (fuzz_file (data, size), &other) != status)
    REQUIRE (size > 32 * 1024 && status == ADAIN_ERROR_FORMAT && !other);

  if (style) {
    adain_style *pair[] = { style, other };
    adain_style *mixed = NULL;

    require_bytes (style, data, size);
    require_bytes (other, data, size);
    REQUIRE (adain_style_mix (pair, NULL, 2, &mixed) == ADAIN_OK);
    require_bytes (mixed, data, size);
    adain_style_unref (mixed);
    if (data[16] % 16 == 0)
      through_file (style, data, size);
  }
  adain_style_unref (style);
  adain_style_unref (other);

  return 0;
}
