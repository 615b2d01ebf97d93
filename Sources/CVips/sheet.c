/* Pictures for the eye and for measuring. */
#include "vips-adain.h"

#include "cvips.h"

enum {
  MARGIN = 12,
  CAPTION = 30, /* a line of text */
};

cvips_image *
cvips_thumbnail (const char *name, int size)
{
  VipsImage *context = vips_image_new ();
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (context), 2);
  VipsImage *image = NULL;
  int failed;

  /* A PPM's samples may mean another white than their format's: scaled before libvips makes 8 bits of them. */
  if (!(t[0] = (VipsImage *) cvips_open (name)) || vips_adain_check_range ("picture", t[0]))
    failed = -1;
  else if (vips_image_get_typeof (t[0], "ppm-max-value"))
    failed = vips_adain_scale (VIPS_OBJECT (context), t[0], &t[1])
      || vips_thumbnail_image (t[1], &image, size, "size", VIPS_SIZE_DOWN, NULL);
  else
    failed = vips_thumbnail (name, &image, size, "size", VIPS_SIZE_DOWN, "fail_on",
                             VIPS_FAIL_ON_TRUNCATED, NULL);
  g_object_unref (context);

  return failed ? NULL : (cvips_image *) image;
}

int
cvips_pixels (cvips_image *image, int alpha, void **data, int *width, int *height, int *wide)
{
  VipsImage *context = vips_image_new ();
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (context), 4);
  VipsImage *upright;
  size_t size;
  int result = -1;

  *data = NULL;
  if (!(t[0] = vips_image_copy_memory ((VipsImage *) image)) || vips_autorot (t[0], &t[1], NULL)
      || vips_adain_convert (VIPS_OBJECT (context), "picture", t[1], &t[2]))
    goto done;
  upright = t[2];
  if (alpha && upright->Bands == 3) {
    if (vips_addalpha (upright, &t[3], NULL))
      goto done;
    upright = t[3];
  }
  else if (!alpha && upright->Bands == 4) {
    double white = upright->BandFmt == VIPS_FORMAT_USHORT ? 65535.0 : 255.0;
    VipsArrayDouble *background = vips_array_double_newv (1, white);
    int failed = vips_flatten (upright, &t[3], "background", background, "max_alpha", white, NULL);

    vips_area_unref (VIPS_AREA (background));
    if (failed)
      goto done;
    upright = t[3];
  }
  if ((*data = vips_image_write_to_memory (upright, &size))) {
    *width = upright->Xsize;
    *height = upright->Ysize;
    *wide = upright->BandFmt == VIPS_FORMAT_USHORT;
    result = 0;
  }

done:
  g_object_unref (context);
  return result;
}

/* A line of text, black on nothing; of white space alone, which vips_text refuses, nothing. */
static int
caption (VipsImage *context, const char *label, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (context), 1);
  char *markup = g_markup_escape_text (label, -1);
  int failed;

  g_strstrip (markup);
  failed = *markup ? vips_text (&t[0], markup, "font", "sans 12", "dpi", 90, NULL)
                   : vips_black (&t[0], 1, 1, NULL);
  g_free (markup);

  return failed || vips_invert (t[0], out, NULL);
}

/* A picture in the middle of its cell, on white, and its label below. */
static int
cell (VipsImage *context, VipsImage *image, const char *label, int width, int height,
      VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (context), 7);
  VipsArrayDouble *white = vips_array_double_newv (1, 255.0);
  int failed = vips_colourspace (image, &t[0], VIPS_INTERPRETATION_sRGB, NULL)
    || (vips_image_hasalpha (t[0]) ? vips_flatten (t[0], &t[3], "background", white, NULL)
                                   : vips_copy (t[0], &t[3], NULL))
    || vips_gravity (t[3], &t[1], VIPS_COMPASS_DIRECTION_CENTRE, width, height, "extend",
                     VIPS_EXTEND_WHITE, NULL)
    || caption (context, label, &t[2])
    || vips_gravity (t[2], &t[4], VIPS_COMPASS_DIRECTION_CENTRE, width, CAPTION, "extend",
                     VIPS_EXTEND_WHITE, NULL)
    || vips_colourspace (t[4], &t[5], VIPS_INTERPRETATION_sRGB, NULL)
    || vips_join (t[1], t[5], &t[6], VIPS_DIRECTION_VERTICAL, NULL)
    || vips_gravity (t[6], out, VIPS_COMPASS_DIRECTION_CENTRE, width + MARGIN,
                     height + CAPTION + MARGIN, "extend", VIPS_EXTEND_WHITE, NULL);

  vips_area_unref (VIPS_AREA (white));
  return failed ? -1 : 0;
}

cvips_image *
cvips_sheet (cvips_image *const *images, const char *const *labels, int count, int across)
{
  VipsImage *context = vips_image_new ();
  VipsImage **cells = (VipsImage **) vips_object_local_array (VIPS_OBJECT (context), count);
  VipsImage *sheet = NULL;
  int width = 0;
  int height = 0;
  int failed = 0;

  for (int i = 0; i < count; i++) {
    width = VIPS_MAX (width, ((VipsImage *) images[i])->Xsize);
    height = VIPS_MAX (height, ((VipsImage *) images[i])->Ysize);
  }
  for (int i = 0; i < count && !failed; i++)
    failed = cell (context, (VipsImage *) images[i], labels[i], width, height, &cells[i]);
  if (!failed) {
    VipsArrayDouble *white = vips_array_double_newv (1, 255.0);

    vips_arrayjoin (cells, &sheet, count, "across", across, "background", white, NULL);
    vips_area_unref (VIPS_AREA (white));
  }
  g_object_unref (context);

  return (cvips_image *) sheet;
}
