/* What Swift cannot say by itself. Nothing here is part of the public interface. */
#ifndef ADAIN_CSUPPORT_H
#define ADAIN_CSUPPORT_H

#include <stddef.h>
#include <stdint.h>

/* The safetensors files inside the library: the standard model's and the fast one's. */
const void *csupport_embedded_weights (size_t *size);
const void *csupport_embedded_fast_weights (size_t *size);

/* The built-in styles' files, one behind the other, for each of them, and the JSON that says what they are. */
const void *csupport_embedded_styles (size_t *size);
const void *csupport_embedded_fast_styles (size_t *size);
const void *csupport_embedded_catalogue (size_t *size);

/* What processor and operating system offer: AVX-512 F/VL/DQ, AVX2 with FMA, or NEON. */
int csupport_has_avx512 (void);
int csupport_has_avx2 (void);
int csupport_has_neon (void);

/* The processors of this thread's affinity mask; at least 1. */
int csupport_processor_count (void);

/* A new file whose name takes the place of the path's last six letters, "XXXXXX"; its descriptor is never that of a
 * program that another thread starts meanwhile. -1, and errno, where there can be none. */
int csupport_temporary_file (char *path);

#if defined(__linux__)
/* More memory behind a mapping, which may move; NULL where none is to be had. */
void *csupport_grow_mapping (void *memory, size_t length, size_t new_length);

/* Bytes that the limit on the process's address space still allows; PTRDIFF_MAX without one. */
size_t csupport_address_space_left (void);

/* Bytes of the machine's memory; 0 where nobody tells. */
size_t csupport_physical_memory (void);
#endif

/* Tell the processor that this thread is polling. */
static inline void
csupport_pause (void)
{
#if defined(__x86_64__)
  __builtin_ia32_pause ();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
