#!/bin/sh
# run.sh BUILD CC: compile what disturbs programs, and refuse each large request of the C interface.
set -eu
build=$1 cc=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
out=$build/test-faults
mkdir -p "$out"

strict="-std=gnu11 -Wall -Wextra -Werror -O1 -g"
export CPATH="$root/include" # folders may have spaces in their names
# Wide enough that a layer's weights are large as the allocator counts.
python3 "$root/Tests/Support/make_narrow_model.py" "$out/model.safetensors" --widths 16 16 32 64
python3 "$root/Tests/Support/claimed_statuses.py" "$root/include/adain.h" >"$out/claimed.h"
for helper in allocator disturbance; do
  # shellcheck disable=SC2086
  $cc $strict -fPIC -shared "$here/$helper.c" -o "$out/$helper.so"
done
# The allocator before the library that asks it.
# shellcheck disable=SC2086
$cc $strict -include "$out/claimed.h" "$here/memory.c" "$here/calls.c" "$out/allocator.so" -o "$out/memory" \
  -L"$build/lib" -ladain -Wl,-rpath,"$out:$build/lib"
"$out/memory" "$out/model.safetensors"
