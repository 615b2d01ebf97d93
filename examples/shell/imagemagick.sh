#!/bin/sh
# imagemagick.sh PHOTOGRAPH STYLE RESULT [vips adain options]: a stage between two of ImageMagick's, here
# one that turns the photograph upright and reduces it, and one that puts a border around it.
set -eu
[ $# -ge 3 ] || { echo "usage: $0 PHOTOGRAPH STYLE RESULT [options]" >&2; exit 2; }
photograph=$1 result=$3
# Styles are a list, in which a backslash keeps a space in a name.
style=$(printf '%s' "$2" | sed 's/ /\\ /g')
shift 3
# ImageMagick 7's name, or 6's.
magick=$(command -v magick || command -v convert) || { echo "$0: no ImageMagick" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# sh knows the status of a pipe's last stage alone; the others leave a note where they fail.
stage() { "$@" || { : >"$work/failed"; return 1; }; }

stage "$magick" "$photograph" -auto-orient -resize '256x256>' -depth 8 ppm:- |
  stage vips adain stdin "$style" .ppm "$@" |
  stage "$magick" ppm:- -bordercolor ivory -border 8 "$work/${result##*/}"
[ ! -e "$work/failed" ]
mv "$work/${result##*/}" "$result"
