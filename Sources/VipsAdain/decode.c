/* The second pass: what is asked for of the result, from the feature maps. */
#include "operation.h"

/* Decode a tile. Called by many workers at once: the engine shares the processors among
 * them. A tile may span pages, each of which is a picture of its own. */
static int
vips_adain_generate_tile (VipsRegion *out, void *seq, void *a, void *b, gboolean *stop)
{
  VipsAdain *adain = (VipsAdain *) b;
  VipsRect *valid = &out->valid;
  adain_options options = vips_adain_call_options (adain);

  (void) seq;
  (void) a;
  (void) stop;
  /* Where libvips is held to so many workers, each of them is one thread. */
  if (options.threads)
    options.threads = 1;
  for (int y = valid->top; y < VIPS_RECT_BOTTOM (valid);) {
    int page = y / adain->page_height;
    int end = VIPS_MIN (VIPS_RECT_BOTTOM (valid), (page + 1) * adain->page_height);
    VipsRect part = { valid->left, y, valid->width, end - y };
    adain_pixels pixels = vips_adain_pixels (out, &part);

    if (vips_adain_render (adain, page, &options, valid->left, y - page * adain->page_height,
                           &pixels))
      return vips_adain_error ();
    y = end;
  }

  return 0;
}

/* Rows where a sink walks down the picture, tiles for everything else. */
static int
vips_adain_generate (VipsRegion *out, void *seq, void *a, void *b, gboolean *stop)
{
  VipsRegion *tiles = (VipsRegion *) seq;
  VipsAdain *adain = (VipsAdain *) b;
  gboolean read;

  (void) a;
  (void) stop;
  if (vips_adain_rows_read (adain->rows, out, &read))
    return -1;
  if (read)
    return 0;

  return vips_region_prepare (tiles, &out->valid)
    || vips_region_region (out, tiles, &out->valid, out->valid.left, out->valid.top);
}

/* Rows and tiles of what the decoder makes. */
int
vips_adain_decode (VipsAdain *adain, VipsImage *decoded, VipsImage **out)
{
  VipsImage **t = (VipsImage **) vips_object_local_array (VIPS_OBJECT (adain), 2);

  if (vips_image_generate (decoded, NULL, vips_adain_generate_tile, NULL, NULL, adain))
    return -1;
  /* Small requests would decode a halo each: whole tiles are decoded, once, and kept for as
   * long as a sink that walks over the picture comes back to them. */
  if (vips_tilecache (decoded, &t[0], "tile_width", adain->tile_size, "tile_height",
                      adain->tile_size, "max_tiles", 3 * (decoded->Xsize / adain->tile_size + 2),
                      "threaded", TRUE, NULL))
    return -1;
  t[1] = vips_image_new ();
  if (vips_image_pipelinev (t[1], VIPS_DEMAND_STYLE_FATSTRIP, t[0], NULL))
    return -1;
  /* Sinks would follow the hint of the tiles. */
  t[1]->dhint = VIPS_DEMAND_STYLE_FATSTRIP;
  adain->rows = vips_adain_rows_new (adain, t[1]);
  if (vips_adain_rows_reserve (adain->rows)
      || vips_image_generate (t[1], vips_start_one, vips_adain_generate, vips_stop_one, t[0],
                              adain))
    return -1;
  *out = t[1];
  g_object_ref (*out);

  return 0;
}
