/* The operation `adain`: its options, and what it keeps for the second of its two passes. Only the passes see it:
 *
 *   adain.c     options.c   build, and what the options say
 *   styles.c                paintings → styles
 *   analyse.c               first pass: the content's rows → feature maps
 *   layout.c                which style goes where
 *   decode.c    rows.c      second pass: feature maps → tiles and rows, as they are asked for
 */
#ifndef VIPS_ADAIN_OPERATION_H
#define VIPS_ADAIN_OPERATION_H

#include "vips-adain.h"

typedef struct _VipsAdainRows VipsAdainRows;

typedef struct _VipsAdain {
  VipsOperation parent_instance;

  VipsImage *in;
  VipsArrayImage *style;
  VipsImage *out;
  double strength;
  VipsArrayDouble *weights;
  int style_size;
  char *model;
  int tile_size;
  guint64 feature_memory;
  VipsArrayImage *masks;
  int content_size;
  gboolean crop;
  double stroke;
  double detail;
  char *named;
  char *colour;
  gboolean whole_statistics;

  /* What generate needs. It is read only then, so any number of workers may share it; the rows
   * have a lock. */
  char **names; /* of built-in styles, behind the style images; ends with NULL */
  int n_styles; /* images and names */
  adain_colour_mode colour_mode;
  adain_colours *colours; /* the content's, where style images take them on; else NULL */
  adain_style **styles;   /* NULL without masks */
  adain_style *mixed;     /* NULL with masks */
  int page_height;
  int n_pages;
  double breadth;            /* of the brush: the option, or what suits the pages */
  adain_analysis **sketches; /* pages not painted yet, where the brush is broad; else NULL */
  adain_content **pages;
  adain_composition **compositions; /* NULL without masks */
  VipsAdainRows *rows;
} VipsAdain;

typedef struct _VipsAdainClass {
  VipsOperationClass parent_class;
} VipsAdainClass;

/* options.c: the options' ranges, and what they leave to the fields above. */
int vips_adain_check (VipsAdain *adain);

/* options.c: the engine's options with strength and detail. */
adain_options vips_adain_call_options (VipsAdain *adain);

/* styles.c: the styles, mixed, or kept apart where there are masks. `in` is read where the input is a style itself. */
int vips_adain_make_styles (VipsAdain *adain, VipsImage *in, adain_model *model);

/* analyse.c: read the content once, page by page. When *alpha is asked for (not NULL) and the
 * content can only be read once, the alpha band is kept in memory there. */
int vips_adain_analyse (VipsAdain *adain, adain_model *model, VipsImage *content,
                        VipsImage **alpha);

/* layout.c: which style goes where, once the styles are made and the pages analysed; and pages painted where
 * the brush is broad. `content` tells whether to stop. */
int vips_adain_lay_out (VipsAdain *adain, VipsImage *content);
void vips_adain_sketches_free (VipsAdain *adain);

/* decode.c: the picture that the decoder makes, in rows for sinks that walk down it and in tiles. `decoded`
 * is what the tiles are made in. */
int vips_adain_decode (VipsAdain *adain, VipsImage *decoded, VipsImage **out);

/* rows.c: the image's rows for sinks that walk down it. */
VipsAdainRows *vips_adain_rows_new (VipsAdain *adain, VipsImage *image);
void vips_adain_rows_free (VipsAdainRows *rows);

/* rows.c: fails if the memory that rows take cannot be had; to be called once, before rows are read. */
int vips_adain_rows_reserve (VipsAdainRows *rows);

/* rows.c: fill a region of the whole width; *read is FALSE where tiles suit it better. */
int vips_adain_rows_read (VipsAdainRows *rows, VipsRegion *out, gboolean *read);

/* render.c: a rectangle of a page, or the page row by row, in its style or styles. */
adain_status vips_adain_render (VipsAdain *adain, int page, const adain_options *options, int x,
                                int y, const adain_pixels *pixels);
adain_status vips_adain_begin_rendering (VipsAdain *adain, int page, const adain_options *options,
                                         adain_rendering **rendering);

#endif
