/* A program may close the library, as one with plug-ins does, and go on: worker threads live, and
 * a thread that ends frees its sentence.
 *
 *     unload LIBRARY
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <adain.h>

typedef adain_status (*model_embedded) (adain_model **model);

static pthread_mutex_t closed = PTHREAD_MUTEX_INITIALIZER;

static void *
fail_and_outlive (void *library)
{
  void *symbol = dlsym (library, "adain_model_embedded");
  model_embedded function;

  memcpy (&function, &symbol, sizeof function); /* ISO C has no cast from data to code */
  if (function (NULL) != ADAIN_ERROR_ARGUMENT)
    return NULL;
  dlclose (library);
  pthread_mutex_lock (&closed); /* until the main thread has closed it too */
  return library;
}

int
main (int argc, char **argv)
{
  void *library = argc == 2 ? dlopen (argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
  void *result = NULL;
  pthread_t thread;

  if (!library) {
    fprintf (stderr, "unload: the library cannot be opened\n");
    return 2;
  }
  dlopen (argv[1], RTLD_NOW | RTLD_LOCAL); /* a reference for the thread */
  pthread_mutex_lock (&closed);
  if (pthread_create (&thread, NULL, fail_and_outlive, library))
    return 2;
  dlclose (library);
  pthread_mutex_unlock (&closed);
  pthread_join (thread, &result);

  return result ? 0 : 1;
}
