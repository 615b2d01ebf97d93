#!/bin/sh
# gstreamer.sh BUILD: a picture through GStreamer's frei0r filters and through the tool: the same bytes.
set -eu
build=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

vips shrink "$root/examples/images/chelsea.jpg" "$work/content.png" 2 2
# Its registry knows only the plugins that it saw when it was made.
GST_REGISTRY=$work/registry FREI0R_PATH=$build/frei0r gst-launch-1.0 -q filesrc location="$work/content.png" ! pngdec ! \
  videoconvert ! frei0r-filter-adain style=lion strength=0.8 ! videoconvert ! pngenc ! filesink location="$work/alpha.png"
vips extract_band "$work/alpha.png" "$work/result.png" 0 --n 3
"$build/bin/adain" "$work/content.png" --style lion --strength 0.8 -o "$work/expected.png" --quiet
vips subtract "$work/result.png" "$work/expected.png" "$work/difference.v"
vips abs "$work/difference.v" "$work/distance.v"
test "$(vips max "$work/distance.v")" = 0.000000
echo 'gstreamer: the bytes of the tool'
