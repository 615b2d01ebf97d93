/* How libFuzzer changes an input of the operation: half the time the options alone, which are a small
 * part of it. */
#include "fuzz.h"

size_t LLVMFuzzerMutate (uint8_t *data, size_t size, size_t capacity);
size_t LLVMFuzzerCustomMutator (uint8_t *data, size_t size, size_t capacity, unsigned seed);

enum { OPTIONS = 16 };

size_t
LLVMFuzzerCustomMutator (uint8_t *data, size_t size, size_t capacity, unsigned seed)
{
  if (seed % 2 == 0 || size < OPTIONS)
    return LLVMFuzzerMutate (data, size, capacity);
  for (size_t done = LLVMFuzzerMutate (data, OPTIONS, OPTIONS); done < OPTIONS; done++)
    data[done] = 0;

  return size;
}
