#!/bin/sh
# demo-picture.sh OUT: the README's picture: content, style, result, side by side.
set -eu
images=$(cd "$(dirname "$0")/../images" && pwd)
out=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

vips adain "$images/chelsea.jpg" "$images/van-gogh-auvers.jpg" "$work/result.v"
vips thumbnail "$images/van-gogh-auvers.jpg" "$work/style.v" 1000 --height 300
for half in "$images/chelsea.jpg $work/style.v $work/left.v" \
  "$work/left.v $work/result.v ${out}[Q=88,strip]"; do
  # shellcheck disable=SC2086
  vips join $half horizontal --shim 8 --background 255
done
