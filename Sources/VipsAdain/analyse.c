/* The first pass: the content's rows, once, from top to bottom, to the engine.
 *
 * libvips reads and converts the rows with its own workers, ahead of the engine, which encodes
 * them with its threads. The pass runs in build, not lazily in generate, where the thread pools
 * of libvips would nest.
 */
#include <string.h>

#include "operation.h"

typedef struct {
  VipsAdain *adain;
  adain_model *model;
  VipsImage *content;
  VipsImage *alpha;         /* NULL when it can be read again */
  adain_analysis *analysis; /* of the page that the next row belongs to */
  /* What stopped the pass. The sink that calls us adds the text of errno to libvips' error, which
   * nobody has set: so the error is kept here, and put back when the sink has ended. */
  char *failure;
} Pass;

/* The alpha of the rows in the region: one sample a pixel, in memory. */
static int
keep_alpha (Pass *pass, VipsRegion *region, VipsRect *area)
{
  VipsImage *alpha = pass->alpha;
  size_t sample = VIPS_IMAGE_SIZEOF_ELEMENT (alpha);
  VipsPel *line = g_try_malloc (VIPS_IMAGE_SIZEOF_LINE (alpha));
  int result = line ? 0 : vips_adain_no_memory ("a row of alpha");

  for (int y = area->top; y < VIPS_RECT_BOTTOM (area) && !result; y++) {
    VipsPel *pixel = VIPS_REGION_ADDR (region, 0, y);

    for (int x = 0; x < alpha->Xsize; x++)
      memcpy (line + x * sample, pixel + (4 * x + 3) * sample, sample);
    result = vips_image_write_line (alpha, y, line);
  }
  g_free (line);

  return result;
}

/* A broad brush waits for the styles. */
static int
end_page (Pass *pass, int page)
{
  VipsAdain *adain = pass->adain;

  if (adain->sketches)
    adain->sketches[page] = pass->analysis;
  else {
    if (adain_analysis_finish (pass->analysis, &adain->pages[page]))
      return vips_adain_error ();
    adain_analysis_free (pass->analysis);
  }
  pass->analysis = NULL;

  return 0;
}

/* Rows of one page, the next ones from the top down. */
static int
push_rows (Pass *pass, VipsRegion *region, int top, int height)
{
  VipsAdain *adain = pass->adain;
  VipsImage *content = pass->content;
  int page = top / adain->page_height;
  adain_options options = vips_adain_call_options (adain);
  VipsRect area = { 0, top, content->Xsize, height };
  adain_pixels rows = vips_adain_pixels (region, &area);
  adain_status status;

  options.progress = vips_adain_is_killed;
  options.progress_data = content;
  options.feature_memory = adain->feature_memory;
  options.stroke = adain->breadth;
  if (!pass->analysis
      && adain_analysis_begin (pass->model, content->Xsize, adain->page_height, &options,
                               &pass->analysis))
    return vips_adain_error ();

  if (adain->colours && adain_colours_add (adain->colours, &rows))
    return vips_adain_error ();
  if ((status = adain_analysis_push (pass->analysis, &rows)))
    return vips_adain_stopped (status, content);

  return top + height == (page + 1) * adain->page_height ? end_page (pass, page) : 0;
}

/* A strip of the whole image's width; it may span pages. */
static int
push_strip (Pass *pass, VipsRegion *region, VipsRect *area)
{
  if (pass->alpha && keep_alpha (pass, region, area))
    return -1;
  for (int y = area->top; y < VIPS_RECT_BOTTOM (area);) {
    int page_end = (y / pass->adain->page_height + 1) * pass->adain->page_height;
    int end = VIPS_MIN (VIPS_RECT_BOTTOM (area), page_end);

    if (push_rows (pass, region, y, end - y))
      return -1;
    y = end;
  }

  return 0;
}

static int
on_strip (VipsRegion *region, VipsRect *area, void *data)
{
  Pass *pass = (Pass *) data;

  if (push_strip (pass, region, area)) {
    g_free (pass->failure);
    pass->failure = vips_error_buffer_copy ();
    return -1;
  }

  return 0;
}

/* Where alpha comes from in the second pass. */
static int
prepare_alpha (VipsImage *content, Pass *pass, VipsImage **alpha)
{
  if (!vips_image_is_sequential (content))
    return vips_extract_band (content, alpha, 3, NULL);

  *alpha = vips_image_new_memory ();
  vips_image_init_fields (*alpha, content->Xsize, content->Ysize, 1, content->BandFmt,
                          VIPS_CODING_NONE, VIPS_INTERPRETATION_B_W, 1, 1);
  pass->alpha = *alpha;

  return vips_image_write_prepare (*alpha);
}

int
vips_adain_analyse (VipsAdain *adain, adain_model *model, VipsImage *content, VipsImage **alpha)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 1);
  Pass pass = { .adain = adain, .model = model };
  int result;

  /* A node of our own: progress must not be signalled on an image that others share. */
  t[0] = vips_image_new ();
  if (vips_image_write (content, t[0]))
    return -1;
  pass.content = t[0];
  if (alpha && prepare_alpha (content, &pass, alpha))
    return -1;

  if (!(adain->pages = g_try_new0 (adain_content *, adain->n_pages))
      || (adain->breadth > 1 && !(adain->sketches = g_try_new0 (adain_analysis *, adain->n_pages))))
    return vips_adain_no_memory ("the pages");
  result = vips_sink_disc (t[0], on_strip, &pass);
  adain_analysis_free (pass.analysis);
  if (pass.failure) {
    vips_error_clear ();
    vips_error (NULL, "%s", g_strchomp (pass.failure));
    g_free (pass.failure);
  }

  return result;
}
