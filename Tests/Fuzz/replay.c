/* Run a target's entry function on every file of the folders given, without libFuzzer.
 *
 *     replay-TARGET FOLDER…
 */
#include "fuzz.h"

#include <dirent.h>

#pragma weak LLVMFuzzerInitialize

static void
run (const char *path)
{
  FILE *file = fopen (path, "rb");
  size_t size;
  uint8_t *data;

  if (!file || fseek (file, 0, SEEK_END)) {
    perror (path);
    exit (1);
  }
  size = (size_t) ftell (file);
  data = fuzz_allocate (size);
  rewind (file);
  if (fread (data, 1, size, file) != size) {
    perror (path);
    exit (1);
  }
  fclose (file);
  LLVMFuzzerTestOneInput (data, size);
  fuzz_free (data, size);
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
