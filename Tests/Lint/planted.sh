#!/bin/sh
# planted.sh SWIFT TOOLS: each checker of lint.sh finds a fault of its kind, in a tree that has nothing else.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
cp "$root/.swift-format" "$root/.clang-format" "$root/.ruff.toml" "$root/.shellcheckrc" "$tree"
cd "$tree"
git init -q

# planted CHECKER FILE TEXT: lint.sh names the checker, and no other.
planted() {
  printf '%b' "$3" >"$2"
  said=$("$root/Tests/Lint/lint.sh" "$swift" "$tools" 2>&1) && {
    echo "a planted fault was not found: $1" >&2
    exit 1
  }
  [ "$(echo "$said" | grep '^lint:')" = "lint: $1" ] || {
    echo "a planted fault of $1 was found as:" >&2
    echo "$said" >&2
    exit 1
  }
  rm "$2"
}

swift=$1 tools=$2
"$root/Tests/Lint/lint.sh" "$swift" "$tools"
planted 'swift format' a.swift 'func f( )  {\n}\n'
planted clang-format a.c 'int\nf(void)\n{\n  return 0;\n}\n'
planted ruff a.py 'import os\n'
planted shellcheck a.sh '#!/bin/sh\necho $1\n'
planted codespell a.md 'It is t\0145h end.\n'
planted 'white space' a.md 'A line. \n'
planted 'the last line' a.md 'A line.'
planted tabs a.md 'A\tline.\n'
echo 'lint: each planted fault was found'
