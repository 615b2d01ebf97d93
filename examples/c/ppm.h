/* Binary PPM files (P6, 8 bits), which `vips copy`, ImageMagick and ffmpeg write, for the examples.
 *
 * A function gives NULL, or why it could not do what it was to do. */
#ifndef PPM_H
#define PPM_H

#include <stdio.h>
#include <stdlib.h>

#include <adain.h>

/* A number of the header, behind white space and comments; 0 when there is none. */
static inline uint32_t
ppm_number (FILE *file)
{
  unsigned number = 0;
  int c;

  while ((c = getc (file)) == '#' || c == ' ' || c == '\t' || c == '\r' || c == '\n')
    if (c == '#')
      while ((c = getc (file)) != '\n' && c != EOF)
        ;
  if (c < '0' || c > '9')
    return 0;
  ungetc (c, file);
  return fscanf (file, "%7u", &number) == 1 ? number : 0;
}

/* All but the pixels' memory, which is left NULL. */
static inline const char *
ppm_header (FILE *file, adain_pixels *pixels)
{
  pixels->data = NULL;
  pixels->format = ADAIN_FORMAT_U8;
  pixels->channels = 3;
  pixels->stride = 0;
  if (getc (file) != 'P' || getc (file) != '6')
    return "not a binary PPM file";
  pixels->width = ppm_number (file);
  pixels->height = ppm_number (file);
  if (!pixels->width || !pixels->height || ppm_number (file) != 255)
    return "not an 8-bit PPM file";
  getc (file); /* the one white space before the pixels */

  return NULL;
}

static inline size_t
ppm_size (const adain_pixels *pixels)
{
  return (size_t) pixels->width * pixels->height * 3;
}

static inline const char *
ppm_rows (FILE *file, const adain_pixels *rows)
{
  size_t size = ppm_size (rows);

  return fread (rows->data, 1, size, file) == size ? NULL : "ends before its last pixel";
}

/* The whole picture; its pixels are the caller's to free, also after a failure. */
static inline const char *
ppm_read (const char *name, adain_pixels *pixels)
{
  FILE *file = fopen (name, "rb");
  const char *why;

  if (!file)
    return "cannot be opened";
  why = ppm_header (file, pixels);
  if (!why) {
    pixels->data = malloc (ppm_size (pixels));
    why = pixels->data ? ppm_rows (file, pixels) : "too large for the memory";
  }
  fclose (file);

  return why;
}

static inline const char *
ppm_write (const char *name, const adain_pixels *pixels)
{
  FILE *file = fopen (name, "wb");
  size_t size = ppm_size (pixels);
  int whole;

  if (!file)
    return "cannot be created";
  fprintf (file, "P6\n%u %u\n255\n", (unsigned) pixels->width, (unsigned) pixels->height);
  whole = fwrite (pixels->data, 1, size, file) == size;
  whole = fclose (file) == 0 && whole;

  return whole ? NULL : "cannot be written";
}

#endif
