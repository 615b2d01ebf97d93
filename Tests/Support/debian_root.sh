#!/bin/sh
# debian_root.sh ROOT SUITE [OPTION…]: a bare Debian in the folder ROOT, made anew by debootstrap with these options from
# $MIRROR, that fetches packages as this machine does. What was said is in ROOT.log.
set -eu
root=$1 suite=$2
shift 2
rm -rf "$root"
mkdir -p "$(dirname "$root")"
debootstrap --variant=minbase "$@" "$suite" "$root" "${MIRROR:-http://deb.debian.org/debian}" >"$root.log" 2>&1 || {
  tail "$root.log"
  exit 1
}
apt-config dump Acquire >"$root/etc/apt/apt.conf.d/90-host"
# A mirror may stand still for longer than the list of an unstable distribution is valid.
echo 'Acquire::Check-Valid-Until "false";' >"$root/etc/apt/apt.conf.d/91-mirror"
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
