/* How libFuzzer changes a weights file: as bytes, or the header or the data alone, with a length
 * that fits the header. A change in any byte would make most headers no JSON, or too long. */
#include "fuzz.h"

size_t LLVMFuzzerMutate (uint8_t *data, size_t size, size_t capacity);
size_t LLVMFuzzerCustomMutator (uint8_t *data, size_t size, size_t capacity, unsigned seed);

static void
store_length (uint8_t *data, uint64_t length)
{
  for (int i = 0; i < 8; i++)
    data[i] = (uint8_t) (length >> 8 * i);
}

static uint64_t
load_length (const uint8_t *data)
{
  uint64_t length = 0;

  for (int i = 0; i < 8; i++)
    length |= (uint64_t) data[i] << 8 * i;

  return length;
}

size_t
LLVMFuzzerCustomMutator (uint8_t *data, size_t size, size_t capacity, unsigned seed)
{
  uint8_t *header = data + 8;
  uint8_t *tail;
  size_t length, rest, room;

  if (seed % 8 == 0 || size < 8 || load_length (data) > size - 8 || capacity < size)
    return LLVMFuzzerMutate (data, size, capacity);
  length = (size_t) load_length (data);
  rest = size - 8 - length;
  if (seed % 8 == 1)
    return 8 + length + LLVMFuzzerMutate (header + length, rest, capacity - 8 - length);

  tail = malloc (rest + 1);
  if (!tail)
    return size;
  memcpy (tail, header + length, rest);
  room = capacity - 8 - rest;
  length = LLVMFuzzerMutate (header, length, room);
  memcpy (header + length, tail, rest);
  free (tail);
  store_length (data, length);

  return 8 + length + rest;
}
