/* What programs already built rely on: sizes, offsets and values, where integers have 32 bits and
 * pointers 64. A line here changes only with the library's soname; lines are added. */
#include "check.h"

/* Neither C99 nor this file as C++11 has one assertion that the other has: an array of a negative size
 * does not compile in both. */
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_ (a, b)
#define ASSERT(condition) typedef char JOIN (assert_on_line_, __LINE__)[(condition) ? 1 : -1]

#ifdef __LP64__

/* ---- Views of pixels ----------------------------------------------------------------- */

ASSERT (sizeof (adain_pixels) == 32);
ASSERT (offsetof (adain_pixels, data) == 0);
ASSERT (offsetof (adain_pixels, stride) == 8);
ASSERT (offsetof (adain_pixels, width) == 16);
ASSERT (offsetof (adain_pixels, height) == 20);
ASSERT (offsetof (adain_pixels, format) == 24);
ASSERT (offsetof (adain_pixels, channels) == 28);

/* ---- Options: new members begin at 56 and later ---------------------------------------- */

ASSERT (sizeof (adain_options) == 56);
ASSERT (offsetof (adain_options, struct_size) == 0);
ASSERT (offsetof (adain_options, strength) == 8);
ASSERT (offsetof (adain_options, threads) == 12);
ASSERT (offsetof (adain_options, progress) == 16);
ASSERT (offsetof (adain_options, progress_data) == 24);
ASSERT (offsetof (adain_options, feature_memory) == 32);
ASSERT (offsetof (adain_options, stroke) == 40);
ASSERT (offsetof (adain_options, detail) == 48);

#endif

/* ---- Values ---------------------------------------------------------------------------- */

ASSERT (sizeof (adain_status) == 4);
ASSERT (ADAIN_OK == 0);
ASSERT (ADAIN_ERROR_ARGUMENT == 1);
ASSERT (ADAIN_ERROR_MEMORY == 2);
ASSERT (ADAIN_ERROR_IO == 3);
ASSERT (ADAIN_ERROR_FORMAT == 4);
ASSERT (ADAIN_ERROR_MISMATCH == 5);
ASSERT (ADAIN_ERROR_CANCELLED == 6);
ASSERT (ADAIN_ERROR_ORDER == 7);
ASSERT (ADAIN_ERROR_INTERNAL == 8);

ASSERT (sizeof (adain_format) == 4);
ASSERT (ADAIN_FORMAT_U8 == 0);
ASSERT (ADAIN_FORMAT_U16 == 1);
ASSERT (ADAIN_FORMAT_F32 == 2);

ASSERT (sizeof (adain_statistics) == 4);
ASSERT (ADAIN_STATISTICS_REGIONS == 0);
ASSERT (ADAIN_STATISTICS_WHOLE == 1);

ASSERT (sizeof (adain_colour_mode) == 4);
ASSERT (ADAIN_COLOUR_STYLE == 0);
ASSERT (ADAIN_COLOUR_CONTENT_CORAL == 1);
ASSERT (ADAIN_COLOUR_CONTENT_LIGHTNESS == 2);
ASSERT (ADAIN_COLOUR_HISTOGRAM == 3);
