#!/bin/sh
# asan.sh SWIFT PYTHON: the tests under AddressSanitizer, with LeakSanitizer, and the C sources under
# UndefinedBehaviorSanitizer: engine, C interface, libvips operation. Planted bugs are found.
#
# -Ounchecked kernels check no bounds themselves; here somebody does.
checker=asan
# shellcheck source=Tests/Sanitizers/common.sh
. "$(dirname "$0")/common.sh"
swift=$1 python=$2
clang=$(toolchain "$swift")/clang
export LSAN_OPTIONS="suppressions=$root/Tests/Sanitizers/lsan.supp print_suppressions=0"
export ASAN_SYMBOLIZER_PATH="${clang%/*}/llvm-symbolizer"
flags="$(swift_flags address) -Xcc -fsanitize=undefined -Xcc -fno-sanitize-recover=undefined"

build_library "$swift" "$flags"
# libvips calls through pointers of other types, as all of GObject does.
compiler="$clang -fuse-ld=lld -fsanitize=address,undefined -fno-sanitize=function
  -fno-sanitize-recover=undefined"
# shellcheck disable=SC2086
compile_c "$out/lib" $compiler
c_suite
# shellcheck disable=SC2086
ADAIN_BUILD=$out SANITIZER_CC="$compiler" $python -m pytest -q -p no:cacheprovider \
  Tests/Vips/test_sanitizer.py

found 'SUMMARY: AddressSanitizer: heap-buffer-overflow .*Sources/AdaIN/' "$planted" "$model" over-read
found 'SUMMARY: AddressSanitizer: heap-buffer-overflow .*Sources/AdaIN/' "$planted" "$model" over-write
found 'LeakSanitizer: detected memory leaks' "$planted" "$model" leak
found 'runtime error: signed integer overflow' "$planted" "$model" overflow

# Without what takes the whole model, on which the sanitizer sees nothing that narrow ones hide.
suite="$swift test $flags --skip StatisticsTests|TemporalSmoothingTests"
# shellcheck disable=SC2086
$suite >"$out/swift.log" 2>&1 || { grep -A40 'ERROR: \|✘\|error:' "$out/swift.log" | head -80; exit 1; }
grep 'Test run with .* passed' "$out/swift.log"
# shellcheck disable=SC2086
ADAIN_PLANT_OVER_READ=1 found 'AddressSanitizer: heap-buffer-overflow' $swift test $flags \
  --filter PlantedTests
# In a kernel: of what is inlined there, a frame has a function's name and no file's.
grep -q '#[0-9]* .* in \$s12AdaINKernels' "$planted.log" || { cat "$planted.log"; exit 1; }
echo 'AddressSanitizer: clean, and the planted over-reads, over-write, overflow and leaks found'
