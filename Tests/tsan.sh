#!/bin/sh
# tsan.sh SWIFT: the sharing tests under ThreadSanitizer: clean, and a planted race is found.
set -eu
cd "$(dirname "$0")/.."
test="$1 test -c release -Xswiftc -enable-testing --sanitize=thread --scratch-path .build-tsan
  --filter SharingTests"
export TSAN_OPTIONS="halt_on_error=0 exitcode=66"

$test 2>&1 | tee .build-tsan.log | tail -5
! grep -q 'WARNING: ThreadSanitizer' .build-tsan.log ||
  { grep -A20 'WARNING: ThreadSanitizer' .build-tsan.log | head -60; exit 1; }
grep -q 'Test run with .* passed' .build-tsan.log

ADAIN_PLANT_RACE=1 $test >.build-tsan.log 2>&1 || true
grep -q 'WARNING: ThreadSanitizer:.* race' .build-tsan.log ||
  { echo 'the planted race was not found'; exit 1; }
rm -f .build-tsan.log
echo 'ThreadSanitizer: clean, and the planted race found'
