/* Entry points of the module: for vips_init, which loads LIBDIR/vips-modules-X.Y, and for
 * `vips --plugin`. */
#include <gmodule.h>

#include "vips-adain.h"

G_MODULE_EXPORT const gchar *g_module_check_init (GModule *module);

G_MODULE_EXPORT const gchar *
g_module_check_init (GModule *module)
{
  vips_adain_get_type ();
  vips_adain_style_get_type ();
  vips_adain_style_load_get_type ();
  /* A type cannot be unregistered, so its code must stay. */
  g_module_make_resident (module);

  return NULL;
}

/* `vips --plugin` of libvips builds with the old interface wants this table to exist. */
G_MODULE_EXPORT struct {
  const char *name;
  int n_functions;
  void *functions;
} package_table = { "adain", 0, NULL };
