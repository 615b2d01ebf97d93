/* Files for the targets: one in memory, and the narrow model. */
#define _GNU_SOURCE
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

const char *
fuzz_file (const uint8_t *data, size_t size)
{
  static char path[64];
  static int file = -1;

  if (file < 0) {
    REQUIRE ((file = memfd_create ("input", MFD_CLOEXEC)) >= 0);
    snprintf (path, sizeof path, "/proc/self/fd/%d", file);
  }
  REQUIRE (ftruncate (file, 0) == 0);
  REQUIRE (pwrite (file, data, size, 0) == (ssize_t) size);

  return path;
}

const uint8_t *
fuzz_model (size_t *size)
{
  static uint8_t bytes[1 << 20];
  static size_t count;
  const char *path = getenv ("ADAIN_FUZZ_MODEL");
  FILE *file;

  if (!count) {
    REQUIRE (path && (file = fopen (path, "rb")));
    REQUIRE ((count = fread (bytes, 1, sizeof bytes, file)) > 0 && count < sizeof bytes);
    fclose (file);
  }
  *size = count;

  return bytes;
}
