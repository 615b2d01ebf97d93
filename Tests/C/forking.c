/* A process forked after its model is made shares it and works, whatever the parent's threads do. */
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

enum { WIDTH = 90, HEIGHT = 60, CALLERS = 3, FORKS = 100, PATIENCE = 60 };

static adain_pixels picture, expected;
static volatile int stop;

/* Whether a call gives the expected bytes. */
static int
stylises (const fixture *f, int threads)
{
  adain_pixels result = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 72);
  adain_options options = ADAIN_OPTIONS_INIT;
  int same;

  options.threads = threads; /* the pool has threads that a child does not get */
  same = adain_stylise (f->model, &picture, f->style, &options, &result) == ADAIN_OK
    && memcmp (result.data, expected.data, WIDTH * HEIGHT * 3) == 0;
  free (result.data);

  return same;
}

static pid_t
fork_a_caller (const fixture *f)
{
  pid_t child = fork ();

  if (child == 0) {
    alarm (
      PATIENCE); /* a child that waits for ever for a lock is a failure, not a test that hangs */
    _exit (stylises (f, 3) && stylises (f, 1) ? 0 : 1);
  }
  return child;
}

static int
ended_well (pid_t child)
{
  int status = -1;

  return child > 0 && waitpid (child, &status, 0) == child && WIFEXITED (status)
    && WEXITSTATUS (status) == 0;
}

static void *
keep_calling (void *data)
{
  const fixture *f = (const fixture *) data;
  size_t wrong = 0;

  while (!stop)
    wrong += !stylises (f, 3);
  return (void *) wrong;
}

/* While other threads are in calls: whatever lock they hold at that moment, the child must not wait
 * for it. */
static void
among_callers (const fixture *f)
{
  pthread_t callers[CALLERS];
  void *wrong;
  int i, well = 0;

  stop = 0;
  for (i = 0; i < CALLERS; i++)
    CHECK (pthread_create (&callers[i], NULL, keep_calling, (void *) f) == 0);
  for (i = 0; i < FORKS; i++)
    well += ended_well (fork_a_caller (f));
  CHECK (well == FORKS);
  stop = 1;
  for (i = 0; i < CALLERS; i++)
    CHECK (pthread_join (callers[i], &wrong) == 0 && !wrong);
}

void
test_forking (const fixture *f)
{
  adain_options options = ADAIN_OPTIONS_INIT;
  pid_t children[2];

  picture = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 70);
  expected = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 71);
  options.threads = 3;
  CHECK (adain_stylise (f->model, &picture, f->style, &options, &expected) == ADAIN_OK);
  /* Parent and children at the same time. */
  children[0] = fork_a_caller (f);
  children[1] = fork_a_caller (f);
  CHECK (stylises (f, 3));
  CHECK (ended_well (children[0]));
  CHECK (ended_well (children[1]));
  among_callers (f);
  free (picture.data);
  free (expected.data);
}
