# What takes longer, or wants more than `make test` has: load, clusters, a browser, sanitizers, fuzzers, other systems.

.PHONY: load
## ten thousand requests over eight threads; nothing else may run
load: setup library
	Tests/Load/run.sh "$(CURDIR)/$(BUILD)" "$(CC)" 10000 --steady

# ---- Cluster -------------------------------------------------------------------------

# A bucket of pictures on a local Ray cluster of two workers, and with GNU parallel; some of either's
# processes are killed. Ends with pictures a second.
CLUSTER_VENV := .build-cluster
CLUSTER_PICTURES ?= 80

.PHONY: setup-cluster test-cluster setup-cluster-packages
setup-cluster: setup-cluster-packages $(CLUSTER_VENV)/ready

setup-cluster-packages:
	@.ci/setup $(BUILD_PACKAGES) parallel python3-venv

$(eval $(call environment,$(CLUSTER_VENV),examples/cluster/requirements.txt Tests/Cluster/requirements.txt))

## pictures on a Ray cluster, and with GNU parallel
test-cluster: setup-cluster module tool
	VIPSHOME="$(VIPSHOME)" ADAIN_BUILD="$(CURDIR)/$(BUILD)" $(CLUSTER_VENV)/bin/python -m pytest -q -s \
	  -p no:cacheprovider Tests/Cluster
	VIPSHOME="$(VIPSHOME)" $(CLUSTER_VENV)/bin/python Tests/Cluster/throughput.py $(CLUSTER_PICTURES)

# ---- Gallery -------------------------------------------------------------------------

GALLERY_VENV := .build-gallery

.PHONY: setup-gallery test-gallery setup-gallery-packages
setup-gallery: setup-gallery-packages $(GALLERY_VENV)/ready

setup-gallery-packages:
	@.ci/setup $(BUILD_PACKAGES) chromium chromium-driver fonts-dejavu-core python3-venv

$(eval $(call environment,$(GALLERY_VENV),Tests/Gallery/requirements.txt))

# What was seen is in $(BUILD)/gallery-screenshots.
## the gallery in headless Chromium, at the width of a desk and of a phone
test-gallery: setup-gallery gallery
	ADAIN_BUILD="$(CURDIR)/$(BUILD)" $(GALLERY_VENV)/bin/python -m pytest -q -p no:cacheprovider Tests/Gallery

# ---- Sanitizers ----------------------------------------------------------------------

.PHONY: asan tsan leaks test-random-asan
# Wrong accesses, races and leaks, each first looked for and then planted and found. asan and tsan build
# the library for themselves.
## AddressSanitizer and UndefinedBehaviorSanitizer
asan: setup-test
	Tests/Sanitizers/asan.sh "$(SWIFT)" $(VENV)/bin/python

## ThreadSanitizer
tsan: setup-test
	Tests/Sanitizers/tsan.sh "$(SWIFT)"

## valgrind
leaks: setup-test module tool
	VIPSHOME="$(VIPSHOME)" ADAIN_BUILD="$(CURDIR)/$(BUILD)" ADAIN_TOOL="$(CURDIR)/$(TOOL)" \
	  Tests/Sanitizers/leaks.sh "$(CC)" $(VENV)/bin/python

# `make test-random` with the library under AddressSanitizer and the C sources under UndefinedBehaviorSanitizer.
test-random-asan: setup
	Tests/Sanitizers/asan_random.sh "$(SWIFT)" $(SECONDS)

# ---- Fuzz ----------------------------------------------------------------------------

TIME ?= 60
FUZZ ?= weights style interface vips
FUZZ_BUILD := $(CURDIR)/$(BUILD)/fuzz

.PHONY: fuzz fuzz-coverage fuzz-corpus
## search with libFuzzer for TIME seconds in each target, or in the FUZZ named
fuzz: setup
	Tests/Fuzz/fuzz.sh "$(FUZZ_BUILD)" $(SWIFT) $(TIME) $(FUZZ)

fuzz-coverage: setup
	Tests/Fuzz/coverage.sh "$(FUZZ_BUILD)-coverage" $(SWIFT) "$(FUZZ_BUILD)"

fuzz-corpus:
	$(PYTHON) Tests/Fuzz/make_corpus.py Tests/Fuzz/corpus

# ---- Other systems -------------------------------------------------------------------

.PHONY: test-deb test-debian13 test-newest test-arm64 test-wheel test-gstreamer
## the Debian packages in a clean Debian, as root; some minutes, and the network
test-deb: deb module
	@.ci/setup debootstrap lintian
	Tests/Deb/run.sh "$(CURDIR)/$(BUILD)"

## everything on Debian 13, in a root of its own, as root; half an hour (TESTS=no: some minutes), and the network
test-debian13:
	@.ci/setup debootstrap
	Tests/Debian13/run.sh "$(CURDIR)/$(BUILD)" "$$(cd "$$(dirname "$$(readlink -f "$$(command -v $(SWIFT))")")/../.." && pwd)"

## the operation with the libvips of Debian's unstable, in a root of its own, as root; some minutes, and the network
test-newest: module tool door
	@.ci/setup debootstrap
	Tests/Vips/newest.sh "$(CURDIR)/$(BUILD)"

# A quarter of an hour, the first time with some minutes more, 5 GB and the network.
## for 64-bit Arm Linux, cross-compiled in a root of its own, as root, and emulated
test-arm64: library tool
	@.ci/setup debootstrap
	Tests/Arm64/run.sh "$(CURDIR)/$(BUILD)"

## the wheel, in an environment that knows neither the build nor libvips' module
test-wheel: wheel
	Tests/Wheel/run.sh "$(CURDIR)/$(BUILD)" $(PYTHON) "$(CURDIR)/$(WHEEL_TEST_VENV)" \
	  "$(CURDIR)/$(WHEEL_VENV)/bin/python"

# Its packages are a hundred more.
## the frei0r plugin in GStreamer
test-gstreamer: frei0r tool
	@.ci/setup $(BUILD_PACKAGES) gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad
	Tests/Frei0r/gstreamer.sh "$(CURDIR)/$(BUILD)"
