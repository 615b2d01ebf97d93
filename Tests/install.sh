#!/bin/sh
# install.sh CC SOVERSION: what `make install` puts down works: through pkg-config from C,
# without a Swift runtime, and as a libvips module; the library shows the header's functions only, what
# is installed is hardened, and manual pages are without mistakes.
set -eu
cc=$1 soversion=$2
root=$(cd "$(dirname "$0")/.." && pwd)
# Not in the build: pkg-config's answers and libvips' lists are words, so that a folder with a space is none to
# install to, or to hand to the operation unquoted.
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
version=$(pkg-config --modversion vips | cut -d. -f1,2)
libdir=$(basename "$(pkg-config --variable=libdir vips)")
make -s -C "$root" install PREFIX="$stage" MODULEDIR="$stage/home/$libdir/vips-modules-$version"

export PKG_CONFIG_PATH="$stage/lib/pkgconfig"
# shellcheck disable=SC2046
$cc "$root/examples/c/stylise.c" $(pkg-config --cflags --libs adain) -o "$stage/stylise" \
  -Wl,-rpath,"$stage/lib"
if ldd "$stage/stylise" | grep -iE 'swift|foundation|not found'; then
  echo 'the installed library needs more than the C runtime'
  exit 1
fi
vips shrink "$root/examples/images/chelsea.jpg" "$stage/photograph.ppm" 4 4
vips shrink "$root/examples/images/van-gogh-auvers.jpg" "$stage/painting.ppm" 4 4
"$stage/stylise" "$stage/photograph.ppm" "$stage/painting.ppm" "$stage/result.ppm"
# By its soname, as Python's ctypes and every other language ask for it.
LD_LIBRARY_PATH=$stage/lib python3 -c 'import ctypes; ctypes.CDLL("libadain.so.1").adain_kernel'

VIPSHOME=$stage/home vips adain "$stage/photograph.ppm" "$stage/painting.ppm" "$stage/vips.ppm"
# The same library, the same pixels.
test "$(vips max "$(difference=$stage/d.v && vips subtract "$stage/result.ppm" "$stage/vips.ppm" "$difference" &&
  vips abs "$difference" "$stage/a.v" && echo "$stage/a.v")")" = 0.000000

# As SECURITY.md says: libvips' riskier loaders can be shut off, that of PPM among them.
if VIPS_BLOCK_UNTRUSTED=1 VIPSHOME=$stage/home vips adain "$stage/photograph.ppm" \
  "$stage/painting.ppm" "$stage/blocked.ppm" 2>/dev/null || test -e "$stage/blocked.ppm"; then
  echo 'VIPS_BLOCK_UNTRUSTED blocks no loader'
  exit 1
fi

FREI0R_PATH=$stage/lib/frei0r-1 ffmpeg -v error -y -i "$root/examples/images/chelsea.jpg" \
  -vf 'frei0r=adain:lion' -frames:v 1 "$stage/frei0r.png" 2>"$stage/frei0r.log"
test -s "$stage/frei0r.png" && test ! -s "$stage/frei0r.log"

"$root/Tests/Support/check_exports.sh" "$stage/lib/libadain.so" "$root/include/adain.h" "libadain.so.$soversion"
# `make deb` fails where the package's list of functions is not the library's.
if ! { sed -n 's/^    \(adain_[a-z_]*\);$/\1/p' "$root/Sources/AdaINC/adain.map" &&
  sed -n 's/^ \(adain_[a-z_]*\)@.*/\1/p' "$root/packaging/debian/libadain1.symbols"; } | sort | uniq -u |
  { ! grep .; }; then
  echo 'packaging/debian/libadain1.symbols lists other functions than Sources/AdaINC/adain.map'
  exit 1
fi
# A program asks for the versions, too.
if nm -D --undefined-only "$stage/stylise" | grep adain_ | grep -v '@ADAIN_0\.1$'; then
  echo 'a program is linked to functions without their version'
  exit 1
fi
# A program that calls itself libadain.so.1 would be taken for the library by the modules that it loads.
if readelf -dW "$stage/bin/adain" | grep SONAME; then
  echo 'the tool has a soname'
  exit 1
fi
"$root/Tests/Support/check_hardening.sh" "$stage/lib" "$stage/lib/libadain.so" \
  "$stage/home/$libdir/vips-modules-$version/vips-adain.so" "$stage/bin/adain" "$stage/lib/frei0r-1/adain.so"

for page in "$stage"/share/man/man1/*.1; do
  mistakes=$({ groff -mandoc -ww -z "$page" && mandoc -T lint -W warning "$page"; } 2>&1) || true
  test -z "$mistakes" || {
    echo "$mistakes"
    exit 1
  }
done
echo 'install: passed'
