#!/bin/sh
# parallel.sh BUCKET RESULTS [adain options]: a folder of pictures, several at a time, with GNU parallel
# and the tool `adain`. A picture's result has its name below RESULTS, whole or not at all.
#
#     JOBS=4 parallel.sh photographs results --style great-wave
#
# Results that exist are left, so the same command goes on where an earlier run ended; GNU parallel's
# own --resume counts lines of its log instead, and would pass over pictures that came since. What
# failed, or was killed, is tried RETRIES times (default 3). RESULTS/.joblog has each picture's times and
# exit status. Exit status 1 when a picture failed.
set -eu
[ $# -ge 3 ] || { echo "usage: $0 BUCKET RESULTS --style STYLE [adain options]" >&2; exit 2; }
bucket=$1 results=$2
shift 2
processors=$(nproc)
jobs=${JOBS:-$processors}
# Each picture with its share of the processors.
threads=$((processors / jobs))
export VIPS_CONCURRENCY=$((threads > 0 ? threads : 1))

mkdir -p "$results"
(cd "$bucket" && find . -name ".?*" -prune -o -type d -print0) | (cd "$results" && xargs -0 mkdir -p)
find "$bucket" -name '.?*' -prune -o -type f -printf '%P\0' | sort -z |
  parallel --null --quote --no-run-if-empty --jobs "$jobs" --retries "${RETRIES:-3}" \
    --joblog "$results/.joblog" \
    "${ADAIN:-adain}" "$bucket/{}" --output "$results/{}" --skip-existing --quiet "$@" || exit 1
