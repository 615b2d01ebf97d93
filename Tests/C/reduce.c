/* Content size, style size and crop. */
#include "check.h"

void
test_reduce (const fixture *f)
{
  adain_pixels picture = make_pixels (8, 4, ADAIN_FORMAT_U8, 3, 80);
  adain_pixels result = make_pixels (2, 2, ADAIN_FORMAT_U8, 3, 81);
  unsigned char *from = (unsigned char *) picture.data;
  unsigned char *to = (unsigned char *) result.data;
  uint32_t width = 0, height = 0;
  int x, y, i, j, c;

  (void) f;
  adain_fitted_size (600, 400, 100, 0, &width, &height);
  CHECK (width == 150 && height == 100);
  adain_fitted_size (600, 400, 100, 1, &width, &height);
  CHECK (width == 100 && height == 100);
  adain_fitted_size (600, 400, 0, 0, &width, &height);
  CHECK (width == 600 && height == 400);
  adain_fitted_size (60000, 2, 1, 0, &width, &height);
  CHECK (width == 30000 && height == 1);
  adain_fitted_size (600, 400, 500, 0, NULL, NULL);

  /* The central 4 x 4 of 8 x 4, each of 2 x 2 a mean of four. */
  CHECK (adain_reduce (&picture, 1, &result) == ADAIN_OK);
  for (y = 0; y < 2; y++)
    for (x = 0; x < 2; x++)
      for (c = 0; c < 3; c++) {
        int sum = 0;

        for (j = 0; j < 2; j++)
          for (i = 0; i < 2; i++)
            sum += from[((2 * y + j) * 8 + 2 + 2 * x + i) * 3 + c];
        CHECK (abs (4 * to[(y * 2 + x) * 3 + c] - sum) <= 2);
      }
  CHECK_FAILS (adain_reduce (NULL, 0, &result), ADAIN_ERROR_ARGUMENT, "picture: is NULL");
  CHECK_FAILS (adain_reduce (&result, 0, &picture), ADAIN_ERROR_ARGUMENT,
               "more than the picture's");
  free (picture.data);
  free (result.data);
}
