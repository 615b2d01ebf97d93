/* The models inside the library, by name, and what a user says of a model. */
#include "check.h"

static void
names (void)
{
  adain_model *standard = NULL, *fast = NULL, *again = NULL;

  CHECK (adain_model_embedded (&standard) == ADAIN_OK
         && adain_model_named ("fast", &fast) == ADAIN_OK);
  CHECK (standard && fast && standard != fast);
  CHECK (adain_model_named ("standard", &again) == ADAIN_OK && again == standard);
  adain_model_unref (again);
  CHECK (adain_model_open ("fast", &again) == ADAIN_OK && again == fast);
  adain_model_unref (again);
  CHECK (adain_named_model_count () == 2 && !adain_named_model_name (2)
         && !adain_named_model_name (SIZE_MAX));
  CHECK (strcmp (adain_named_model_name (0), "standard") == 0
         && strcmp (adain_named_model_name (1), "fast") == 0);
  adain_model_unref (standard);
  adain_model_unref (fast);
}

static void
refusals (const fixture *f)
{
  adain_model *model = NULL;
  adain_style *style = NULL;

  CHECK_FAILS (adain_model_named ("fsat", &model), ADAIN_ERROR_ARGUMENT,
               "no model named 'fsat', only standard and fast");
  CHECK_FAILS (adain_model_named (NULL, &model), ADAIN_ERROR_ARGUMENT, "name: is NULL");
  CHECK_FAILS (adain_model_named ("fast", NULL), ADAIN_ERROR_ARGUMENT, "model: is NULL");
  CHECK_FAILS (adain_model_open ("fsat", &model), ADAIN_ERROR_ARGUMENT, "no model named 'fsat'");
  CHECK_FAILS (adain_model_open (NULL, &model), ADAIN_ERROR_ARGUMENT, "name_or_path: is NULL");
  CHECK_FAILS (adain_model_open ("./fast", &model), ADAIN_ERROR_IO, "./fast: cannot be opened");
  CHECK_FAILS (adain_model_open ("fast.safetensors", &model), ADAIN_ERROR_IO,
               "fast.safetensors: cannot be opened");
  CHECK_FAILS (adain_model_open (f->folder, &model), ADAIN_ERROR_IO, "not a regular file");
  CHECK_FAILS (adain_style_named_for (NULL, "lion", &style), ADAIN_ERROR_ARGUMENT,
               "model: is NULL");
  CHECK_FAILS (adain_style_named_for (f->model, NULL, &style), ADAIN_ERROR_ARGUMENT,
               "name: is NULL");
  CHECK_FAILS (adain_style_named_for (f->model, "loin", &style), ADAIN_ERROR_ARGUMENT,
               "nearest are lion");
  CHECK_FAILS (adain_style_named_for (f->model, "lion", &style), ADAIN_ERROR_MISMATCH,
               "other encoders than this");
}

/* A style of one model: the other says whose it is. */
static void
styles (void)
{
  adain_model *fast = NULL;
  adain_style *named = NULL, *standard = NULL;
  adain_pixels content = make_pixels (40, 30, ADAIN_FORMAT_U8, 3, 1),
               result = make_pixels (40, 30, ADAIN_FORMAT_U8, 3, 2);

  CHECK (adain_model_named ("fast", &fast) == ADAIN_OK);
  CHECK (adain_style_named_for (fast, "lion", &named) == ADAIN_OK);
  CHECK (adain_stylise (fast, &content, named, NULL, &result) == ADAIN_OK);
  CHECK (adain_style_named ("lion", &standard) == ADAIN_OK);
  CHECK_FAILS (adain_stylise (fast, &content, standard, NULL, &result), ADAIN_ERROR_MISMATCH,
               "style: made with the model 'standard', not with this one");
  adain_style_unref (named);
  adain_style_unref (standard);
  adain_model_unref (fast);
  free (content.data);
  free (result.data);
}

void
test_models (const fixture *f)
{
  names ();
  refusals (f);
  styles ();
}
