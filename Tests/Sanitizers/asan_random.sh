#!/bin/sh
# asan_random.sh SWIFT SECONDS: random calls with the library under AddressSanitizer, and the C sources under
# UndefinedBehaviorSanitizer, too.
checker=asan
# shellcheck source=Tests/Sanitizers/common.sh
. "$(dirname "$0")/common.sh"
swift=$1 seconds=$2
clang=$(toolchain "$swift")/clang
# Sizes that are only announced are refused by the allocator, as without it.
export ASAN_OPTIONS=allocator_may_return_null=1 ASAN_SYMBOLIZER_PATH="${clang%/*}/llvm-symbolizer"
export LSAN_OPTIONS="suppressions=$root/Tests/Sanitizers/lsan.supp print_suppressions=0"
build_library "$swift" \
  "$(swift_flags address) -Xcc -fsanitize=undefined -Xcc -fno-sanitize-recover=undefined"
Tests/Fuzz/random.sh "$out/random" "$out/lib" "$seconds" "$clang" -fuse-ld=lld -fsanitize=address,undefined \
  -fno-sanitize-recover=undefined
