/* Styles: saved, loaded, mixed, refused. */
#include "check.h"

#include <unistd.h>

static int
same (const adain_style *a, const adain_style *b)
{
  unsigned char x[8192], y[8192];
  size_t m, n;

  return adain_style_save_memory (a, x, sizeof x, &m) == ADAIN_OK
    && adain_style_save_memory (b, y, sizeof y, &n) == ADAIN_OK && m == n && memcmp (x, y, n) == 0;
}

static void
files (const fixture *f)
{
  unsigned char bytes[8192];
  char path[1024];
  adain_style *loaded = NULL;
  size_t size, i;

  CHECK (adain_style_save_memory (f->style, NULL, 0, &size) == ADAIN_OK);
  CHECK (size == 24 + 8 * 32 + 8);
  CHECK_FAILS (adain_style_save_memory (f->style, bytes, size - 1, &size), ADAIN_ERROR_ARGUMENT,
               "capacity");
  CHECK (adain_style_save_memory (f->style, bytes, sizeof bytes, &size) == ADAIN_OK);
  CHECK (adain_style_load_memory (bytes, size, &loaded) == ADAIN_OK && same (loaded, f->style));
  adain_style_unref (loaded);

  for (i = 0; i < size; i++)
    if (adain_style_load_memory (bytes, i, &loaded) != ADAIN_ERROR_FORMAT)
      break;
  CHECK (i == size);
  for (i = 0; i < size * 8; i++) {
    bytes[i / 8] ^= (unsigned char) (1 << i % 8);
    if (adain_style_load_memory (bytes, size, &loaded) != ADAIN_ERROR_FORMAT)
      break;
    bytes[i / 8] ^= (unsigned char) (1 << i % 8);
  }
  CHECK (i == size * 8);

  snprintf (path, sizeof path, "%s/a.style", f->folder);
  CHECK (adain_style_save_file (f->style, path) == ADAIN_OK);
  CHECK (adain_style_save_file (f->style, path) == ADAIN_OK);
  CHECK (adain_style_load_file (path, &loaded) == ADAIN_OK && same (loaded, f->style));
  adain_style_unref (loaded);
  /* A name is bytes: Latin-1, and a slash that an accent follows. */
  snprintf (path, sizeof path, "%s/caf\xe9.style", f->folder);
  CHECK (adain_style_save_file (f->style, path) == ADAIN_OK && access (path, R_OK) == 0);
  CHECK (adain_style_load_file (path, &loaded) == ADAIN_OK && same (loaded, f->style));
  adain_style_unref (loaded);
  snprintf (path, sizeof path, "%s/\xcc\x81.style", f->folder);
  CHECK (adain_style_save_file (f->style, path) == ADAIN_OK && access (path, R_OK) == 0);
  CHECK_FAILS (adain_style_save_file (f->style, "/nonexistent/a.style"), ADAIN_ERROR_IO,
               "/nonexistent/a.style: cannot be created");
  CHECK_FAILS (adain_style_load_file ("/nonexistent/a.style", &loaded), ADAIN_ERROR_IO,
               "/nonexistent/a.style");
}

static void
mixing (const fixture *f)
{
  adain_pixels painting = make_pixels (40, 40, ADAIN_FORMAT_U8, 3, 20);
  adain_pixels result = make_pixels (40, 40, ADAIN_FORMAT_U8, 3, 21);
  adain_style *second = NULL, *foreign = NULL, *mixed = NULL;
  adain_style *pair[2];
  float weights[2] = { 0.25f, 0.75f };

  CHECK (adain_style_from_pixels (f->model, &painting, NULL, &second) == ADAIN_OK);
  CHECK (adain_style_from_pixels (f->other_model, &painting, NULL, &foreign) == ADAIN_OK);

  pair[0] = pair[1] = f->style;
  CHECK (adain_style_mix (pair, weights, 2, &mixed) == ADAIN_OK && same (mixed, f->style));
  adain_style_unref (mixed);
  pair[1] = second;
  CHECK (adain_style_mix (pair, NULL, 2, &mixed) == ADAIN_OK && !same (mixed, f->style)
         && !same (mixed, second));
  adain_style_unref (mixed);
  weights[0] = 0;
  CHECK (adain_style_mix (pair, weights, 2, &mixed) == ADAIN_OK && same (mixed, second));
  adain_style_unref (mixed);
  weights[1] = 0;
  CHECK_FAILS (adain_style_mix (pair, weights, 2, &mixed), ADAIN_ERROR_ARGUMENT,
               "weights: all are 0");
  weights[1] = -1;
  CHECK_FAILS (adain_style_mix (pair, weights, 2, &mixed), ADAIN_ERROR_ARGUMENT,
               "weights: weight 1 is -1");
  weights[1] = weights[0] / weights[0];
  CHECK_FAILS (adain_style_mix (pair, weights, 2, &mixed), ADAIN_ERROR_ARGUMENT,
               "weights: weight 1 is ");

  pair[1] = foreign;
  CHECK_FAILS (adain_style_mix (pair, NULL, 2, &mixed), ADAIN_ERROR_MISMATCH, "encoders");
  CHECK_FAILS (adain_stylise (f->model, &painting, foreign, NULL, &result), ADAIN_ERROR_MISMATCH,
               "another encoder");

  adain_style_unref (second);
  adain_style_unref (foreign);
  free (painting.data);
  free (result.data);
}

void
test_styles (const fixture *f)
{
  files (f);
  mixing (f);
}
