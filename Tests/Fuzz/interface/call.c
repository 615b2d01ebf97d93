/* The arguments that a call's bytes say. */
#include "interface.h"

#include <math.h>

enum { FILLED = 0xA5 };

static void
spoil (adain_pixels *pixels, uint8_t fault)
{
  switch (fault) {
  case DATA_NULL:
    pixels->data = NULL;
    break;
  case DATA_MISALIGNED:
    /* One row less, so that bytes, which have no alignment, lie inside. */
    if (pixels->height > 1) {
      pixels->data = (char *) pixels->data + 1;
      pixels->height--;
    }
    break;
  case WIDTH_0:
    pixels->width = 0;
    break;
  case WIDTH_HUGE:
    pixels->width = UINT32_MAX;
    break;
  case HEIGHT_0:
    pixels->height = 0;
    break;
  case HEIGHT_HUGE:
    pixels->height = UINT32_MAX;
    break;
  case STRIDE_SHORT:
    pixels->stride = pixels->width > 1 ? 1 : pixels->stride;
    break;
  case STRIDE_ODD:
    if (pixels->format != ADAIN_FORMAT_U8)
      pixels->stride++;
    break;
  case STRIDE_OVERFLOWS:
    pixels->stride = pixels->height > 1 ? (size_t) 1 << 62 : pixels->stride;
    pixels->height = pixels->height > 1 ? 1000000 : pixels->height;
    break;
  case STRIDE_LARGEST:
    pixels->stride = SIZE_MAX;
    break;
  case CHANNELS_0:
    pixels->channels = 0;
    break;
  case CHANNELS_HUGE:
    pixels->channels = UINT32_MAX;
    break;
  case FORMAT_NEGATIVE:
    pixels->format = (adain_format) -1;
    break;
  default:
    break;
  }
}

void
picture_make (picture *picture, uint32_t width, uint32_t height, uint8_t view, uint8_t fault,
              uint8_t fill)
{
  static const uint32_t channels[] = { 3, 1, 4, 2 }; /* 2 is none that there is, as is format 3 */
  adain_pixels *pixels = &picture->pixels;
  size_t sample = (size_t) 1 << (view & 3);
  uint32_t state = fill;

  pixels->width = width;
  pixels->height = height;
  pixels->format = (adain_format) (view & 3);
  pixels->channels = channels[view >> 2 & 3];
  picture->row = width * pixels->channels * sample;
  picture->stride = picture->row + (view >> 4 & 3) * sample;
  pixels->stride = picture->stride == picture->row ? 0 : picture->stride;
  /* The last row needs no more than its pixels. */
  picture->size = picture->stride * (height - 1) + picture->row;
  picture->memory = fuzz_allocate (picture->size);
  memset (picture->memory, FILLED, picture->size);
  for (uint32_t y = 0; y < height && fill; y++)
    for (size_t i = 0; i < picture->row; i++) {
      state = state * 1664525u + 1013904223u;
      picture->memory[y * picture->stride + i] = (uint8_t) (state >> 24);
    }
  /* Random bits would make hardly any picture of finite numbers. */
  if (pixels->format == ADAIN_FORMAT_F32 && fill % 8)
    for (uint32_t y = 0; y < height; y++)
      for (size_t i = 3; i < picture->row; i += 4)
        picture->memory[y * picture->stride + i] = 0x3F;
  pixels->data = picture->memory;
  spoil (pixels, fault);
  if (pixels->data && pixels->data != picture->memory)
    picture->row = picture->stride; /* its rows end elsewhere */
}

void
picture_free (picture *picture)
{
  for (size_t i = 0; i < picture->size; i++)
    REQUIRE (i % picture->stride < picture->row || picture->memory[i] == FILLED);
  fuzz_free (picture->memory, picture->size);
}

void
call_picture (const call *call, picture *picture)
{
  picture_make (picture, call->width + 1u, call->height % 96 + 1u, call->view, call->fault,
                call->fill);
}

void
call_result (const call *call, picture *picture)
{
  picture_make (picture, call->width + 1u, call->height % 96 + 1u, call->result, call->result_fault,
                0);
}

/* ---- Progress ------------------------------------------------------------------------ */

/* Options of an analysis hold for all of it, so this outlives calls. */
static struct {
  double last;
  int left; /* calls until one cancels; negative: never */
  int cancelled;
  int inside;
} progress;

static int
on_progress (double done, void *data)
{
  REQUIRE (data == &progress);
  REQUIRE (!__atomic_exchange_n (&progress.inside, 1, __ATOMIC_ACQ_REL));
  REQUIRE (done >= progress.last && done <= 1);
  progress.last = done;
  if (progress.left > 0 && --progress.left == 0)
    progress.cancelled = 1;
  __atomic_store_n (&progress.inside, 0, __ATOMIC_RELEASE);

  return progress.cancelled;
}

void
call_begin (const call *call)
{
  progress.last = 0;
  progress.left = call->cancel ? call->cancel : -1;
  progress.cancelled = 0;
}

unsigned long call_statuses[16];

void
call_end (adain_status status)
{
  call_statuses[status]++;
  REQUIRE (strcmp (adain_status_name (status), "unknown") != 0);
  REQUIRE (status != ADAIN_ERROR_INTERNAL);
  REQUIRE (progress.cancelled == (status == ADAIN_ERROR_CANCELLED));
  if (status)
    REQUIRE (adain_last_error ()[0]);
}

/* ---- Options ------------------------------------------------------------------------- */

static float
strength (uint8_t byte)
{
  switch (byte) {
  case 255:
    return (float) NAN;
  case 254:
    return INFINITY;
  case 253:
    return -0.25f;
  default:
    return byte / 200.0f; /* up to 1.26 */
  }
}

static const size_t option_sizes[] = { sizeof (adain_options), offsetof (adain_options, stroke),
                                       offsetof (adain_options, feature_memory), 8 };

void
free_options (const call *call, adain_options *options)
{
  if (options)
    fuzz_free (options, option_sizes[call->options & 3]);
}

/* Bits 0–1: the struct's size; 2–4: threads; 5: progress; 6–7: feature memory. */
adain_options *
call_options (const call *call)
{
  static const int32_t threads[] = { 1, 0, 2, 3, 1, 1, -1, 1025 };
  static const size_t memory[] = { 0, 1, 40000, SIZE_MAX };
  static const double details[] = { 0, 0.3, ADAIN_DETAIL_NONE, 1, 1.5 };
  adain_options all = ADAIN_OPTIONS_INIT;
  adain_options *options;

  if (!call->options)
    return NULL;
  all.struct_size = option_sizes[call->options & 3];
  all.strength = strength (call->strength);
  all.threads = threads[call->options >> 2 & 7];
  if (call->options >> 5 & 1) {
    all.progress = on_progress;
    all.progress_data = &progress;
  }
  all.feature_memory = memory[call->options >> 6];
  all.stroke = call->stroke == 255 ? (float) NAN : call->stroke / 3.0f;
  all.detail = details[call->stroke % 5];
  options = fuzz_allocate (all.struct_size);
  memcpy (options, &all, all.struct_size);
  /* A program built with a header that is newer than the library. */
  if (call->extra == 255 && all.struct_size == sizeof all)
    options->struct_size = SIZE_MAX;

  return options;
}
