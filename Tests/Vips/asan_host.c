/* The operation inside a program built with AddressSanitizer: the module's own sources are compiled
 * in, so that its every access is checked. (A module loaded into an ordinary `vips` cannot be.)
 *
 *     asan-host CONTENT STYLE MODEL OUT [over-read|leak]
 *
 * Runs each picture through random and sequential reading, options that are refused, and a kill. With
 * a bug's name that bug is planted, which a checker must find: pixels that are fewer than the image
 * says, which the operation's own code reads; an image that nobody lets go.
 */
#include <string.h>

#include "../../Sources/VipsAdain/vips-adain.h"

static VipsImage *
open_image (const char *path, VipsAccess access)
{
  VipsImage *image = vips_image_new_from_file (path, "access", access, NULL);

  if (!image)
    vips_error_exit ("%s", path);
  return image;
}

/* Returns what the operation returned; writes `out` when it succeeded. */
static int
run (const char *content, const char *style, const char *model, const char *out, VipsAccess access,
     double strength, gboolean kill)
{
  VipsImage *in = open_image (content, access);
  VipsImage *painting = open_image (style, access);
  VipsArrayImage *styles = vips_array_image_newv (1, painting);
  VipsImage *result = NULL;
  int failed;

  if (kill)
    vips_image_set_kill (in, TRUE);
  failed = vips_call ("adain", in, styles, &result, "model", model, "strength", strength, NULL);
  if (!failed)
    failed = vips_image_write_to_file (result, out, NULL);
  if (result)
    g_object_unref (result);
  vips_area_unref (VIPS_AREA (styles));
  g_object_unref (painting);
  g_object_unref (in);
  vips_error_clear ();

  return failed;
}

/* Grey of floats, as large as `style`, of which the last row is missing. */
static void
over_read (const char *style, const char *model)
{
  VipsImage *painting = open_image (style, VIPS_ACCESS_RANDOM);
  int width = painting->Xsize, height = painting->Ysize;
  float *pixels = g_new0 (float, width *(height - 1));
  VipsImage *in = vips_image_new_from_memory (pixels, sizeof (float) * width * height, width,
                                              height, 1, VIPS_FORMAT_FLOAT);
  VipsArrayImage *styles = vips_array_image_newv (1, painting);
  VipsImage *result = NULL;

  vips_call ("adain", in, styles, &result, "model", model, NULL);
  g_clear_object (&result);
  vips_area_unref (VIPS_AREA (styles));
  g_object_unref (in);
  g_object_unref (painting);
  g_free (pixels);
}

int
main (int argc, char **argv)
{
  const char *bug = argc == 6 ? argv[5] : "";
  int good;

  if (argc < 5 || VIPS_INIT (argv[0]))
    return 2;
  vips_adain_get_type ();
  if (strcmp (bug, "over-read") == 0)
    over_read (argv[2], argv[3]);
  if (strcmp (bug, "leak") == 0)
    open_image (argv[1], VIPS_ACCESS_RANDOM);

  good = run (argv[1], argv[2], argv[3], argv[4], VIPS_ACCESS_RANDOM, 1, FALSE) == 0
    && run (argv[1], argv[2], argv[3], argv[4], VIPS_ACCESS_SEQUENTIAL, 0.5, FALSE) == 0
    && run (argv[1], argv[2], argv[3], argv[4], VIPS_ACCESS_RANDOM, 2, FALSE) != 0
    && run (argv[1], argv[2], "/nonexistent", argv[4], VIPS_ACCESS_RANDOM, 1, FALSE) != 0
    && run (argv[1], argv[2], argv[3], argv[4], VIPS_ACCESS_RANDOM, 1, TRUE) != 0;
  vips_shutdown ();
  printf (good ? "asan-host: passed\n" : "asan-host: failed\n");

  return !good;
}
