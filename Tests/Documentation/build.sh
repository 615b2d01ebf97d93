#!/bin/sh
# build.sh SWIFTC BUILD: the articles and the Swift reference as a DocC archive, BUILD/doc/swift, from what
# `swift build` left of the module AdaIN. A warning of DocC fails, and so does a public symbol without a
# comment.
set -eu
swiftc=$1 build=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
information() {
  "$swiftc" -print-target-info | sed -n "s/.*\"$1\" *: *\"\(.*\)\".*/\1/p" | head -n 1
}
bin=$(dirname "$(dirname "$(information runtimeResourcePath)")")/bin
graphs=$build/symbol-graphs
rm -rf "$graphs" "$build/doc/swift"
mkdir -p "$graphs" "$build/doc"

"$bin/swift-symbolgraph-extract" -module-name AdaIN -I "$root/.build/release/Modules" \
  -I "$root/Sources/CSupport/include" \
  -target "$(information unversionedTriple)" -minimum-access-level public \
  -skip-synthesized-members -output-dir "$graphs"
# Foundation's copy of a folder wants its owner, too, so DocC fails for a user whose toolchain is root's: a copy of its own.
pages=$build/docc-pages
rm -rf "$pages"
cp -R "$(dirname "$bin")/share/docc/render" "$pages"
python3 "$root/Tests/Documentation/documented.py" "$graphs/AdaIN.symbols.json"
DOCC_HTML_DIR=$pages "$bin/docc" convert "$root/Sources/AdaIN/AdaIN.docc" --additional-symbol-graph-dir "$graphs" \
  --fallback-display-name AdaIN --fallback-bundle-identifier adain.AdaIN --warnings-as-errors \
  --output-path "$build/doc/swift"
echo "doc: $build/doc/swift, for any web server: python3 -m http.server -d $build/doc/swift"
