/* Whole pictures in one call: stylised, reduced, recoloured. */
#include "interface.h"

void
stylise (const call *call)
{
  adain_options *options = call_options (call);
  picture content, result;

  call_picture (call, &content);
  call_result (call, &result);
  if (call->number & 1)
    result.pixels.width++; /* of another size than the content's */
  if (call->number & 2)
    content.pixels.height--;
  call_end (adain_stylise (handle (MODEL, call->handle), &content.pixels,
                           handle (STYLE, call->other), options,
                           call->number & 4 ? &content.pixels : &result.pixels));
  if (call->number & 4)
    content.row = content.stride; /* written where its view says */
  picture_free (&content);
  picture_free (&result);
  free_options (call, options);
}

void
reduce (const call *call)
{
  picture picture, result;

  call_picture (call, &picture);
  picture_make (&result, call->x % 64 + 1u, call->y % 64 + 1u, call->result, call->result_fault, 0);
  call_end (adain_reduce (&picture.pixels, call->number & 1, &result.pixels));
  picture_free (&picture);
  picture_free (&result);
}

void
keep_colours (const call *call)
{
  picture content, stylised, result;

  call_picture (call, &content);
  picture_make (&stylised, call->width + 1u, call->height % 96 + 1u, call->x, call->y,
                call->number);
  call_result (call, &result);
  call_end (adain_keep_colours (&content.pixels, &stylised.pixels,
                                call->extra & 1 ? &stylised.pixels : &result.pixels));
  if (call->extra & 1)
    stylised.row = stylised.stride;
  picture_free (&content);
  picture_free (&stylised);
  picture_free (&result);
}

void
new_colours (const call *call)
{
  adain_colours *made = NOTHING (call);
  adain_status status = adain_colours_new (RESULT (call, made));

  call_end (status);
  keep (COLOURS, call, status, made);
}

void
add_colours (const call *call)
{
  picture rows;

  call_picture (call, &rows);
  call_end (adain_colours_add (handle (COLOURS, call->handle), &rows.pixels));
  picture_free (&rows);
}

void
recolour (const call *call)
{
  picture painting, result;

  call_picture (call, &painting);
  call_result (call, &result);
  call_end (adain_colours_recolour (handle (COLOURS, call->handle),
                                    (adain_colour_mode) (call->number % 8 - 1), &painting.pixels,
                                    call->extra & 1 ? &painting.pixels : &result.pixels));
  if (call->extra & 1)
    painting.row = painting.stride;
  picture_free (&painting);
  picture_free (&result);
}

void
new_smoothing (const call *call)
{
  adain_smoothing *made = NOTHING (call);
  adain_status status
    = adain_smoothing_new (call->number & 1 ? call->x : call->width + 1u, call->height % 96 + 1u,
                           call->strength / 200.0f, RESULT (call, made));

  call_end (status);
  keep (SMOOTHING, call, status, made);
}

void
smooth (const call *call)
{
  picture content, stylised;

  call_picture (call, &content);
  call_result (call, &stylised);
  call_end (adain_smoothing_apply (handle (SMOOTHING, call->handle), &content.pixels,
                                   call->number & 1 ? &content.pixels : &stylised.pixels));
  picture_free (&content);
  picture_free (&stylised);
}
