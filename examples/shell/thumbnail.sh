#!/bin/sh
# thumbnail.sh PHOTOGRAPH STYLE RESULT [SIZE]: a small picture in a style: vipsthumbnail | vips adain.
#
# The photograph is reduced before it is stylised: the time goes with the pixels.
set -eu
[ $# -ge 3 ] || { echo "usage: $0 PHOTOGRAPH STYLE RESULT [SIZE]" >&2; exit 2; }
photograph=$1 style=$2 result=$3 size=${4:-256}

# vipsthumbnail goes on after a file that it cannot read, with status 0: the next stage then has no
# picture, and says so by its own status.
vipsthumbnail "$photograph" --size "$size" -o .ppm | vips adain stdin "$style" "$result"
