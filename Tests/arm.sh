#!/bin/sh
# arm.sh SWIFTC: the kernels compile for 64-bit Arm, to fused multiply-adds of its vector unit that take one factor from
# a single lane, and the sums of Winograd's products stay in registers. (`make test-arm64` runs them.)
#
# The toolchain has Arm's standard library only as Embedded Swift, for bare metal; that is enough for
# the kernels, which need no operating system.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# One module, as the targets' modules would have to be built one by one.
sed '/^ *import AdaINKernels$/d' Sources/AdaINKernelsNEON/KernelsNEON.swift >"$work/NEON.swift"
# shellcheck disable=SC2046
$1 -target aarch64-none-none-elf -enable-experimental-feature Embedded -wmo -Ounchecked \
  -parse-as-library -module-name Kernels -I Sources/CSupport/include -emit-assembly \
  -o "$work/kernels.s" $(find Sources/AdaINKernels -name '*.swift') "$work/NEON.swift"
python3 Tests/Support/check_neon.py "$work/kernels.s"
