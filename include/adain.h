/** @file adain.h
 *  Arbitrary style transfer by adaptive instance normalisation, as a C library.
 *
 *  A photograph and a painting in, the photograph in the painting's style out
 *  (X. Huang, S. Belongie: Arbitrary Style Transfer in Real-time with Adaptive
 *  Instance Normalization, ICCV 2017, arXiv:1703.06868).
 *
 *      adain_model *model;   adain_style *style;
 *      adain_model_embedded (&model);
 *      adain_style_from_pixels (model, &painting, NULL, &style);
 *      adain_stylise (model, &photograph, style, NULL, &result);
 *
 *  What holds for every function:
 *
 *  - **Errors.** Functions that can fail return an adain_status. On failure they write NULL (or
 *    nothing) through their result pointers and leave one sentence for the calling thread in
 *    adain_last_error(). Nothing is printed and nothing aborts. The statuses that a function lists
 *    are the ones to expect; #ADAIN_ERROR_INTERNAL is a defect of this library.
 *  - **NULL** where it is not mentioned is #ADAIN_ERROR_ARGUMENT, like every value out of its range;
 *    the sentence begins with the parameter's name.
 *  - **Ownership.** What a function makes belongs to the caller, who gives it back with the `_unref`
 *    or `_free` of its type. Objects keep the others that they need. No function keeps a pointer
 *    to the caller's pixels, paths, arrays or options after its return, but for
 *    adain_options.progress_data until the analysis or rendering that was begun with it is freed.
 *    Strings that functions return are the library's.
 *  - **Threads.** Every function may be called from any thread, also at once with the same objects;
 *    only an adain_analysis, an adain_rendering and an adain_colours are used from one thread at a
 *    time. A process that was forked may go on with what its parent made.
 *  - **Files.** Only those are opened whose names the caller passes, and a temporary one for a large
 *    feature map (adain_options.feature_memory). A name is bytes, as the system has it, and need not
 *    be UTF-8; in a sentence U+FFFD stands for what is not.
 *  - **Binary interface.** Functions carry the version ADAIN_0.1 of libadain.so.1. What is declared
 *    here stays as long as that soname; later releases add functions, statuses at the end of their
 *    list, and members at the end of adain_options.
 *
 *  The examples are parts of examples/c/reference.c, of the name that stands behind `snippet`.
 */
#ifndef ADAIN_H
#define ADAIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup library Library
 *  Version, kernels and threads of the library that runs.
 *  @{ */

#define ADAIN_VERSION_MAJOR 0 /**< Of this header: changes with what programs rely on. */
#define ADAIN_VERSION_MINOR 1 /**< Of this header: changes when functions are added. */
#define ADAIN_VERSION_PATCH 0 /**< Of this header. */

/** The version of the library, which may be newer than the header's.
 *  @return "0.1.0"; a constant, never NULL. */
const char *adain_version (void);

/** The instruction set of the kernels that this process uses. Chosen once, from what the processor
 *  and the operating system offer; the environment variable ADAIN_KERNEL names a lesser one.
 *  @return "avx512", "avx2", "neon" or "baseline"; a constant, never NULL. */
const char *adain_kernel (void);

/** How many threads a call uses when its options say 0: the processors that this process may use,
 *  by affinity mask and control-group quota.
 *  @return 1 or more. */
int adain_default_threads (void);

/** @} */

/** @defgroup status Status
 *  What became of a call.
 *
 *  @snippet reference.c stylise
 *  @{ */

/** What became of a call. New values may be added at the end. */
typedef enum adain_status {
  ADAIN_OK = 0,              /**< It did what it says; always 0. */
  ADAIN_ERROR_ARGUMENT = 1,  /**< An argument is out of its range; the sentence names it. */
  ADAIN_ERROR_MEMORY = 2,    /**< Memory for the work could not be had. */
  ADAIN_ERROR_IO = 3,        /**< A file could not be read or written; the sentence names it. */
  ADAIN_ERROR_FORMAT = 4,    /**< A weights or style file is damaged or of another kind. */
  ADAIN_ERROR_MISMATCH = 5,  /**< A style was made with another encoder than the model's. */
  ADAIN_ERROR_CANCELLED = 6, /**< The progress callback asked to stop. */
  ADAIN_ERROR_ORDER = 7,     /**< Rows were pushed or pulled out of order. */
  ADAIN_ERROR_INTERNAL = 8   /**< A defect of this library. */
} adain_status;

/** The sentence for the last failure on the calling thread. A call that succeeds leaves it.
 *  @return in UTF-8, "" before the first failure, never NULL. Owned by the library; valid until the
 *  next call of this library on the same thread. */
const char *adain_last_error (void);

/** A status in a word.
 *  @param status  any value.
 *  @return such as "argument"; "ok" for #ADAIN_OK, "unknown" for what is no status. A constant, never
 *  NULL. */
const char *adain_status_name (adain_status status);

/** @} */

/** @defgroup pixels Pixels
 *  The caller's pixels, which the library only looks at.
 *  @{ */

/** How one sample is stored. Samples are sRGB-encoded; those of more than a byte are aligned and in
 *  the machine's byte order. */
typedef enum adain_format {
  ADAIN_FORMAT_U8 = 0,  /**< `uint8_t`, 0 to 255. */
  ADAIN_FORMAT_U16 = 1, /**< `uint16_t`, 0 to 65535. */
  ADAIN_FORMAT_F32 = 2  /**< `float`, 0 to 1; values outside are clamped, a NaN or an infinity is
                             #ADAIN_ERROR_ARGUMENT. */
} adain_format;

/** A view of the caller's pixels: rows from the top down, channels interleaved, row y beginning at
 *  `(char *) data + y * stride`.
 *
 *  As an input the pixels are only read. Views of one call must not overlap, unless the function
 *  says that its result may be the same view as an input: equal in every member. */
typedef struct adain_pixels {
  void *data;          /**< The first sample; aligned to its format. */
  size_t stride;       /**< Bytes from one row to the next, at least a row's and a multiple of the
                            sample's size; 0: rows without gaps. */
  uint32_t width;      /**< Pixels of a row, 1 to 10,000,000. */
  uint32_t height;     /**< Rows, 1 to 10,000,000. */
  adain_format format; /**< Of every sample. */
  uint32_t channels;   /**< Samples of a pixel: 1 (grey: read as R = G = B, written as luma
                            0.2126 R + 0.7152 G + 0.0722 B), 3 (RGB) or 4 (RGB and alpha, which
                            the network does not see). */
} adain_pixels;

/** @} */

/** @defgroup options Options
 *  How a call runs.
 *
 *  @snippet reference.c progress
 *  @{ */

/** Called now and then during a call, on one of the threads that work but never on two at once. It
 *  must return: no exception, no longjmp().
 *  @param done  the share of the work done, from 0 to 1, never falling.
 *  @param data  adain_options.progress_data.
 *  @return 0 to go on; anything else cancels: the call ends soon with #ADAIN_ERROR_CANCELLED. */
typedef int (*adain_progress_fn) (double done, void *data);

/** Options of a call: begin with #ADAIN_OPTIONS_INIT. NULL instead of a pointer to them means the
 *  same defaults. Each function says which it uses; strength and threads are checked by all. */
typedef struct adain_options {
  size_t struct_size;         /**< sizeof (adain_options), by which the struct can grow: a program built
                                   with an older header has a smaller one, and the defaults for the
                                   rest. With a newer header than the library's (4096 bytes at
                                   most) what the library does not know must be 0, its default;
                                   else the call is #ADAIN_ERROR_ARGUMENT. */
  float strength;             /**< 0 to 1, default 1: alpha in the paper's equation 14. 0 gives the
                                   content back as the decoder sees it. */
  int32_t threads;            /**< 1 to 1024; 0 (default): adain_default_threads(). */
  adain_progress_fn progress; /**< NULL (default): none. */
  void *progress_data;        /**< Handed to progress; may be NULL. */
  size_t feature_memory;      /**< Bytes of memory that a picture's feature map may take; a larger one
                                   goes to a temporary file, without a name, in TMPDIR or /tmp. 0
                                   (default): the environment variable ADAIN_FEATURE_MEMORY (such
                                   as 200m), or 512 MB and at most an eighth of the machine's memory;
                                   1: always a file. Counts when a picture is analysed. */
  float stroke;               /**< How broad the brush is, 1 to 64: 4 paints first in the strokes of a
                                   copy of a quarter of the size, then, led by the picture's own edges,
                                   finer ones over them. 1: the network alone, as in the paper. 0
                                   (default): adain_automatic_stroke() in adain_stylise(), 1 in an
                                   analysis. Takes 1 byte for each pixel of the picture and 40 for each
                                   of the reduced copies. */
  double detail;              /**< How strong the finer strokes are where the brush is broad, as a share
                                   of strength, up to 1; the broad strokes' tones stay. 0 (default): 0.7.
                                   #ADAIN_DETAIL_NONE: the broad strokes alone. */
} adain_options;

/** The value of adain_options.detail that leaves out the finer strokes; its 0 is the default. */
#define ADAIN_DETAIL_NONE (-1.0)

/** The defaults, as an initialiser of an adain_options. */
#define ADAIN_OPTIONS_INIT { sizeof (adain_options), 1.0f, 0, NULL, NULL, 0, 0.0f, 0.0 }

/** @} */

/** @defgroup model Model
 *  The network's weights.
 *
 *  @snippet reference.c stylise
 *  @snippet reference.c models
 *  @{ */

/** The network's weights, ready for the kernels: 161 MB for the standard model, 19 MB for the fast one. With the environment
 *  variable ADAIN_LOW_MEMORY=1 they are made ready piece by piece, again and again: 21 MB, the same
 *  pixels, more time. A process forked after its model is made shares it.
 *
 *  Reference counted and immutable: one model serves any number of threads at once. */
typedef struct adain_model adain_model;

/** The model that is meant where none is named: adain_model_named() of "standard".
 *  @param[out] model  a reference, the caller's to unref; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MEMORY (a later call tries again). */
adain_status adain_model_embedded (adain_model **model);

/** A model that is built into the library. Made at the first call and shared by later ones; the library
 *  itself keeps it until the process ends.
 *  @param name  "standard", which has the paper's widths and makes the best pictures, or "fast", which has
 *               fewer channels and is for previews and video; an unknown one is #ADAIN_ERROR_ARGUMENT, and
 *               the sentence has the known ones.
 *  @param[out] model  a reference, the caller's to unref; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MEMORY (a later call tries again). */
adain_status adain_model_named (const char *name, adain_model **model);

/** How many models are built in.
 *  @return 1 or more. */
size_t adain_named_model_count (void);

/** The name of a built-in model.
 *  @param index  from 0, which is the standard one.
 *  @return a constant in UTF-8; NULL for an index that there is not. */
const char *adain_named_model_name (size_t index);

/** What a user says of a model: its name, or a weights file. A name has neither a dot nor a slash; a file of
 *  such a name is given with its folder, as "./fast".
 *  @param name_or_path  as for adain_model_named() or for adain_model_load_file().
 *  @param[out] model  a reference, the caller's to unref; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_IO, #ADAIN_ERROR_FORMAT, #ADAIN_ERROR_MEMORY. */
adain_status adain_model_open (const char *name_or_path, adain_model **model);

/** A model from a safetensors file; topology and widths of layers come from its tensors.
 *  @param path  a regular file of at most 1 GiB, its header of at most 1 MiB, its layers of at most
 *               4096 channels.
 *  @param[out] model  the caller's to unref; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_IO, #ADAIN_ERROR_FORMAT (the sentence names
 *  the tensor or the field), #ADAIN_ERROR_MEMORY. */
adain_status adain_model_load_file (const char *path, adain_model **model);

/** A model from a safetensors file's bytes.
 *  @param data  the file; of any alignment; not needed after return.
 *  @param size  bytes of it.
 *  @param[out] model  the caller's to unref; NULL on failure.
 *  @return as adain_model_load_file(), without #ADAIN_ERROR_IO. */
adain_status adain_model_load_memory (const void *data, size_t size, adain_model **model);

/** One reference more.
 *  @param model  NULL is allowed and does nothing.
 *  @return its argument. */
adain_model *adain_model_ref (adain_model *model);

/** One reference less; the last one frees.
 *  @param model  NULL is allowed and does nothing. */
void adain_model_unref (adain_model *model);

/** Which network it is.
 *  @param model  NULL gives "".
 *  @return "vgg16" or "vgg19"; a constant, never NULL. */
const char *adain_model_architecture (const adain_model *model);

/** @} */

/** @defgroup style Style
 *  A painting's style: made, mixed, saved and loaded.
 *
 *  @snippet reference.c mix
 *  @{ */

/** A painting's style: per channel of relu4_1 a mean and a standard deviation, 4 KB in all.
 *
 *  Reference counted and immutable: one style serves any number of threads at once, with every
 *  model that has its encoder. */
typedef struct adain_style adain_style;

/** The style of a painting.
 *  @param model  its encoder is used.
 *  @param painting  of any size; adain_reduce() it first, as its size decides how coarse the strokes
 *                   are. Alpha is not looked at.
 *  @param options  threads, progress; NULL: the defaults. The feature map is not kept.
 *  @param[out] style  the caller's to unref; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MEMORY, #ADAIN_ERROR_CANCELLED. */
adain_status adain_style_from_pixels (adain_model *model, const adain_pixels *painting,
                                      const adain_options *options, adain_style **style);

/** A weighted mean of styles: means and deviations are averaged with weights[i] / sum.
 *  @param styles  `count` of them, of one encoder; one may be there more than once.
 *  @param weights  `count` of them, finite, not negative, and not all 0; NULL: equal ones.
 *  @param count  1 to 65536.
 *  @param[out] style  the caller's to unref; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MISMATCH. */
adain_status adain_style_mix (adain_style *const *styles, const float *weights,
                              size_t count, adain_style **style);

/** A style as bytes: magic, version, fingerprint of the encoder, numbers, checksum; the same on every
 *  machine, 4128 for the built-in model.
 *
 *  @snippet reference.c save
 *  @param style  any.
 *  @param[out] buffer  takes the bytes; NULL, with a capacity of 0, to learn the size alone.
 *  @param capacity  bytes that the buffer has room for. Fewer than needed is #ADAIN_ERROR_ARGUMENT,
 *                   and the buffer stays as it was.
 *  @param[out] size  bytes that are needed; written then, too.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT. */
adain_status adain_style_save_memory (const adain_style *style, void *buffer,
                                      size_t capacity, size_t *size);

/** A style as a file of the same bytes, which replaces an older one whole or not at all.
 *  @param style  any.
 *  @param path  in any encoding.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_IO. */
adain_status adain_style_save_file (const adain_style *style, const char *path);

/** A style from the bytes of adain_style_save_memory().
 *  @param data  of any alignment; not needed after return.
 *  @param size  all of the bytes, and no more.
 *  @param[out] style  the caller's to unref; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_FORMAT. */
adain_status adain_style_load_memory (const void *data, size_t size, adain_style **style);

/** A style from a file.
 *  @param path  a regular file.
 *  @param[out] style  the caller's to unref; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_IO, #ADAIN_ERROR_FORMAT,
 *  #ADAIN_ERROR_MEMORY. */
adain_status adain_style_load_file (const char *path, adain_style **style);

/** One reference more.
 *  @param style  NULL is allowed and does nothing.
 *  @return its argument. */
adain_style *adain_style_ref (adain_style *style);

/** One reference less; the last one frees.
 *  @param style  NULL is allowed and does nothing. */
void adain_style_unref (adain_style *style);

/** @} */

/** @defgroup named Built-in styles
 *  Paintings' styles that are built in under a name, for the encoders of the built-in models. (Conditional
 *  instance normalisation, with the painting's statistics as parameters.)
 *
 *  @snippet reference.c named
 *  @{ */

/** A style that is built in, for the standard model.
 *  @param name  such as "great-wave", in UTF-8; an unknown one is #ADAIN_ERROR_ARGUMENT, and the
 *               sentence has the nearest ones.
 *  @param[out] style  the caller's to unref; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT. */
adain_status adain_style_named (const char *name, adain_style **style);

/** A style that is built in, for any of the built-in models or another with the encoder of one.
 *  @param model  whose encoder it is to fit.
 *  @param name  as for adain_style_named().
 *  @param[out] style  the caller's to unref; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MISMATCH (there is none for that encoder). */
adain_status adain_style_named_for (const adain_model *model, const char *name, adain_style **style);

/** How many built-in styles there are.
 *  @return 1 or more. */
size_t adain_named_style_count (void);

/** The name of a built-in style.
 *  @param index  from 0.
 *  @return a constant in UTF-8; NULL for an index that there is not. */
const char *adain_named_style_name (size_t index);

/** The title of its painting.
 *  @param index  from 0.
 *  @return a constant in UTF-8; NULL for an index that there is not. */
const char *adain_named_style_title (size_t index);

/** Who painted it.
 *  @param index  from 0.
 *  @return a constant in UTF-8; NULL for an index that there is not. */
const char *adain_named_style_painter (size_t index);

/** When it was painted.
 *  @param index  from 0.
 *  @return a constant in UTF-8, which may be words ("about 1831"); NULL for an index that there is
 *  not. */
const char *adain_named_style_year (size_t index);

/** @} */

/** @defgroup stylise Stylise in one call
 *  A picture in, a picture out.
 *
 *  @snippet reference.c stylise
 *  @{ */

/** The breadth at which strokes suit a picture that is looked at as a whole: 1 up to a megapixel, beyond in
 *  proportion to the short side.
 *  @param width  in pixels.
 *  @param height  in pixels.
 *  @return 1 to 64, as for adain_options.stroke. */
float adain_automatic_stroke (uint32_t width, uint32_t height);

/** Content in the given style.
 *  @param model  the network.
 *  @param content  of any size.
 *  @param style  of the model's encoder.
 *  @param options  strength, threads, progress, feature_memory, stroke, detail; NULL: the defaults.
 *  @param result  has the content's width and height; format and channels may differ. With four
 *                 channels on both sides alpha is carried over; otherwise a fourth channel is made
 *                 opaque. May be the same view as the content. On failure its pixels are unspecified.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MISMATCH, #ADAIN_ERROR_MEMORY,
 *  #ADAIN_ERROR_IO (the temporary file), #ADAIN_ERROR_CANCELLED. */
adain_status adain_stylise (adain_model *model, const adain_pixels *content,
                            const adain_style *style, const adain_options *options,
                            const adain_pixels *result);

/** @} */

/** @defgroup content Analyse once, render any rectangle
 *  For large pictures and viewers: the content is read once, then looked at through any window, in
 *  any style.
 *
 *  @snippet reference.c render
 *  @{ */

/** A content picture as the network sees it: its feature map and statistics. It keeps its model.
 *
 *  Reference counted and immutable: any number of threads may render it at once. */
typedef struct adain_content adain_content;

/** Encode a whole picture. The feature map takes 32 bytes for each pixel; beyond two megapixels 16,
 *  in half precision, which moves no sample by more than 1/3 of 1/255.
 *  @param model  the network.
 *  @param picture  of any size. Alpha is not looked at.
 *  @param options  threads, progress, feature_memory; NULL: the defaults.
 *  @param[out] content  the caller's to unref; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MEMORY, #ADAIN_ERROR_IO (the temporary
 *  file), #ADAIN_ERROR_CANCELLED. */
adain_status adain_content_analyse (adain_model *model, const adain_pixels *picture,
                                    const adain_options *options, adain_content **content);

/** The picture's width.
 *  @param content  NULL gives 0.
 *  @return in pixels. */
uint32_t adain_content_width (const adain_content *content);

/** The picture's height.
 *  @param content  NULL gives 0.
 *  @return in pixels. */
uint32_t adain_content_height (const adain_content *content);

/** Render a rectangle. Its pixels are those that the whole picture would have there, bit for bit.
 *  @param content  what is rendered.
 *  @param style  of the content's model's encoder.
 *  @param options  strength, threads, progress; NULL: the defaults.
 *  @param x  the left column.
 *  @param y  the top row.
 *  @param result  as large as the rectangle, which must lie inside the picture. A fourth channel is
 *                 made opaque. On failure its pixels are unspecified.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MISMATCH, #ADAIN_ERROR_MEMORY,
 *  #ADAIN_ERROR_IO (the temporary file), #ADAIN_ERROR_CANCELLED. */
adain_status adain_content_render (adain_content *content, const adain_style *style,
                                   const adain_options *options, uint32_t x, uint32_t y,
                                   const adain_pixels *result);

/** One reference more.
 *  @param content  NULL is allowed and does nothing.
 *  @return its argument. */
adain_content *adain_content_ref (adain_content *content);

/** One reference less; the last one frees.
 *  @param content  NULL is allowed and does nothing. */
void adain_content_unref (adain_content *content);

/** @} */

/** @defgroup composition Several styles, each in its region
 *  Spatial control (Huang & Belongie, section 7.3).
 *
 *  @snippet reference.c compose
 *  @{ */

/** A content in several styles, each where its mask says. In every cell of the feature map the styles
 *  are blended by their masks' weights there, so borders are as soft as the masks; what no mask covers
 *  stays content. It keeps its content and styles, and takes 4 bytes for each style and 64 pixels.
 *
 *  Reference counted and immutable: any number of threads may render it at once. */
typedef struct adain_composition adain_composition;

/** What a style's AdaIN takes for the content's statistics. */
typedef enum adain_statistics {
  ADAIN_STATISTICS_REGIONS = 0, /**< Those over its own region, weighted by the mask: the paper's. */
  ADAIN_STATISTICS_WHOLE = 1    /**< The whole content's: what is darker than the rest stays so. */
} adain_statistics;

/** Put several styles into one content.
 *  @param content  what is rendered.
 *  @param styles  `style_count` of them, of the content's model's encoder.
 *  @param style_count  1 to 256.
 *  @param masks  `mask_count` grey pictures (channels 1) of any size and format, each laid over the
 *                whole content; white is all of the style, black none. Where they sum to more than 1
 *                they are normalised. NULL with a mask_count of 0.
 *  @param mask_count  style_count, or one less: the last style then gets what the others leave. Two
 *                     styles and one mask, white for the first, is the simple case.
 *  @param statistics  what each style is measured against.
 *  @param options  threads; NULL: the defaults.
 *  @param[out] composition  the caller's to unref; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MISMATCH, #ADAIN_ERROR_MEMORY,
 *  #ADAIN_ERROR_IO (the temporary file). */
adain_status adain_composition_new (adain_content *content, adain_style *const *styles,
                                    size_t style_count, const adain_pixels *masks,
                                    size_t mask_count, adain_statistics statistics,
                                    const adain_options *options,
                                    adain_composition **composition);

/** As adain_content_render(), in the composition's styles.
 *  @param composition  what is rendered.
 *  @param options  strength, threads, progress; NULL: the defaults.
 *  @param x  the left column.
 *  @param y  the top row.
 *  @param result  as of adain_content_render().
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MEMORY, #ADAIN_ERROR_IO (the temporary
 *  file), #ADAIN_ERROR_CANCELLED. */
adain_status adain_composition_render (adain_composition *composition,
                                       const adain_options *options, uint32_t x, uint32_t y,
                                       const adain_pixels *result);

/** One reference more.
 *  @param composition  NULL is allowed and does nothing.
 *  @return its argument. */
adain_composition *adain_composition_ref (adain_composition *composition);

/** One reference less; the last one frees.
 *  @param composition  NULL is allowed and does nothing. */
void adain_composition_unref (adain_composition *composition);

/** @} */

/** @defgroup analysis Analyse a picture that arrives in rows
 *  For pictures that are never in memory whole.
 *
 *  @snippet reference.c analyse
 *
 *  With a broad brush:
 *
 *  @snippet reference.c paint
 *  @{ */

/** An analysis under way. It keeps its model.
 *
 *  Unlike a content it changes: use it from one thread at a time. */
typedef struct adain_analysis adain_analysis;

/** Begin: a picture of that size will be pushed.
 *  @param model  the network.
 *  @param width  1 to 10,000,000.
 *  @param height  1 to 10,000,000.
 *  @param options  threads, progress (of the whole picture), feature_memory, stroke (0 is 1 here); they hold
 *                  for all of it. NULL: the defaults.
 *  @param[out] analysis  the caller's to free; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MEMORY, #ADAIN_ERROR_IO (the temporary
 *  file: its whole room is set aside here). */
adain_status adain_analysis_begin (adain_model *model, uint32_t width, uint32_t height,
                                   const adain_options *options, adain_analysis **analysis);

/** Push the next rows, from the top down.
 *  @param analysis  begun and not finished.
 *  @param rows  rows->height rows of the width given at begin. A view that is wrong, another
 *               width, or more rows than announced (#ADAIN_ERROR_ORDER) takes none of them and
 *               changes nothing. After any other failure, such as a sample that is not finite, the
 *               analysis can only be freed.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_ORDER, #ADAIN_ERROR_MEMORY,
 *  #ADAIN_ERROR_IO (the temporary file), #ADAIN_ERROR_CANCELLED. */
adain_status adain_analysis_push (adain_analysis *analysis, const adain_pixels *rows);

/** The content, once every row was pushed. Succeeds once; the analysis must still be freed.
 *  @param analysis  with all rows pushed; before that #ADAIN_ERROR_ORDER, and pushing may go on. Begun with
 *                   a stroke of 1, or 0; else #ADAIN_ERROR_ORDER: broad strokes are a style's, so such an
 *                   analysis is painted.
 *  @param[out] content  the caller's to unref; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_ORDER. */
adain_status adain_analysis_finish (adain_analysis *analysis, adain_content **content);

/** Instead of adain_analysis_finish() where the stroke is above 1: the content painted in broad strokes,
 *  led by the picture's edges. Render it in the same styles, at the same strength: the finer strokes are what
 *  is left to do. May be called again, for other styles; the analysis must still be freed.
 *  @param analysis  with all rows pushed; before that #ADAIN_ERROR_ORDER, and pushing may go on.
 *  @param styles  as of adain_composition_new(); one, without a mask, for a picture in one style.
 *  @param style_count  1 to 256.
 *  @param masks  as of adain_composition_new(). The result is then rendered as a composition of the same
 *                styles and masks.
 *  @param mask_count  style_count, or one less.
 *  @param statistics  as of adain_composition_new().
 *  @param options  strength, detail, threads, progress; NULL: the defaults.
 *  @param[out] content  the caller's to unref; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_ORDER, #ADAIN_ERROR_MISMATCH,
 *  #ADAIN_ERROR_MEMORY, #ADAIN_ERROR_IO (the temporary file), #ADAIN_ERROR_CANCELLED. */
adain_status adain_analysis_paint (adain_analysis *analysis, adain_style *const *styles,
                                   size_t style_count, const adain_pixels *masks, size_t mask_count,
                                   adain_statistics statistics, const adain_options *options,
                                   adain_content **content);

/** Free an analysis, finished or not.
 *  @param analysis  NULL is allowed and does nothing. */
void adain_analysis_free (adain_analysis *analysis);

/** @} */

/** @defgroup rendering Render a picture row by row
 *  For sinks that want rows from the top down: nothing is decoded twice, while every rectangle decodes
 *  a halo around it.
 *
 *  @snippet reference.c rows
 *  @{ */

/** A rendering under way. It keeps what it needs of content and styles.
 *
 *  Like an analysis it changes: use it from one thread at a time. */
typedef struct adain_rendering adain_rendering;

/** Begin at the top, in one style.
 *  @param content  what is rendered.
 *  @param style  of the content's model's encoder.
 *  @param options  strength, threads, progress (of the whole picture); they hold for all of it. NULL:
 *                  the defaults.
 *  @param[out] rendering  the caller's to free; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MISMATCH, #ADAIN_ERROR_MEMORY. */
adain_status adain_rendering_begin (adain_content *content, const adain_style *style,
                                    const adain_options *options, adain_rendering **rendering);

/** Begin at the top, in the styles of a composition.
 *  @param composition  what is rendered.
 *  @param options  as of adain_rendering_begin().
 *  @param[out] rendering  the caller's to free; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MEMORY. */
adain_status adain_composition_rendering (adain_composition *composition,
                                          const adain_options *options,
                                          adain_rendering **rendering);

/** Render the next rows. Their pixels are those of adain_content_render(), bit for bit.
 *  @param rendering  begun.
 *  @param rows  takes rows->height rows of the picture's width. A view that is wrong, another
 *               width, or more rows than are left (#ADAIN_ERROR_ORDER) gets none of them and
 *               changes nothing. After any other failure the rendering can only be freed. A fourth
 *               channel is made opaque.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_ORDER, #ADAIN_ERROR_MEMORY,
 *  #ADAIN_ERROR_IO (the temporary file), #ADAIN_ERROR_CANCELLED. */
adain_status adain_rendering_pull (adain_rendering *rendering, const adain_pixels *rows);

/** Free a rendering, finished or not.
 *  @param rendering  NULL is allowed and does nothing. */
void adain_rendering_free (adain_rendering *rendering);

/** @} */

/** @defgroup sizes Sizes
 *  How large a content or a painting is seen.
 *
 *  @snippet reference.c reduce
 *  @{ */

/** The size of a picture that is cropped and reduced: content size, style size and crop.
 *  @param width  of the picture.
 *  @param height  of the picture.
 *  @param short_side  to which it is reduced, never enlarged; 0: not at all.
 *  @param crop  not 0: to its central square, first.
 *  @param[out] fitted_width  the new width; NULL is allowed.
 *  @param[out] fitted_height  the new height; NULL is allowed. */
void adain_fitted_size (uint32_t width, uint32_t height, uint32_t short_side, int crop,
                        uint32_t *fitted_width, uint32_t *fitted_height);

/** Reduce a picture, or its central square, by the means of its samples: before
 *  adain_style_from_pixels() or adain_stylise(). On all processors.
 *  @param picture  of any size. Alpha is not looked at.
 *  @param crop  not 0: its central square.
 *  @param result  not larger than the picture, or the square, on either side; format and channels may
 *                 differ, a fourth channel is made opaque.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MEMORY. */
adain_status adain_reduce (const adain_pixels *picture, int crop, const adain_pixels *result);

/** @} */

/** @defgroup colours Colours
 *  Whose colours a result has. Before the painting is encoded:
 *
 *  @snippet reference.c colours
 *
 *  or afterwards:
 *
 *  @snippet reference.c lightness
 *  @{ */

/** Whose colours a result has. */
typedef enum adain_colour_mode {
  ADAIN_COLOUR_STYLE = 0,             /**< The style's, as AdaIN makes them. */
  ADAIN_COLOUR_CONTENT_CORAL = 1,     /**< The content's: the painting is whitened and coloured to the
                                          content's mean and covariance before it is encoded (CORAL). */
  ADAIN_COLOUR_CONTENT_LIGHTNESS = 2, /**< The content's, exactly: the result gives the lightness (L*),
                                          the content a* and b*: adain_keep_colours(), afterwards. */
  ADAIN_COLOUR_HISTOGRAM = 3          /**< The content's: each channel of the painting is matched to the
                                          content's histogram before it is encoded. */
} adain_colour_mode;

/** A content's colours, taken up as its rows pass by: 1.5 MB.
 *
 *  It changes: use it from one thread at a time. */
typedef struct adain_colours adain_colours;

/** Begin, without any rows.
 *  @param[out] colours  the caller's to free; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MEMORY. */
adain_status adain_colours_new (adain_colours **colours);

/** Add rows of the content, in any order.
 *  @param colours  those of the content.
 *  @param rows  of any size. Alpha is not looked at. The row of a sample that is not finite and
 *               those behind it are not added, those before it are.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MEMORY. */
adain_status adain_colours_add (adain_colours *colours, const adain_pixels *rows);

/** Recolour a painting, before adain_style_from_pixels().
 *  @param colours  of the content; with at least one row.
 *  @param mode  #ADAIN_COLOUR_CONTENT_CORAL or #ADAIN_COLOUR_HISTOGRAM.
 *  @param painting  of any size. Alpha is not looked at.
 *  @param result  has the painting's size; format and channels may differ, a fourth channel is made
 *                 opaque. May be the same view as the painting. On failure its pixels are unspecified.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MEMORY. */
adain_status adain_colours_recolour (adain_colours *colours, adain_colour_mode mode,
                                   const adain_pixels *painting, const adain_pixels *result);

/** Free a content's colours.
 *  @param colours  NULL is allowed and does nothing. */
void adain_colours_free (adain_colours *colours);

/** Give a stylised picture its content's colours (#ADAIN_COLOUR_CONTENT_LIGHTNESS). All three have
 *  one size, that of a few rows if need be.
 *  @param content  gives a* and b*.
 *  @param stylised  gives L*.
 *  @param result  may be the same view as either; format and channels may differ, a fourth channel is
 *                 made opaque. On failure its pixels are unspecified.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MEMORY. */
adain_status adain_keep_colours (const adain_pixels *content, const adain_pixels *stylised,
                                const adain_pixels *result);

/** @} */

/** @defgroup smoothing Videos
 *  Calm where nothing moves: frame by frame, a network answers a camera's noise with other strokes each time.
 *
 *  @snippet reference.c smoothing
 *  @{ */

/** A video's stylised frames, smoothed over time where the content rests, and not where it moves; a cut begins
 *  anew. 32 bytes for each pixel.
 *
 *  It changes: use it from one thread at a time. */
typedef struct adain_smoothing adain_smoothing;

/** Begin a video.
 *  @param width  of its frames.
 *  @param height  of its frames.
 *  @param amount  from 0 (none) to below 1: how much of the frame before stays where nothing moves. 0.85 lets 15 % of
 *                 a change through at once, and most of it within half a second at 25 frames a second.
 *  @param[out] smoothing  the caller's to free; NULL on failure.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT, #ADAIN_ERROR_MEMORY. */
adain_status adain_smoothing_new (uint32_t width, uint32_t height, float amount,
                                  adain_smoothing **smoothing);

/** Smooth the next frame.
 *  @param smoothing  of the video.
 *  @param content  the frame as it was, of 8 bits, three or four channels and the video's size.
 *  @param stylised  the frame in its style, of the same kind; changed in place, but for alpha. It does not overlap
 *                   the content.
 *  @return #ADAIN_OK, #ADAIN_ERROR_ARGUMENT. */
adain_status adain_smoothing_apply (adain_smoothing *smoothing, const adain_pixels *content,
                                    const adain_pixels *stylised);

/** Free a video's smoothing.
 *  @param smoothing  NULL is allowed and does nothing. */
void adain_smoothing_free (adain_smoothing *smoothing);

/** @} */

#ifdef __cplusplus
}
#endif

#endif /* ADAIN_H */
