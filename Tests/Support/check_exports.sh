#!/bin/sh
# check_exports.sh LIBRARY HEADER SONAME: the library shows what the header declares, every function
# under a version of its own (Sources/AdaINC/adain.map), and nothing else: of Swift's runtime, of which
# it has a copy, nothing.
set -eu
library=$1 header=$2 soname=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

grep -oE '^[a-z].*\badain_[a-z0-9_]+ \(' "$header" | grep -oE 'adain_[a-z0-9_]+ \($' | tr -d ' (' |
  sort >"$folder/declared"
# The version nodes themselves are absolute symbols to some linkers.
nm -D --defined-only --extern-only "$library" | awk '$2 != "A" { print $3 }' | sort >"$folder/versioned"
sed 's/@@ADAIN_[0-9.]*$//' "$folder/versioned" | sort >"$folder/shown"
test -s "$folder/declared"
diff "$folder/declared" "$folder/shown" || {
  echo "$library: < is declared in the header but not exported, > is exported but not declared"
  exit 1
}
if grep -v '@@ADAIN_' "$folder/versioned"; then
  echo "$library: exported without a version"
  exit 1
fi
readelf -dW "$library" | grep -q "soname: \[$soname\]" || {
  echo "$library: its soname is not $soname"
  exit 1
}
