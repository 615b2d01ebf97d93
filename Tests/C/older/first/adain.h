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
 *  - Handles are reference counted and immutable once made (except adain_analysis). Every
 *    function may be called from any thread, also at once with the same handles.
 *  - Functions never keep a pointer to the caller's pixels, paths or buffers after return.
 *  - No file is opened except those whose names the caller passes.
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
  ADAIN_ERROR_ORDER = 7,     /* an analysis was pushed or finished out of order */
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
} adain_options;

#define ADAIN_OPTIONS_INIT { sizeof (adain_options), 1.0f, 0, NULL, NULL }

/* ---- Model ----------------------------------------------------------------------- */

/* The network's weights, ready for the kernels. */
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

/* Encode a whole picture (options: threads, progress). */
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

/* ---- Analyse a picture that arrives in rows -------------------------------------- */

/* An analysis under way. Unlike the other handles it changes: use it from one thread at a
 * time. */
typedef struct adain_analysis adain_analysis;

/* Begin: a picture of width × height will be pushed (options: threads, progress; they hold
 * for all of it). */
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

#ifdef __cplusplus
}
#endif

#endif /* ADAIN_H */
