/* The calls whose memory is refused: see calls.c. */
#ifndef CALLS_H
#define CALLS_H

#include <adain.h>

enum { RESULT_BYTES = 4 << 20 };

typedef struct call {
  const char *name;
  int loads; /* whether it loads the model itself */
  /* The first status that is not ADAIN_OK; everything it made is freed again. */
  adain_status (*run) (const char *model_path, adain_model *model, unsigned char *result);
} call;

/* Ends with one without a name. */
extern const call calls[];

/* Make their pictures. Returns whether that failed. */
int calls_prepare (void);

#endif
