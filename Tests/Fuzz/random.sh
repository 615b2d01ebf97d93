#!/bin/sh
# random.sh OUT LIB SECONDS COMPILER…: random calls of the C interface for so long, from another seed each time.
set -eu
out=$1 lib=$2 seconds=$3
shift 3
cd "$(dirname "$0")/../.."
mkdir -p "$out"
python3 Tests/Support/make_narrow_model.py "$out/model.safetensors" --widths 4 4 8 8
python3 Tests/Support/claimed_statuses.py include/adain.h >"$out/claimed.h"
"$@" -O1 -g -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -Iinclude -include "$out/claimed.h" \
  Tests/Fuzz/interface/*.c Tests/Fuzz/files.c Tests/Fuzz/random.c -o "$out/random" \
  -L"$lib" -ladain -lm -Wl,-rpath,"$lib"
seed=${SEED:-$(date +%s)}
ADAIN_FUZZ_MODEL="$out/model.safetensors" \
  "$out/random" "$seconds" "$seed" "$out/random.input" || {
  echo "random calls failed with seed $seed; the last input is $out/random.input"
  exit 1
}
