#include "csupport.h"

#if defined(__x86_64__)
/* The compiler's run-time support asks CPUID and XGETBV, so a register set that the
 * operating system does not save counts as absent. */
int
adain_cpu_has_avx512 (void)
{
  __builtin_cpu_init ();
  return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512vl")
    && __builtin_cpu_supports ("avx512dq") && adain_cpu_has_avx2 ();
}

int
adain_cpu_has_avx2 (void)
{
  __builtin_cpu_init ();
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
}
#else
int adain_cpu_has_avx512 (void) { return 0; }
int adain_cpu_has_avx2 (void) { return 0; }
#endif
