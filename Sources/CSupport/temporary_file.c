#define _GNU_SOURCE
#include "csupport.h"

#include <fcntl.h>
#include <stdlib.h>

/* Swift's module of the C library lacks mkostemp(). */
int
csupport_temporary_file (char *path)
{
  return mkostemp (path, O_CLOEXEC);
}
