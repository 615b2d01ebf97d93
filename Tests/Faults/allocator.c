/* An allocator that can say no, between a program and the C library's.
 *
 * Large requests are counted, and one of them, or all from one on, are refused as if memory had
 * ended. What "large" is, the test says: whatever grows with a picture, a mask or a weights file, and
 * not what GLib and Swift allocate piece by piece, and end the process without. (For those the engine
 * leaves 64 MB of address space free whenever it maps memory.)
 *
 * Linked to a program it is told by allocator_refuse(). Preloaded into one it reads the environment:
 *
 *     LARGE=BYTES    what is large; without it nothing is
 *     REFUSED=N      the number of the request to refuse, counted from the program's start
 *     REFUSED=N+     and all after it
 *     REQUESTS=FILE  gets the number of large requests when the program ends by itself
 */
#define _GNU_SOURCE
#include "allocator.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_size_t large = SIZE_MAX;
static atomic_long requests;
static atomic_long refused;
static atomic_int onwards;

/* The C library's own; free() finds its way by itself. */
void *__libc_malloc (size_t size);
void *__libc_calloc (size_t count, size_t size);
void *__libc_realloc (void *memory, size_t size);
void *__libc_memalign (size_t alignment, size_t size);

void
allocator_refuse (size_t bytes, long number, int and_onwards)
{
  atomic_store (&large, bytes);
  atomic_store (&refused, number);
  atomic_store (&onwards, and_onwards);
  atomic_store (&requests, 0);
}

long
allocator_stop (void)
{
  atomic_store (&refused, 0);
  return atomic_load (&requests);
}

static int
is_refused (size_t size)
{
  if (size < atomic_load (&large))
    return 0;

  long number = atomic_fetch_add (&requests, 1) + 1;
  long first = atomic_load (&refused);

  return first > 0 && (number == first || (number > first && atomic_load (&onwards)));
}

static void *
refuse (void)
{
  errno = ENOMEM;
  return NULL;
}

void *
malloc (size_t size)
{
  return is_refused (size) ? refuse () : __libc_malloc (size);
}

void *
calloc (size_t count, size_t size)
{
  size_t bytes;

  if (__builtin_mul_overflow (count, size, &bytes))
    return refuse ();
  return is_refused (bytes) ? refuse () : __libc_calloc (count, size);
}

void *
realloc (void *memory, size_t size)
{
  return is_refused (size) ? refuse () : __libc_realloc (memory, size);
}

void *
memalign (size_t alignment, size_t size)
{
  return is_refused (size) ? refuse () : __libc_memalign (alignment, size);
}

void *
aligned_alloc (size_t alignment, size_t size)
{
  return memalign (alignment, size);
}

int
posix_memalign (void **memory, size_t alignment, size_t size)
{
  void *made = memalign (alignment, size);

  if (!made)
    return ENOMEM;
  *memory = made;
  return 0;
}

void *
mmap (void *address, size_t length, int protection, int flags, int file, off_t offset)
{
  if (is_refused (length)) {
    refuse ();
    return MAP_FAILED;
  }
  return (void *) syscall (SYS_mmap, address, length, protection, flags, file, offset);
}

void *
mremap (void *memory, size_t length, size_t new_length, int flags, ...)
{
  va_list more;
  void *address;

  va_start (more, flags);
  address = flags & MREMAP_FIXED ? va_arg (more, void *) : NULL;
  va_end (more);
  if (new_length > length && is_refused (new_length)) {
    refuse ();
    return MAP_FAILED;
  }
  return (void *) syscall (SYS_mremap, memory, length, new_length, flags, address);
}

__attribute__ ((constructor)) static void
begin (void)
{
  const char *bytes = getenv ("LARGE"), *number = getenv ("REFUSED");
  char *end = NULL;
  long first = number ? strtol (number, &end, 10) : 0;

  if (bytes)
    allocator_refuse (strtoul (bytes, NULL, 10), first, end && *end == '+');
}

__attribute__ ((destructor)) static void
end (void)
{
  const char *path = getenv ("REQUESTS");
  FILE *file = path ? fopen (path, "w") : NULL;

  if (file) {
    fprintf (file, "%ld", atomic_load (&requests));
    fclose (file);
  }
}
