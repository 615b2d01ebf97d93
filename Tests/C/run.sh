#!/bin/sh
# run.sh BUILD CC CXX: compile the C tests and the C example, as C99 and as C++, and run them.
set -eu
build=$1 cc=$2 cxx=$3
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
out=$build/test-c
mkdir -p "$out"

strict="-Wall -Wextra -Werror -pedantic -O1 -g"
# As variables, because folders may have spaces in their names.
export CPATH="$root/include" LIBRARY_PATH="$build/lib"
link="-ladain -lm -lpthread -Wl,-rpath,\$ORIGIN/../lib"
python3 "$root/Tests/Support/make_narrow_model.py" "$out/model.safetensors"
python3 "$root/Tests/Support/claimed_statuses.py" "$root/include/adain.h" >"$out/claimed.h"
python3 "$root/Tests/Support/make_narrow_model.py" "$out/other.safetensors" --seed 2

for language in c c++; do
  case $language in
    # <math.h> and <pthread.h> hide some names from plain C99.
    c) compile="$cc -std=c99 -D_DEFAULT_SOURCE" ;;
    *) compile="$cxx -std=c++11 -x c++ -Wno-missing-field-initializers" ;;
  esac
  # shellcheck disable=SC2086
  $compile $strict -include "$out/claimed.h" "$here"/*.c -o "$out/test-$language" $link
  for example in stylise walk preview reference; do
    # shellcheck disable=SC2086
    $compile $strict "$root/examples/c/$example.c" -o "$out/$example-$language" $link
  done
  echo "$language:"
  "$out/test-$language" "$out/model.safetensors" "$out/other.safetensors" "$out"

  (cd "$out" && "./reference-$language" >/dev/null 2>reference.log) || {
    cat "$out/reference.log"
    exit 1
  }

  # Built with the headers that the library had, and with today's.
  for header in "$here/older/first" "$here/older/second" "$here/older/third" "$root/include"; do
    # shellcheck disable=SC2086
    $compile -I"$header" $strict "$here/older/older.c" -o "$out/older-$language" $link
    "$out/older-$language" "$out/model.safetensors" "$out/older-$(basename "$header").rgb"
    cmp "$out/older-$(basename "$header").rgb" "$out/older-first.rgb"
  done

  # shellcheck disable=SC2086
  $compile $strict "$here/unload/unload.c" -o "$out/unload-$language" -lpthread -ldl
  "$out/unload-$language" "$build/lib/libadain.so" || {
    echo "a program that closes the library does not live"
    exit 1
  }
done
if ldd "$out/test-c" | grep -i swift; then
  echo "libadain.so needs the Swift runtime"
  exit 1
fi
