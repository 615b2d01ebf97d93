#!/bin/sh
# build.sh BUILD VERSION PYTHON: the wheel, into BUILD/wheel, with the tag that its library's symbols allow.
set -eu
build=$1 version=$2 python=$3
cd "$(dirname "$0")"
out=$build/wheel
rm -rf "$out"
mkdir -p "$out/source/adain" "$out/plain"
cp pyproject.toml setup.py README.md ../../LICENSE "$out/source"
cp adain/*.py adain/py.typed "$out/source/adain"
# Without the names of local functions, which nobody needs to run it.
strip --strip-unneeded -o "$out/source/adain/libadain.so.1" "$build/lib/libadain.so.1"
ADAIN_VERSION=$version "$python" -m pip wheel -q --disable-pip-version-check --no-deps --no-build-isolation \
  --wheel-dir "$out/plain" "$out/source"
# auditwheel reads which versions of glibc and libstdc++ the library wants, and names the wheel so.
PATH="$(dirname "$python"):$PATH" "$python" -m auditwheel repair --wheel-dir "$out" "$out"/plain/*.whl >"$out/auditwheel.log" 2>&1 || {
  cat "$out/auditwheel.log"
  exit 1
}
rm -rf "$out/plain" "$out/source"
wc -c "$out"/*.whl
