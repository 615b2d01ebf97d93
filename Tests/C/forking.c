/* A process forked after its model is made shares it and works. */
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

enum { WIDTH = 90, HEIGHT = 60 };

void
test_forking (const fixture *f)
{
  adain_pixels picture = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 70);
  adain_pixels expected = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 71);
  adain_pixels result = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 72);
  adain_options options = ADAIN_OPTIONS_INIT;
  int status = -1;
  pid_t child;

  options.threads = 3; /* the pool has threads that the child does not get */
  CHECK (adain_stylise (f->model, &picture, f->style, &options, &expected) == ADAIN_OK);
  child = fork ();
  if (child == 0) {
    int same = adain_stylise (f->model, &picture, f->style, &options, &result) == ADAIN_OK
      && memcmp (result.data, expected.data, WIDTH * HEIGHT * 3) == 0;

    _exit (same ? 0 : 1);
  }
  CHECK (child > 0 && waitpid (child, &status, 0) == child);
  CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  CHECK (adain_stylise (f->model, &picture, f->style, &options, &result) == ADAIN_OK);
  CHECK (memcmp (result.data, expected.data, WIDTH * HEIGHT * 3) == 0);
  free (picture.data);
  free (expected.data);
  free (result.data);
}
