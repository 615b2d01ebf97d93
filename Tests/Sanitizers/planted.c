/* A program that misuses the library in one way, which the sanitizer that watches must report.
 *
 *     planted MODEL over-read|over-write|race|leak|overflow
 *
 * All but the last are the library's own doing, on a caller's promise that is broken: its report shows
 * that not only the program is watched.
 */
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <adain.h>

enum { WIDTH = 40, HEIGHT = 32, ROW = 3 * WIDTH };

static adain_model *model;
static adain_style *style;

/* A view of WIDTH x HEIGHT pixels on memory for so many rows. */
static adain_pixels
view (uint32_t rows)
{
  adain_pixels pixels = { NULL, 0, WIDTH, HEIGHT, ADAIN_FORMAT_U8, 3 };

  pixels.data = calloc (rows, ROW);
  return pixels;
}

/* Halves a picture, again and again, into a result that another thread writes to as well. (A stylise would
 * take locks on its way, whose order hides the race more often than not.) */
static void *
halve (void *result)
{
  adain_pixels picture = view (HEIGHT);
  int i;

  for (i = 0; i < 100; i++)
    adain_reduce (&picture, 0, (const adain_pixels *) result);
  free (picture.data);

  return NULL;
}

static void
race (void)
{
  adain_pixels result = view (HEIGHT);
  pthread_t other;

  result.width /= 2;
  result.height /= 2;
  pthread_create (&other, NULL, halve, &result);
  halve (&result);
  pthread_join (other, NULL);
  free (result.data);
}

static void
plant (const char *bug)
{
  adain_pixels result = view (strcmp (bug, "over-write") == 0 ? HEIGHT - 1 : HEIGHT);
  adain_pixels content = view (strcmp (bug, "over-read") == 0 ? HEIGHT - 1 : HEIGHT);

  adain_stylise (model, &content, style, NULL, &result);
  if (strcmp (bug, "race") == 0)
    race ();
  if (strcmp (bug, "leak") == 0)
    adain_style_ref (style);
  if (strcmp (bug, "overflow") == 0)
    printf ("%d\n", INT_MAX - HEIGHT + (int) result.height + (int) strlen (bug));
  free (content.data);
  free (result.data);
}

int
main (int argc, char **argv)
{
  adain_pixels painting = view (HEIGHT);

  if (argc != 3 || adain_model_load_file (argv[1], &model)
      || adain_style_from_pixels (model, &painting, NULL, &style))
    return 2;
  free (painting.data);
  plant (argv[2]);
  adain_style_unref (style);
  adain_model_unref (model);
  style = NULL;
  model = NULL;
  printf ("planted: %s\n", argv[2]);

  return 0;
}
