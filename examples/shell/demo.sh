#!/bin/sh
# demo.sh CONTENT STYLE OUT LIBRARY: stylise a photograph through the libvips operation, and say
# where the picture is, how long it took and which kernel ran.
set -eu
content=$1 style=$2 out=$3 library=$4

start=$(date +%s.%N)
vips adain "$content" "$style" "$out"
end=$(date +%s.%N)

kernel=$(python3 -c "
import ctypes
library = ctypes.CDLL('$library')
library.adain_kernel.restype = ctypes.c_char_p
print(library.adain_kernel().decode())" 2>/dev/null || echo unknown)
echo "$out: $(vipsheader -f width "$out") x $(vipsheader -f height "$out") pixels," \
  "$(echo "$start $end" | awk '{ printf "%.2f", $2 - $1 }') s with everything, kernel $kernel"
