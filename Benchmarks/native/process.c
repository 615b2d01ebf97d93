/* Run a command and say what it took, without the memory of a larger parent in the figure.
 *
 *     process COMMAND [ARGUMENT…]
 *
 * Prints `seconds bytes`: from fork to the end, and the peak of resident memory. The command's own
 * output goes to standard error.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"

int
main (int argc, char **argv)
{
  struct rusage usage;
  int status;
  double start = now ();
  pid_t child;

  if (argc < 2) {
    fprintf (stderr, "usage: process COMMAND [ARGUMENT…]\n");
    return 2;
  }
  child = fork ();
  if (child == 0) {
    dup2 (2, 1);
    execvp (argv[1], argv + 1);
    perror (argv[1]);
    _exit (127);
  }
  if (child < 0 || wait4 (child, &status, 0, &usage) != child) {
    perror ("process");
    return 1;
  }
  if (!WIFEXITED (status) || WEXITSTATUS (status)) {
    fprintf (stderr, "process: %s failed\n", argv[1]);
    return 1;
  }
  printf ("%.6f %ld\n", now () - start, usage.ru_maxrss * 1024);

  return 0;
}
