/* adain.h — arbitrary style transfer by adaptive instance normalisation, as a C library.
 *
 * A photograph and a painting in, the photograph in the painting's style out
 * (X. Huang, S. Belongie: Arbitrary Style Transfer in Real-time with Adaptive
 * Instance Normalization, ICCV 2017, arXiv:1703.06868).
 *
 *     adain_model *model;   adain_style *style;
 *     adain_model_embedded (&model);
 *     adain_style_from_pixels (model, &painting, NULL, &style);
 *     adain_stylise (model, &photograph, style, NULL, &result);
 *
 * Conventions, valid for every function below:
 *  - Functions that can fail return an adain_status. On failure they write NULL (or
 *    nothing) through their result pointers and leave one sentence for the calling
 *    thread in adain_last_error(). Nothing is printed and nothing aborts.
 *  - Handles are reference counted and immutable once made (except adain_analysis
 *    and adain_rendering). Every
 *    function may be called from any thread, also at once with the same handles.
 *  - Functions never keep a pointer to the caller's pixels, paths or buffers after return.
 *  - No file is opened except those whose names the caller passes, in UTF-8, and a temporary one
 *    for a large feature map (see adain_options).
 */
#ifndef ADAIN_H
#define ADAIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ADAIN_VERSION_MAJOR 0
#define ADAIN_VERSION_MINOR 1
#define ADAIN_VERSION_PATCH 0

/* ---- Status ---------------------------------------------------------------------- */

/* What became of a call. New values may be added at the end. */
typedef enum adain_status {
  ADAIN_OK = 0,
  ADAIN_ERROR_ARGUMENT = 1,  /* an argument is out of its range; the sentence names it */
  ADAIN_ERROR_MEMORY = 2,    /* memory for the work could not be had */
  ADAIN_ERROR_IO = 3,        /* a file could not be read or written */
  ADAIN_ERROR_FORMAT = 4,    /* a weights or style file is damaged or of another kind */
  ADAIN_ERROR_MISMATCH = 5,  /* a style made with another encoder than the model's */
  ADAIN_ERROR_CANCELLED = 6, /* the progress callback asked to stop */
  ADAIN_ERROR_ORDER = 7,     /* rows were pushed or pulled out of order */
  ADAIN_ERROR_INTERNAL = 8   /* a defect of this library */
} adain_status;

/* The sentence for the last failure on the calling thread ("" before the first).
 * Owned by the library; valid until the next call of this library on the same thread. */
const char *adain_last_error (void);

/* A constant name for a status, such as "argument"; "unknown" for any other value. */
const char *adain_status_name (adain_status status);

/* ---- Library --------------------------------------------------------------------- */

/* "0.1.0". A constant. */
const char *adain_version (void);

/* The instruction set of the kernels that this process uses: "avx512", "avx2" or
 * "baseline". Chosen once, from what the processor and the operating system offer; the
 * environment variable ADAIN_KERNEL names a lesser one. A constant. */
const char *adain_kernel (void);

/* How many threads a call uses when its options say 0: the processors that this process
 * may use, by affinity mask and control-group quota. */
int adain_default_threads (void);

/* ---- Pixels ---------------------------------------------------------------------- */

/* Samples are sRGB-encoded: 0..255, 0..65535, or 0..1 (values outside are clamped;
 * a NaN or an infinity is an error). 16-bit and float are in the machine's byte order. */
typedef enum adain_format {
  ADAIN_FORMAT_U8 = 0,
  ADAIN_FORMAT_U16 = 1,
  ADAIN_FORMAT_F32 = 2
} adain_format;

/* A view of the caller's pixels: `height` rows of `width` pixels of `channels` samples,
 * channels interleaved, row y beginning at (char *) data + y * stride.
 *  - channels: 1 (grey: read as R = G = B, written as luma 0.2126 R + 0.7152 G +
 *    0.0722 B), 3 (RGB) or 4 (RGB and alpha: alpha is not seen by the network).
 *  - stride: bytes from one row to the next, at least one row long and a multiple of the
 *    sample size; 0 means rows without gaps.
 * As an input the pixels are only read. Views of one call must not overlap, except that
 * adain_stylise may write over its own content when both views are equal. */
typedef struct adain_pixels {
  void *data;
  size_t stride;
  uint32_t width;
  uint32_t height;
  adain_format format;
  uint32_t channels;
} adain_pixels;

/* ---- Options --------------------------------------------------------------------- */

/* Called now and then with the share of the work done, from 0 to 1, never falling, on one
 * of the threads that work but never on two at once. Return 0 to go on; anything else
 * cancels: the call ends soon with ADAIN_ERROR_CANCELLED. */
typedef int (*adain_progress_fn) (double done, void *data);

/* Options of a call. Start from ADAIN_OPTIONS_INIT; NULL instead of a pointer means the
 * same defaults. `struct_size` tells the library which members the caller knows, so the
 * struct can grow without breaking programs already built. */
typedef struct adain_options {
  size_t struct_size;         /* sizeof (adain_options) */
  float strength;             /* 0..1, default 1: alpha in the paper's equation 14. 0 gives the
                                 content back as the decoder sees it */
  int32_t threads;            /* 0 (default): adain_default_threads(); else 1..1024 */
  adain_progress_fn progress; /* NULL (default): none */
  void *progress_data;        /* handed to progress */
  size_t feature_memory;      /* bytes of memory that a picture's feature map may take; a larger
                                 one goes to a temporary file in TMPDIR. 0 (default): the
                                 environment variable ADAIN_FEATURE_MEMORY (such as 200m), or
                                 512 MB and at most an eighth of the machine's memory; 1: always
                                 a file. Counts when a picture is analysed */
} adain_options;

#define ADAIN_OPTIONS_INIT { sizeof (adain_options), 1.0f, 0, NULL, NULL, 0 }

/* ---- Model ----------------------------------------------------------------------- */

/* The network's weights, ready for the kernels: 161 MB for the default model. With the environment
 * variable ADAIN_LOW_MEMORY=1 they are made ready piece by piece, again and again: 21 MB, the same
 * pixels, more time. A process forked after its model is made shares it. */
typedef struct adain_model adain_model;

/* The model built into the library. Made at the first call and shared by later ones.
 * The caller owns one reference of *model. */
adain_status adain_model_embedded (adain_model **model);

/* A model from a safetensors file, or from such a file's bytes (copied as needed).
 * Topology and layer widths come from its tensors. Errors: IO, FORMAT (one sentence that
 * names the tensor or the field), MEMORY, ARGUMENT. */
adain_status adain_model_load_file (const char *path, adain_model **model);
adain_status adain_model_load_memory (const void *data, size_t size, adain_model **model);

/* One reference more; returns its argument. NULL is allowed and does nothing. */
adain_model *adain_model_ref (adain_model *model);

/* One reference less; the last one frees. Contents keep the model that they need.
 * NULL is allowed and does nothing. */
void adain_model_unref (adain_model *model);

/* "vgg16" or "vgg19": valid as long as the model. NULL gives "". */
const char *adain_model_architecture (const adain_model *model);

/* ---- Style ----------------------------------------------------------------------- */

/* A painting's style: per channel of relu4_1 a mean and a standard deviation. */
typedef struct adain_style adain_style;

/* The style of a painting (options: threads, progress). */
adain_status adain_style_from_pixels (adain_model *model, const adain_pixels *painting,
                                      const adain_options *options, adain_style **style);

/* A weighted mean of `count` styles of one encoder: means and deviations are averaged
 * with weights[i] / sum. weights == NULL means equal ones. Weights must be finite, not
 * negative, and not all 0. */
adain_status adain_style_mix (adain_style *const *styles, const float *weights,
                              size_t count, adain_style **style);

/* A style as a few KB of bytes: magic, version, fingerprint of the encoder, numbers,
 * checksum; the same on every machine.
 * save_memory: writes at most `capacity` bytes to `buffer` (NULL allowed with 0) and the
 * number needed to *size (required); too small a buffer is ADAIN_ERROR_ARGUMENT unless
 * buffer is NULL. save_file: replaces `path` whole or not at all. */
adain_status adain_style_save_memory (const adain_style *style, void *buffer,
                                      size_t capacity, size_t *size);
adain_status adain_style_save_file (const adain_style *style, const char *path);
adain_status adain_style_load_memory (const void *data, size_t size, adain_style **style);
adain_status adain_style_load_file (const char *path, adain_style **style);

/* A style that is built in under a name, such as "great-wave": a painting's, for the built-in model's
 * encoder. (Conditional instance normalisation, with the painting's statistics as parameters.) An
 * unknown name is ADAIN_ERROR_ARGUMENT, and the sentence has the nearest ones. */
adain_status adain_style_named (const char *name, adain_style **style);

/* The built-in styles: how many, and of each its name, the painting's title, its painter and its year,
 * which may be words ("about 1831"). Constants, in UTF-8; NULL for an index that there is not. */
size_t adain_named_style_count (void);
const char *adain_named_style_name (size_t index);
const char *adain_named_style_title (size_t index);
const char *adain_named_style_painter (size_t index);
const char *adain_named_style_year (size_t index);

adain_style *adain_style_ref (adain_style *style);
void adain_style_unref (adain_style *style);

/* ---- Stylise in one call --------------------------------------------------------- */

/* Content in the given style. `result` has the content's width and height; format and
 * channels may differ. With four channels on both sides alpha is carried over; otherwise
 * a fourth channel is opaque. On failure the result's pixels are unspecified.
 * Options: strength, threads, progress. */
adain_status adain_stylise (adain_model *model, const adain_pixels *content,
                            const adain_style *style, const adain_options *options,
                            const adain_pixels *result);

/* ---- Analyse once, render any rectangle ------------------------------------------ */

/* A content picture as the network sees it: its feature map and statistics. */
typedef struct adain_content adain_content;

/* Encode a whole picture (options: threads, progress, feature_memory). The feature map takes 32
 * bytes for each pixel; beyond two megapixels 16, in half precision, which moves no sample by more
 * than 1/3 of 1/255. */
adain_status adain_content_analyse (adain_model *model, const adain_pixels *picture,
                                    const adain_options *options, adain_content **content);

/* The picture's size in pixels; 0 for NULL. */
uint32_t adain_content_width (const adain_content *content);
uint32_t adain_content_height (const adain_content *content);

/* Render the rectangle whose top left corner is (x, y) and whose size is result's; it must
 * lie inside the picture. Its pixels are those that the whole picture would have there, bit for
 * bit. A fourth channel is opaque. May run on many threads at once.
 * Options: strength, threads, progress. */
adain_status adain_content_render (adain_content *content, const adain_style *style,
                                   const adain_options *options, uint32_t x, uint32_t y,
                                   const adain_pixels *result);

adain_content *adain_content_ref (adain_content *content);
void adain_content_unref (adain_content *content);

/* ---- Several styles, each in its region ------------------------------------------ */

/* A content in several styles, each where its mask says: spatial control (Huang & Belongie, section
 * 7.3). In every cell of the feature map the styles are blended by their masks' weights there, so
 * borders are as soft as the masks; what no mask covers stays content. */
typedef struct adain_composition adain_composition;

/* What a style's AdaIN takes for the content's statistics. */
typedef enum adain_statistics {
  ADAIN_STATISTICS_REGIONS = 0, /* those over its own region, weighted by the mask: the paper's */
  ADAIN_STATISTICS_WHOLE = 1    /* the whole content's: what is darker than the rest stays so */
} adain_statistics;

/* styles: 1 to 256. masks: grey pictures (channels 1) of any size and format, each laid over the whole
 * content; white is all of the style, black none. One for each style, or one less: the last style then
 * gets what the others leave; for one style masks may be NULL. Where masks sum to more than 1 they are
 * normalised. Two styles and one mask, white for the first, is the simple case.
 * Takes 4 bytes for each style and 64 pixels, beside the content. Options: threads.
 * Errors: ARGUMENT, MISMATCH, MEMORY; IO when the feature map cannot be read back. */
adain_status adain_composition_new (adain_content *content, adain_style *const *styles,
                                    size_t style_count, const adain_pixels *masks,
                                    size_t mask_count, adain_statistics statistics,
                                    const adain_options *options,
                                    adain_composition **composition);

/* As adain_content_render, in the composition's styles. */
adain_status adain_composition_render (adain_composition *composition,
                                       const adain_options *options, uint32_t x, uint32_t y,
                                       const adain_pixels *result);

adain_composition *adain_composition_ref (adain_composition *composition);
void adain_composition_unref (adain_composition *composition);

/* ---- Analyse a picture that arrives in rows -------------------------------------- */

/* An analysis under way. Unlike the other handles it changes: use it from one thread at a
 * time. */
typedef struct adain_analysis adain_analysis;

/* Begin: a picture of width × height will be pushed (options: threads, progress,
 * feature_memory; they hold for all of it). */
adain_status adain_analysis_begin (adain_model *model, uint32_t width, uint32_t height,
                                   const adain_options *options, adain_analysis **analysis);

/* Push the next rows->height rows; rows->width must be the width given at begin. More rows
 * than announced are ADAIN_ERROR_ORDER and none of them is taken. After any other failure
 * the analysis can only be freed. */
adain_status adain_analysis_push (adain_analysis *analysis, const adain_pixels *rows);

/* The content, once every row was pushed; before that ADAIN_ERROR_ORDER, and pushing may
 * go on. Succeeds once; the analysis must still be freed. */
adain_status adain_analysis_finish (adain_analysis *analysis, adain_content **content);

/* Free an analysis, finished or not. NULL is allowed and does nothing. */
void adain_analysis_free (adain_analysis *analysis);

/* ---- Render a picture row by row ------------------------------------------------- */

/* A rendering under way, from the top row down: for sinks that want it so. It decodes nothing
 * twice, while every rectangle decodes a halo around it. Like an analysis it changes: use it from
 * one thread at a time. */
typedef struct adain_rendering adain_rendering;

/* Begin (options: strength, threads, progress; they hold for all of it). The rendering keeps
 * what it needs of content and style. */
adain_status adain_rendering_begin (adain_content *content, const adain_style *style,
                                    const adain_options *options, adain_rendering **rendering);

/* The same of a composition. */
adain_status adain_composition_rendering (adain_composition *composition,
                                          const adain_options *options,
                                          adain_rendering **rendering);

/* Render the next rows->height rows into rows, whose width is the picture's; the pixels are those
 * of adain_content_render, bit for bit. More rows than are left are ADAIN_ERROR_ORDER and none of
 * them is rendered. After any other failure the rendering can only be freed. */
adain_status adain_rendering_pull (adain_rendering *rendering, const adain_pixels *rows);

/* Free a rendering, finished or not. NULL is allowed and does nothing. */
void adain_rendering_free (adain_rendering *rendering);

/* ---- Colours --------------------------------------------------------------------- */

/* Whose colours a result has. */
typedef enum adain_color_mode {
  ADAIN_COLOR_STYLE = 0,             /* the style's, as AdaIN makes them */
  ADAIN_COLOR_CONTENT_CORAL = 1,     /* the content's: the painting is whitened and coloured to the
                                        content's mean and covariance before it is encoded (CORAL) */
  ADAIN_COLOR_CONTENT_LIGHTNESS = 2, /* the content's, exactly: the result gives the lightness (L*),
                                        the content a* and b*: adain_keep_colors, afterwards */
  ADAIN_COLOR_HISTOGRAM = 3          /* the content's: each channel of the painting is matched to the
                                        content's histogram before it is encoded */
} adain_color_mode;

/* A content's colours, taken up as its rows pass by; use it from one thread at a time. */
typedef struct adain_colors adain_colors;

adain_status adain_colors_new (adain_colors **colors);

/* Add rows of the content, in any order. */
adain_status adain_colors_add (adain_colors *colors, const adain_pixels *rows);

/* Recolour a painting for CONTENT_CORAL or HISTOGRAM, before adain_style_from_pixels. `result` has the
 * painting's size and may be the same view; its format and channels may differ, a fourth is opaque. */
adain_status adain_colors_recolor (adain_colors *colors, adain_color_mode mode,
                                   const adain_pixels *painting, const adain_pixels *result);

/* NULL is allowed and does nothing. */
void adain_colors_free (adain_colors *colors);

/* Give a stylised picture its content's colours (CONTENT_LIGHTNESS). All three have one size, that of a
 * few rows if need be; `result` may be either of the others. A fourth channel is opaque. */
adain_status adain_keep_colors (const adain_pixels *content, const adain_pixels *stylised,
                                const adain_pixels *result);

#ifdef __cplusplus
}
#endif

#endif /* ADAIN_H */
