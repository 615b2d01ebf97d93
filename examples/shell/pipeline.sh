#!/bin/sh
# pipeline.sh PHOTOGRAPH PAINTING > result.jpg
#
# Decode, stylise, encode, through stdin and stdout: a stage in a chain of filters. The photograph
# may come from anywhere (curl, ffmpeg, exiftool …); nothing is written to the disk.
set -eu
photograph=$1 painting=$2

vips copy "$photograph" .ppm |             # decode
  vips adain stdin "$painting" .ppm |      # stylise
  vips sharpen stdin '.jpg[Q=90]'          # whatever comes next, and encode
