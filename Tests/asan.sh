#!/bin/sh
# asan.sh SWIFT: the engine's tests on narrow models under AddressSanitizer.
#
# -Ounchecked kernels check no bounds themselves; here somebody does.
set -eu
cd "$(dirname "$0")/.."
export LSAN_OPTIONS=suppressions=Tests/lsan.supp
$1 test -c release -Xswiftc -enable-testing --sanitize=address --scratch-path .build-asan \
  --filter 'ModelTests|SharingTests|ParityTests|WinogradTransformTests|DirectLayerTests|Weights|StyleTests'
