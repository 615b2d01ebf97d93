/* The libvips operation `adain`: what its files share. */
#ifndef VIPS_ADAIN_H
#define VIPS_ADAIN_H

#include <vips/vips.h>

#include <adain.h>

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
  adain_color_mode colour_mode;
  adain_colors *colours; /* the content's, where style images take them on; else NULL */
  adain_style **styles; /* NULL without masks */
  adain_style *mixed;   /* NULL with masks */
  int page_height;
  int n_pages;
  double breadth; /* of the brush: the option, or what suits the pages */
  adain_analysis **sketches; /* pages that are not painted yet, where the brush is broad; else NULL */
  adain_content **pages;
  adain_composition **compositions; /* NULL without masks */
  VipsAdainRows *rows;
} VipsAdain;

typedef struct _VipsAdainClass {
  VipsOperationClass parent_class;
} VipsAdainClass;

GType vips_adain_get_type (void);
GType vips_adain_style_get_type (void);
GType vips_adain_style_load_get_type (void);

/* errors.c: leave the library's last sentence as the operation's error; returns -1. */
int vips_adain_error (VipsAdain *adain);

/* For what can be as large as a picture, which GLib's g_malloc would end the process without; returns -1. */
int vips_adain_no_memory (VipsAdain *adain, const char *what);

/* options.c: the options' ranges, and what they leave to the fields above. */
int vips_adain_check (VipsAdain *adain);

/* options.c: of them the style's size alone. */
int vips_adain_check_style_size (VipsAdain *adain);

/* options.c: what every call into the engine begins with: strength, detail and threads. */
adain_options vips_adain_call_options (VipsAdain *adain);

/* pixels.c: a part of what a region holds, as the library sees it. */
adain_pixels vips_adain_pixels (VipsRegion *region, const VipsRect *area);

/* convert.c: any picture as sRGB, 8 or 16 bits, three bands and perhaps alpha. */
int vips_adain_convert (VipsAdain *adain, const char *name, VipsImage *in, VipsImage **out);

/* convert.c: the grey floats of a file as scRGB, its integers of 32 bits refused; before anything is computed. */
int vips_adain_convert_range (VipsAdain *adain, const char *name, VipsImage *in, VipsImage **out);

/* convert.c: whether the image is a file's, as its loader made it. */
gboolean vips_adain_is_loaded (VipsImage *image);

/* convert.c: whether the samples are a file's grey floats, from 0 to 1. */
gboolean vips_adain_is_unit_grey (VipsImage *image);

/* convert.c: refuse a file's integers of 32 bits, whose range nothing tells. */
int vips_adain_check_range (const char *name, VipsImage *in);

/* convert.c: samples of a PPM as large as their format lets them be; others as they are. */
int vips_adain_scale (VipsObject *parent, VipsImage *in, VipsImage **out);

/* xmp.c: take out of an image's XMP what it says of pixels and files that the result does not have. */
void vips_adain_clean_xmp (VipsImage *image);

/* finite.c: a copy whose reading fails at a sample that is not a finite number. */
int vips_adain_check_finite (const char *name, VipsImage *in, VipsImage **out);

/* model.c: the model that the options name; the caller owns a reference. */
adain_model *vips_adain_model (VipsAdain *adain);

/* What the tool sets on an image that it opened, before it keeps it in memory: nothing was computed with it. */
#define VIPS_ADAIN_META_FILE "adain-of-file"

/* A blob of an image's metadata: the bytes of a style file. As a style image such an image stands
 * for that style; its pixels are not looked at. */
#define VIPS_ADAIN_META_STYLE "adain-style"

/* colour.c: what the option says; an error for a word that is none. */
int vips_adain_parse_colour (VipsAdain *adain);

/* colour.c: the result's lightness with the content's colours. */
int vips_adain_keep_colours (VipsAdain *adain, VipsImage *content, VipsImage *result,
                             VipsImage **out);

/* size.c: what the sizes say is in range. */
int vips_adain_check_sizes (VipsAdain *adain);

/* size.c: the content cropped and reduced as the options say. */
int vips_adain_fit (VipsAdain *adain, VipsImage *in, VipsImage **out);

/* style.c: the style of one image, as large as it shall be seen. */
adain_style *vips_adain_style_of (VipsAdain *adain, adain_model *model, VipsImage *image);

/* style_make.c: a style file's bytes, the caller's to g_free, or NULL; what is seen of an image that carries
 * them, and that image. */
void *vips_adain_style_bytes (VipsAdain *adain, const adain_style *style, size_t *size);
int vips_adain_black_pixel (VipsImage **out);
int vips_adain_carrier (const void *data, size_t size, VipsImage **out);

/* style.c: the style images' statistics, mixed, or kept apart where there are masks. `in` is read where
 * the input is a style itself. */
int vips_adain_make_styles (VipsAdain *adain, VipsImage *in, adain_model *model);

/* rows.c: the image's rows for sinks that walk down it. */
VipsAdainRows *vips_adain_rows_new (VipsAdain *adain, VipsImage *image);
void vips_adain_rows_free (VipsAdainRows *rows);

/* Fails if the memory that rows take cannot be had; to be called once, before rows are read. */
int vips_adain_rows_reserve (VipsAdainRows *rows);

/* Fill a region of the whole width; *read is FALSE where tiles suit it better. */
int vips_adain_rows_read (VipsAdainRows *rows, VipsRegion *out, gboolean *read);

/* analyse.c: whether whoever asked for the progress of an image's pipeline has killed it; an adain_progress_fn. */
int vips_adain_is_killed (double done, void *image);

/* analyse.c: the error of a call that vips_adain_is_killed may have ended; returns -1. */
int vips_adain_stopped (VipsAdain *adain, adain_status status, VipsImage *image);

/* analyse.c: read the content once, page by page. When *alpha is asked for (not NULL) and the
 * content can only be read once, the alpha band is kept in memory there. */
int vips_adain_analyse (VipsAdain *adain, adain_model *model, VipsImage *content,
                        VipsImage **alpha);

/* masks.c: the masks as samples in memory, adain->masks' number of them, or NULL; to be freed. */
adain_pixels *vips_adain_masks_read (VipsAdain *adain);
void vips_adain_masks_free (VipsAdain *adain, adain_pixels *masks);

/* layout.c: which style goes where, once the styles are made and the pages analysed; and pages painted where
 * the brush is broad. `content` tells whether to stop. */
int vips_adain_lay_out (VipsAdain *adain, VipsImage *content);
void vips_adain_sketches_free (VipsAdain *adain);

/* decode.c: the picture that the decoder makes, in rows for sinks that walk down it and in tiles. `decoded`
 * is what the tiles are made in. */
int vips_adain_decode (VipsAdain *adain, VipsImage *decoded, VipsImage **out);

/* render.c: a rectangle of a page, or the page row by row, in its style or styles. */
adain_status vips_adain_render (VipsAdain *adain, int page, const adain_options *options, int x,
                                int y, const adain_pixels *pixels);
adain_status vips_adain_begin_rendering (VipsAdain *adain, int page, const adain_options *options,
                                         adain_rendering **rendering);

#endif
