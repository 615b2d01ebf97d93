/* How libFuzzer changes a style file: as bytes, mostly with the checksum and the number of channels
 * made right again, without which nothing behind them would be reached. */
#include "fuzz.h"

size_t LLVMFuzzerMutate (uint8_t *data, size_t size, size_t capacity);
size_t LLVMFuzzerCustomMutator (uint8_t *data, size_t size, size_t capacity, unsigned seed);

enum { HEADER = 24, CHECKSUM = 8, COUNT = 12 };

static void
combine (uint64_t *value, uint64_t word)
{
  *value = (*value ^ word) * 0x1000001B3u;
  *value ^= *value >> 29;
}

static uint64_t
load (const uint8_t *bytes)
{
  uint64_t word = 0;

  for (int i = 0; i < 8; i++)
    word |= (uint64_t) bytes[i] << 8 * i;

  return word;
}

/* `Fingerprint` in Sources/AdaIN/Weights, of a whole number of words. */
static uint64_t
checksum (const uint8_t *data, size_t size)
{
  uint64_t value = 0xCBF29CE484222325u;

  combine (&value, size);
  for (size_t i = 0; i < size; i += 8)
    combine (&value, load (data + i));

  return value;
}

size_t
LLVMFuzzerCustomMutator (uint8_t *data, size_t size, size_t capacity, unsigned seed)
{
  uint64_t sum;

  size = LLVMFuzzerMutate (data, size, capacity);
  if (seed % 4 == 0 || size < HEADER + CHECKSUM + 8)
    return size;

  size -= size % 8;
  if (seed % 4 > 1)
    for (int i = 0; i < 4; i++)
      data[COUNT + i] = (uint8_t) ((size - HEADER - CHECKSUM) / 8 >> 8 * i);
  sum = checksum (data, size - CHECKSUM);
  for (int i = 0; i < CHECKSUM; i++)
    data[size - CHECKSUM + i] = (uint8_t) (sum >> 8 * i);

  return size;
}
