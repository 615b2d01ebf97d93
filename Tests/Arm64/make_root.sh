#!/bin/sh
# make_root.sh ROOT: a root of Debian's unstable distribution, the only one that has a Swift toolchain for 64-bit Arm
# Linux, with that toolchain for this machine, and the libraries of Arm's. Some minutes, and the network; 5 GB.
set -eu
root=$1
log=$root.log

"$(dirname "$0")/../Support/debian_root.sh" "$root" sid --include=ca-certificates
{
  # Arm's parts of the toolchain are unpacked, not installed: one cannot have both. What compiles is this machine's.
  unshare --mount sh -eu -c '
    mount -t proc proc "$1/proc"
    exec chroot "$1" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive sh -eu -c "
      dpkg --add-architecture arm64
      apt-get update -q
      apt-get install -y -q --no-install-recommends swiftlang git g++ make qemu-user
      compiler=\$(gcc -dumpversion | cut -d. -f1)
      apt-get install -y -q --no-install-recommends libc6-dev:arm64 libstdc++-\$compiler-dev:arm64 zlib1g:arm64 pkg-config
      mkdir -p /opt/arm64 /opt/packages
      cd /opt/packages
      apt-get download swiftlang:arm64 libswiftlang:arm64
      for package in *.deb; do
        dpkg-deb --fsys-tarfile \$package | tar -x -C /opt/arm64 --exclude=*/host/* ./usr/libexec/swift/lib
      done
      rm -rf /opt/packages
      # So are LAPACK and libvips with what they need: only headers, libraries and a command are wanted.
      apt-get clean
      apt-get install -y -q --no-install-recommends --download-only liblapack-dev:arm64 libvips-dev:arm64 libvips-tools:arm64
      for package in /var/cache/apt/archives/*_arm64.deb /var/cache/apt/archives/*_all.deb; do
        dpkg-deb -x \$package /opt/vips
      done
      cp -a /opt/vips/usr/include /opt/vips/usr/lib /usr/
      # Where alternatives would lead.
      cp -P /usr/lib/aarch64-linux-gnu/lapack/*.so* /usr/lib/aarch64-linux-gnu/blas/*.so* /usr/lib/aarch64-linux-gnu/
      mkdir -p /opt/arm64/bin
      cp /opt/vips/usr/bin/vips /opt/arm64/bin/
      # Of what libvips itself uses, not all has been set up.
      sed -i /^Requires.private/d /usr/lib/aarch64-linux-gnu/pkgconfig/vips.pc
      rm -rf /opt/vips
      apt-get clean
      ln -sfn /usr/libexec/swift/lib/clang /opt/arm64/usr/libexec/swift/lib/clang"' sh "$root"
} >>"$log" 2>&1 || { tail "$log"; exit 1; }
touch "$root.ready"
