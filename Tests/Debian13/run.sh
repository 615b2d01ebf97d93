#!/bin/sh
# run.sh BUILD TOOLCHAIN: this commit on Debian 13, in a root made by debootstrap, as a newcomer has it: see inside.sh.
#
# TOOLCHAIN is the Swift toolchain's folder, seen at the same place inside. Folders named in BIND are seen there, too, for
# mirrors that git's settings, which are copied, lead to. TESTS=no leaves out `make test`.
set -eu
[ "$(id -u)" = 0 ] || exec sudo --preserve-env=MIRROR,BIND,TESTS "$0" "$@"
build=$1 toolchain=$2
here=$(cd "$(dirname "$0")" && pwd)
base=$build/test-debian13/base
target=$build/test-debian13/root

if [ ! -e "$base.ready" ]; then
  "$here/../Support/debian_root.sh" "$base" trixie
  touch "$base.ready"
fi
rm -rf "$target"
cp -a "$base" "$target"
for settings in /etc/gitconfig "$HOME/.gitconfig"; do
  [ ! -e "$settings" ] || cat "$settings" >>"$target/etc/gitconfig"
done
[ ! -e /etc/pip.conf ] || cp -L /etc/pip.conf "$target/etc/"
# Whom this machine trusts beside Debian's list, as behind a company's proxy: taken over when that is installed.
[ ! -d /usr/local/share/ca-certificates ] || cp -RL /usr/local/share/ca-certificates "$target/usr/local/share/"
git clone -q --bare "$here/../.." "$target/srv/adain.git"
cp "$here/inside.sh" "$target/srv/"

# In a mount namespace of its own, whose mounts end with it however it ends.
# shellcheck disable=SC2086 # BIND is a list
unshare --mount sh -eu -c '
  target=$1; shift
  mount -t proc proc "$target/proc"
  mount --rbind /dev "$target/dev"
  mount -t tmpfs tmpfs "$target/tmp"
  for folder; do
    mkdir -p "$target$folder"
    mount --bind -o ro "$folder" "$target$folder"
  done
  exec chroot "$target" /usr/bin/env -i PATH="/usr/sbin:/usr/bin:/sbin:/bin:$1/usr/bin" HOME=/root \
    DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 TESTS="${TESTS:-yes}" sh /srv/inside.sh' \
  sh "$target" "$toolchain" ${BIND:-}
rm -rf "$target"
echo 'debian 13: passed'
