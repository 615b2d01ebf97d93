#!/bin/sh
# build.sh KIND OUT SWIFT TARGET…: build fuzz targets and the library beneath them.
#
# KIND is `fuzzer` (libFuzzer and AddressSanitizer) or `coverage` (replay.c, and counters for
# llvm-cov). Both instrument the library itself, in a scratch path of their own.
set -eu
kind=$1 out=$2 swift=$3
shift 3
cd "$(dirname "$0")/../.."
toolchain=$(dirname "$(readlink -f "$(command -v "$swift")")")

case $kind in
  fuzzer)
    swift_flags="-sanitize=fuzzer,address"
    c_flags="-fsanitize=fuzzer-no-link,address" ;;
  coverage)
    swift_flags="-profile-generate -profile-coverage-mapping"
    c_flags="-fprofile-instr-generate -fcoverage-mapping" ;;
esac
build="$swift build -c release --target AdaINC --scratch-path .build-fuzz-$kind"
for flag in $swift_flags; do build="$build -Xswiftc $flag"; done
for flag in $c_flags; do build="$build -Xcc $flag"; done
$build
mkdir -p "$out"
python3 Tests/Support/claimed_statuses.py include/adain.h >"$out/claimed.h"
objects=$(find -L ".build-fuzz-$kind/release" -name '*.o' -path '*.build/*')

for target; do
  sources="Tests/Fuzz/files.c"
  libraries=
  case $target in
    interface) sources="$sources Tests/Fuzz/interface/*.c" ;;
    vips)
      sources="$sources Tests/Fuzz/vips.c $(find Sources/VipsAdain -name '*.c' ! -name module.c)"
      libraries=$(pkg-config --libs vips | sed 's/-pthread//') ;;
    *) sources="$sources Tests/Fuzz/$target.c" ;;
  esac
  [ "$kind" = fuzzer ] || sources="$sources Tests/Fuzz/replay.c"
  [ "$kind" != fuzzer ] || [ ! -e "Tests/Fuzz/${target}_mutator.c" ] ||
    sources="$sources Tests/Fuzz/${target}_mutator.c"
  folder=$out/$target.objects
  rm -rf "$folder"
  mkdir -p "$folder"
  # shellcheck disable=SC2046,SC2086
  for source in $sources; do
    "$toolchain/clang" -c -O1 -g -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror $c_flags -Iinclude -include "$out/claimed.h" \
      $(pkg-config --cflags vips) "$source" -o "$folder/$(echo "$source" | tr / _).o"
  done
  # shellcheck disable=SC2086
  "$toolchain/swiftc" $swift_flags -use-ld=lld "$folder"/*.o $objects -lstdc++ $libraries \
    -o "$out/$target"
done
python3 Tests/Support/make_narrow_model.py "$out/model.safetensors" --widths 4 4 8 8
