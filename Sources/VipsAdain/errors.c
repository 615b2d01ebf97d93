/* What failed, as libvips' error: a sentence that begins with the operation's name. */
#include "vips-adain.h"

int
vips_adain_error (void)
{
  vips_error (VIPS_ADAIN_DOMAIN, "%s", adain_last_error ());
  return -1;
}

int
vips_adain_no_memory (const char *what)
{
  vips_error (VIPS_ADAIN_DOMAIN, "out of memory for %s", what);
  return -1;
}
