/* The limits of SECURITY.md that arguments.c does not have: what is at most accepted, and one more. */
#include <fcntl.h>
#include <unistd.h>

#include "check.h"

/* A file of so many zero bytes, of which the disk keeps none. */
static void
make_hole (const char *path, off_t size)
{
  int file = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  CHECK (file >= 0 && ftruncate (file, size) == 0 && close (file) == 0);
}

static void
files (const fixture *f)
{
  adain_model *model = NULL;
  adain_style *style = NULL;
  char path[4096];

  snprintf (path, sizeof path, "%s/hole", f->folder);
  make_hole (path, ((off_t) 1 << 30) + 1);
  CHECK_FAILS (adain_model_load_file (path, &model), ADAIN_ERROR_IO,
               "has 1073741825 bytes, more than the 1073741824 allowed");
  make_hole (path, 32801);
  CHECK_FAILS (adain_style_load_file (path, &style), ADAIN_ERROR_IO,
               "has 32801 bytes, more than the 32800 allowed");
  make_hole (path, 32800); /* then its format is looked at */
  CHECK_FAILS (adain_style_load_file (path, &style), ADAIN_ERROR_FORMAT, "not a style file");
  unlink (path);
}

static void
weights_header (void)
{
  /* A length, and an object that blanks fill up to it. */
  static const size_t largest = (size_t) 1 << 20;
  unsigned char *bytes = (unsigned char *) malloc (8 + largest + 1);
  adain_model *model = NULL;

  memset (bytes, ' ', 8 + largest + 1);
  memset (bytes, 0, 8);
  bytes[2] = 0x10; /* 1048576, the lowest byte first */
  bytes[8] = '{';
  bytes[9] = '}';
  CHECK_FAILS (adain_model_load_memory (bytes, 8 + largest, &model), ADAIN_ERROR_FORMAT,
               "format"); /* read, and found without its metadata */
  bytes[0] = 1;
  CHECK_FAILS (adain_model_load_memory (bytes, 8 + largest + 1, &model), ADAIN_ERROR_FORMAT,
               "a header of 1048577 bytes exceeds the 1048576 allowed");
  free (bytes);
}

static void
style_channels (void)
{
  unsigned char bytes[64] = "ADAINSTY";
  adain_style *style = NULL;

  bytes[8] = 1;  /* version */
  bytes[12] = 1; /* 4097 channels */
  bytes[13] = 0x10;
  CHECK_FAILS (adain_style_load_memory (bytes, sizeof bytes, &style), ADAIN_ERROR_FORMAT,
               "4097 channels are not between 1 and 4096");
}

static void
counts (const fixture *f)
{
  enum { MOST = 65536 };
  adain_style **styles = (adain_style **) malloc ((MOST + 1) * sizeof *styles);
  adain_pixels picture = make_pixels (9, 9, ADAIN_FORMAT_U8, 3, 1), side = picture;
  adain_pixels *masks = (adain_pixels *) malloc (257 * sizeof *masks);
  adain_style *mixed = NULL;
  adain_content *content = NULL;
  adain_composition *composition = NULL;
  adain_analysis *analysis = NULL;
  size_t i;

  for (i = 0; i < MOST + 1; i++)
    styles[i] = f->style;
  CHECK (adain_style_mix (styles, NULL, MOST, &mixed) == ADAIN_OK);
  adain_style_unref (mixed);
  CHECK_FAILS (adain_style_mix (styles, NULL, MOST + 1, &mixed), ADAIN_ERROR_ARGUMENT,
               "count: is 65537, not between 1 and 65536");

  CHECK (adain_content_analyse (f->model, &picture, NULL, &content) == ADAIN_OK);
  for (i = 0; i < 257; i++) {
    masks[i] = picture;
    masks[i].width = 3;
    masks[i].height = 3;
    masks[i].channels = 1;
  }
  CHECK (adain_composition_new (content, styles, 256, masks, 256, ADAIN_STATISTICS_WHOLE, NULL,
                                &composition)
         == ADAIN_OK);
  adain_composition_unref (composition);
  CHECK_FAILS (adain_composition_new (content, styles, 257, masks, 257, ADAIN_STATISTICS_WHOLE,
                                      NULL, &composition),
               ADAIN_ERROR_ARGUMENT, "style_count: is 257, not between 1 and 256");
  adain_content_unref (content);

  side.width = 10000001;
  CHECK_FAILS (adain_style_from_pixels (f->model, &side, NULL, &mixed), ADAIN_ERROR_ARGUMENT,
               "painting: the size 10000001 x 9 exceeds 10000000 pixels on a side");
  CHECK_FAILS (adain_analysis_begin (f->model, 9, 10000001, NULL, &analysis), ADAIN_ERROR_ARGUMENT,
               "9 x 10000001 is not between 1 and 10000000");
  free (picture.data);
  free (masks);
  free (styles);
}

void
test_limits (const fixture *f)
{
  files (f);
  weights_header ();
  style_channels ();
  counts (f);
}
