/* What the library does to the process that it is in: threads, signals, limits, forks. */
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

enum { WIDTH = 90, HEIGHT = 60, PATIENCE = 60 };

static adain_status
stylise_with (const fixture *f, int threads)
{
  adain_pixels picture = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 70);
  adain_options options = ADAIN_OPTIONS_INIT;
  adain_status status;

  options.threads = threads;
  status = adain_stylise (f->model, &picture, f->style, &options, &picture);
  free (picture.data);

  return status;
}

static int
threads_now (void)
{
  DIR *tasks = opendir ("/proc/self/task");
  int count = 0;

  if (!tasks)
    return -1;
  while (readdir (tasks))
    count++;
  closedir (tasks);

  return count - 2; /* "." and ".." */
}

/* Workers that one call wanted and no other does leave after some seconds. */
static void
workers_leave (const fixture *f)
{
  int i;

  CHECK (stylise_with (f, 300) == ADAIN_OK);
  if (threads_now () < 0)
    return; /* no /proc to count in */
  for (i = 0; i < 20 && threads_now () > 20; i++)
    sleep (1);
  CHECK (threads_now () <= 20);
  CHECK (stylise_with (f, 3) == ADAIN_OK);
}

/* A handler of the application runs on its own threads. */
static pthread_t main_thread;
static volatile sig_atomic_t elsewhere, handled;

static void
on_signal (int number)
{
  (void) number;
  handled = handled + 1;
  if (!pthread_equal (pthread_self (), main_thread))
    elsewhere = 1;
}

static void *
keep_signalling (void *data)
{
  sigset_t all;

  sigfillset (&all);
  pthread_sigmask (SIG_BLOCK, &all, NULL);
  while (!*(volatile int *) data)
    kill (getpid (), SIGUSR1);
  return NULL;
}

static void
signals (const fixture *f)
{
  pid_t child = fork ();
  int status = -1;

  if (child == 0) { /* where no worker exists yet */
    volatile int stop = 0;
    pthread_t signaller;
    int i;

    alarm (PATIENCE);
    main_thread = pthread_self ();
    signal (SIGUSR1, on_signal);
    if (pthread_create (&signaller, NULL, keep_signalling, (void *) &stop))
      _exit (1);
    for (i = 0; i < 20; i++)
      if (stylise_with (f, 2 + i))
        _exit (2);
    stop = 1;
    pthread_join (signaller, NULL);
    _exit (elsewhere ? 3 : handled ? 0 : 4);
  }
  CHECK (child > 0 && waitpid (child, &status, 0) == child);
  CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

/* A limit on the size of files makes an error, and not the process's end. */
static void
file_size_limit (const fixture *f)
{
  pid_t child = fork ();
  int status = -1;

  if (child == 0) {
    struct rlimit limit = { 100, 100 };
    adain_pixels picture = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 70);
    adain_options options = ADAIN_OPTIONS_INIT;
    char path[4096];

    signal (SIGXFSZ, SIG_DFL);
    snprintf (path, sizeof path, "%s/limited.style", f->folder);
    if (setrlimit (RLIMIT_FSIZE, &limit))
      _exit (1);
    options.feature_memory = 1; /* a temporary file */
    if (adain_stylise (f->model, &picture, f->style, &options, &picture) != ADAIN_ERROR_IO)
      _exit (2);
    if (adain_style_save_file (f->style, path) != ADAIN_ERROR_IO)
      _exit (3);
    _exit (access (path, F_OK) == 0 ? 4 : 0);
  }
  CHECK (child > 0 && waitpid (child, &status, 0) == child);
  CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

/* First uses, by a thread, of all that is made then. */
static void *
use_first (void *data)
{
  adain_style *style = NULL;

  (void) data;
  if (adain_style_named ("lion", &style) || !adain_named_style_title (1))
    return data;
  adain_style_unref (style);
  return NULL;
}

/* The process is forked at some moment of another thread's first use: the child's own succeeds. */
static int
child_of_first_use (int delay)
{
  pthread_t user;
  pid_t child;
  int status = -1;
  void *failed = NULL;

  if (pthread_create (&user, NULL, use_first, &status))
    return 0;
  for (volatile int i = 0; i < delay; i++)
    ;
  child = fork ();
  if (child == 0) {
    alarm (PATIENCE);
    _exit (use_first (&status) ? 1 : 0);
  }
  pthread_join (user, &failed);

  return child > 0 && waitpid (child, &status, 0) == child && WIFEXITED (status)
    && WEXITSTATUS (status) == 0 && !failed;
}

/* Each in a process that has not used them; the tests' own has, so it must run this first. */
static void
forks_at_first_uses (void)
{
  int i, well = 0, tries = 60;

  for (i = 0; i < tries; i++) {
    pid_t process = fork ();
    int status = -1;

    if (process == 0) {
      alarm (PATIENCE);
      _exit (child_of_first_use (i * i * 150) ? 0 : 1);
    }
    well += process > 0 && waitpid (process, &status, 0) == process && WIFEXITED (status)
      && WEXITSTATUS (status) == 0;
  }
  CHECK (well == tries);
}

void
test_process_first (const fixture *f)
{
  (void) f;
  forks_at_first_uses ();
}

void
test_process (const fixture *f)
{
  signals (f);
  file_size_limit (f);
  workers_leave (f);
}
