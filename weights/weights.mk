# The model and the tools around it: weights/README.md.

.PHONY: setup-training test-training dumps remake evaluate evaluate-difficult scales styles
# The tools of weights/, with torch, of which `make test` needs nothing. TRAINING_PYTHON names an
# interpreter that has their packages already.
TRAINING_VENV := .build-training
TRAINING_PYTHON ?= $(TRAINING_VENV)/bin/python

ifeq ($(TRAINING_PYTHON),$(TRAINING_VENV)/bin/python)
setup-training: setup-training-packages $(TRAINING_VENV)/ready
else
setup-training:
endif

.PHONY: setup-training-packages
setup-training-packages:
	@.ci/setup python3 python3-venv

$(eval $(call environment,$(TRAINING_VENV),weights/requirements.txt Tests/Training/requirements.txt))

## the tools of weights/
test-training: setup-training library
	ADAIN_BUILD="$(CURDIR)/$(BUILD)" $(TRAINING_PYTHON) -m pytest -q -p no:cacheprovider Tests/Training

## what PyTorch computes, for the parity tests
dumps: setup-training
	for module in make_dumps make_loss_dumps make_mask_dumps make_training_dumps; do \
	  $(TRAINING_PYTHON) -m weights.dumps.$$module || exit 1; done

# Everything that follows from the shipped model, after another took its place: the built-in styles,
# which the library embeds, the dumps, and the pictures of README.
## what follows from another model
remake: all
	$(MAKE) styles
	$(MAKE) library module tool
	$(MAKE) dumps
	VIPSHOME="$(VIPSHOME)" examples/shell/demo-picture.sh examples/images/demo.jpg
	examples/shell/controls.sh $(TOOL) examples/images examples/images

# The shipped model beside others (weights/evaluation/evaluate.py). IMAGES is a folder with content/ and style/,
# six and sixteen pictures that training never saw; every picture made is kept, so that a run which
# was stopped goes on. EVALUATE_METHODS for more: gatys-500, NAME=FILE.
EVALUATE_METHODS ?= shipped fast photograph painting magenta gatys-50 gatys-100

## the shipped models beside others, on pairs of pictures
evaluate: setup-training
ifeq ($(IMAGES),)
	$(error evaluate: set IMAGES to a folder with content/ and style/)
endif
	$(if $(filter $(TRAINING_PYTHON),$(TRAINING_VENV)/bin/python),$(TRAINING_PYTHON) -m pip install -q \
	  --disable-pip-version-check -r weights/evaluation/requirements.txt)
	$(TRAINING_PYTHON) -m weights.evaluation.evaluate --images $(IMAGES) --out $(BUILD)/evaluation \
	  --report weights/evaluation/evaluation --methods $(EVALUATE_METHODS) $(EVALUATE_OPTIONS)

# The same on pairs that are hard for every model; IMAGES has a folder large/, too.
evaluate-difficult: setup-training
	$(TRAINING_PYTHON) -m weights.evaluation.difficult --images $(IMAGES) $(BUILD)/difficult
	$(TRAINING_PYTHON) -m weights.evaluation.evaluate --images $(BUILD)/difficult --out $(BUILD)/evaluation-difficult \
	  --report weights/evaluation/difficult --methods shipped fast photograph painting $(EVALUATE_OPTIONS)

# Whether the shipped model looks the same at every size (weights/evaluation/scales.py). PHOTOGRAPHS is a folder of
# large photographs, STYLES one of paintings.
scales: setup-training
ifeq ($(and $(PHOTOGRAPHS),$(STYLES)),)
	$(error scales: set PHOTOGRAPHS and STYLES to folders)
endif
	$(TRAINING_PYTHON) -m weights.evaluation.scales --photographs $(PHOTOGRAPHS) --styles $(STYLES) \
	  --report weights/evaluation/scales $(SCALES_OPTIONS)

# After a new encoder, or another painting in the catalogue.
## the built-in styles
styles: tool
	weights/styles/make.sh $(TOOL) examples/images
