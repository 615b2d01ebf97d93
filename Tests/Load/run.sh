#!/bin/sh
# run.sh BUILD CC REQUESTS [--steady]: compile load.c and run it on the library's own model.
set -eu
build=$1 cc=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
out=$build/test-load
mkdir -p "$out"
$cc -std=gnu11 -Wall -Wextra -Werror -O2 -g -I"$here/../../include" "$here/load.c" -o "$out/load" \
  -L"$build/lib" -ladain -lm -lpthread -Wl,-rpath,"$build/lib"
GLIBC_TUNABLES=glibc.malloc.tcache_count=0 exec "$out/load" "$@"
