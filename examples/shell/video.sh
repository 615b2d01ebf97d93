#!/bin/sh
# video.sh CLIP PAINTING RESULT [STRENGTH]: ffmpeg | a filter of one's own | ffmpeg, without files between.
#
# Frames are binary PPM pictures in a row. `adain video` does the same, keeps the sound and smooths what
# rests over time; this is for those who have more filters to put in between. Python needs the wheel `adain`.
set -eu
[ $# -ge 3 ] || { echo "usage: $0 CLIP PAINTING RESULT [STRENGTH]" >&2; exit 2; }
clip=$1 painting=$2 result=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stage() { "$@" || { : >"$work/failed"; return 1; }; } # sh knows the status of the last stage alone

ffmpeg() { command ffmpeg -nostdin -loglevel error "$@"; }
rate=$(ffprobe -v error -select_streams v:0 -show_entries stream=r_frame_rate -of csv=p=0 "$clip")

stage ffmpeg -i "$clip" -f image2pipe -c:v ppm - |
  stage python3 "$here/../python/stylise_frames.py" "$painting" "$@" |
  stage ffmpeg -f image2pipe -c:v ppm -framerate "$rate" -i - -pix_fmt yuv420p "$work/${result##*/}"
[ ! -e "$work/failed" ]
mv "$work/${result##*/}" "$result"
