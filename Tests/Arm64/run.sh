#!/bin/sh
# run.sh BUILD: the library for 64-bit Arm Linux, built from this tree in a root of its own (make_root.sh) and run
# under qemu: kernels and parity with PyTorch, the C tests, and the demo picture beside this machine's.
set -eu
[ "$(id -u)" = 0 ] || exec sudo --preserve-env=MIRROR,BIND "$0" "$@"
build=$1
here=$(cd "$(dirname "$0")" && pwd)
tree=$here/../..
root=$build/test-arm64/root
out=$root/srv/out

[ -e "$root.ready" ] || "$here/make_root.sh" "$root"
mkdir -p "$root/srv/adain"
# The tree as it is, without what git ignores; times stay, so that what is built stays, too.
git -C "$tree" ls-files -z --cached --others --exclude-standard | tar --null -C "$tree" -T - -c | tar -x -C "$root/srv/adain"
: >"$root/etc/gitconfig"
for settings in /etc/gitconfig "$HOME/.gitconfig"; do
  [ ! -e "$settings" ] || cat "$settings" >>"$root/etc/gitconfig"
done
# shellcheck disable=SC2086 # BIND is a list
unshare --mount sh -eu -c '
  root=$1; shift
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  for folder; do
    mkdir -p "$root$folder"
    mount --bind -o ro "$folder" "$root$folder"
  done
  exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    sh /srv/adain/Tests/Arm64/build.sh' sh "$root" ${BIND:-} >"$build/test-arm64/build.log" 2>&1 || {
  grep 'error' "$build/test-arm64/build.log" || tail "$build/test-arm64/build.log"
  exit 1
}

# emulated COMMAND…: with Arm's libraries. By the emulator of the root, a static program: that of Debian 12 (7.2) gives
# up on Swift's tests with an assertion of its own.
emulated() {
  "$root/usr/bin/qemu-aarch64" -L "$root" -E LD_LIBRARY_PATH="$out:$root/opt/arm64/usr/libexec/swift/lib/swift/linux" "$@"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$out" && emulated ./adainPackageTests.xctest --testing-library swift-testing \
  --filter 'ModelTests|WinogradTransformTests|ParityTests') >"$work/swift.log" 2>&1 || {
  grep -E '✘|error' "$work/swift.log" | head -30
  exit 1
}
grep -q 'kernels: neon baseline$' "$work/swift.log"
grep 'Test run with' "$work/swift.log"

python3 "$tree/Tests/Support/make_narrow_model.py" "$work/model.safetensors"
python3 "$tree/Tests/Support/make_narrow_model.py" "$work/other.safetensors" --seed 2
emulated "$out/test-c" "$work/model.safetensors" "$work/other.safetensors" "$work"
(cd "$work" && emulated "$out/reference" >/dev/null)

# The bytes of this machine's baseline, but for the last digits of floats.
for picture in chelsea van-gogh-auvers; do
  vips thumbnail "$tree/examples/images/$picture.jpg" "$work/$picture.ppm" 200
done
# distance A B: the largest, in steps of 8 bits. (The files themselves have the time in a comment.)
distance() {
  vips subtract "$1" "$2" "$work/signed.v"
  vips abs "$work/signed.v" "$work/difference.v"
  vips max "$work/difference.v" | cut -d. -f1
}
# near NAME A B: within one step.
near() {
  echo "$1: $(distance "$2" "$3") of 255 from this machine's baseline"
  [ "$(distance "$2" "$3")" -le 1 ]
}

export ADAIN_KERNEL=baseline
cc "$tree/examples/c/stylise.c" -I"$tree/include" -L"$build/lib" -ladain -Wl,-rpath,"$build/lib" -o "$work/stylise"
"$work/stylise" "$work/chelsea.ppm" "$work/van-gogh-auvers.ppm" "$work/here.ppm"
for kernel in neon baseline; do
  ADAIN_KERNEL=$kernel emulated "$out/stylise" "$work/chelsea.ppm" "$work/van-gogh-auvers.ppm" "$work/$kernel.ppm"
  near "demo picture, $kernel" "$work/here.ppm" "$work/$kernel.ppm"
done
# The command and the operation, whose conversions are libvips' own: the same pixels, of one version and one machine.
(cd "$work" && emulated "$out/adain" chelsea.ppm -s van-gogh-auvers.ppm -o tool.ppm --quiet)
VIPSHOME=$out/vips emulated "$root/opt/arm64/bin/vips" adain "$work/chelsea.ppm" "$work/van-gogh-auvers.ppm" \
  "$work/operation.ppm"
[ "$(distance "$work/tool.ppm" "$work/operation.ppm")" = 0 ]
"$build/bin/adain" "$work/chelsea.ppm" -s "$work/van-gogh-auvers.ppm" -o "$work/tool-here.ppm" --quiet
near 'command and operation' "$work/tool-here.ppm" "$work/tool.ppm"
echo '64-bit Arm: passed'
