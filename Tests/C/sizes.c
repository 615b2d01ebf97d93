/* Every size, format, number of channels and stride. */
#include "check.h"

/* The result's sample as a number from 0 to 1. */
static double
sample (const adain_pixels *p, uint32_t x, uint32_t y, uint32_t c)
{
  size_t stride = p->stride ? p->stride : p->width * p->channels * sample_size (p->format);
  const char *row = (const char *) p->data + y * stride;
  size_t i = (size_t) x * p->channels + c;

  if (p->format == ADAIN_FORMAT_U8)
    return ((const unsigned char *) row)[i] / 255.0;
  if (p->format == ADAIN_FORMAT_U16)
    return ((const uint16_t *) row)[i] / 65535.0;
  return ((const float *) row)[i];
}

static double
largest_difference (const adain_pixels *a, const adain_pixels *b)
{
  double largest = 0;
  uint32_t x, y, c;

  for (y = 0; y < a->height; y++)
    for (x = 0; x < a->width; x++)
      for (c = 0; c < 3; c++) {
        double d = sample (a, x, y, c) - sample (b, x, y, c);

        d = d < 0 ? -d : d;
        if (!(d <= largest))
          largest = d;
      }
  return largest;
}

static void
sizes (const fixture *f)
{
  static const uint32_t sizes[][2]
    = { { 1, 1 }, { 1, 50 }, { 50, 1 }, { 7, 5000 }, { 2, 2 }, { 15, 17 }, { 513, 511 } };
  size_t i;

  for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    adain_pixels picture = make_pixels (sizes[i][0], sizes[i][1], ADAIN_FORMAT_U8, 3, 3);
    adain_pixels fine = make_pixels (sizes[i][0], sizes[i][1], ADAIN_FORMAT_F32, 3, 4);

    CHECK (adain_stylise (f->model, &picture, f->style, NULL, &fine) == ADAIN_OK);
    CHECK (adain_stylise (f->model, &picture, f->style, NULL, &picture) == ADAIN_OK);
    CHECK (largest_difference (&picture, &fine) <= 0.51 / 255);
    free (picture.data);
    free (fine.data);
  }
}

static void
formats (const fixture *f)
{
  adain_pixels reference = make_pixels (45, 31, ADAIN_FORMAT_F32, 3, 5);
  int format;

  CHECK (adain_stylise (f->model, &reference, f->style, NULL, &reference) == ADAIN_OK);
  for (format = ADAIN_FORMAT_U8; format <= ADAIN_FORMAT_F32; format++) {
    static const double tolerances[] = { 0.51 / 255, 0.51 / 65535, 1e-6 };
    adain_pixels picture = make_pixels (45, 31, (adain_format) format, 3, 5);
    adain_pixels result = make_pixels (45, 31, (adain_format) format, 4, 6);
    adain_pixels grey = make_pixels (45, 31, (adain_format) format, 1, 7);
    adain_pixels from_grey = make_pixels (45, 31, (adain_format) format, 3, 8);
    double luma;

    /* Three channels in, four out, with a gap behind each row that must stay as it is. */
    free (result.data);
    result.stride = (45 * 4 + 3) * sample_size (result.format);
    result.data = malloc (result.stride * 31);
    memset (result.data, 0x5a, result.stride * 31);
    CHECK (adain_stylise (f->model, &picture, f->style, NULL, &result) == ADAIN_OK);
    CHECK (largest_difference (&result, &reference) <= tolerances[format]);
    CHECK (sample (&result, 17, 11, 3) == 1.0);
    CHECK (((unsigned char *) result.data)[45 * 4 * sample_size (result.format)] == 0x5a);

    /* One channel out is luma. */
    CHECK (adain_stylise (f->model, &picture, f->style, NULL, &grey) == ADAIN_OK);
    luma = 0.2126 * sample (&reference, 9, 8, 0) + 0.7152 * sample (&reference, 9, 8, 1)
      + 0.0722 * sample (&reference, 9, 8, 2);
    CHECK (sample (&grey, 9, 8, 0) - luma <= tolerances[format]
           && luma - sample (&grey, 9, 8, 0) <= tolerances[format]);

    /* One channel in is R = G = B. */
    CHECK (adain_stylise (f->model, &grey, f->style, NULL, &from_grey) == ADAIN_OK);

    free (picture.data);
    free (result.data);
    free (grey.data);
    free (from_grey.data);
  }
  free (reference.data);
}

/* The smallest sizes in every format and number of channels: the same result as for an equal RGB
 * float picture, then written in place. */
static void
small (const fixture *f, uint32_t width, uint32_t height, adain_format format, uint32_t channels)
{
  static const double tolerances[] = { 0.51 / 255, 0.51 / 65535, 1e-6 };
  adain_pixels picture = make_pixels (width, height, format, channels, 14);
  adain_pixels equal = make_pixels (width, height, ADAIN_FORMAT_F32, 3, 15);
  adain_pixels result = make_pixels (width, height, ADAIN_FORMAT_F32, 3, 16);
  size_t pixels = (size_t) width * height, i;
  uint32_t x, y, c;

  for (i = 0; i < pixels; i++)
    for (c = 0; c < 3; c++) {
      x = (uint32_t) (i % width);
      y = (uint32_t) (i / width);
      ((float *) equal.data)[3 * i + c] = (float) sample (&picture, x, y, channels == 1 ? 0 : c);
    }
  CHECK (adain_stylise (f->model, &equal, f->style, NULL, &equal) == ADAIN_OK);
  CHECK (adain_stylise (f->model, &picture, f->style, NULL, &result) == ADAIN_OK);
  CHECK (memcmp (equal.data, result.data, pixels * 3 * sizeof (float)) == 0);
  CHECK (adain_stylise (f->model, &picture, f->style, NULL, &picture) == ADAIN_OK);
  if (channels >= 3)
    CHECK (largest_difference (&picture, &result) <= tolerances[format]);
  free (picture.data);
  free (equal.data);
  free (result.data);
}

static void
small_sizes (const fixture *f)
{
  static const uint32_t sizes[][2]
    = { { 1, 1 }, { 1, 50 }, { 50, 1 }, { 2, 2 }, { 9, 3 }, { 15, 17 } };
  static const uint32_t channels[] = { 1, 3, 4 };
  size_t i, j;
  int format;

  for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
    for (format = ADAIN_FORMAT_U8; format <= ADAIN_FORMAT_F32; format++)
      for (j = 0; j < 3; j++)
        small (f, sizes[i][0], sizes[i][1], (adain_format) format, channels[j]);
}

/* Alpha is the content's, in every pair of formats. */
static void
alpha (const fixture *f)
{
  int from, to;

  for (from = ADAIN_FORMAT_U8; from <= ADAIN_FORMAT_F32; from++)
    for (to = ADAIN_FORMAT_U8; to <= ADAIN_FORMAT_F32; to++) {
      adain_pixels content = make_pixels (21, 13, (adain_format) from, 4, 9);
      adain_pixels result = make_pixels (21, 13, (adain_format) to, 4, 10);
      double d;

      CHECK (adain_stylise (f->model, &content, f->style, NULL, &result) == ADAIN_OK);
      d = sample (&content, 20, 12, 3) - sample (&result, 20, 12, 3);
      CHECK (d < 1e-6 && d > -1e-6); /* multiples of 1/255 are exact in all three */
      free (content.data);
      free (result.data);
    }
}

void
test_sizes (const fixture *f)
{
  sizes (f);
  small_sizes (f);
  formats (f);
  alpha (f);
}
