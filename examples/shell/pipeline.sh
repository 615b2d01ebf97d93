#!/bin/sh
# Decode | stylise | encode: a photograph comes in on stdin, the stylised one leaves on stdout, and
# no file lies between.
#
#     pipeline.sh STYLE [vips adain options] < photograph.jpg > result.jpg
#
# Before, between and after may stand whatever else reads and writes pictures: curl, ffmpeg,
# ImageMagick, ssh, … Where nothing stands between, `vips adain stdin STYLE .jpg` does all three.
set -eu
[ $# -ge 1 ] || { echo "usage: $0 STYLE [options] < photograph > result.jpg" >&2; exit 2; }
# Styles are a list, in which a backslash keeps a space in a name.
style=$(printf '%s' "$1" | sed 's/ /\\ /g')
shift
vips copy stdin .ppm |
  vips adain stdin "$style" .ppm "$@" |
  vips copy stdin '.jpg[Q=90]'
