#!/bin/sh
# thumbnail.sh PHOTOGRAPH STYLE RESULT [SIZE]: a small picture in a style: vipsthumbnail | vips adain.
#
# The photograph is reduced before it is stylised: the time goes with the pixels.
set -eu
[ $# -ge 3 ] || { echo "usage: $0 PHOTOGRAPH STYLE RESULT [SIZE]" >&2; exit 2; }
photograph=$1 result=$3 size=${4:-256}
# Styles are a list, in which a backslash keeps a space in a name.
style=$(printf '%s' "$2" | sed 's/ /\\ /g')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# sh knows the status of a pipe's last stage alone; the others leave a note where they fail.
stage() { "$@" || { : >"$work/failed"; return 1; }; }

stage vipsthumbnail "$photograph" --size "$size" -o .ppm |
  stage vips adain stdin "$style" "$work/${result##*/}"
[ ! -e "$work/failed" ]
mv "$work/${result##*/}" "$result"
