/* Videos over time: calm where nothing moves, the frame's own where something does. */
#include "check.h"

static void
fill (adain_pixels *picture, unsigned char value)
{
  memset (picture->data, value, (size_t) picture->width * picture->height * picture->channels);
}

static int
first (const adain_pixels *picture)
{
  return *(const unsigned char *) picture->data;
}

static void
frames_of (uint32_t channels)
{
  adain_pixels content = make_pixels (16, 8, ADAIN_FORMAT_U8, channels, 90);
  adain_pixels stylised = make_pixels (16, 8, ADAIN_FORMAT_U8, channels, 91);
  adain_smoothing *smoothing = NULL;

  CHECK (adain_smoothing_new (16, 8, 0.5f, &smoothing) == ADAIN_OK && smoothing);
  fill (&content, 100);
  fill (&stylised, 40);
  CHECK (adain_smoothing_apply (smoothing, &content, &stylised) == ADAIN_OK
         && first (&stylised) == 40);
  /* At rest half of the frame before stays. */
  fill (&stylised, 80);
  CHECK (adain_smoothing_apply (smoothing, &content, &stylised) == ADAIN_OK
         && first (&stylised) == 60);
  if (channels == 4)
    CHECK (((unsigned char *) stylised.data)[3] == 80); /* alpha is left alone */
  /* What moves is not held back; a cut begins anew. */
  fill (&content, 130);
  fill (&stylised, 90);
  CHECK (adain_smoothing_apply (smoothing, &content, &stylised) == ADAIN_OK
         && first (&stylised) == 90);
  fill (&content, 250);
  fill (&stylised, 10);
  CHECK (adain_smoothing_apply (smoothing, &content, &stylised) == ADAIN_OK
         && first (&stylised) == 10);
  adain_smoothing_free (smoothing);
  free (content.data);
  free (stylised.data);
}

void
test_smoothing (const fixture *f)
{
  adain_pixels frame = make_pixels (16, 8, ADAIN_FORMAT_U8, 3, 92);
  adain_pixels other = make_pixels (16, 8, ADAIN_FORMAT_U8, 3, 93);
  adain_pixels wide = make_pixels (17, 8, ADAIN_FORMAT_U8, 3, 94);
  adain_pixels deep = make_pixels (16, 8, ADAIN_FORMAT_U16, 3, 95);
  adain_pixels grey = make_pixels (16, 8, ADAIN_FORMAT_U8, 1, 96);
  adain_smoothing *smoothing = NULL;

  (void) f;
  frames_of (3);
  frames_of (4);
  adain_smoothing_free (NULL);
  CHECK_FAILS (adain_smoothing_new (16, 8, 1, &smoothing), ADAIN_ERROR_ARGUMENT,
               "amount: 1.0 is not between");
  CHECK_FAILS (adain_smoothing_new (0, 8, 0.5f, &smoothing), ADAIN_ERROR_ARGUMENT,
               "0 x 8 is empty");
  CHECK_FAILS (adain_smoothing_new (20000000, 8, 0.5f, &smoothing), ADAIN_ERROR_ARGUMENT,
               "20000000 x 8 exceeds");
  CHECK_FAILS (adain_smoothing_new (10000000, 10000000, 0.5f, &smoothing), ADAIN_ERROR_MEMORY,
               "the frames before");
  CHECK_FAILS (adain_smoothing_new (16, 8, 0.5f, NULL), ADAIN_ERROR_ARGUMENT, "smoothing: is NULL");
  CHECK (adain_smoothing_new (16, 8, 0.5f, &smoothing) == ADAIN_OK);
  CHECK_FAILS (adain_smoothing_apply (NULL, &frame, &other), ADAIN_ERROR_ARGUMENT,
               "smoothing: is NULL");
  CHECK_FAILS (adain_smoothing_apply (smoothing, NULL, &other), ADAIN_ERROR_ARGUMENT,
               "content: is NULL");
  CHECK_FAILS (adain_smoothing_apply (smoothing, &frame, &frame), ADAIN_ERROR_ARGUMENT,
               "overlaps the content");
  CHECK_FAILS (adain_smoothing_apply (smoothing, &frame, &wide), ADAIN_ERROR_ARGUMENT,
               "stylised: the size 17 x 8");
  CHECK_FAILS (adain_smoothing_apply (smoothing, &deep, &other), ADAIN_ERROR_ARGUMENT,
               "content: frames have");
  CHECK_FAILS (adain_smoothing_apply (smoothing, &frame, &grey), ADAIN_ERROR_ARGUMENT,
               "stylised: frames have");
  CHECK (adain_smoothing_apply (smoothing, &frame, &other) == ADAIN_OK);
  adain_smoothing_free (smoothing);
  free (frame.data);
  free (other.data);
  free (wide.data);
  free (deep.data);
  free (grey.data);
}
