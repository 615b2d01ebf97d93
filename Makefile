# adain: build, try, test, install. `make demo` and `make test` set up all they need.

PREFIX ?= /usr/local
DESTDIR ?=
PYTHON ?= /usr/bin/python3
VENV := .build-venv
CC ?= cc
CXX ?= c++
CFLAGS ?= -O2 -g
SWIFT ?= swift

VERSION := 0.1.0
# The C interface's own version, of which the first number is in the soname: it rises when programs
# already built no longer run, the second when functions are added.
INTERFACE := 1.0.0
SOVERSION := $(firstword $(subst ., ,$(INTERFACE)))

BUILD := build
LIBRARY := $(BUILD)/lib/libadain.so.$(SOVERSION)
# As libvips looks for modules below $VIPSHOME: the last part of its own libdir, then the folder
# of its version.
VIPS_VERSION = $(shell pkg-config --modversion vips | cut -d. -f1,2)
VIPS_LIBDIR = $(shell pkg-config --variable=libdir vips)
VIPSHOME := $(CURDIR)/$(BUILD)/vips
MODULE_DIR = $(BUILD)/vips/$(notdir $(VIPS_LIBDIR))/vips-modules-$(VIPS_VERSION)
MODULE_SOURCES := $(wildcard Sources/VipsAdain/*.c)
WARNINGS := -Wall -Wextra -Werror

# g++: for the C++ library that Swift's static libraries want.
BUILD_PACKAGES := frei0r-plugins-dev g++ gcc libc6-dev liblapack-dev pkg-config libvips-dev libvips-tools python3
TEST_PACKAGES := $(BUILD_PACKAGES) ffmpeg groff-base imagemagick mandoc melt python3 python3-venv \
  qemu-user ruby-vips strace valgrind

# One thing after the other, also with -j: builds share SwiftPM's folder, and packages come first. SwiftPM itself uses
# all processors.
.NOTPARALLEL:

.PHONY: all setup setup-test clean
all: setup library module tool frei0r

setup:
	@.ci/setup $(BUILD_PACKAGES)

setup-test:
	@.ci/setup $(TEST_PACKAGES)
	@test -e $(VENV)/ready || { $(PYTHON) -m venv $(VENV) \
	  && $(VENV)/bin/pip install -q --disable-pip-version-check -r Tests/requirements.txt \
	  && touch $(VENV)/ready; }

# ---- Build ---------------------------------------------------------------------------

# Neither product looks for libraries beside itself: all of Swift is inside.
SWIFT_BUILD = $(SWIFT) build -c release --disable-local-rpath

.PHONY: library module tool
library:
	$(SWIFT_BUILD) --product adain
	@mkdir -p $(BUILD)/lib
# Without the debugging records of Swift's static libraries, which valgrind cannot read.
	@test $(LIBRARY) -nt .build/release/libadain.so || \
	  strip --strip-debug -o $(LIBRARY) .build/release/libadain.so
	@ln -sf $(notdir $(LIBRARY)) $(BUILD)/lib/libadain.so

# $(1): where libadain.so will lie, for the run-time linker, or nothing where that looks by itself;
# $(2): the module's path.
define link_module
	@mkdir -p "$$(dirname '$(2)')"
	$(CC) $(CPPFLAGS) $(CFLAGS) -fPIC -shared $(WARNINGS) -Iinclude $(MODULE_SOURCES) \
	  $$(pkg-config --cflags vips) -o '$(2)' $(LDFLAGS) \
	  -L$(BUILD)/lib -ladain $$(pkg-config --libs vips) \
	  $(if $(1),-Xlinker -rpath -Xlinker '$(1)') -Wl,-z,relro,-z,now,-z,noexecstack
endef

module: library
	$(call link_module,$$ORIGIN/../../../lib,$(MODULE_DIR)/vips-adain.so)

# The filter for ffmpeg, MLT and GStreamer: $FREI0R_PATH is the folder that it lies in.
FREI0R := $(BUILD)/frei0r/adain.so

.PHONY: frei0r
frei0r: library
	$(call link_frei0r,$$ORIGIN/../lib,$(FREI0R))

define link_frei0r
	@mkdir -p "$$(dirname '$(2)')"
	$(CC) $(CPPFLAGS) $(CFLAGS) -fPIC -shared $(WARNINGS) -Iinclude \
	  Sources/Frei0rAdain/adain.c -o '$(2)' $(LDFLAGS) \
	  -L$(BUILD)/lib -ladain $(if $(1),-Xlinker -rpath -Xlinker '$(1)') \
	  -Wl,-z,relro,-z,now,-z,noexecstack
endef

TOOL := $(BUILD)/bin/adain
COMPLETIONS := $(BUILD)/share/completions

tool:
	$(SWIFT_BUILD) --product adain-tool
	@mkdir -p $(dir $(TOOL)) $(COMPLETIONS)
	@test $(TOOL) -nt .build/release/adain-tool || strip -o $(TOOL) .build/release/adain-tool
	@Sources/AdaINTool/Manual/completions.sh $(TOOL) $(COMPLETIONS)

# ---- Try -----------------------------------------------------------------------------

DEMO_CONTENT := examples/images/chelsea.jpg
DEMO_STYLE := examples/images/van-gogh-auvers.jpg

.PHONY: demo
demo: all
	@VIPSHOME="$(VIPSHOME)" examples/shell/demo.sh $(DEMO_CONTENT) $(DEMO_STYLE) $(BUILD)/demo.jpg \
	  $(LIBRARY)

# ---- Benchmark -----------------------------------------------------------------------

# `make benchmark PEERS=no` needs nothing beyond the build. PEERS_PYTHON and TORCH_PYTHON name
# interpreters that have the peers already.
PEERS ?= yes
PEERS_VENV := .build-peers
PEERS_PYTHON ?= $(PEERS_VENV)/bin/python
TORCH_PYTHON ?= $(PEERS_PYTHON)
BENCHMARK := $(BUILD)/benchmark
BENCHMARK_C := $(CC) -O2 $(WARNINGS) -Iinclude

.PHONY: benchmark benchmark-training setup-peers
benchmark-training: setup-training
	$(SWIFT) build -c release --product adain-training
	$(TRAINING_PYTHON) Benchmarks/training/steps.py .build/release/adain-training $(BENCHMARK_OPTIONS)

benchmark: all $(if $(filter no,$(PEERS)),,setup-peers)
	$(SWIFT) build -c release --product adain-layers
	@mkdir -p $(BENCHMARK)
	@ln -sf ../../.build/release/adain-layers $(BENCHMARK)/adain-layers
	$(BENCHMARK_C) -pthread Benchmarks/native/fma_peak.c -o $(BENCHMARK)/fma_peak
	$(BENCHMARK_C) Benchmarks/native/process.c -o $(BENCHMARK)/process
	for tool in cancel vips_call viewport; do \
	  $(BENCHMARK_C) -pthread Benchmarks/native/$$tool.c $$(pkg-config --cflags vips) \
	    -o $(BENCHMARK)/$$tool -L$(BUILD)/lib -ladain $$(pkg-config --libs vips) \
	    -Wl,-rpath,'$$ORIGIN/../lib' || exit 1; done
	$(PYTHON) Benchmarks/benchmark.py --build $(BUILD) --json $(BENCHMARK)/benchmark.json \
	  $(if $(filter no,$(PEERS)),,--peers-python $(PEERS_PYTHON) --torch-python $(TORCH_PYTHON)) \
	  $(BENCHMARK_OPTIONS)

setup-peers:
ifeq ($(PEERS_PYTHON),$(PEERS_VENV)/bin/python)
	@.ci/setup python3-venv
	@Benchmarks/setup_peers.sh $(PYTHON) $(PEERS_VENV) \
	  $(if $(filter $(PEERS_PYTHON),$(TORCH_PYTHON)),,torch)
endif

# ---- Test ----------------------------------------------------------------------------

SWIFT_TEST := $(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build-test

.PHONY: test test-frei0r test-swift test-arm test-qemu test-c test-install test-vips test-tool
test: setup-test test-swift test-arm test-qemu test-c test-install test-fuzz test-random \
  test-vips test-tool test-frei0r test-faults test-load test-docs test-examples

test-swift:
	$(SWIFT_TEST)

test-arm:
	Tests/arm.sh $(SWIFT)c

# The same test binary on processors without AVX-512, and without AVX: a wrong instruction, in
# the kernels or beside them, ends it.
test-qemu:
	Tests/qemu.sh "$(SWIFT_TEST)"

test-c: library
	Tests/C/run.sh "$(CURDIR)/$(BUILD)" "$(CC)" "$(CXX)"

test-install: module
	Tests/install.sh "$(CC)" $(SOVERSION)

# The Swift interface as a program, for the test of all doors.
DOOR := $(BUILD)/test/adain-door

.PHONY: door
door:
	$(SWIFT_BUILD) --product adain-door
	@mkdir -p $(dir $(DOOR))
	@test $(DOOR) -nt .build/release/adain-door || strip -o $(DOOR) .build/release/adain-door

test-vips: module tool door
	VIPSHOME="$(VIPSHOME)" ADAIN_BUILD="$(CURDIR)/$(BUILD)" $(VENV)/bin/python -m pytest -q -p no:cacheprovider Tests/Vips

test-tool: tool
	ADAIN_TOOL="$(CURDIR)/$(TOOL)" $(VENV)/bin/python -m pytest -q -p no:cacheprovider Tests/Tool

# ---- Faults and load -----------------------------------------------------------------

.PHONY: test-faults test-load load
# Memory that is refused, disks that are full, signals, interrupted calls and short reads.
test-frei0r: frei0r tool
	ADAIN_BUILD="$(CURDIR)/$(BUILD)" $(VENV)/bin/python -m pytest -q -p no:cacheprovider Tests/Frei0r

test-faults: library module tool
	Tests/Faults/run.sh "$(CURDIR)/$(BUILD)" "$(CC)"
	ADAIN_BUILD="$(CURDIR)/$(BUILD)" $(VENV)/bin/python -m pytest -q -p no:cacheprovider Tests/Faults

# Ten thousand requests over eight threads; about a minute and a half, and nothing else may run.
load: setup library
	Tests/Load/run.sh "$(CURDIR)/$(BUILD)" "$(CC)" 10000 --steady

# A short replay of it, of which only the bytes and the memory are looked at.
test-load: library
	Tests/Load/run.sh "$(CURDIR)/$(BUILD)" "$(CC)" 600

# ---- Cluster -------------------------------------------------------------------------

# A bucket of pictures on a local Ray cluster of two workers, and with GNU parallel; some of either's
# processes are killed. Ends with pictures a second.
CLUSTER_VENV := .build-cluster
CLUSTER_PICTURES ?= 80

.PHONY: setup-cluster test-cluster
setup-cluster:
	@.ci/setup $(BUILD_PACKAGES) parallel python3-venv
	@test -e $(CLUSTER_VENV)/ready || { $(PYTHON) -m venv $(CLUSTER_VENV) \
	  && $(CLUSTER_VENV)/bin/pip install -q --disable-pip-version-check \
	    -r examples/cluster/requirements.txt -r Tests/Cluster/requirements.txt \
	  && touch $(CLUSTER_VENV)/ready; }

test-cluster: setup-cluster module tool
	VIPSHOME="$(VIPSHOME)" ADAIN_BUILD="$(CURDIR)/$(BUILD)" $(CLUSTER_VENV)/bin/python -m pytest -q -s \
	  -p no:cacheprovider Tests/Cluster
	VIPSHOME="$(VIPSHOME)" $(CLUSTER_VENV)/bin/python Tests/Cluster/throughput.py $(CLUSTER_PICTURES)

# ---- Examples ------------------------------------------------------------------------

.PHONY: test-examples
# From C, C++, Swift (a package that builds the engine for itself), Python, Ruby, Node where there is one,
# and shell; each makes the operation's pixels.
test-examples: module tool
	ADAIN_BUILD="$(CURDIR)/$(BUILD)" ADAIN_CC="$(CC)" ADAIN_CXX="$(CXX)" ADAIN_SWIFT="$(SWIFT)" \
	  $(VENV)/bin/python -m pytest -q -p no:cacheprovider Tests/Examples

# ---- Gallery -------------------------------------------------------------------------

GALLERY_VENV := .build-gallery

# Open $(BUILD)/gallery/index.html.
.PHONY: gallery setup-gallery test-gallery
gallery: tool
	$(PYTHON) examples/gallery/make.py $(TOOL) $(BUILD)/gallery

setup-gallery:
	@.ci/setup $(BUILD_PACKAGES) chromium chromium-driver fonts-dejavu-core python3-venv
	@test -e $(GALLERY_VENV)/ready || { $(PYTHON) -m venv $(GALLERY_VENV) \
	  && $(GALLERY_VENV)/bin/pip install -q --disable-pip-version-check \
	    -r Tests/Gallery/requirements.txt && touch $(GALLERY_VENV)/ready; }

# In headless Chromium, at the width of a desk and of a phone; what it saw is in
# $(BUILD)/gallery-screenshots.
test-gallery: setup-gallery gallery
	ADAIN_BUILD="$(CURDIR)/$(BUILD)" $(GALLERY_VENV)/bin/python -m pytest -q -p no:cacheprovider Tests/Gallery

# ---- Sanitizers ----------------------------------------------------------------------

.PHONY: asan tsan leaks
# Wrong accesses, races and leaks, each first looked for and then planted and found. asan and tsan build
# the library for themselves; none is part of `make test`.
asan: setup-test
	Tests/Sanitizers/asan.sh "$(SWIFT)" $(VENV)/bin/python

tsan: setup-test
	Tests/Sanitizers/tsan.sh "$(SWIFT)"

leaks: setup-test module tool
	VIPSHOME="$(VIPSHOME)" ADAIN_BUILD="$(CURDIR)/$(BUILD)" ADAIN_TOOL="$(CURDIR)/$(TOOL)" \
	  Tests/Sanitizers/leaks.sh "$(CC)" $(VENV)/bin/python

# ---- Fuzz ----------------------------------------------------------------------------

# Search with libFuzzer for TIME seconds in each target, or in the FUZZ named: Tests/Fuzz/README.md.
TIME ?= 60
FUZZ ?= weights style interface vips
FUZZ_BUILD := $(CURDIR)/$(BUILD)/fuzz

.PHONY: fuzz fuzz-coverage test-fuzz fuzz-corpus
fuzz: setup
	Tests/Fuzz/fuzz.sh "$(FUZZ_BUILD)" $(SWIFT) $(TIME) $(FUZZ)

fuzz-coverage: setup
	Tests/Fuzz/coverage.sh "$(FUZZ_BUILD)-coverage" $(SWIFT) "$(FUZZ_BUILD)"

# The seeds and what was found, on the library as it is shipped: a few seconds.
test-fuzz: library
	Tests/Fuzz/replay.sh "$(CURDIR)/$(BUILD)" "$(CC)"

# Random calls of the C interface for so many seconds; test-random-asan with the library under AddressSanitizer and
# the C sources under UndefinedBehaviorSanitizer. SEED repeats a run.
SECONDS ?= 60

.PHONY: test-random test-random-asan
test-random: library
	Tests/Fuzz/random.sh "$(CURDIR)/$(BUILD)/random" "$(CURDIR)/$(BUILD)/lib" $(SECONDS) $(CC)

test-random-asan: setup
	Tests/Sanitizers/asan_random.sh "$(SWIFT)" $(SECONDS)

fuzz-corpus:
	$(PYTHON) Tests/Fuzz/make_corpus.py Tests/Fuzz/corpus

# ---- Model ---------------------------------------------------------------------------

.PHONY: setup-training test-training dumps remake evaluate evaluate-difficult scales styles
# The tools of weights/, with torch, of which `make test` needs nothing. TRAINING_PYTHON names an
# interpreter that has their packages already.
TRAINING_VENV := .build-training
TRAINING_PYTHON ?= $(TRAINING_VENV)/bin/python

setup-training:
ifeq ($(TRAINING_PYTHON),$(TRAINING_VENV)/bin/python)
	@.ci/setup python3 python3-venv
	@test -e $(TRAINING_VENV)/ready || { $(PYTHON) -m venv $(TRAINING_VENV) \
	  && $(TRAINING_VENV)/bin/pip install -q --disable-pip-version-check \
	    -r weights/requirements.txt -r Tests/Training/requirements.txt \
	  && touch $(TRAINING_VENV)/ready; }
endif

test-training: setup-training library
	ADAIN_BUILD="$(CURDIR)/$(BUILD)" $(TRAINING_PYTHON) -m pytest -q -p no:cacheprovider Tests/Training

# What PyTorch computes, for the parity tests.
dumps: setup-training
	for module in make_dumps make_loss_dumps make_mask_dumps make_training_dumps; do \
	  $(TRAINING_PYTHON) -m weights.dumps.$$module || exit 1; done

# Everything that follows from the shipped model, after another took its place: the built-in styles,
# which the library embeds, the dumps, and the pictures of README.
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

# The built-in styles: after a new encoder, or another painting in the catalogue.
styles: tool
	weights/styles/make.sh $(TOOL) examples/images

# ---- Documentation -------------------------------------------------------------------

.PHONY: doc doc-c test-docs
# The articles and the Swift reference: build/doc/swift. DocC is in every Swift toolchain.
doc: library
	Tests/Documentation/build.sh $(SWIFT)c "$(CURDIR)/$(BUILD)"

# include/adain.h as pages: build/doc/c/index.html. Fails where something is not documented.
doc-c:
	@.ci/setup doxygen
	@mkdir -p $(BUILD)/doc
	doxygen Sources/AdaINC/Doxyfile

# What README and the articles say: commands run, links lead somewhere, options and functions exist.
test-docs: doc module tool
	ADAIN_BUILD="$(CURDIR)/$(BUILD)" $(VENV)/bin/python -m pytest -q -p no:cacheprovider \
	  Tests/Documentation

# ---- Install -------------------------------------------------------------------------

BINDIR = $(PREFIX)/bin
DATADIR = $(PREFIX)/share
LIBDIR = $(PREFIX)/lib
INCLUDEDIR = $(PREFIX)/include
# Where the module looks for libadain.so. Empty where the run-time linker does so by itself.
RUNPATH = $(LIBDIR)
# libvips looks in its own libdir, wherever PREFIX is.
MODULEDIR ?= $(VIPS_LIBDIR)/vips-modules-$(VIPS_VERSION)
# Hosts look in /usr/lib, /usr/local/lib and $FREI0R_PATH.
FREI0RDIR ?= $(PREFIX)/lib/frei0r-1

.PHONY: install
install: setup library tool
	install -d "$(DESTDIR)$(LIBDIR)/pkgconfig" "$(DESTDIR)$(INCLUDEDIR)" "$(DESTDIR)$(MODULEDIR)"
	install -m 755 $(LIBRARY) "$(DESTDIR)$(LIBDIR)/libadain.so.$(INTERFACE)"
	ln -sf libadain.so.$(INTERFACE) "$(DESTDIR)$(LIBDIR)/libadain.so.$(SOVERSION)"
	ln -sf libadain.so.$(SOVERSION) "$(DESTDIR)$(LIBDIR)/libadain.so"
	install -m 644 include/adain.h "$(DESTDIR)$(INCLUDEDIR)/adain.h"
	printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$(LIBDIR)' 'includedir=$(INCLUDEDIR)' '' \
	  'Name: adain' 'Description: Style transfer by adaptive instance normalisation' \
	  'Version: $(VERSION)' 'Libs: -L$${libdir} -ladain' 'Cflags: -I$${includedir}' \
	  > "$(DESTDIR)$(LIBDIR)/pkgconfig/adain.pc"
	$(call link_module,$(RUNPATH),$(DESTDIR)$(MODULEDIR)/vips-adain.so)
	$(call link_frei0r,$(RUNPATH),$(DESTDIR)$(FREI0RDIR)/adain.so)
	install -d "$(DESTDIR)$(BINDIR)" "$(DESTDIR)$(DATADIR)/man/man1" \
	  "$(DESTDIR)$(DATADIR)/bash-completion/completions" "$(DESTDIR)$(DATADIR)/zsh/site-functions" \
	  "$(DESTDIR)$(DATADIR)/fish/vendor_completions.d"
	install -m 755 $(TOOL) "$(DESTDIR)$(BINDIR)/adain"
	install -m 644 Sources/AdaINTool/Manual/adain.1 Sources/VipsAdain/Manual/vips-adain.1 \
	  "$(DESTDIR)$(DATADIR)/man/man1"
	install -m 644 $(COMPLETIONS)/adain.bash \
	  "$(DESTDIR)$(DATADIR)/bash-completion/completions/adain"
	install -m 644 $(COMPLETIONS)/adain.zsh "$(DESTDIR)$(DATADIR)/zsh/site-functions/_adain"
	install -m 644 $(COMPLETIONS)/adain.fish \
	  "$(DESTDIR)$(DATADIR)/fish/vendor_completions.d/adain.fish"

# ---- Debian packages -----------------------------------------------------------------

.PHONY: setup-deb deb test-deb
# The Swift toolchain is no Debian package; packaging/README.md says what follows from that.
setup-deb:
	@.ci/setup $(BUILD_PACKAGES) build-essential debhelper dpkg-dev

# Built first, with the user's home: debhelper has another, without SwiftPM's settings and cache.
deb: setup-deb library tool
	packaging/build.sh "$(CURDIR)/$(BUILD)" $(VERSION)

# In a clean Debian of its own, as root; some minutes, and the network.
test-deb: deb module
	@.ci/setup debootstrap lintian
	Tests/Deb/run.sh "$(CURDIR)/$(BUILD)"

# On Debian 13, in a root of its own, as root; half an hour (TESTS=no: some minutes), and the network.
.PHONY: test-debian13
test-debian13:
	@.ci/setup debootstrap
	Tests/Debian13/run.sh "$(CURDIR)/$(BUILD)" "$$(cd "$$(dirname "$$(readlink -f "$$(command -v $(SWIFT))")")/../.." && pwd)"

# For 64-bit Arm Linux, cross-compiled in a root of its own, as root, and emulated; a quarter of an hour, the first time
# with some minutes more, 5 GB and the network.
.PHONY: test-arm64
test-arm64: library
	@.ci/setup debootstrap qemu-user
	Tests/Arm64/run.sh "$(CURDIR)/$(BUILD)"

# ---- Wheel for Python ----------------------------------------------------------------

WHEEL_VENV := .build-wheel
WHEEL_TEST_VENV := .build-wheel-test

.PHONY: setup-wheel wheel test-wheel
setup-wheel:
	@.ci/setup $(BUILD_PACKAGES) binutils python3-venv
	@test -e $(WHEEL_VENV)/ready || { $(PYTHON) -m venv $(WHEEL_VENV) \
	  && $(WHEEL_VENV)/bin/pip install -q --disable-pip-version-check -r packaging/python/requirements.txt \
	  && touch $(WHEEL_VENV)/ready; }

wheel: setup-wheel library
	packaging/python/build.sh "$(CURDIR)/$(BUILD)" $(VERSION) "$(CURDIR)/$(WHEEL_VENV)/bin/python"

# In an environment that knows neither the build nor libvips' module.
test-wheel: wheel
	Tests/Wheel/run.sh "$(CURDIR)/$(BUILD)" $(PYTHON) "$(CURDIR)/$(WHEEL_TEST_VENV)" \
	  "$(CURDIR)/$(WHEEL_VENV)/bin/python"

# ---- Clean ---------------------------------------------------------------------------

clean:
	rm -rf $(BUILD) .build .build-*
