#define _GNU_SOURCE
#include "csupport.h"

#include <sched.h>
#include <unistd.h>

#if defined(__x86_64__)
/* The compiler's run-time support asks CPUID and XGETBV, so a register set that the
 * operating system does not save counts as absent. */
int
csupport_has_avx512 (void)
{
  __builtin_cpu_init ();
  return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512vl")
    && __builtin_cpu_supports ("avx512dq") && csupport_has_avx2 ();
}

int
csupport_has_avx2 (void)
{
  __builtin_cpu_init ();
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
}
#else
int
csupport_has_avx512 (void)
{
  return 0;
}
int
csupport_has_avx2 (void)
{
  return 0;
}
#endif

/* Every 64-bit Arm processor that runs Linux or macOS has it. */
int
csupport_has_neon (void)
{
#if defined(__aarch64__)
  return 1;
#else
  return 0;
#endif
}

int
csupport_processor_count (void)
{
  long online = sysconf (_SC_NPROCESSORS_ONLN);
#if defined(__linux__)
  /* Machines may have more processors than cpu_set_t has bits: ask with larger sets. */
  for (int count = 1024; count <= 1 << 20; count *= 2) {
    cpu_set_t *set = CPU_ALLOC (count);
    size_t size = CPU_ALLOC_SIZE (count);
    if (!set)
      break;
    int failed = sched_getaffinity (0, size, set);
    int allowed = failed ? 0 : CPU_COUNT_S (size, set);
    CPU_FREE (set);
    if (!failed && allowed > 0)
      return allowed;
  }
#endif
  return online > 0 ? (int) online : 1;
}
