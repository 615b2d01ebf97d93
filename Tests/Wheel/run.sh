#!/bin/sh
# run.sh BUILD PYTHON VENV AUDIT: install the wheel in a clean environment, and test it there, away from the tree.
set -eu
build=$1 python=$2 venv=$3 audit=$4
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$venv"
"$python" -m venv "$venv"
"$venv/bin/pip" install -q --disable-pip-version-check "$build"/wheel/adain-*.whl
# NumPy is all that it needs.
(cd / && "$venv/bin/python" -c 'import adain, numpy; adain.stylise(numpy.zeros((16, 16, 3), "uint8"), "lion")')
"$venv/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt"
PATH="$(dirname "$audit"):$PATH" "$audit" -m auditwheel show "$build"/wheel/adain-*.whl | tr '\n' ' ' | grep -o 'manylinux[0-9_a-z]*' | head -n 1
unset LD_LIBRARY_PATH PYTHONPATH
cd "$here"
ADAIN_BUILD=$build "$venv/bin/python" -m pytest -q -p no:cacheprovider .
