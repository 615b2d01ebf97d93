#!/bin/sh
# Install the peers, one by one: one that cannot be had is left out of the table, with a sentence.
#
#     setup_peers.sh PYTHON VENV [SKIPPED]
set -eu
python=$1
venv=$2
skipped=${3:-}
requirements=$(dirname "$0")/requirements.txt

test -e "$venv/bin/python" || "$python" -m venv "$venv"
installed=$("$venv/bin/python" -m pip freeze --disable-pip-version-check | tr '[:upper:]' '[:lower:]')
grep -v '^#' "$requirements" | while read -r requirement; do
  [ "${requirement%%==*}" != "$skipped" ] || continue
  lower=$(echo "$requirement" | tr '[:upper:]' '[:lower:]')
  echo "$installed" | grep -qxF "$lower" && continue
  echo "installing $requirement"
  "$venv/bin/python" -m pip install -q --disable-pip-version-check "$requirement" </dev/null ||
    echo "$requirement could not be installed; it is left out"
done
