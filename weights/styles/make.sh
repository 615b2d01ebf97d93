#!/bin/sh
# make.sh TOOL IMAGES: write styles.bin and styles-fast.bin, of each model its own, from the catalogue's pictures, with
# the tool `adain`.
set -eu
tool=$1 images=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# styles_of MODEL FILE
styles_of() {
  sed -n 's/.*"picture": "\([^"]*\)".*/\1/p' "$here/catalogue.json" | while read -r picture; do
    "$tool" style save "$images/$picture" --model "$1" -o "$work/one.style"
    cat "$work/one.style" >> "$work/$2"
  done
  mv "$work/$2" "$here/$2"
}

styles_of standard styles.bin
styles_of fast styles-fast.bin
