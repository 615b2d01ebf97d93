#!/bin/sh
# build.sh BUILD VERSION: the Debian packages of this tree, into BUILD/deb.
set -eu
build=$1 version=$2
root=$(cd "$(dirname "$0")/.." && pwd)
source=$build/deb/source
rm -rf "$build/deb"
mkdir -p "$source"
cp -R "$root/packaging/debian" "$source/debian"
cd "$source"
packaged=$(dpkg-parsechangelog -S Version)
[ "${packaged%-*}" = "$version" ] || {
  echo "packaging/debian/changelog begins with $packaged, the Makefile's version is $version" >&2
  exit 1
}
ADAIN_SOURCE=$root dpkg-buildpackage --build=binary --no-sign
ls -l "$build"/deb/*.deb
