/* Several styles, each in its region: the simple case, and what cannot be. */
#include "check.h"

enum { WIDTH = 70, HEIGHT = 45 };

static adain_pixels
grey (unsigned char value)
{
  adain_pixels mask = make_pixels (9, 5, ADAIN_FORMAT_U8, 1, 60);

  memset (mask.data, value, 9 * 5);
  return mask;
}

static void
extremes (adain_content *content, adain_style *const *styles)
{
  adain_pixels alone = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 61);
  adain_pixels result = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 62);
  int i;

  for (i = 0; i < 2; i++) {
    adain_pixels mask = grey (i == 0 ? 255 : 0);
    adain_composition *composition = NULL;
    adain_rendering *rendering = NULL;

    CHECK (adain_content_render (content, styles[i], NULL, 0, 0, &alone) == ADAIN_OK);
    CHECK (adain_composition_new (content, styles, 2, &mask, 1, ADAIN_STATISTICS_REGIONS, NULL,
                                  &composition)
           == ADAIN_OK);
    free (mask.data); /* read during the call only */
    CHECK (adain_composition_render (composition, NULL, 0, 0, &result) == ADAIN_OK);
    CHECK (memcmp (result.data, alone.data, WIDTH * HEIGHT * 3) == 0);

    memset (result.data, 0, WIDTH * HEIGHT * 3);
    CHECK (adain_composition_rendering (composition, NULL, &rendering) == ADAIN_OK);
    adain_composition_unref (adain_composition_ref (composition));
    adain_composition_unref (composition); /* the rendering keeps what it needs */
    CHECK (adain_rendering_pull (rendering, &result) == ADAIN_OK);
    CHECK (memcmp (result.data, alone.data, WIDTH * HEIGHT * 3) == 0);
    adain_rendering_free (rendering);
  }
  free (alone.data);
  free (result.data);
}

void
test_composition (const fixture *f)
{
  adain_pixels picture = make_pixels (WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3, 63);
  adain_pixels painting = make_pixels (30, 40, ADAIN_FORMAT_U8, 3, 64);
  adain_pixels masks[2];
  adain_style *styles[2];
  adain_style *foreign = NULL;
  adain_content *content = NULL;
  adain_composition *composition = NULL;

  masks[0] = grey (200);
  masks[1] = grey (100);
  styles[0] = f->style;
  CHECK (adain_style_from_pixels (f->model, &painting, NULL, &styles[1]) == ADAIN_OK);
  CHECK (adain_style_from_pixels (f->other_model, &painting, NULL, &foreign) == ADAIN_OK);
  CHECK (adain_content_analyse (f->model, &picture, NULL, &content) == ADAIN_OK);
  extremes (content, styles);

#define NEW(content, styles, n, masks, m, statistics)                                              \
  adain_composition_new (content, styles, n, masks, m, statistics, NULL, &composition)
#define FAILS(call, text)                                                                          \
  CHECK_FAILS (call, ADAIN_ERROR_ARGUMENT, text);                                                  \
  CHECK (!composition)
  CHECK (NEW (content, styles, 2, masks, 2, ADAIN_STATISTICS_WHOLE) == ADAIN_OK);
  adain_composition_unref (composition);
  CHECK (NEW (content, styles, 1, NULL, 0, ADAIN_STATISTICS_REGIONS) == ADAIN_OK);
  adain_composition_unref (composition);
  composition = NULL;
  FAILS (NEW (NULL, styles, 2, masks, 1, ADAIN_STATISTICS_REGIONS), "content: is NULL");
  FAILS (NEW (content, NULL, 2, masks, 1, ADAIN_STATISTICS_REGIONS), "styles: is NULL");
  FAILS (NEW (content, styles, 2, NULL, 1, ADAIN_STATISTICS_REGIONS), "masks: is NULL");
  FAILS (NEW (content, styles, 0, masks, 0, ADAIN_STATISTICS_REGIONS), "style_count: is 0");
  FAILS (NEW (content, styles, (size_t) -1, masks, (size_t) -1, ADAIN_STATISTICS_REGIONS),
         "style_count");
  FAILS (NEW (content, styles, 2, masks, 0, ADAIN_STATISTICS_REGIONS), "mask_count: is 0");
  FAILS (NEW (content, styles, 2, masks, 2, (adain_statistics) 7), "statistics: is 7");
  masks[1].channels = 3;
  masks[1].width = 3;
  FAILS (NEW (content, styles, 2, masks, 2, ADAIN_STATISTICS_REGIONS), "mask 1: has 3 channels");
  masks[1].height = 0;
  FAILS (NEW (content, styles, 2, masks, 2, ADAIN_STATISTICS_REGIONS), "mask 1: the size 3 x 0");
  adain_style_unref (styles[1]);
  styles[1] = foreign;
  CHECK_FAILS (NEW (content, styles, 2, masks, 1, ADAIN_STATISTICS_REGIONS), ADAIN_ERROR_MISMATCH,
               "another encoder");
  CHECK_FAILS (adain_composition_render (NULL, NULL, 0, 0, &picture), ADAIN_ERROR_ARGUMENT,
               "composition: is NULL");
  CHECK_FAILS (
    adain_composition_new (content, styles, 1, NULL, 0, ADAIN_STATISTICS_REGIONS, NULL, NULL),
    ADAIN_ERROR_ARGUMENT, "composition: is NULL");
  adain_composition_unref (NULL);

  adain_style_unref (foreign);
  adain_content_unref (content);
  free (masks[0].data);
  free (masks[1].data);
  free (picture.data);
  free (painting.data);
}
