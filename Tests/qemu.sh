#!/bin/sh
# qemu.sh: the test binary on emulated processors with fewer instructions.
#
# Haswell has AVX2 and FMA but no AVX-512, Nehalem neither: a wrong instruction, in the kernels or
# beside them, ends the process. Emulation is slow, hence the narrow models.
set -eu
cd "$(dirname "$0")/.."
binary=.build-test/release/adainPackageTests.xctest

run() {
  cpu=$1 kernels=$2 log=.build-test/qemu-$1.log
  if qemu-x86_64 -cpu "$cpu" $binary --testing-library swift-testing \
    --filter 'ModelTests|WinogradTransformTests' >"$log" 2>&1 &&
    grep -q "kernels: $kernels\$" "$log"; then
    echo "$cpu: $kernels: passed"
  else
    grep -v 'TCG' "$log" | tail -30
    echo "$cpu: failed (wanted the kernels '$kernels')"
    return 1
  fi
}

run Haswell 'avx2 baseline' &
haswell=$!
run Nehalem 'baseline'
wait $haswell
# Of what is shipped.
python3 Tests/Support/check_instructions.py .build/release
