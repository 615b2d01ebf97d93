#!/bin/sh
# make.sh TOOL IMAGES: write styles.bin from the catalogue's pictures, with the tool `adain`.
set -eu
tool=$1 images=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sed -n 's/.*"picture": "\([^"]*\)".*/\1/p' "$here/catalogue.json" | while read -r picture; do
  "$tool" style save "$images/$picture" -o "$work/one.style"
  cat "$work/one.style" >> "$work/styles.bin"
done
mv "$work/styles.bin" "$here/styles.bin"
