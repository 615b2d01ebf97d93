#!/bin/sh
# check_hardening.sh LIBDIR FILE...: each binary can be loaded anywhere, has full RELRO, a stack that
# cannot be executed, no relocations in its code, and looks for libraries in LIBDIR and beside itself
# only.
set -eu
libdir=$1
shift
failed=0

fail() {
  echo "$file: $1"
  failed=1
}

for file; do
  dynamic=$(readelf -dW "$file")
  segments=$(readelf -lW "$file")
  readelf -hW "$file" | grep -q 'Type: *DYN ' || fail 'is not position-independent'
  echo "$dynamic" | grep -q '(FLAGS) .*BIND_NOW' || fail 'symbols are not bound at start (BIND_NOW)'
  echo "$segments" | grep -q '^ *GNU_RELRO ' || fail 'no GNU_RELRO segment'
  # Type, offset, two addresses, two sizes, flags, alignment.
  stack=$(echo "$segments" | awk '$1 == "GNU_STACK" { print $7 }')
  test "$stack" = RW || fail "the stack's flags are '$stack', not RW"
  if echo "$segments" | awk '$1 == "LOAD" { print $7 $8 }' | grep 'W.*E'; then
    fail 'a segment can be both written and executed'
  fi
  if echo "$dynamic" | grep TEXTREL; then fail 'relocations in its code'; fi
  for folder in $(echo "$dynamic" | sed -n 's/.*(R.*PATH).*\[\(.*\)\]/\1/p' | tr : ' '); do
    # shellcheck disable=SC2016
    case $folder in
      "$libdir" | '$ORIGIN') ;;
      *) fail "looks for libraries in $folder" ;;
    esac
  done
done
exit $failed
