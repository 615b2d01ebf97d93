#!/bin/sh
# tsan.sh SWIFT: the C tests and the engine's sharing tests under ThreadSanitizer: one model, one style
# and one content shared by eight threads. Planted races are found.
checker=tsan
# shellcheck source=Tests/Sanitizers/common.sh
. "$(dirname "$0")/common.sh"
swift=$1
clang=$(toolchain "$swift")/clang
# The forked children of the C tests make threads, which the sanitizer allows on demand only, and leave with
# _exit while those still run, as the parent's workers always do: it would call that a leak.
export TSAN_OPTIONS="exitcode=66 die_after_fork=0 report_thread_leaks=0 external_symbolizer_path=${clang%/*}/llvm-symbolizer"
flags=$(swift_flags thread)
sharing="$swift test $flags --filter SharingTests"

build_library "$swift" "$flags"
# The toolchain's sanitizer knows of Swift's queues, and wants their library.
runtime=${clang%/*}/../lib/swift/linux
compile_c "$out/lib" "$clang" -fuse-ld=lld -fsanitize=thread -L"$runtime" -Wl,-rpath,"$runtime" \
  -Wl,--no-as-needed -ldispatch -lBlocksRuntime
c_suite
found 'SUMMARY: ThreadSanitizer: data race .*Sources/AdaIN/' "$planted" "$model" race

# The training shares its maps among all threads, too.
# shellcheck disable=SC2086
$sharing'|AdaINTrainingTests' >"$out/swift.log" 2>&1 || { grep -A20 'WARNING: Thread\|error:' "$out/swift.log" | head -60; exit 1; }
grep 'Test run with .* passed' "$out/swift.log"
# shellcheck disable=SC2086
ADAIN_PLANT_RACE=1 found 'WARNING: ThreadSanitizer:.* race' $sharing
echo 'ThreadSanitizer: clean, and the planted races found'
