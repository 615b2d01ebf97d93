/* What must be done before the process is forked, registered when the library is loaded: a first use, which would
 * register it, may be under way on another thread at that very moment. */
#include <pthread.h>

#include "csupport.h"

/* Swift's: what is made at its first use is made now, or whoever makes it is waited for. Of the C interface
 * only where that is part of the program. */
void adain_finish_globals (void);
__attribute__ ((weak)) void adain_finish_interface_globals (void);

static void
before_fork (void)
{
  adain_finish_globals ();
  if (adain_finish_interface_globals)
    adain_finish_interface_globals ();
}

__attribute__ ((constructor)) static void
register_handler (void)
{
  pthread_atfork (before_fork, NULL, NULL);
}
