#define _GNU_SOURCE
#include "csupport.h"

#if defined(__linux__)
#include <sys/mman.h>

/* Swift does not see mremap(), which takes a variable number of arguments. */
void *
csupport_grow_mapping (void *memory, size_t length, size_t new_length)
{
  void *grown = mremap (memory, length, new_length, MREMAP_MAYMOVE);
  return grown == MAP_FAILED ? NULL : grown;
}
#endif
