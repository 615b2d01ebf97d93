/* What the kernels' vector units cannot say in Swift: prefetches, hints to the compiler, and max(a, b), lane by lane,
 * as one instruction.
 *
 * Swift's pointwiseMax is a loop over the lanes, which the optimiser turns into that instruction
 * in small functions and leaves as a loop in large ones. Where a lane of `a` is not a number, it is
 * b's that is taken. */
#ifndef ADAIN_VECTOR_H
#define ADAIN_VECTOR_H

typedef float csupport_float4 __attribute__ ((ext_vector_type (4)));
typedef float csupport_float8 __attribute__ ((ext_vector_type (8)));
typedef float csupport_float16 __attribute__ ((ext_vector_type (16)));

#define ADAIN_INLINE static inline __attribute__ ((always_inline))

ADAIN_INLINE csupport_float4
csupport_maximum4 (csupport_float4 a, csupport_float4 b)
{
  return a > b ? a : b;
}

ADAIN_INLINE void
csupport_prefetch (const float *address)
{
  __builtin_prefetch (address, 0, 3);
}

ADAIN_INLINE void
csupport_prefetch_outer (const float *address)
{
  __builtin_prefetch (address, 0, 2);
}

/* No instruction: the compiler moves no load across it. */
ADAIN_INLINE void
csupport_keep_order (void)
{
  __asm__ volatile("" ::: "memory");
}

/* The address itself, of which the compiler forgets how it was computed. */
ADAIN_INLINE const float *
csupport_opaque (const float *address)
{
  __asm__("" : "+r"(address));
  return address;
}

#ifdef __AVX__
ADAIN_INLINE csupport_float8
csupport_maximum8 (csupport_float8 a, csupport_float8 b)
{
  return a > b ? a : b;
}
#endif

#ifdef __AVX512F__
ADAIN_INLINE csupport_float16
csupport_maximum16 (csupport_float16 a, csupport_float16 b)
{
  return a > b ? a : b;
}
#endif

#endif
