/* Pictures analysed, composed and rendered. */
#include "interface.h"

void
analyse (const call *call)
{
  picture picture;
  adain_options *options = call_options (call);
  adain_content *made = NOTHING (call);
  adain_status status;

  call_picture (call, &picture);
  status = adain_content_analyse (handle (MODEL, call->handle), &picture.pixels, options,
                                  RESULT (call, made));
  picture_free (&picture);
  free_options (call, options);
  call_end (status);
  keep (CONTENT, call, status, made);
}

void
begin_analysis (const call *call)
{
  static const uint32_t sides[] = { 0, UINT32_MAX, 10000001, 100000, 5000 };
  adain_options *options = call_options (call);
  adain_analysis *made = NOTHING (call);
  uint32_t width = call->width + 1u;
  uint32_t height = call->height % 96 + 1u;
  adain_status status;

  if (call->number & 1)
    width = sides[call->count % 5];
  if (call->number & 2)
    height = sides[call->count / 5 % 5];
  status = adain_analysis_begin (handle (MODEL, call->handle), width, height, options,
                                 RESULT (call, made));
  free_options (call, options);
  call_end (status);
  keep (ANALYSIS, call, status, made);
}

void
push (const call *call)
{
  picture rows;

  call_picture (call, &rows);
  call_end (adain_analysis_push (handle (ANALYSIS, call->handle), &rows.pixels));
  picture_free (&rows);
}

void
finish (const call *call)
{
  adain_content *made = NOTHING (call);
  adain_options *options = call_options (call);
  adain_style *style = (adain_style *) handle (STYLE, call->number);
  adain_status status
    = adain_analysis_finish (handle (ANALYSIS, call->handle), RESULT (call, made));

  /* A broad brush's is painted instead. */
  if (status == ADAIN_ERROR_ORDER)
    status = adain_analysis_paint (handle (ANALYSIS, call->handle), &style, 1, NULL, 0,
                                   ADAIN_STATISTICS_REGIONS, options, RESULT (call, made));
  free_options (call, options);
  call_end (status);
  keep (CONTENT, call, status, made);
}

void
render (const call *call)
{
  adain_options *options = call_options (call);
  picture result;

  call_result (call, &result);
  if (call->number & 1)
    call_end (adain_composition_render (handle (COMPOSITION, call->handle), options, call->x,
                                        call->y, &result.pixels));
  else
    call_end (adain_content_render (handle (CONTENT, call->handle), handle (STYLE, call->other),
                                    options, call->x, call->y, &result.pixels));
  picture_free (&result);
  free_options (call, options);
}

/* Up to sixteen masks of many sizes and the styles of all places in turn. */
void
compose (const call *call)
{
  static const size_t wrong[] = { 0, SIZE_MAX, 257, 300 };
  size_t count = call->count % 16 + 1u;
  adain_style **styles = malloc (count * sizeof *styles);
  adain_pixels *masks = malloc (count * sizeof *masks);
  picture pictures[16];
  adain_options *options = call_options (call);
  adain_composition *made = NOTHING (call);
  adain_status status;

  REQUIRE (styles && masks);
  for (size_t i = 0; i < count; i++) {
    /* Grey, unless something is wrong with them. */
    uint8_t view = call->number & 8 ? call->view : (call->view & 0x33) | 4;

    styles[i] = handle (STYLE, (uint8_t) (call->other + (call->extra & 1) * i));
    picture_make (&pictures[i], (call->width + 37u * i) % 256 + 1, (call->height + 5u * i) % 64 + 1,
                  view, call->fault, (uint8_t) (call->fill + i));
    masks[i] = pictures[i].pixels;
  }
  status = adain_composition_new (
    handle (CONTENT, call->handle), call->number & 1 ? NULL : styles,
    call->number & 2 ? wrong[call->count % 4] : count, call->number & 16 ? NULL : masks,
    call->number & 32     ? count - 1
      : call->number & 64 ? count + 1
                          : count,
    (adain_statistics) (call->x % 4 - 1), options, RESULT (call, made));
  for (size_t i = 0; i < count; i++)
    picture_free (&pictures[i]);
  free (styles);
  free (masks);
  free_options (call, options);
  call_end (status);
  keep (COMPOSITION, call, status, made);
}

void
begin_rendering (const call *call)
{
  adain_options *options = call_options (call);
  adain_rendering *made = NOTHING (call);
  adain_status status;

  if (call->number & 1)
    status = adain_composition_rendering (handle (COMPOSITION, call->handle), options,
                                          RESULT (call, made));
  else
    status = adain_rendering_begin (handle (CONTENT, call->handle), handle (STYLE, call->other),
                                    options, RESULT (call, made));
  free_options (call, options);
  call_end (status);
  keep (RENDERING, call, status, made);
}

void
pull (const call *call)
{
  picture rows;

  call_result (call, &rows);
  call_end (adain_rendering_pull (handle (RENDERING, call->handle), &rows.pixels));
  picture_free (&rows);
}

/* Rows and rectangles have the same bytes. */
void
compare (const call *call)
{
  adain_content *content = places[CONTENT][call->handle % PLACES];
  adain_style *style = places[STYLE][call->other % PLACES];
  uint32_t width = adain_content_width (content), height = adain_content_height (content);
  uint32_t top = height ? call->y % height : 0, left = width ? call->x % width : 0;
  adain_rendering *rendering = NULL;
  picture rows, rectangle;
  adain_status status;

  if (!width || width * height > 65536)
    return;
  status = adain_rendering_begin (content, style, NULL, &rendering);
  call_end (status);
  if (status)
    return;
  picture_make (&rows, width, height, 0, NO_FAULT, 0);
  for (uint32_t y = 0, count; y < height; y += count) {
    adain_pixels part = rows.pixels;

    count = call->count < height - y ? call->count + 1u : height - y;
    count = count > height - y ? height - y : count;
    part.data = rows.memory + y * rows.stride;
    part.height = count;
    status = adain_rendering_pull (rendering, &part);
    REQUIRE (status == ADAIN_OK);
  }
  picture_make (&rectangle, width - left, height - top, 0, NO_FAULT, 0);
  status = adain_content_render (content, style, NULL, left, top, &rectangle.pixels);
  REQUIRE (status == ADAIN_OK);
  for (uint32_t y = 0; y < height - top; y++)
    REQUIRE (memcmp (rectangle.memory + y * rectangle.stride,
                     rows.memory + (y + top) * rows.stride + 3 * left, rectangle.row)
             == 0);
  adain_rendering_free (rendering);
  picture_free (&rows);
  picture_free (&rectangle);
}
