# The library beside its peers: Benchmarks/README.md.

# `make benchmark PEERS=no` needs nothing beyond the build. PEERS_PYTHON and TORCH_PYTHON name
# interpreters that have the peers already.
PEERS ?= yes
PEERS_VENV := .build-peers
PEERS_PYTHON ?= $(PEERS_VENV)/bin/python
TORCH_PYTHON ?= $(PEERS_PYTHON)
BENCHMARK := $(BUILD)/benchmark
BENCHMARK_C := $(CC) -O2 $(WARNINGS) -Iinclude

.PHONY: benchmark benchmark-training setup-peers
## a step of training beside PyTorch's
benchmark-training: setup-training
	$(SWIFT) build -c release --product adain-training
	$(TRAINING_PYTHON) Benchmarks/training/steps.py .build/release/adain-training $(BENCHMARK_OPTIONS)

## the library beside its peers
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
