/* How libFuzzer changes a weights file: as bytes, or the header, one of its numbers or the data
 * alone, with a length that fits the header, and often with as much data as that asks for. A change in any byte would
 * make most headers no JSON, or too long, and most data too few or too many. */
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

static int
is_digit (uint8_t byte)
{
  return byte >= '0' && byte <= '9';
}

/* Another number in place of one, a little more or less, behind a random place. Its length stays. */
static void
change_number (uint8_t *header, size_t length, unsigned seed)
{
  size_t start = length ? seed / 64 % length : 0, end;
  unsigned change = seed / 8 % 8;

  while (start < length && !is_digit (header[start]))
    start++;
  for (end = start; end < length && is_digit (header[end]);)
    end++;
  if (start == end)
    return;
  /* Up to three more, or up to four less, with the carry. */
  for (unsigned i = 0; i < (change < 4 ? change : change - 3); i++)
    for (size_t digit = end; digit-- > start;) {
      header[digit] += change < 4 ? 1 : -1;
      if (is_digit (header[digit]))
        break;
      header[digit] = change < 4 ? '0' : '9';
    }
}

/* The end of the data as the header has it: the largest second number of any data_offsets. */
static size_t
data_end (const uint8_t *header, size_t length)
{
  static const char name[] = "data_offsets\":[";
  size_t end = 0;

  for (size_t i = 0; i + sizeof name < length; i++)
    if (memcmp (header + i, name, sizeof name - 1) == 0) {
      size_t number = 0;

      i += sizeof name - 1;
      while (i < length && header[i] != ',')
        i++;
      while (++i < length && is_digit (header[i]) && number < 1 << 24)
        number = 10 * number + (header[i] - '0');
      end = number > end ? number : end;
    }

  return end;
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
  if (seed % 8 < 4)
    length = LLVMFuzzerMutate (header, length, room);
  else
    change_number (header, length, seed * 2654435761u);
  memcpy (header + length, tail, rest);
  free (tail);
  store_length (data, length);

  if (seed % 2) {
    size_t end = data_end (header, length);

    if (end > rest && end <= capacity - 8 - length)
      memset (header + length + rest, 0, end - rest);
    if (end <= capacity - 8 - length)
      rest = end;
  }

  return 8 + length + rest;
}
