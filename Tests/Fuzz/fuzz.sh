#!/bin/sh
# fuzz.sh OUT SWIFT SECONDS TARGET…: search with each target for so long, one after the other.
#
# What is found goes to OUT/corpus and OUT/crashes; nothing is written among the sources.
set -eu
out=$1 swift=$2 seconds=$3
shift 3
cd "$(dirname "$0")/../.."
Tests/Fuzz/build.sh fuzzer "$out" "$swift" "$@"

export ADAIN_FUZZ_MODEL="$out/model.safetensors"
# Pictures that are only announced may be larger than memory: that is an error, not a crash.
export ASAN_OPTIONS=allocator_may_return_null=1
export VIPS_WARNING=1
failed=0
for target; do
  # The largest input that still says something new.
  case $target in
    weights) options="-max_len=131072 -dict=Tests/Fuzz/weights.dict" ;;
    style) options="-max_len=33024" ;;
    interface) options="-max_len=480 -len_control=20" ;;
    vips) options="-max_len=4096" ;;
  esac
  kept=
  [ ! -e "Tests/Fuzz/crashes/$target" ] || kept=Tests/Fuzz/crashes/$target
  mkdir -p "$out/corpus/$target" "$out/crashes/$target"
  echo "$target: $seconds seconds; log in $out/$target.log"
  # shellcheck disable=SC2086
  "$out/$target" $options -max_total_time="$seconds" -timeout=60 -rss_limit_mb=4096 -handle_xfsz=0 \
    -print_final_stats=1 -artifact_prefix="$out/crashes/$target/" \
    "$out/corpus/$target" "Tests/Fuzz/corpus/$target" $kept > "$out/$target.log" 2>&1 || failed=1
  grep -h 'cov:' "$out/$target.log" | tail -n 1
  grep -h '^stat::\|^==.*ERROR\|^SUMMARY\|not so:\|Test unit written' "$out/$target.log" || true
done
[ $failed = 0 ] || { echo "what failed lies in $out/crashes"; exit 1; }
