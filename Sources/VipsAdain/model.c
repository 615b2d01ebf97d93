/* The model, made once for a process: those inside the library are shared by the library itself, a file's is
 * kept here until another file, or a changed one, is asked for. */
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "vips-adain.h"

static struct {
  GMutex lock;
  char *path;
  GStatBuf status;
  adain_model *model;
} last;

/* Whether the file is still the one that was loaded; call with the lock held. */
static gboolean
is_last (const char *path, const GStatBuf *status)
{
  return last.model && strcmp (last.path, path) == 0 && last.status.st_ino == status->st_ino
    && last.status.st_dev == status->st_dev && last.status.st_size == status->st_size
    && last.status.st_mtim.tv_sec == status->st_mtim.tv_sec
    && last.status.st_mtim.tv_nsec == status->st_mtim.tv_nsec;
}

adain_model *
vips_adain_model (const char *name)
{
  adain_model *model = NULL;
  GStatBuf status;

  if (!name)
    name = "standard";
  if (!adain_model_named (name, &model))
    return model;

  g_mutex_lock (&last.lock);
  if (g_stat (name, &status))
    memset (&status, 0, sizeof status); /* opening will say what is wrong */
  if (!is_last (name, &status)) {
    adain_status result = adain_model_open (name, &model);

    if (result == ADAIN_ERROR_FORMAT)
      vips_error (VIPS_ADAIN_DOMAIN, "%s: %s", name, adain_last_error ());
    else if (result)
      vips_adain_error ();
    else {
      adain_model_unref (last.model);
      g_free (last.path);
      last.model = model;
      last.path = g_strdup (name);
      last.status = status;
      adain_model_ref (model);
    }
  }
  else
    model = adain_model_ref (last.model);
  g_mutex_unlock (&last.lock);

  return model;
}
