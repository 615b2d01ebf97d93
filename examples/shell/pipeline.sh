#!/bin/sh
# A filter: a photograph comes in on stdin, the stylised one leaves on stdout, no file between.
#
#     pipeline.sh STYLE [vips adain options] < photograph.jpg > result.jpg
#
# Before and after may stand whatever else reads and writes pictures: curl, ffmpeg, ssh, ...
set -eu
[ $# -ge 1 ] || { echo "usage: $0 STYLE [options] < photograph > result.jpg" >&2; exit 2; }
style=$1
shift
exec vips adain stdin "$style" '.jpg[Q=90]' "$@"
