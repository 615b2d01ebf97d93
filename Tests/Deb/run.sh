#!/bin/sh
# run.sh BUILD: what `make deb` wrote has no errors for lintian; and installed in a clean Debian, made
# by debootstrap, it works as inside.sh says and gives the pixels that this tree's build gives.
set -eu
[ "$(id -u)" = 0 ] || exec sudo "$0" "$@"
build=$1
here=$(cd "$(dirname "$0")" && pwd)
images=$here/../../examples/images
target=$build/test-deb/root

lintian --allow-root --fail-on error "$build"/deb/*.changes

. /etc/os-release
# The mirrors of this machine's own sources: one for the release, and those of its updates.
mirrors() {
  apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' 'Origin: Debian' "$@" | sort -u
}
mirror=$(mirrors "Release: $VERSION_CODENAME" | awk '{ print $2; exit }')
test -n "$mirror" || {
  echo "the apt sources have no Debian $VERSION_CODENAME, or apt-get update was never run"
  exit 1
}

mkdir -p "$build/test-deb/cache"
MIRROR=$mirror "$here/../Support/debian_root.sh" "$target" "$VERSION_CODENAME" --cache-dir="$build/test-deb/cache"
mirrors >"$target/etc/apt/sources.list"

mkdir "$target/test"
cp "$build"/deb/*.deb "$here/inside.sh" "$target/test/"
rm "$target"/test/*-dbgsym_*.deb
cp "$images/chelsea.jpg" "$images/van-gogh-auvers.jpg" "$target/test/"
# Stripped, as libvips writes the date into a PPM.
VIPSHOME=$build/vips vips adain "$images/chelsea.jpg" "$images/van-gogh-auvers.jpg" \
  "$target/test/expected.ppm[strip]"

# In a mount namespace of its own, whose mounts end with it however it ends.
unshare --mount sh -eu -c '
  mount -t proc proc "$1/proc"
  mount -t tmpfs tmpfs "$1/tmp"
  exec chroot "$1" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
    DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 sh /test/inside.sh' sh "$target"
rm -rf "$target"
echo 'deb: passed'
