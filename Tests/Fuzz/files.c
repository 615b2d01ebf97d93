/* Memory and files for the targets. */
#include "fuzz.h"

#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif

#ifdef SANITIZED
void *
fuzz_allocate (size_t size)
{
  void *memory = malloc (size);

  REQUIRE (memory);
  return memory;
}

void
fuzz_free (void *memory, size_t size)
{
  (void) size;
  free (memory);
}
#else
/* Whole pages and one more, which nobody may read; what is handed out ends where that begins. */
static size_t
pages (size_t size)
{
  size_t page = (size_t) sysconf (_SC_PAGESIZE);

  return (size + page - 1) / page * page;
}

void *
fuzz_allocate (size_t size)
{
  size_t whole = pages (size), guard = pages (1);
  char *memory
    = mmap (NULL, whole + guard, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  REQUIRE (memory != MAP_FAILED && mprotect (memory + whole, guard, PROT_NONE) == 0);
  return memory + whole - size;
}

void
fuzz_free (void *memory, size_t size)
{
  size_t whole = pages (size);

  munmap ((char *) memory + size - whole, whole + pages (1));
}
#endif

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

double
fuzz_seconds (void)
{
  struct timespec now;

  REQUIRE (clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now) == 0);

  return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}
