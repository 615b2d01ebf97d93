/* The C interface, from C (and, compiled again, from C++).
 *
 *     test-c MODEL OTHER_MODEL FOLDER [LEFT_OUT...]
 *
 * Every topic below, but those left out.
 */
#include "check.h"

int checks_passed;
int checks_failed;

void
check (int holds, const char *condition, const char *file, int line)
{
  if (holds)
    checks_passed++;
  else {
    checks_failed++;
    printf ("%s:%d: failed: %s\n", file, line, condition);
  }
}

void
check_fails (adain_status got, adain_status wanted, const char *text, const char *call,
             const char *file, int line)
{
  const char *sentence = adain_last_error ();

  if (got == wanted && strstr (sentence, text))
    checks_passed++;
  else {
    checks_failed++;
    printf ("%s:%d: %s\n  gave %s: '%s'\n  not %s with '%s'\n", file, line, call,
            adain_status_name (got), sentence, adain_status_name (wanted), text);
  }
}

size_t
sample_size (adain_format format)
{
  return format == ADAIN_FORMAT_U8 ? 1 : format == ADAIN_FORMAT_U16 ? 2 : 4;
}

adain_pixels
make_pixels (uint32_t width, uint32_t height, adain_format format, uint32_t channels, unsigned seed)
{
  adain_pixels pixels;
  size_t count = (size_t) width * height * channels;
  size_t i;

  pixels.data = malloc (count * sample_size (format));
  pixels.stride = 0;
  pixels.width = width;
  pixels.height = height;
  pixels.format = format;
  pixels.channels = channels;
  if (!pixels.data)
    abort ();
  for (i = 0; i < count; i++) {
    /* An 8-bit wave with some noise: the same picture in every format. */
    unsigned noise = (unsigned) (i * 2654435761u + seed * 40503u) >> 24;
    unsigned value = ((unsigned) (i / channels) * 7 / (seed + 1) + noise / 4) % 256;

    if (format == ADAIN_FORMAT_U8)
      ((unsigned char *) pixels.data)[i] = (unsigned char) value;
    else if (format == ADAIN_FORMAT_U16)
      ((uint16_t *) pixels.data)[i] = (uint16_t) (value * 257);
    else
      ((float *) pixels.data)[i] = (float) value / 255.0f;
  }

  return pixels;
}

static const struct {
  const char *name;
  void (*test) (const fixture *fixture);
} topics[] = {
  { "process-first", test_process_first }, /* before anything is used */
  { "arguments", test_arguments },
  { "options", test_options },
  { "limits", test_limits },
  { "sizes", test_sizes },
  { "sharing", test_sharing },
  { "models", test_models },
  { "styles", test_styles },
  { "analysis", test_analysis },
  { "rendering", test_rendering },
  { "composition", test_composition },
  { "progress", test_progress },
  { "reduce", test_reduce },
  { "smoothing", test_smoothing },
  { "forking", test_forking },
  { "process", test_process },
};

/* Whether the name is in the list, which NULL ends. */
static int
named (const char *name, char **list)
{
  while (*list && strcmp (name, *list))
    list++;

  return *list != NULL;
}

int
main (int argc, char **argv)
{
  fixture fixture;
  adain_pixels painting;
  char version[32];
  size_t i;

  if (argc < 4) {
    printf ("usage: %s MODEL OTHER_MODEL FOLDER [LEFT_OUT...]\n", argv[0]);
    return 2;
  }
  memset (&fixture, 0, sizeof fixture);
  fixture.folder = argv[3];
  CHECK (strcmp (adain_last_error (), "") == 0);
  CHECK (adain_model_load_file (argv[1], &fixture.model) == ADAIN_OK);
  CHECK (adain_model_load_file (argv[2], &fixture.other_model) == ADAIN_OK);
  painting = make_pixels (60, 40, ADAIN_FORMAT_U8, 3, 1);
  CHECK (adain_style_from_pixels (fixture.model, &painting, NULL, &fixture.style) == ADAIN_OK);
  free (painting.data);
  if (checks_failed) {
    printf ("%s\n", adain_last_error ());
    return 1;
  }

  snprintf (version, sizeof version, "%d.%d.%d", ADAIN_VERSION_MAJOR, ADAIN_VERSION_MINOR,
            ADAIN_VERSION_PATCH);
  CHECK (strcmp (adain_version (), version) == 0);
  CHECK (strlen (adain_kernel ()) > 0);
  CHECK (adain_default_threads () >= 1);
  CHECK (strcmp (adain_status_name (ADAIN_ERROR_ORDER), "order") == 0);
  CHECK (strcmp (adain_status_name ((adain_status) 99), "unknown") == 0);
  CHECK (strcmp (adain_model_architecture (fixture.model), "vgg16") == 0);
  CHECK (strcmp (adain_model_architecture (NULL), "") == 0);

  for (i = 0; i < sizeof topics / sizeof *topics; i++)
    if (!named (topics[i].name, argv + 4))
      topics[i].test (&fixture);

  adain_style_unref (fixture.style);
  adain_model_unref (fixture.model);
  adain_model_unref (fixture.other_model);
  printf ("%d passed, %d failed\n", checks_passed, checks_failed);

  return checks_failed != 0;
}
