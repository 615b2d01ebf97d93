/* What the tool `adain` wants of libvips. libvips' own calls take any number of arguments, which
 * Swift cannot pass, so they are made here; no type of libvips is seen outside.
 *
 * Functions that fail return NULL or -1 and leave their sentence in libvips' error buffer, of which
 * there is one for the process: cvips_take_error. All may be called from any thread. */
#ifndef CVIPS_H
#define CVIPS_H

#include <stddef.h>

/* A picture: opened, not yet read. */
typedef struct cvips_image cvips_image;

/* Ready libvips and the operation for this process. Call once, before other threads begin. */
int cvips_start (const char *program);

/* An argument of the process, the program's name at 0; NULL behind the last one. */
const char *cvips_argument (int index);

/* Give an open file the extended attributes of another, access lists among them, as far as the system lets. */
void cvips_copy_extended_attributes (const char *path, int file);

/* "8.14.1". A constant. */
const char *cvips_version (void);

/* What went wrong, emptied by the call; the caller frees. */
char *cvips_take_error (void);

/* What a file's bytes are: a picture's; those of a table of numbers, which libvips would read as a picture; a camera's
 * raw file, of which it would read the preview; a TIFF that was cut off, of which it would read the pages before; others.
 * Leaves no error. */
typedef enum {
  CVIPS_UNKNOWN,
  CVIPS_PICTURE,
  CVIPS_TABLE,
  CVIPS_CAMERA_RAW,
  CVIPS_CUT_OFF
} cvips_contents;
cvips_contents cvips_contents_of (const char *path);

/* Whether each page that a TIFF announces begins and ends within the file. */
int cvips_tiff_is_whole (const char *path);

/* Whether the name's suffix is that of a picture; whether it is one that a picture can be written under.
 * None leaves an error. */
int cvips_has_picture_suffix (const char *path);
int cvips_can_write (const char *name);

/* Options in brackets for a file that is read, or a name that is written: a name that its format does not have, a
 * value that is none, or is out of range. */
int cvips_check_options (const char *path, const char *options, int writes);

/* A picture to be read once, from top to bottom: a file, which may end in libvips' options in
 * brackets, or a descriptor. Damaged data makes reading fail. Of several frames or pages: the first; or the one
 * that `page` says, from 1; with 0 all, one below the other, where they have one size. */
cvips_image *cvips_open (const char *name);
cvips_image *cvips_open_pages (const char *name, int page);
cvips_image *cvips_open_descriptor (int descriptor, int page);
void cvips_close (cvips_image *image);

/* Whether all of a picture's samples can be read and understood: 0, or -1 and an error. */
int cvips_check_pixels (const char *name);

/* The picture with all its pixels in memory: whatever makes them is done. */
cvips_image *cvips_read (cvips_image *image);

int cvips_width (const cvips_image *image);
int cvips_height (const cvips_image *image);

/* How many frames or pages it has, and whether a file of that name can hold several. */
int cvips_pages (cvips_image *image);
int cvips_holds_pages (const char *name);

/* The same of EXIF: whether it has such data, and whether libvips writes it into a file of that name. */
int cvips_has_exif (cvips_image *image);
int cvips_holds_exif (const char *name);

/* The suffix, such as ".png", of the format that the picture was read from, or NULL when it is
 * none of the common ones. A constant. */
const char *cvips_suffix (const cvips_image *image);

/* Ready a model, once for later calls: a name or a weights file, or NULL for the standard one. */
int cvips_load_model (const char *name_or_path);

/* The bytes of a style file for a built-in style. The caller frees *data. `model` may be NULL. */
int cvips_named_style (const char *name, const char *model, void **data, size_t *size);

/* The bytes of a style file for a painting, reduced to `style_size` on its short side (0: never).
 * The caller frees *data. `model` may be NULL. */
int cvips_style (const char *name, int style_size, const char *model, void **data, size_t *size);

/* Told of the work on a picture, a share from 0 to 1, by one of the threads that work. */
typedef void (*cvips_progress_fn) (double done, void *data);

/* A style: bytes of a style file, or the name of a painting. */
typedef struct cvips_style_source {
  const void *data; /* NULL: the painting */
  size_t size;
  const char *painting;
} cvips_style_source;

typedef struct cvips_options {
  const cvips_style_source *styles;
  const double *weights; /* one for each style; NULL: equal, and with masks */
  int n_styles;
  const char *const *masks; /* names of files */
  int n_masks;
  int whole_statistics;
  double strength;
  int style_size;
  int content_size;
  int crop;
  double stroke; /* 0: what suits the size */
  double detail;
  const char *colour;         /* such as "content-coral" */
  const char *model;          /* a weights file; NULL: the built-in model */
  cvips_progress_fn progress; /* NULL: none */
  void *progress_data;
  void (*progress_free) (void *data); /* called when the content is closed; NULL: not */
} cvips_options;

/* The picture in the given style. Its content is read here; the result's pixels are made when it
 * is written. */
cvips_image *cvips_stylise (cvips_image *content, const cvips_options *options);

/* Write a picture to a file, whose name's suffix says the format and may be followed by libvips'
 * options in brackets; or, in the format of such a suffix, to memory, which the caller frees. */
int cvips_write_file (cvips_image *image, const char *name);
int cvips_write_memory (cvips_image *image, const char *suffix, void **data, size_t *size);

/* The picture's pixels as sRGB, three samples of 8 or (*wide) 16 bits each, upright; alpha is laid on white, or,
 * with `alpha`, a fourth sample, which a picture without gets, too. The caller frees *data. */
int cvips_pixels (cvips_image *image, int alpha, void **data, int *width, int *height, int *wide);

/* A picture of 8-bit sRGB samples, three or, with alpha, four for each pixel, which are copied; NULL and an error
 * where there is no memory for them. */
cvips_image *cvips_from_pixels (const void *data, int width, int height, int bands);

/* The content as the operation sees it with these options. */
cvips_image *cvips_fit (cvips_image *content, int content_size, int crop);

/* Reduced to fit into a square of so many pixels, and upright: read quickly where the format can. */
cvips_image *cvips_thumbnail (const char *name, int size);

/* Pictures side by side, `across` in a row, each with a line of text below it. All as large as the
 * largest. */
cvips_image *cvips_sheet (cvips_image *const *images, const char *const *labels, int count,
                          int across);

/* Memory for cvips_free; NULL where there is none. */
void *cvips_allocate (size_t size);

/* Free what the functions above left to the caller. */
void cvips_free (void *memory);

#endif
