# What is installed, and how it is packed: packaging/README.md.

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
## below PREFIX, after `make`
install: packages library tool
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

.PHONY: setup-deb deb
# The Swift toolchain is no Debian package; packaging/README.md says what follows from that.
setup-deb:
	@.ci/setup $(BUILD_PACKAGES) build-essential debhelper dpkg-dev

# Built first, with the user's home: debhelper has another, without SwiftPM's settings and cache.
## the Debian packages: build/deb
deb: setup-deb library tool
	packaging/build.sh "$(CURDIR)/$(BUILD)" $(VERSION)

# ---- Wheel for Python ----------------------------------------------------------------

WHEEL_VENV := .build-wheel
WHEEL_TEST_VENV := .build-wheel-test

.PHONY: setup-wheel wheel setup-wheel-packages
setup-wheel: setup-wheel-packages $(WHEEL_VENV)/ready

setup-wheel-packages:
	@.ci/setup $(BUILD_PACKAGES) binutils python3-venv

$(eval $(call environment,$(WHEEL_VENV),packaging/python/requirements.txt))

## the wheel for Python: build/wheel
wheel: setup-wheel library
	packaging/python/build.sh "$(CURDIR)/$(BUILD)" $(VERSION) "$(CURDIR)/$(WHEEL_VENV)/bin/python"
