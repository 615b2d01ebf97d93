#!/bin/sh
# leaks.sh CC PYTHON: the C tests under valgrind, and every `vips` and `adain` that their tests run, in
# success and in failure, with libvips' own account of leaks. Planted leaks are found.
checker=leaks
# shellcheck source=Tests/Sanitizers/common.sh
. "$(dirname "$0")/common.sh"
cc=$1 python=$2
export PYTHONPATH="$root/Tests/Sanitizers"
# It knows no AVX-512.
export ADAIN_KERNEL=avx2
memcheck="valgrind --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite
  --suppressions=$root/Tests/Sanitizers/valgrind.supp"

# What other threads hold when a process forks is lost to the child, and memcheck says so.
left_out=forking

# shellcheck disable=SC2086
compile_c "$root/build/lib" $cc
# shellcheck disable=SC2086
c_suite $memcheck >"$out/valgrind.log" 2>&1 &
valgrind=$!
# Meanwhile, on the other processor. Not the numbers that are none to the command `vips`, which then
# leaks any operation (`vips gaussblur a.png b.png 1 --min-ampl nan`).
for tests in Vips Tool; do
  env -u ADAIN_KERNEL "$python" -m pytest -q -p no:cacheprovider -p vips_leak "Tests/$tests" \
    --deselect Tests/Vips/test_not_finite.py::test_strength || { kill $valgrind; exit 1; }
done
wait $valgrind || { tail -60 "$out/valgrind.log"; exit 1; }
grep -E 'passed|ERROR SUMMARY' "$out/valgrind.log"

# shellcheck disable=SC2046
$cc -g -Iinclude $(find Sources/VipsAdain -name '*.c' ! -name module.c) Tests/Vips/asan_host.c -o "$out/host" \
  $(pkg-config --cflags --libs vips) -Lbuild/lib -ladain -Wl,-rpath,"$root/build/lib"
# shellcheck disable=SC2086
found 'definitely lost: [1-9]' $memcheck "$planted" "$model" leak
found 'objects alive' env VIPSHOME=/nonexistent "$python" Tests/Sanitizers/vips_leak.py "$out/host" \
  examples/images/chelsea.jpg examples/images/van-gogh-auvers.jpg "$model" "$out/o.png" leak
echo 'Leaks: none by valgrind and by libvips, and the planted ones found'
