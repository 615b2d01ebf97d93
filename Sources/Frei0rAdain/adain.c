/* The frei0r plugin: the filter for ffmpeg, MLT (Kdenlive, Shotcut) and GStreamer, frame by frame.
 *
 *     ffmpeg -i in.mp4 -vf 'frei0r=adain:great-wave|0.8' out.mp4
 *
 * frei0r lets a plugin refuse neither a parameter nor a frame. What is wrong is said on standard error, once, and
 * frames then come out as they went in. */
#include <frei0r.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <adain.h>

enum { STYLE, STRENGTH, MODEL, COLOUR, SMOOTHING, PARAMETERS };

static const f0r_param_info_t parameters[PARAMETERS] = {
  { "style", F0R_PARAM_STRING,
    "A built-in style, such as great-wave, or the path of a style file" },
  { "strength", F0R_PARAM_DOUBLE,
    "0 leaves the content as the network sees it; 1 is all of the style" },
  { "model", F0R_PARAM_STRING, "'fast' for video, or a weights file; empty: standard" },
  { "colour", F0R_PARAM_STRING, "Whose colours: style or content-lightness" },
  { "smoothing", F0R_PARAM_DOUBLE, "How calm what rests is over time, from 0 to below 1" },
};

typedef struct instance {
  unsigned int width;
  unsigned int height;
  char *texts[PARAMETERS];
  double numbers[PARAMETERS];
  int changed; /* since the last frame: the style or the model is to be made again */
  adain_model *model;
  adain_style *style;
  adain_smoothing *smoothing;
  char said[512]; /* the last complaint, not to be repeated for each frame */
} instance;

int
f0r_init (void)
{
  return 1;
}

void
f0r_deinit (void)
{
}

void
f0r_get_plugin_info (f0r_plugin_info_t *info)
{
  *info = (f0r_plugin_info_t){
    .name = "adain",
    .author = "The adain authors",
    .plugin_type = F0R_PLUGIN_TYPE_FILTER,
    .color_model = F0R_COLOR_MODEL_RGBA8888,
    .frei0r_version = FREI0R_MAJOR_VERSION,
    .major_version = 0,
    .minor_version = 1,
    .num_params = PARAMETERS,
    .explanation = "Frames in the style of a painting, by adaptive instance normalisation",
  };
}

void
f0r_get_param_info (f0r_param_info_t *info, int index)
{
  if (index >= 0 && index < PARAMETERS)
    *info = parameters[index];
}

static int
is_text (int index)
{
  return index >= 0 && index < PARAMETERS && parameters[index].type == F0R_PARAM_STRING;
}

static void
set_text (instance *self, int index, const char *text)
{
  char *copy = strdup (text ? text : "");

  if (!copy)
    return;
  free (self->texts[index]);
  self->texts[index] = copy;
}

f0r_instance_t
f0r_construct (unsigned int width, unsigned int height)
{
  instance *self = calloc (1, sizeof *self);

  if (!self)
    return NULL;
  self->width = width;
  self->height = height;
  set_text (self, STYLE, "great-wave");
  set_text (self, MODEL, "");
  set_text (self, COLOUR, "style");
  self->numbers[STRENGTH] = 1;
  self->numbers[SMOOTHING] = 0.85;
  self->changed = 1;

  return self;
}

static void
forget (instance *self)
{
  adain_style_unref (self->style);
  adain_model_unref (self->model);
  adain_smoothing_free (self->smoothing);
  self->style = NULL;
  self->model = NULL;
  self->smoothing = NULL;
}

void
f0r_destruct (f0r_instance_t plugin)
{
  instance *self = plugin;

  forget (self);
  for (int i = 0; i < PARAMETERS; i++)
    free (self->texts[i]);
  free (self);
}

void
f0r_set_param_value (f0r_instance_t plugin, f0r_param_t value, int index)
{
  instance *self = plugin;

  if (index < 0 || index >= PARAMETERS)
    return;
  if (is_text (index)) {
    const char *text = *(f0r_param_string *) value;

    /* Hosts set parameters for each frame. */
    if (strcmp (self->texts[index], text ? text : "") == 0)
      return;
    set_text (self, index, text);
  }
  else if (self->numbers[index] == *(f0r_param_double *) value)
    return;
  else
    self->numbers[index] = *(f0r_param_double *) value;
  self->changed |= index != STRENGTH && index != COLOUR;
  self->said[0] = '\0';
}

void
f0r_get_param_value (f0r_instance_t plugin, f0r_param_t value, int index)
{
  instance *self = plugin;

  if (is_text (index))
    *(f0r_param_string *) value = self->texts[index];
  else if (index >= 0 && index < PARAMETERS)
    *(f0r_param_double *) value = self->numbers[index];
}

static int
has_suffix (const char *name, const char *suffix)
{
  size_t length = strlen (name), end = strlen (suffix);

  return length >= end && strcmp (name + length - end, suffix) == 0;
}

/* What the parameters name. */
static adain_status
make (instance *self)
{
  const char *style = self->texts[STYLE];
  const char *model = self->texts[MODEL];
  adain_status status;

  forget (self);
  status = *model ? adain_model_open (model, &self->model) : adain_model_embedded (&self->model);
  if (!status)
    status = has_suffix (style, ".style")
      ? adain_style_load_file (style, &self->style)
      : adain_style_named_for (self->model, style, &self->style);
  if (!status && self->numbers[SMOOTHING] != 0)
    status = adain_smoothing_new (self->width, self->height, (float) self->numbers[SMOOTHING],
                                  &self->smoothing);
  self->changed = status != ADAIN_OK;

  return status;
}

static adain_status
filter (instance *self, const adain_pixels *frame, const adain_pixels *result)
{
  adain_options options = ADAIN_OPTIONS_INIT;
  adain_status status = self->changed ? make (self) : ADAIN_OK;

  options.strength = (float) self->numbers[STRENGTH];
  if (!status)
    status = adain_stylise (self->model, frame, self->style, &options, result);
  if (!status && strcmp (self->texts[COLOUR], "content-lightness") == 0)
    status = adain_keep_colours (frame, result, result);
  if (!status && self->smoothing)
    status = adain_smoothing_apply (self->smoothing, frame, result);

  return status;
}

/* The same complaint is not made for each frame. */
static void
complain (instance *self, const char *sentence)
{
  /* As much of it as is kept. */
  if (strncmp (self->said, sentence, sizeof self->said - 1) == 0)
    return;
  snprintf (self->said, sizeof self->said, "%s", sentence);
  fprintf (stderr, "adain: %s; frames stay as they are\n", sentence);
}

static int
knows_colour (const instance *self)
{
  return strcmp (self->texts[COLOUR], "style") == 0
    || strcmp (self->texts[COLOUR], "content-lightness") == 0;
}

static void
update (instance *self, const uint32_t *in, uint32_t *out)
{
  size_t bytes = (size_t) self->width * self->height * sizeof *in;
  adain_pixels frame = { (void *) in, 0, self->width, self->height, ADAIN_FORMAT_U8, 4 };
  adain_pixels result = { out, 0, self->width, self->height, ADAIN_FORMAT_U8, 4 };

  if (!knows_colour (self)) {
    complain (self, "colour: is neither style nor content-lightness");
    memmove (out, in, bytes);
  }
  else if (filter (self, &frame, &result)) {
    complain (self, adain_last_error ());
    memmove (out, in, bytes);
  }
  else
    /* adain_keep_colours makes alpha opaque. */
    for (size_t i = 3; i < bytes; i += 4)
      ((uint8_t *) out)[i] = ((const uint8_t *) in)[i];
}

void
f0r_update (f0r_instance_t plugin, double time, const uint32_t *in, uint32_t *out)
{
  instance *self = plugin;
  size_t bytes = (size_t) self->width * self->height * sizeof *in;
  uint32_t *copy;

  (void) time;
  if (in != out)
    update (self, in, out);
  else if ((copy = malloc (bytes))) { /* a host that gives one buffer for both */
    memcpy (copy, in, bytes);
    update (self, copy, out);
    free (copy);
  }
  else
    complain (self, "no memory for a copy of the frame");
}
