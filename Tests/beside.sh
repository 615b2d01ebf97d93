#!/bin/sh
# beside.sh COMMAND COMMAND: both at once; what each said, one after the other; fails where one did.
set -u
first=$(mktemp)
trap 'rm -f "$first"' EXIT
sh -c "$1" >"$first" 2>&1 &
sh -c "$2"
second=$?
wait $!
status=$?
cat "$first"
[ $status -eq 0 ] && [ $second -eq 0 ]
