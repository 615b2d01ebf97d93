/* Where handles are kept from one call to the next, and given back. */
#include "interface.h"

void *places[KINDS][PLACES];
void *const nothing = &places;

void *
handle (enum kind kind, uint8_t byte)
{
  if (byte >= 0xF0)
    kind = (kind + 1 + (byte >> 2 & 3)) % KINDS;

  return places[kind][byte % PLACES];
}

void
drop (enum kind kind, uint8_t byte)
{
  void **place = &places[kind][byte % PLACES];

  switch (kind) {
  case MODEL:
    adain_model_unref (*place);
    break;
  case STYLE:
    adain_style_unref (*place);
    break;
  case CONTENT:
    adain_content_unref (*place);
    break;
  case COMPOSITION:
    adain_composition_unref (*place);
    break;
  case ANALYSIS:
    adain_analysis_free (*place);
    break;
  case RENDERING:
    adain_rendering_free (*place);
    break;
  case SMOOTHING:
    adain_smoothing_free (*place);
    break;
  default:
    adain_colours_free (*place);
  }
  *place = NULL;
}

void
keep (enum kind kind, const call *call, adain_status status, void *made)
{
  REQUIRE ((status == ADAIN_OK) == (made != NULL));
  drop (kind, call->into);
  places[kind][call->into % PLACES] = made;
}

/* One more, for another place. */
void
share (const call *call)
{
  enum kind kind = call->number % KINDS;
  void *from = places[kind][call->handle % PLACES];
  void *same = from;

  if (&places[kind][call->into % PLACES] == &places[kind][call->handle % PLACES])
    return;
  switch (kind) {
  case MODEL:
    same = adain_model_ref (from);
    break;
  case STYLE:
    same = adain_style_ref (from);
    break;
  case CONTENT:
    same = adain_content_ref (from);
    break;
  case COMPOSITION:
    same = adain_composition_ref (from);
    break;
  default:
    return; /* have one owner */
  }
  REQUIRE (same == from);
  drop (kind, call->into);
  places[kind][call->into % PLACES] = same;
}

void
unref (const call *call)
{
  drop (call->number % KINDS, call->handle);
}
