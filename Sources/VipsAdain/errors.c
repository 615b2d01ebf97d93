/* What failed, as libvips' error: a sentence that begins with the operation's name. */
#include "vips-adain.h"

int
vips_adain_error (VipsAdain *adain)
{
  vips_error (VIPS_OBJECT_GET_CLASS (adain)->nickname, "%s", adain_last_error ());
  return -1;
}

int
vips_adain_no_memory (VipsAdain *adain, const char *what)
{
  vips_error (VIPS_OBJECT_GET_CLASS (adain)->nickname, "out of memory for %s", what);
  return -1;
}
