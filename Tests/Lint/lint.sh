#!/bin/sh
# lint.sh SWIFT TOOLS: the style of all files that git knows, by each language's own checker and the configurations in
# the repository's folder. TOOLS is where clang-format, ruff and codespell are, of the versions in Tests/requirements.txt,
# as others have other opinions. Every fault is said.
set -u
swift=$1 tools=$2
failed=0

# files PATTERN…: those that git knows, and that are there.
files() {
  git ls-files --cached --others --exclude-standard -- "$@" | while read -r file; do
    if [ -e "$file" ]; then echo "$file"; fi
  done
}

# check NAME COMMAND…: the command on the files named on standard input, unless there are none.
check() {
  name=$1
  shift
  xargs -r "$@" || {
    echo "lint: $name" >&2
    failed=1
  }
}

files '*.swift' >"${list:=$(mktemp)}"
trap 'rm -f "$list"' EXIT
check 'swift format' "$swift" format lint --strict <"$list"
# What earlier headers were stays as it was; the public header's comments are in columns that the checker would break.
files '*.c' '*.h' '*.cpp' ':!Tests/C/older' ':!include/adain.h' >"$list"
check clang-format "$tools/clang-format" --dry-run -Werror <"$list"
files '*.py' >"$list"
check ruff "$tools/ruff" check -q --output-format concise <"$list"
files '*.sh' .ci/run .ci/setup >"$list"
check shellcheck shellcheck -x -f gcc <"$list"
files '*.swift' '*.c' '*.h' '*.cpp' '*.py' '*.sh' '*.md' '*.mk' Makefile '*.1' >"$list"
check codespell "$tools/codespell" -L caf,inout,nd,shotcut <"$list"
# As .editorconfig has it: no white space at a line's end, a line's end at the file's, tabs in makefiles alone.
check 'white space' sh -c '! grep -nE "[[:space:]]+$" "$@" /dev/null' sh <"$list"
check 'the last line' sh -c '
  for file; do [ -z "$(tail -c 1 "$file")" ] || { echo "$file: does not end with a line"; bad=1; }; done
  [ -z "${bad:-}" ]' sh <"$list"
grep -vE '(\.mk|Makefile|\.1)$' "$list" >"$list.tabs"
check tabs sh -c '! grep -nP "\t" "$@" /dev/null' sh <"$list.tabs"
rm -f "$list.tabs"
exit $failed
