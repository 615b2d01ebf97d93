/* The conversions between libvips and the library, each in a file of its own: they know nothing of the operation, which
 * operation.h has. `parent` is whatever object shall keep the images in between for as long as it lives itself. */
#ifndef VIPS_ADAIN_H
#define VIPS_ADAIN_H

#include <vips/vips.h>

#include <adain.h>

/* What errors begin with. */
#define VIPS_ADAIN_DOMAIN "adain"

/* What the tool sets on an image that it opened, before it keeps it in memory: nothing was computed with it. */
#define VIPS_ADAIN_META_FILE "adain-of-file"

/* A blob of an image's metadata: the bytes of a style file. As a style image such an image stands
 * for that style; its pixels are not looked at. */
#define VIPS_ADAIN_META_STYLE "adain-style"

GType vips_adain_get_type (void);
GType vips_adain_style_get_type (void);
GType vips_adain_style_load_get_type (void);

/* errors.c: leave the library's last sentence as libvips' error; returns -1. */
int vips_adain_error (void);

/* errors.c: for what can be as large as a picture, which GLib's g_malloc would end the process without; returns -1. */
int vips_adain_no_memory (const char *what);

/* engine.c: whether whoever asked for the progress of an image's pipeline has killed it; an adain_progress_fn. */
int vips_adain_is_killed (double done, void *image);

/* engine.c: the error of a call that vips_adain_is_killed may have ended; returns -1. */
int vips_adain_stopped (adain_status status, VipsImage *image);

/* engine.c: what every call into the engine begins with: as many threads as libvips may have. */
adain_options vips_adain_engine_options (void);

/* pixels.c: whole rows of an image in memory, and a part of what a region holds, as the library sees them. */
adain_pixels vips_adain_pixels_of (const VipsImage *image, void *data, int height);
adain_pixels vips_adain_pixels (VipsRegion *region, const VipsRect *area);

/* range.c: whether the image is a file's, as its loader made it. */
gboolean vips_adain_is_loaded (VipsImage *image);

/* range.c: whether the samples are a file's grey floats, from 0 to 1. */
gboolean vips_adain_is_unit_grey (VipsImage *image);

/* range.c: refuse a file's integers of 32 bits, whose range nothing tells. */
int vips_adain_check_range (const char *name, VipsImage *in);

/* range.c: the grey floats of a file as scRGB, its integers of 32 bits refused; before anything is computed. */
int vips_adain_convert_range (VipsObject *parent, const char *name, VipsImage *in, VipsImage **out);

/* range.c: samples of a PPM as large as their format lets them be; others as they are. */
int vips_adain_scale (VipsObject *parent, VipsImage *in, VipsImage **out);

/* convert.c: any picture as sRGB, 8 or 16 bits, three bands and perhaps alpha. */
int vips_adain_convert (VipsObject *parent, const char *name, VipsImage *in, VipsImage **out);

/* finite.c: a copy whose reading fails at a sample that is not a finite number. */
int vips_adain_check_finite (const char *name, VipsImage *in, VipsImage **out);

/* size.c: a style's size is one; an error if not. */
int vips_adain_check_style_size (int size);

/* size.c: the picture cropped to its central square if asked for, and reduced to the short side, unless that is 0. */
int vips_adain_fit (VipsObject *parent, int short_side, gboolean crop, VipsImage *in,
                    VipsImage **out);

/* xmp.c: take out of an image's XMP what it says of pixels and files that the result does not have. */
void vips_adain_clean_xmp (VipsImage *image);

/* model.c: the model that is named, or in a file; NULL is the standard one. The caller owns a reference. */
adain_model *vips_adain_model (const char *name);

/* colour.c: the mode that a word names, NULL the default's; an error for a word that is none. */
int vips_adain_parse_colour (const char *word, adain_colour_mode *mode);

/* colour.c: the mode's word. */
const char *vips_adain_colour_name (adain_colour_mode mode);

/* colour.c: the result's lightness with the content's colours. */
int vips_adain_keep_colours (VipsImage *content, VipsImage *result, VipsImage **out);

/* masks.c: mask images as samples in memory, for a content stored in that orientation; NULL is an error. */
adain_pixels *vips_adain_masks_read (VipsObject *parent, VipsArrayImage *array, int orientation);
void vips_adain_masks_free (adain_pixels *masks, int n);

/* How a style is made. */
typedef struct {
  adain_model *model;
  int size;               /* the short side that paintings are reduced to; 0: never */
  adain_colours *colours; /* that paintings take on first, by the mode; NULL: they keep theirs */
  adain_colour_mode colour_mode;
  VipsImage *progress; /* whose pipeline may be killed meanwhile; NULL: none */
} VipsAdainStyleMaking;

/* style.c: the style of one image, or of a built-in name; NULL is an error. */
adain_style *vips_adain_style_of (VipsObject *parent, const VipsAdainStyleMaking *making,
                                  VipsImage *image);
adain_style *vips_adain_style_named (const VipsAdainStyleMaking *making, const char *name);

/* carrier.c: a style file's bytes, the caller's to g_free, or NULL; what is seen of an image that carries
 * them, and that image. */
void *vips_adain_style_bytes (const adain_style *style, size_t *size);
int vips_adain_black_pixel (VipsImage **out);
int vips_adain_carrier (const void *data, size_t size, VipsImage **out);

#endif
