#!/bin/sh
# coverage.sh OUT SWIFT FUZZED: the share of each parser's lines that its inputs reach: those that are
# kept with the sources, and those that searching has left in FUZZED/corpus. Fails below 80 %.
set -eu
out=$1 swift=$2 fuzzed=$3
cd "$(dirname "$0")/../.."
toolchain=$(dirname "$(readlink -f "$(command -v "$swift")")")
Tests/Fuzz/build.sh coverage "$out" "$swift" weights style interface

export ADAIN_FUZZ_MODEL="$out/model.safetensors"
for target in weights style interface; do
  folders=
  for folder in "Tests/Fuzz/corpus/$target" "Tests/Fuzz/crashes/$target" "$fuzzed/corpus/$target"; do
    [ ! -d "$folder" ] || folders="$folders $folder"
  done
  # shellcheck disable=SC2086
  LLVM_PROFILE_FILE=$out/$target.profraw "$out/$target" $folders | tail -n 1
  "$toolchain/llvm-profdata" merge "$out/$target.profraw" -o "$out/$target.profdata"
done

# report TARGET LEAST FILE…
report() {
  target=$1 least=$2
  shift 2
  "$toolchain/llvm-cov" export -summary-only "$out/$target" \
    -instr-profile="$out/$target.profdata" "$@" | python3 -c '
import json, sys
target, least = sys.argv[1], float(sys.argv[2])
data = json.load(sys.stdin)["data"][0]
for file in data["files"]:
    lines = file["summary"]["lines"]
    name = file["filename"].split("Sources/")[-1]
    print("%5.1f %% of %3d lines  %s" % (lines["percent"], lines["count"], name))
lines = data["totals"]["lines"]
print("%5.1f %% of %d lines: %s" % (lines["percent"], lines["count"], target))
sys.exit(lines["percent"] < least)' "$target" "$least"
}
report weights 80 Sources/AdaIN/Weights/*.swift
report style 80 Sources/AdaIN/Style/Style+Serialization.swift Sources/AdaIN/Style/Style+File.swift \
  Sources/AdaIN/Files/FileBytes.swift
report interface 80 Sources/AdaINC/*.swift
