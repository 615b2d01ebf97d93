/* The second pass for sinks that walk down the picture, which write files: rows of the whole width.
 *
 * The engine renders them from the top down and decodes nothing twice, while every tile decodes a
 * halo around it: a fifth of the work for tiles of 512. Workers ask for a few rows each, not
 * quite in order, so the latest rows are kept. Whoever asks for rows long gone, or far ahead, gets
 * tiles.
 */
#include <string.h>

#include "operation.h"

enum {
  KEPT_ROWS = 512,  /* more than all workers of a sink are apart */
  PULLED_ROWS = 64, /* at once, of which the engine's last layer makes steps */
};

struct _VipsAdainRows {
  VipsAdain *adain;
  VipsImage *image;           /* of which these are the rows; not a reference: it owns us */
  GMutex lock;                /* for all below */
  adain_rendering *rendering; /* of the page that the next row belongs to */
  int next;
  VipsPel *kept; /* row y stands at place y mod KEPT_ROWS */
};

VipsAdainRows *
vips_adain_rows_new (VipsAdain *adain, VipsImage *image)
{
  VipsAdainRows *rows = g_new0 (VipsAdainRows, 1);

  rows->adain = adain;
  rows->image = image;
  g_mutex_init (&rows->lock);

  return rows;
}

static void
finish (VipsAdainRows *rows)
{
  adain_rendering_free (rows->rendering);
  rows->rendering = NULL;
}

void
vips_adain_rows_free (VipsAdainRows *rows)
{
  if (!rows)
    return;
  finish (rows);
  g_mutex_clear (&rows->lock);
  g_free (rows->kept);
  g_free (rows);
}

static VipsPel *
kept_row (VipsAdainRows *rows, int y)
{
  return rows->kept + (size_t) (y % KEPT_ROWS) * VIPS_IMAGE_SIZEOF_LINE (rows->image);
}

/* As in the first pass: stop inside the engine when the image is killed. */
static int
on_progress (double done, void *data)
{
  VipsImage *image = (VipsImage *) data;

  (void) done;
  return image->progress_signal ? image->progress_signal->kill : image->kill;
}

static int
begin_page (VipsAdainRows *rows, int page)
{
  adain_options options = vips_adain_call_options (rows->adain);

  options.progress = on_progress;
  options.progress_data = rows->image;

  return vips_adain_begin_rendering (rows->adain, page, &options, &rows->rendering) ? -1 : 0;
}

/* While the operation is built, before a sink has begun a file: one that fails later leaves it behind
 * half-written. The decoder's memory is not held until the rows are read, if they ever are: the engine
 * keeps it for whoever wants such memory next. */
int
vips_adain_rows_reserve (VipsAdainRows *rows)
{
  rows->kept = g_try_malloc ((size_t) KEPT_ROWS * VIPS_IMAGE_SIZEOF_LINE (rows->image));
  if (!rows->kept)
    return vips_adain_no_memory ("rows");
  if (begin_page (rows, 0))
    return vips_adain_error ();
  finish (rows);

  return 0;
}

/* The next rows, of one page. */
static int
pull (VipsAdainRows *rows)
{
  int page = rows->next / rows->adain->page_height;
  int page_end = (page + 1) * rows->adain->page_height;
  int height
    = VIPS_MIN (VIPS_MIN (PULLED_ROWS, page_end - rows->next), KEPT_ROWS - rows->next % KEPT_ROWS);
  adain_pixels pixels = vips_adain_pixels_of (rows->image, kept_row (rows, rows->next), height);

  if ((!rows->rendering && begin_page (rows, page))
      || adain_rendering_pull (rows->rendering, &pixels))
    return vips_adain_error ();
  rows->next += height;
  if (rows->next == page_end)
    finish (rows);

  return 0;
}

static int
copy_rows (VipsAdainRows *rows, VipsRegion *out)
{
  for (int y = out->valid.top; y < VIPS_RECT_BOTTOM (&out->valid); y++) {
    while (y >= rows->next)
      if (pull (rows)) {
        /* Whoever comes next gets tiles. */
        finish (rows);
        rows->next = rows->image->Ysize + 2 * KEPT_ROWS;
        return -1;
      }
    memcpy (VIPS_REGION_ADDR (out, 0, y), kept_row (rows, y), VIPS_IMAGE_SIZEOF_LINE (rows->image));
  }

  return 0;
}

int
vips_adain_rows_read (VipsAdainRows *rows, VipsRegion *out, gboolean *read)
{
  VipsRect *valid = &out->valid;
  int result = 0;

  *read = FALSE;
  if (valid->left != 0 || valid->width != rows->image->Xsize)
    return 0;
  g_mutex_lock (&rows->lock);
  if (valid->top >= rows->next - KEPT_ROWS && valid->top <= rows->next + KEPT_ROWS) {
    result = copy_rows (rows, out);
    *read = TRUE;
  }
  g_mutex_unlock (&rows->lock);

  return result;
}
