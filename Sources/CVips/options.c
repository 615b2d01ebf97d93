/* Options of a format, such as those of "out.jpg[Q=90]", looked at before anything is computed.
 *
 * libvips takes an option that is out of its range for its default, and GLib says so, before 2.80 in a warning; here
 * that is an error. */
#include <string.h>

#include <vips/vips.h>

#include "cvips.h"
#include "options.h"

/* The property that was out of range while this thread set options; NULL when it does not. */
typedef struct {
  char property[64];
} options_fault;

static _Thread_local options_fault *looking;

static void
hear (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  static const char before[] = "for property '";
  const char *name = strstr (message, before);

  if (!looking || !name) {
    g_log_default_handler (domain, level, message, data);
    return;
  }
  name += strlen (before);
  g_strlcpy (looking->property, name, MIN (sizeof looking->property, strcspn (name, "'") + 1));
}

void
options_start (void)
{
  g_log_set_handler ("GLib-GObject", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL, hear, NULL);
}

static void
out_of_range (GParamSpec *option)
{
  const char *name = g_param_spec_get_name (option);

  if (G_IS_PARAM_SPEC_INT (option))
    vips_error (NULL, "%s is not between %d and %d", name, G_PARAM_SPEC_INT (option)->minimum,
                G_PARAM_SPEC_INT (option)->maximum);
  else if (G_IS_PARAM_SPEC_DOUBLE (option))
    vips_error (NULL, "%s is not between %g and %g", name, G_PARAM_SPEC_DOUBLE (option)->minimum,
                G_PARAM_SPEC_DOUBLE (option)->maximum);
  else
    vips_error (NULL, "%s is out of its range", name);
}

int
cvips_check_options (const char *path, const char *options, int writes)
{
  const char *nickname = writes ? vips_foreign_find_save (path) : vips_foreign_find_load (path);
  options_fault fault = { "" };
  VipsOperation *operation;
  GParamSpec *option;
  int failed;

  if (!nickname || !(operation = vips_operation_new (nickname)))
    return -1;
  looking = &fault;
  failed = vips_object_set_from_string (VIPS_OBJECT (operation), options);
  looking = NULL;
  if (!failed && *fault.property) {
    option = g_object_class_find_property (G_OBJECT_GET_CLASS (operation), fault.property);
    if (option)
      out_of_range (option);
    else
      vips_error (NULL, "%s is out of its range", fault.property);
    failed = -1;
  }
  g_object_unref (operation);

  return failed;
}
