/* Run a target's entry function on every file of the folders given, without libFuzzer.
 *
 *     replay-TARGET FOLDER…
 *
 * Each input ends where its page does, and what follows cannot be read: reading beyond it ends the
 * process even without a sanitizer. */
#define _GNU_SOURCE
#include "fuzz.h"

#include <dirent.h>
#include <sys/mman.h>
#include <unistd.h>

#pragma weak LLVMFuzzerInitialize

static void
run (const char *path)
{
  size_t page = (size_t) sysconf (_SC_PAGESIZE);
  FILE *file = fopen (path, "rb");
  size_t size, whole;
  uint8_t *memory, *data;

  if (!file || fseek (file, 0, SEEK_END)) {
    perror (path);
    exit (1);
  }
  size = (size_t) ftell (file);
  whole = (size + page - 1) / page * page;
  memory = mmap (NULL, whole + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED || mprotect (memory + whole, page, PROT_NONE)) {
    perror (path);
    exit (1);
  }
  data = memory + whole - size;
  rewind (file);
  if (fread (data, 1, size, file) != size) {
    perror (path);
    exit (1);
  }
  fclose (file);
  LLVMFuzzerTestOneInput (data, size);
  munmap (memory, whole + page);
}

int
main (int argc, char **argv)
{
  int count = 0;

  if (LLVMFuzzerInitialize)
    LLVMFuzzerInitialize (&argc, &argv);
  for (int i = 1; i < argc; i++) {
    DIR *folder = opendir (argv[i]);
    struct dirent *entry;

    if (!folder) {
      perror (argv[i]);
      return 1;
    }
    while ((entry = readdir (folder))) {
      char path[4096];

      if (entry->d_name[0] == '.')
        continue;
      snprintf (path, sizeof path, "%s/%s", argv[i], entry->d_name);
      /* The last line names the input that ended the process. */
      printf ("%s\n", path);
      fflush (stdout);
      run (path);
      count++;
    }
    closedir (folder);
  }
  printf ("%s: %d inputs\n", argv[0], count);

  return 0;
}
