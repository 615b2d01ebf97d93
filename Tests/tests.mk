# What `make test` runs, in its order.

VENV := .build-venv
TEST_PACKAGES := $(BUILD_PACKAGES) ffmpeg groff-base imagemagick mandoc melt python3 python3-dev python3-venv \
  qemu-user 'ruby-vips?' shellcheck strace valgrind
PYTEST = $(VENV)/bin/python -m pytest -q -p no:cacheprovider
# Some at a time, where no test looks at the whole machine: most start processes, and wait for them.
WORKERS ?= 3
PYTEST_AT_ONCE = $(PYTEST) -n $(WORKERS) --dist worksteal

.PHONY: setup-test
setup-test: setup-test-packages $(VENV)/ready

.PHONY: setup-test-packages
setup-test-packages:
	@.ci/setup $(TEST_PACKAGES)

$(eval $(call environment,$(VENV),Tests/requirements.txt))

.PHONY: test
## set up, and run everything that can fail
test: setup-test lint test-swift test-arm test-qemu test-c test-install test-fuzz test-random \
  test-vips test-tool test-frei0r test-faults test-load test-docs test-examples

# ---- The sources ---------------------------------------------------------------------

.PHONY: lint
# Each checker is shown a fault of its kind first.
## the sources' style: Swift, C, Python, shell, spelling, white space
lint: setup-test
	Tests/Lint/planted.sh "$(SWIFT)" "$(CURDIR)/$(VENV)/bin"
	Tests/Lint/lint.sh "$(SWIFT)" "$(CURDIR)/$(VENV)/bin"

# ---- The engine ----------------------------------------------------------------------

TEST_BUILD := -c release -Xswiftc -enable-testing --scratch-path .build-test

# What the tests want alone: `swift test` by itself would compile the command, too.
.PHONY: test-build
test-build:
	$(SWIFT) build $(TEST_BUILD) --product adainPackageTests

.PHONY: test-swift test-arm test-qemu
## engine and training: kernels against references, parity with PyTorch, bytes
test-swift: test-build
	$(SWIFT) test $(TEST_BUILD) --skip-build

test-arm:
	Tests/arm.sh $(SWIFT)c

# The same test binary on processors without AVX-512, and without AVX: a wrong instruction, in
# the kernels or beside them, ends it.
test-qemu: test-build all
	Tests/qemu.sh

# ---- The C interface -----------------------------------------------------------------

.PHONY: test-c test-install test-fuzz test-random
## the C interface
test-c: library
	Tests/C/run.sh "$(CURDIR)/$(BUILD)" "$(CC)" "$(CXX)"

test-install: module
	Tests/install.sh "$(CC)" $(SOVERSION)

# The fuzzers' seeds and what they found, on the library as it is shipped: a few seconds.
test-fuzz: library
	Tests/Fuzz/replay.sh "$(CURDIR)/$(BUILD)" "$(CC)"

# Random calls of the C interface for so many seconds; SEED repeats a run.
SECONDS ?= 30

test-random: library
	Tests/Fuzz/random.sh "$(CURDIR)/$(BUILD)/random" "$(CURDIR)/$(BUILD)/lib" $(SECONDS) $(CC)

# ---- Operation, command, plugin ------------------------------------------------------

# The Swift interface as a program, for the test of all doors.
DOOR := $(BUILD)/test/adain-door

.PHONY: door
door:
	$(SWIFT_BUILD) --product adain-door
	@mkdir -p $(dir $(DOOR))
	@test $(DOOR) -nt .build/release/adain-door || strip -o $(DOOR) .build/release/adain-door

.PHONY: test-vips test-tool test-frei0r
## the libvips operation
test-vips: module tool door
	VIPSHOME="$(VIPSHOME)" ADAIN_BUILD="$(CURDIR)/$(BUILD)" $(PYTEST_AT_ONCE) Tests/Vips

## the command
test-tool: tool
	ADAIN_TOOL="$(CURDIR)/$(TOOL)" $(PYTEST_AT_ONCE) Tests/Tool

## the frei0r plugin
test-frei0r: frei0r tool
	ADAIN_BUILD="$(CURDIR)/$(BUILD)" $(PYTEST) Tests/Frei0r

# ---- Faults and load -----------------------------------------------------------------

.PHONY: test-faults test-load
# Memory that is refused, disks that are full, signals, interrupted calls and short reads.
test-faults: library module tool
	Tests/Faults/run.sh "$(CURDIR)/$(BUILD)" "$(CC)"
	ADAIN_BUILD="$(CURDIR)/$(BUILD)" $(PYTEST) Tests/Faults

# A short replay of `make load`, of which only the bytes and the memory are looked at.
test-load: library
	Tests/Load/run.sh "$(CURDIR)/$(BUILD)" "$(CC)" 600

# ---- Documents and examples ----------------------------------------------------------

.PHONY: test-docs test-examples
# What README and the articles say: commands run, links lead somewhere, options and functions exist.
test-docs: doc module tool
	ADAIN_BUILD="$(CURDIR)/$(BUILD)" $(PYTEST) Tests/Documentation

# From C, C++, Swift (a package that builds the engine for itself), Python, Ruby, Node where there is one,
# and shell; each makes the operation's pixels.
test-examples: module tool
	ADAIN_BUILD="$(CURDIR)/$(BUILD)" ADAIN_CC="$(CC)" ADAIN_CXX="$(CXX)" ADAIN_SWIFT="$(SWIFT)" $(PYTEST_AT_ONCE) Tests/Examples
