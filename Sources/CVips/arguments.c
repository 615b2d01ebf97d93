/* The process's arguments, as main gets them.
 *
 * Swift looks for them in /proc, or in the memory where the process began with them: a sandbox may lack the
 * one, and a library that changes the environment may have moved the other.
 */
#include <stddef.h>

#include "cvips.h"

static int count;
static char *const *arguments;

/* The C library hands every constructor of a program what main gets. */
__attribute__ ((constructor)) static void
keep (int argc, char **argv)
{
  count = argc;
  arguments = argv;
}

const char *
cvips_argument (int index)
{
  return index >= 0 && index < count ? arguments[index] : NULL;
}
