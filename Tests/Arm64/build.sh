#!/bin/sh
# build.sh: inside the root, compile the library, the command, the operation, the tests in Swift and in C and the C
# examples for 64-bit Arm.
set -eu
arm=/opt/arm64/usr/libexec/swift/lib
clang="/usr/libexec/swift/bin/clang --target=aarch64-linux-gnu -fuse-ld=lld"
out=/srv/out
export PKG_CONFIG_PATH=/usr/lib/aarch64-linux-gnu/pkgconfig
cd /srv/adain

# build RESOURCES OPTION…: with Arm's parts of the toolchain, which lie beside this machine's.
build() {
  resources=$1
  shift
  swift build -c release --triple aarch64-unknown-linux-gnu -Xswiftc -resource-dir -Xswiftc "$resources" \
    -Xswiftc -Xclang-linker -Xswiftc -fuse-ld=lld -Xlinker -L"$resources/linux" "$@"
}

mkdir -p "$out"
build $arm/swift_static --static-swift-stdlib --scratch-path /srv/build --product adain
cp /srv/build/aarch64-unknown-linux-gnu/release/libadain.so "$out/libadain.so.1"
ln -sf libadain.so.1 "$out/libadain.so"
build $arm/swift_static --static-swift-stdlib --scratch-path /srv/build --product adain-tool
cp /srv/build/aarch64-unknown-linux-gnu/release/adain-tool "$out/adain"
modules=$out/vips/aarch64-linux-gnu/vips-modules-$(pkg-config --modversion vips | cut -d. -f1,2)
mkdir -p "$modules"
# shellcheck disable=SC2046,SC2086
$clang -O2 -fPIC -shared -Iinclude Sources/VipsAdain/*.c $(pkg-config --cflags vips) -o "$modules/vips-adain.so" \
  -L"$out" -ladain $(pkg-config --libs vips)
# Debian's package has the module, but not the library that it asks the linker for; nothing of it is used.
echo | $clang -shared -x c - -o $arm/swift/linux/lib_Testing_Foundation.so
build $arm/swift --scratch-path /srv/build-test --product adainPackageTests -Xswiftc -enable-testing
cp /srv/build-test/aarch64-unknown-linux-gnu/release/adainPackageTests.xctest "$out/"
rm -rf "$out"/*.resources
cp -r /srv/build-test/aarch64-unknown-linux-gnu/release/*.resources "$out/"

compile="$clang -O1 -Iinclude -L$out -ladain -lpthread -ldl -lm"
# shellcheck disable=SC2086
$compile -std=c99 -D_DEFAULT_SOURCE Tests/C/*.c -o "$out/test-c"
for example in stylise reference; do
  # shellcheck disable=SC2086
  $compile examples/c/$example.c -o "$out/$example"
done
