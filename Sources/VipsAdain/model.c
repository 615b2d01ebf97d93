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
  return last.model && strcmp (last.path, path) == 0
    && last.status.st_ino == status->st_ino && last.status.st_dev == status->st_dev
    && last.status.st_size == status->st_size
    && last.status.st_mtim.tv_sec == status->st_mtim.tv_sec
    && last.status.st_mtim.tv_nsec == status->st_mtim.tv_nsec;
}

adain_model *
vips_adain_model (VipsAdain *adain)
{
  adain_model *model = NULL;
  GStatBuf status;

  if (!adain->model) {
    if (adain_model_embedded (&model))
      vips_adain_error (adain);
    return model;
  }

  g_mutex_lock (&last.lock);
  if (g_stat (adain->model, &status))
    memset (&status, 0, sizeof status); /* loading will say what is wrong */
  if (!is_last (adain->model, &status)) {
    adain_status result = adain_model_open (adain->model, &model);

    if (result == ADAIN_ERROR_FORMAT)
      vips_error (VIPS_OBJECT_GET_CLASS (adain)->nickname, "%s: %s", adain->model,
                  adain_last_error ());
    else if (result)
      vips_adain_error (adain);
    else {
      adain_model_unref (last.model);
      g_free (last.path);
      last.model = model;
      last.path = g_strdup (adain->model);
      last.status = status;
      adain_model_ref (model);
    }
  }
  else
    model = adain_model_ref (last.model);
  g_mutex_unlock (&last.lock);

  return model;
}
