/* An allocator that can say no: see allocator.c. */
#ifndef ALLOCATOR_H
#define ALLOCATOR_H

#include <stddef.h>

/* From now on requests of `large` bytes or more are counted from 1, and number `refused` is refused;
 * with `onwards` those after it, too. 0 refuses none. */
void allocator_refuse (size_t large, long refused, int onwards);

/* Refuse nothing any more. Returns how many large requests there were. */
long allocator_stop (void);

#endif
