# adain: build, try, install, clean. What is measured, tested, trained and packed has its own chapter, in the folder
# that it is about. `make help` lists what there is.

PREFIX ?= /usr/local
DESTDIR ?=
PYTHON ?= /usr/bin/python3
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

# One thing after the other, also with -j: builds share SwiftPM's folder, and packages come first. SwiftPM itself uses
# all processors.
.NOTPARALLEL:

.PHONY: all setup help clean
# The command first: what it wants of other packages compiles beside the engine's kernels.
## libadain.so, the libvips module, the command and the frei0r plugin
all: packages tool library module frei0r

# Says what is missing, and installs nothing.
.PHONY: packages
packages:
	@.ci/setup --check $(BUILD_PACKAGES)

## Debian's packages that a build wants, with sudo
setup:
	@.ci/setup $(BUILD_PACKAGES)

help:
	@awk -f .ci/help.awk $(MAKEFILE_LIST)

# ---- Virtual environments --------------------------------------------------------------

# $(1): the environment's folder; $(2): its requirements files. Made anew when one of those is newer.
define environment
$(1)/ready: $(2)
	@$$(PYTHON) -m venv --clear $(1)
	@$(1)/bin/pip install -q --disable-pip-version-check $(foreach file,$(2),-r $(file))
	@touch $$@
endef

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

# $(1): the shared object to make of C sources $(2) on libadain.so, with flags $(3); $(4): where libadain.so will lie,
# for the run-time linker, or nothing where that looks by itself.
define link_on_library
	@mkdir -p "$$(dirname '$(1)')"
	$(CC) $(CPPFLAGS) $(CFLAGS) -fPIC -shared $(WARNINGS) -Iinclude $(2) -o '$(1)' $(LDFLAGS) \
	  -L$(BUILD)/lib -ladain $(3) $(if $(4),-Xlinker -rpath -Xlinker '$(4)') \
	  -Wl,-z,relro,-z,now,-z,noexecstack
endef
link_module = $(call link_on_library,$(2),$(MODULE_SOURCES),$$(pkg-config --cflags --libs vips),$(1))
link_frei0r = $(call link_on_library,$(2),Sources/Frei0rAdain/adain.c,,$(1))

module: library
	$(call link_module,$$ORIGIN/../../../lib,$(MODULE_DIR)/vips-adain.so)

# The filter for ffmpeg, MLT and GStreamer: $FREI0R_PATH is the folder that it lies in.
FREI0R := $(BUILD)/frei0r/adain.so

.PHONY: frei0r
frei0r: library
	$(call link_frei0r,$$ORIGIN/../lib,$(FREI0R))

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

.PHONY: demo gallery
## build, with its set-up, and stylise a photograph: build/demo.jpg
demo: setup all
	@VIPSHOME="$(VIPSHOME)" examples/shell/demo.sh $(DEMO_CONTENT) $(DEMO_STYLE) $(BUILD)/demo.jpg \
	  $(LIBRARY)

## a page of pictures: build/gallery/index.html
gallery: tool
	$(PYTHON) examples/gallery/make.py $(TOOL) $(BUILD)/gallery

# ---- Documentation -------------------------------------------------------------------

.PHONY: doc doc-c
## the articles and the Swift reference: build/doc/swift
doc: library
	Tests/Documentation/build.sh $(SWIFT)c "$(CURDIR)/$(BUILD)"

# Fails where something is not documented.
## include/adain.h as pages: build/doc/c
doc-c:
	@.ci/setup doxygen
	@mkdir -p $(BUILD)/doc
	doxygen Sources/AdaINC/Doxyfile

# ---- Chapters --------------------------------------------------------------------------

include Tests/tests.mk
include Tests/special.mk
include Benchmarks/benchmarks.mk
include weights/weights.mk
include packaging/packaging.mk

# ---- Clean ---------------------------------------------------------------------------

## remove all that was built
clean:
	rm -rf $(BUILD) .build .build-*
