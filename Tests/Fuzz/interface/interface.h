/* One call of the C interface as bytes say it, and its arguments: right, or wrong in a way that the
 * library can see. */
#ifndef INTERFACE_H
#define INTERFACE_H

#include "../fuzz.h"

/* What can be wrong with a picture. */
enum fault {
  NO_FAULT,
  DATA_NULL,
  DATA_MISALIGNED,
  WIDTH_0,
  WIDTH_HUGE,
  HEIGHT_0,
  HEIGHT_HUGE,
  STRIDE_SHORT,
  STRIDE_ODD,
  STRIDE_OVERFLOWS,
  STRIDE_LARGEST,
  CHANNELS_0,
  CHANNELS_HUGE,
  FORMAT_NEGATIVE
};

/* Bytes of 0 mean the plain call: first handle, a small picture of 8-bit RGB, no options. */
typedef struct call {
  uint8_t function;
  uint8_t handle; /* see handle() in interface.c */
  uint8_t other;  /* a second one */
  uint8_t into;   /* where what is made goes */
  uint8_t width;  /* less 1 */
  uint8_t height;
  uint8_t view;   /* bits 0–1 format, 2–3 channels, 4–5 samples between rows */
  uint8_t fault;  /* what is wrong with the picture: enum fault; beyond it nothing */
  uint8_t result; /* as `view`, of a second picture */
  uint8_t result_fault;
  uint8_t fill;    /* of the picture's bytes */
  uint8_t options; /* 0: NULL; else bits, see call_options() */
  uint8_t strength;
  uint8_t stroke;
  uint8_t cancel; /* cancel at this call of the progress function; 0: never */
  uint8_t x;
  uint8_t y;
  uint8_t count;
  uint8_t number; /* whatever a function wants besides */
  uint8_t extra;
} call;

/* A picture in memory of its very size. */
typedef struct picture {
  adain_pixels pixels; /* with its fault, if any */
  uint8_t *memory;
  size_t row; /* bytes that the library may write of each */
  size_t stride;
  size_t size;
} picture;

void picture_make (picture *picture, uint32_t width, uint32_t height, uint8_t view, uint8_t fault,
                   uint8_t fill);

/* Frees it; what lies between rows is as it was. */
void picture_free (picture *picture);

/* The call's pictures, of its width and height. */
void call_picture (const call *call, picture *picture);
void call_result (const call *call, picture *picture);

/* The call's options, in memory of no more than their struct_size; NULL for none. */
adain_options *call_options (const call *call);
void free_options (const call *call, adain_options *options);

/* Before a call, and after it with what came of it. */
void call_begin (const call *call);
void call_end (adain_status status);

/* How many calls ended so. */
extern unsigned long call_statuses[];

/* ---- Handles ------------------------------------------------------------------------- */

enum kind { MODEL, STYLE, CONTENT, COMPOSITION, ANALYSIS, RENDERING, COLOURS, SMOOTHING, KINDS };
enum { PLACES = 4 };

/* Each place holds one reference, or NULL. */
extern void *places[KINDS][PLACES];

/* Bits 0–1: the place; from 0xF0 on one of another kind, if there is one there. */
void *handle (enum kind kind, uint8_t byte);

/* What a call made goes to its place; what did not succeed made nothing. */
void keep (enum kind kind, const call *call, adain_status status, void *made);

/* Give back what a place holds. */
void drop (enum kind kind, uint8_t byte);

/* Where a result goes: for some calls nowhere. What is there before is overwritten, with NULL when
 * the call fails. */
extern void *const nothing;
#define RESULT(call, made) ((call)->extra == 254 ? NULL : (void *) &(made))
#define NOTHING(call) ((call)->extra == 254 ? NULL : nothing)

/* ---- Calls ---------------------------------------------------------------------------- */

void load_model (const call *call);
void ask (const call *call);
void style_from_pixels (const call *call);
void mix (const call *call);
void save_and_load (const call *call);
void named_style (const call *call);
void paths (const call *call);
void stylise (const call *call);
void reduce (const call *call);
void keep_colours (const call *call);
void new_colours (const call *call);
void add_colours (const call *call);
void recolour (const call *call);
void new_smoothing (const call *call);
void smooth (const call *call);
void analyse (const call *call);
void begin_analysis (const call *call);
void push (const call *call);
void finish (const call *call);
void render (const call *call);
void compose (const call *call);
void begin_rendering (const call *call);
void pull (const call *call);
void compare (const call *call);
void share (const call *call);
void unref (const call *call);

#endif
