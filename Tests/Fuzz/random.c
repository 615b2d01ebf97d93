/* Run the interface target on random rows of calls for some seconds, without libFuzzer.
 *
 *     random SECONDS SEED INPUT
 *
 * Most of a call is right, and two or three things about it are not as usual: what a search by coverage seldom puts
 * together. INPUT is the file that holds the calls of the moment; after a crash the replay takes it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "interface/interface.h"

enum { MOST = 16, LONGEST_SECONDS = 60 };

static uint64_t state;

/* SplitMix64 (Steele, Lea and Flood, 2014). */
static uint64_t
any (void)
{
  uint64_t z = (state += 0x9E3779B97F4A7C15);

  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
  z = (z ^ z >> 27) * 0x94D049BB133111EB;

  return z ^ z >> 31;
}

static uint8_t
below (unsigned limit)
{
  return (uint8_t) (any () % limit);
}

/* Where the first calls are as usual, and sizes and places the same, there is something for later ones to go wrong
 * with. */
static void
make (call *call, int place, uint8_t width, uint8_t height)
{
  /* style_from_pixels, analyse and begin_analysis of interface.c's table. */
  static const uint8_t first[] = { 1, 2, 8 };
  uint8_t *bytes = (uint8_t *) call;

  memset (call, 0, sizeof *call);
  call->function = place < 3 && below (8) ? first[place] : below (26);
  call->width = below (8) ? width : below (256);
  call->height = below (8) ? height : below (96);
  call->handle = below (4) ? 0 : below (16) ? below (PLACES) : below (256);
  call->other = below (4) ? 0 : below (16) ? below (PLACES) : below (256);
  call->into = below (4) ? 0 : below (PLACES);
  call->fill = below (256);
  call->count = below (4) ? 0 : below (6);
  call->number = below (4) ? 0 : below (256);
  if (!below (3)) {
    call->options = below (4) ? 1 << 5 | below (4) << 6 : below (256);
    call->strength = below (200);
    call->stroke = below (4) ? 3 : below (12);
    call->cancel = below (3) ? 0 : 1 + below (12);
  }
  for (int odd = below (4); odd > 0; odd--)
    bytes[offsetof (struct call, view) + below (sizeof *call - offsetof (struct call, view))]
      = below (2) ? below (16) : below (256);
}

static void
keep_input (int file, const call *calls, size_t size)
{
  if (pwrite (file, calls, size, 0) != (ssize_t) size || ftruncate (file, (off_t) size)) {
    perror ("random: the file for the calls");
    exit (1);
  }
}

int
main (int argc, char **argv)
{
  call calls[MOST];
  unsigned long inputs = 0, all = 0;
  time_t end;
  int file, missing = 0;

  if (argc != 4 || (file = open (argv[3], O_RDWR | O_CREAT | O_TRUNC, 0666)) < 0) {
    fprintf (stderr, "random SECONDS SEED INPUT\n");
    return 1;
  }
  end = time (NULL) + atol (argv[1]);
  state = strtoull (argv[2], NULL, 10);
  LLVMFuzzerInitialize (&argc, &argv);

  do {
    int count = 3 + below (MOST - 2);
    uint8_t width = below (48), height = below (48);

    for (int i = 0; i < count; i++)
      make (&calls[i], i, width, height);
    keep_input (file, calls, (size_t) count * sizeof (call));
    alarm (LONGEST_SECONDS); /* a hang ends it, too */
    LLVMFuzzerTestOneInput ((const uint8_t *) calls, (size_t) count * sizeof (call));
    inputs++;
  } while (time (NULL) < end);

  printf ("random, seed %s: %lu inputs;", argv[2], inputs);
  for (int status = 0; strcmp (adain_status_name ((adain_status) status), "unknown"); status++) {
    const char *name = adain_status_name ((adain_status) status);

    printf (" %s %lu", name, call_statuses[status]);
    all += call_statuses[status];
    /* Otherwise the calls are not of the kind that this is for; memory is refused in Tests/Faults. */
    if (!call_statuses[status] && status != ADAIN_ERROR_INTERNAL && status != ADAIN_ERROR_MEMORY) {
      fprintf (stderr, "\nrandom: no call ended as '%s'\n", name);
      missing = 1;
    }
  }
  printf ("; %lu calls\n", all);

  return missing;
}
