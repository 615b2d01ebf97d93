#define _GNU_SOURCE
#include "csupport.h"

#if defined(__linux__)
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <unistd.h>

/* Without a large allocation: it is asked when there may be little left. */
size_t
csupport_address_space_left (void)
{
  struct rlimit limit;
  char text[128];
  ssize_t length;
  rlim_t used, left;
  int file;

  if (getrlimit (RLIMIT_AS, &limit) || limit.rlim_cur == RLIM_INFINITY)
    return PTRDIFF_MAX;
  file = open ("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return PTRDIFF_MAX;
  length = read (file, text, sizeof text - 1);
  close (file);
  if (length <= 0)
    return PTRDIFF_MAX;
  text[length] = '\0';
  /* The first number: pages of the whole process. */
  used = strtoull (text, NULL, 10) * (rlim_t) sysconf (_SC_PAGESIZE);
  left = limit.rlim_cur > used ? limit.rlim_cur - used : 0;

  return left < PTRDIFF_MAX ? (size_t) left : PTRDIFF_MAX;
}

/* Not by sysconf: where a sandbox denies the call, glibc's tells whatever the stack held. */
size_t
csupport_physical_memory (void)
{
  struct sysinfo machine;

  return sysinfo (&machine) ? 0 : (size_t) machine.totalram * machine.mem_unit;
}
#else
#include <unistd.h>

size_t
csupport_physical_memory (void)
{
  long pages = sysconf (_SC_PHYS_PAGES);

  return pages > 0 ? (size_t) pages * (size_t) sysconf (_SC_PAGESIZE) : 0;
}
#endif
