#!/bin/sh
# brushes.sh ADAIN PHOTOGRAPHS OUT PAINTING…: large photographs in three brushes, side by side and in figures.
#
# PHOTOGRAPHS is a folder of pictures of more than a megapixel. For each pair OUT gets PHOTOGRAPH-STYLE.jpg: the
# network alone, broad strokes alone, and coarse to fine; above whole, below a part at full size. Each pair has a line: the style loss of the whole reduced to 640 pixels (adain measure),
# and the mean gradient at full size as a share of the photograph's own, for each brush in turn.
set -eu
[ $# -ge 4 ] || { echo "usage: $0 ADAIN PHOTOGRAPHS OUT PAINTING…" >&2; exit 2; }
adain=$1 photographs=$2 out=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

gradient() { # of a picture's lightness
  vips colourspace "$1" "$work/grey.v" b-w
  vips sobel "$work/grey.v" "$work/edges.v"
  vips avg "$work/edges.v"
}

whole() { vips thumbnail "$1" "$2" 640 --size down; }

for photograph in "$photographs"/*; do
  name=$(basename "${photograph%.*}")
  own=$(gradient "$photograph")
  whole "$photograph" "$work/content.png"
  for painting in "$@"; do
    pictures='' losses='' edges=''
    for brush in "1 1" "auto 0" "auto 0.7"; do
      stroke=${brush% *} detail=${brush#* }
      made=$work/$stroke-$detail.png
      "$adain" "$photograph" -s "$painting" --stroke "$stroke" --detail "$detail" -o "$made" --quiet
      whole "$made" "$work/whole.png"
      loss=$("$adain" measure "$work/content.png" "$painting" "$work/whole.png" --json |
        sed 's/.*"styleLoss":\([0-9.e-]*\).*/\1/')
      losses="$losses $(printf %.3f "$loss")"
      edges="$edges $(echo "$(gradient "$made") $own" | awk '{ printf "%.2f", $1 / $2 }')"
      vips smartcrop "$made" "$work/part.png" 640 400 --interesting centre
      vips join "$work/whole.png" "$work/part.png" "${made%.png}-both.png" vertical --expand
      pictures="$pictures ${made%.png}-both.png"
    done
    vips arrayjoin "${pictures# }" "$out/$name-$(basename "${painting%.*}").jpg[Q=85]" --across 3
    echo "$name, $(basename "${painting%.*}"): style loss$losses; gradient$edges"
  done
done
