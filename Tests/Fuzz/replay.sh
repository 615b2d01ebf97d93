#!/bin/sh
# replay.sh BUILD CC: every kept input of every target, on the library as it is shipped.
set -eu
build=$1 cc=$2
cd "$(dirname "$0")/../.."
here=Tests/Fuzz root=.
out=$build/fuzz-replay
mkdir -p "$out"
python3 "$root/Tests/Support/make_narrow_model.py" "$out/model.safetensors" --widths 4 4 8 8
python3 "$root/Tests/Support/claimed_statuses.py" "$root/include/adain.h" >"$out/claimed.h"
export ADAIN_FUZZ_MODEL="$out/model.safetensors" VIPS_WARNING=1

for target in weights style interface vips; do
  case $target in
    interface) sources="$here/interface/*.c" ;;
    vips) sources="$here/vips.c $(find "$root/Sources/VipsAdain" -name '*.c' ! -name module.c)" ;;
    *) sources=$here/$target.c ;;
  esac
  # shellcheck disable=SC2046,SC2086
  $cc -O1 -g -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -I"$root/include" \
    -include "$out/claimed.h" $(pkg-config --cflags vips) $sources \
    "$here/files.c" "$here/replay.c" -o "$out/$target" -L"$build/lib" -ladain -lm \
    $(pkg-config --libs vips) -Wl,-rpath,"$build/lib"
  folders=$here/corpus/$target
  [ ! -d "$here/crashes/$target" ] || folders="$folders $here/crashes/$target"
  # The operation is in the program itself, not in a module. Time out rather than hang.
  # shellcheck disable=SC2086
  VIPSHOME=/nonexistent timeout 60 "$out/$target" $folders > "$out/$target.log" 2>&1 || {
    tail -n 20 "$out/$target.log"
    echo "$target: the input named last does not pass"
    exit 1
  }
  tail -n 1 "$out/$target.log"
done
