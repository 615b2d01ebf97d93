# shellcheck shell=sh
# common.sh: what asan.sh, tsan.sh and leaks.sh share. To be sourced, with `checker` set to a short name.
set -eu
cd "$(dirname "$0")/../.."
root=$PWD
out=$root/build/${checker:?}
mkdir -p "$out/lib"
model=$out/model.safetensors
planted=$out/planted

# swift_flags SANITIZER: for `swift build` and `swift test` alike, so that they share what they compile.
swift_flags() {
  echo "-c release -Xswiftc -enable-testing --sanitize=$1 --scratch-path $root/.build-$checker"
}

# The toolchain's own C compiler: its sanitizers are those of the library that it has built.
toolchain() { dirname "$(readlink -f "$(command -v "$1")")"; }

# build_library SWIFT FLAGS: libadain.so, watched, to $out/lib.
build_library() {
  # shellcheck disable=SC2086
  $1 build $2 --product adain >"$out/build.log" 2>&1 || { tail -30 "$out/build.log"; exit 1; }
  built=$root/.build-$checker/release/libadain.so
  ln -sf "$built" "$out/lib/libadain.so"
  ln -sf "$built" "$out/lib/$(readelf -d "$built" | sed -n 's/.*soname: \[\(.*\)\]/\1/p')"
}

# compile_c LIB COMPILER…: the C tests and the program with planted bugs.
compile_c() {
  lib=$1
  shift
  python3 Tests/Support/make_narrow_model.py "$model"
  python3 Tests/Support/make_narrow_model.py "$out/other.safetensors" --seed 2
  python3 Tests/Support/claimed_statuses.py include/adain.h >"$out/claimed.h"
  for program in "$out/test-c Tests/C/*.c" "$planted Tests/Sanitizers/planted.c"; do
    # shellcheck disable=SC2086
    "$@" -std=c99 -D_DEFAULT_SOURCE -Wall -Wextra -Werror -O1 -g -Iinclude \
      -include "$out/claimed.h" -o $program -L"$lib" -ladain -lm -lpthread -Wl,-rpath,"$lib"
  done
}

# c_suite [RUNNER…]: the C tests, but for the topics `left_out`.
left_out=
c_suite() {
  # shellcheck disable=SC2086
  "$@" "$out/test-c" "$model" "$out/other.safetensors" "$out" $left_out
}

# found PATTERN COMMAND…: the command fails, and what it says matches.
found() {
  pattern=$1
  shift
  if "$@" >"$out/planted.log" 2>&1 || ! grep -q "$pattern" "$out/planted.log"; then
    tail -30 "$out/planted.log"
    echo "a planted bug was not found: $pattern"
    exit 1
  fi
}
