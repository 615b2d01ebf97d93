/* Progress rises from 0 to 1 and can cancel at every step. */
#include "check.h"

typedef struct watch {
  double last;
  int calls;
  int cancel_at; /* the call that cancels; 0 for none */
  int fell;
} watch;

static int
on_progress (double done, void *data)
{
  watch *w = (watch *) data;

  if (done < w->last || done < 0 || done > 1)
    w->fell = 1;
  w->last = done;
  w->calls++;
  return w->calls == w->cancel_at;
}

void
test_progress (const fixture *f)
{
  adain_pixels picture = make_pixels (200, 150, ADAIN_FORMAT_U8, 3, 40);
  adain_pixels result = make_pixels (200, 150, ADAIN_FORMAT_U8, 3, 41);
  adain_options options = ADAIN_OPTIONS_INIT;
  watch w = { 0, 0, 0, 0 };
  int calls, i;

  options.progress = on_progress;
  options.progress_data = &w;
  CHECK (adain_stylise (f->model, &picture, f->style, &options, &result) == ADAIN_OK);
  CHECK (w.last > 0.999 && w.calls > 10 && !w.fell);

  calls = w.calls;
  for (i = 1; i <= calls; i++) {
    memset (&w, 0, sizeof w);
    w.cancel_at = i;
    CHECK_FAILS (adain_stylise (f->model, &picture, f->style, &options, &result),
                 ADAIN_ERROR_CANCELLED, "cancelled");
    CHECK (w.calls == i);
  }
  CHECK (adain_stylise (f->model, &picture, f->style, NULL, &result) == ADAIN_OK);
  free (picture.data);
  free (result.data);
}
