/* libvips, found by pkg-config. */
#include <vips/vips.h>
