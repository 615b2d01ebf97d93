/* What a program must bear of its system calls, preloaded into it:
 *
 *     SHORT=BYTES     no read or write does more at once
 *     INTERRUPT=MS    a signal every so many milliseconds, whose handler returns: calls fail with EINTR
 *     STOP=fsync      the process stops itself, by SIGSTOP, where a file is whole and has not got its
 *                     name yet; the thread that was there never goes on
 *
 * Not the programs that it starts.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

static atomic_flag stopped = ATOMIC_FLAG_INIT;
static size_t most = SIZE_MAX;
static int stops;

static size_t
cut (size_t count)
{
  return count < most ? count : most;
}

ssize_t
read (int file, void *memory, size_t count)
{
  return syscall (SYS_read, file, memory, cut (count));
}

ssize_t
write (int file, const void *memory, size_t count)
{
  return syscall (SYS_write, file, memory, cut (count));
}

ssize_t
pread (int file, void *memory, size_t count, off_t offset)
{
  return syscall (SYS_pread64, file, memory, cut (count), offset);
}

ssize_t
pwrite (int file, const void *memory, size_t count, off_t offset)
{
  return syscall (SYS_pwrite64, file, memory, cut (count), offset);
}

int
fsync (int file)
{
  if (stops) {
    /* Once: another thread that gets here after the process goes on would stop it again. */
    if (!atomic_flag_test_and_set (&stopped))
      raise (SIGSTOP);
    for (;;)
      pause ();
  }
  return (int) syscall (SYS_fsync, file);
}

static void
ignore (int number)
{
  (void) number;
}

__attribute__ ((constructor)) static void
begin (void)
{
  const char *bytes = getenv ("SHORT"), *milliseconds = getenv ("INTERRUPT");
  const char *stop = getenv ("STOP");

  if (bytes)
    most = strtoul (bytes, NULL, 10);
  stops = stop && strcmp (stop, "fsync") == 0;
  if (milliseconds) {
    struct sigaction action = { .sa_handler = ignore }; /* without SA_RESTART */
    long every = strtol (milliseconds, NULL, 10) * 1000;
    struct itimerval timer = { { 0, every }, { 0, every } };

    sigaction (SIGALRM, &action, NULL);
    setitimer (ITIMER_REAL, &timer, NULL);
  }
  unsetenv ("LD_PRELOAD");
}
