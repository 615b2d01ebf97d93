/* Extended attributes of files, which Swift's module of the C library lacks. */
#ifdef __linux__
#include <string.h>
#include <sys/xattr.h>
#endif

#include <glib.h>

#include "cvips.h"

void
cvips_copy_extended_attributes (const char *path, int file)
{
#ifdef __linux__
  ssize_t length = listxattr (path, NULL, 0);
  char *names = length > 0 ? g_try_malloc (length) : NULL;

  if (names && (length = listxattr (path, names, length)) > 0)
    for (const char *name = names; name < names + length; name += strlen (name) + 1) {
      ssize_t size = getxattr (path, name, NULL, 0);
      void *value = size >= 0 ? g_try_malloc (size + 1) : NULL;

      /* What is refused, as the system's own attributes are, stays behind. */
      if (value && getxattr (path, name, value, size) == size
          && fsetxattr (file, name, value, size, 0))
        size = -1;
      g_free (value);
    }
  g_free (names);
#else
  (void) path;
  (void) file;
#endif
}
