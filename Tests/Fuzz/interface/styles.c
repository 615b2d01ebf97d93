/* Models and styles: made, mixed, saved, loaded. */
#include "interface.h"

/* The narrow model; with `number` one of its last bytes changed, which is another decoder, or a first
 * one: another encoder, or a header that is none; or the fast one. */
void
load_model (const call *call)
{
  size_t size;
  const uint8_t *narrow_bytes = fuzz_model (&size);
  uint8_t *bytes = malloc (size);
  adain_model *made = NOTHING (call);
  adain_status status;

  REQUIRE (bytes);
  memcpy (bytes, narrow_bytes, size);
  if (call->number & 1)
    bytes[size - 1 - call->count] ^= 1;
  if (call->number & 2)
    bytes[4096 + call->count] ^= 1;
  if (call->number & 4)
    bytes[call->count] ^= 1;
  if (call->number & 8)
    size = size * call->count / 256;
  if (call->number & 128)
    status = adain_model_named ("fast", RESULT (call, made));
  else if (call->number & 16)
    status = adain_model_load_file (fuzz_file (bytes, size), RESULT (call, made));
  else
    status = adain_model_load_memory (call->number & 32 ? NULL : bytes,
                                      call->number & 64 ? SIZE_MAX : size, RESULT (call, made));
  free (bytes);
  call_end (status);
  keep (MODEL, call, status, made);
}

void
ask (const call *call)
{
  uint32_t width = 1, height = 1;
  uint32_t sizes[] = { call->width * 65537u, call->height * 16777217u, call->number };

  REQUIRE (adain_model_architecture (handle (MODEL, call->handle)));
  width = adain_content_width (handle (CONTENT, call->handle));
  height = adain_content_height (handle (CONTENT, call->handle));
  REQUIRE ((width == 0) == (height == 0));
  adain_fitted_size (sizes[0], sizes[1], sizes[2], call->extra & 1, call->count & 1 ? NULL : &width,
                     call->count & 2 ? NULL : &height);
  if (!(call->count & 3))
    REQUIRE (width <= sizes[0] && height <= sizes[1]);
  REQUIRE ((adain_named_style_name (call->count) != NULL)
           == (call->count < adain_named_style_count ()));
  adain_named_style_title (SIZE_MAX - call->count);
  REQUIRE ((adain_named_model_name (call->count) != NULL)
           == (call->count < adain_named_model_count ()));
  REQUIRE (adain_status_name ((adain_status) (call->number - 128)));
  REQUIRE (adain_last_error () && adain_version () && adain_kernel ());
  REQUIRE (adain_model_embedded (NULL) == ADAIN_ERROR_ARGUMENT);
}

void
style_from_pixels (const call *call)
{
  picture painting;
  adain_options *options = call_options (call);
  adain_style *made = NOTHING (call);
  adain_status status;

  call_picture (call, &painting);
  status = adain_style_from_pixels (handle (MODEL, call->handle), &painting.pixels, options,
                                    RESULT (call, made));
  picture_free (&painting);
  free_options (call, options);
  call_end (status);
  keep (STYLE, call, status, made);
}

/* All places in turn, with weights of which some are none. */
void
mix (const call *call)
{
  static const size_t wrong[] = { 0, SIZE_MAX, 65537, (size_t) 1 << 63 };
  size_t count = call->count % 64 + 1u;
  adain_style **styles = malloc (count * sizeof *styles);
  float *weights = malloc (count * sizeof *weights);
  adain_style *made = NOTHING (call);
  adain_status status;

  REQUIRE (styles && weights);
  for (size_t i = 0; i < count; i++) {
    styles[i] = handle (STYLE, (uint8_t) (call->handle + (call->other & 1) * i));
    weights[i] = ((call->number + 7 * i) % 256 - 1) / 16.0f;
  }
  if (call->number == 255)
    memset (weights, 0xFF, sizeof *weights);
  status = adain_style_mix (call->other & 2 ? NULL : styles, call->other & 4 ? weights : NULL,
                            call->other & 8 ? wrong[call->count % 4] : count, RESULT (call, made));
  free (styles);
  free (weights);
  call_end (status);
  keep (STYLE, call, status, made);
}

/* To bytes and back, with one of them changed or not enough of them. */
void
save_and_load (const call *call)
{
  adain_style *style = handle (STYLE, call->handle);
  adain_style *made = NOTHING (call);
  size_t size = 0;
  adain_status status = adain_style_save_memory (style, NULL, 0, &size);
  uint8_t *bytes;

  call_end (status);
  REQUIRE (adain_style_save_memory (style, NULL, call->number, NULL) == ADAIN_ERROR_ARGUMENT);
  if (status)
    return;
  REQUIRE (bytes = malloc (size));
  REQUIRE (adain_style_save_memory (style, bytes, size - 1, &size) == ADAIN_ERROR_ARGUMENT);
  REQUIRE (adain_style_save_memory (style, bytes, size, &size) == ADAIN_OK);
  if (call->number & 1)
    bytes[call->count % size] ^= call->extra;
  if (call->number & 2)
    size -= call->count % size;
  if (call->number & 4)
    status = adain_style_load_file (fuzz_file (bytes, size), RESULT (call, made));
  else
    status = adain_style_load_memory (call->number & 8 ? NULL : bytes,
                                      call->number & 16 ? SIZE_MAX : size, RESULT (call, made));
  free (bytes);
  call_end (status);
  keep (STYLE, call, status, made);
}

/* A built-in style, or a name that is none; no model here is of their encoder. */
void
named_style (const call *call)
{
  const char *name = adain_named_style_name (call->count % 32);
  char typed[8] = { (char) call->number, (char) call->x, (char) call->y, 0 };
  adain_style *made = NOTHING (call);
  adain_status status;

  name = name ? name : call->number ? typed : NULL;
  if (call->extra & 1)
    status = adain_style_named_for (handle (MODEL, call->handle), name, RESULT (call, made));
  else
    status = adain_style_named (name, RESULT (call, made));

  call_end (status);
  keep (STYLE, call, status, made);
}

/* Files that cannot be read or written, and names that are none. */
void
paths (const call *call)
{
  static const char *const paths[]
    = { NULL, "", "/", "/nonexistent/x", "/dev/null", "/nonexistent/\xff", "/proc/self/fd/99999" };
  const char *path = paths[call->number % 7];
  adain_model *model = NULL;
  adain_style *style = NULL;
  char typed[3] = { (char) call->x, (char) call->y, 0 };
  adain_status status = adain_model_load_file (path, &model);

  call_end (status);
  REQUIRE (status && !model);
  status = adain_model_open (call->extra & 1 ? typed : path, &model);
  call_end (status);
  REQUIRE (status && !model);
  status = adain_model_named (call->extra & 2 ? typed : path, &model);
  call_end (status);
  REQUIRE (status && !model);
  status = adain_style_load_file (path, &style);
  call_end (status);
  REQUIRE (status && !style);
  if (call->number % 7 != 4)
    REQUIRE (adain_style_save_file (handle (STYLE, call->handle), path) != ADAIN_OK);
}
