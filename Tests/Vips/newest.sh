#!/bin/sh
# newest.sh BUILD: the operation's tests with the libvips of Debian's unstable distribution, in a root made by debootstrap:
# the library as it was built here, the module compiled there. The test of all doors wants the Swift toolchain, too.
set -eu
[ "$(id -u)" = 0 ] || exec sudo --preserve-env=MIRROR "$0" "$@"
build=$1
tree=$(cd "$(dirname "$0")/../.." && pwd)
root=$build/test-newest/root

if [ ! -e "$root.ready" ]; then
  "$tree/Tests/Support/debian_root.sh" "$root" sid --include=ca-certificates
  chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive sh -eu -c '
    apt-get update -q
    apt-get install -y -q --no-install-recommends ffmpeg gcc libc6-dev libvips-dev libvips-tools make mandoc \
      pkg-config python3-numpy python3-pil python3-pytest python3-pyvips strace' >>"$root.log" 2>&1 || {
    tail "$root.log"
    exit 1
  }
  touch "$root.ready"
fi

unshare --mount sh -eu -c '
  root=$1 tree=$2
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs tmpfs "$root/tmp"
  mkdir -p "$root$tree"
  mount --bind "$tree" "$root$tree"
  exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 sh -eu -c "
    cd \"\$1\"
    vips --version
    vipshome=\$1/build/test-newest/vips
    version=\$(pkg-config --modversion vips | cut -d. -f1,2)
    modules=\$vipshome/\$(basename \"\$(pkg-config --variable=libdir vips)\")/vips-modules-\$version
    mkdir -p \"\$modules\"
    cc -O1 -g -fPIC -shared -Wall -Wextra -Werror -Iinclude Sources/VipsAdain/*.c \$(pkg-config --cflags --libs vips) \
      -Lbuild/lib -ladain -Wl,-rpath,\"\$1/build/lib\" -o \"\$modules/vips-adain.so\"
    VIPSHOME=\$vipshome ADAIN_BUILD=\$1/build exec python3 -m pytest -q -p no:cacheprovider Tests/Vips \
      --ignore Tests/Vips/test_doors.py
  " sh "$tree"' sh "$root" "$tree"
