#!/bin/sh
# controls.sh ADAIN IMAGES OUT: the pictures of README's controls, made with the tool `adain` and vips.
set -eu
adain=$1 images=$2 out=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Every built-in style.
"$adain" sheet "$images/chelsea.jpg" --size 220 --across 6 -o "$out/sheet.jpg[Q=80]"

# Strength from 0 to 1, and a mix of two styles from one to the other.
for strength in 0 0.25 0.5 0.75 1; do
  "$adain" "$images/coffee.jpg" -s great-wave --strength $strength --content-size 170 \
    -o "$work/strength-$strength.png"
done
for part in 0 0.25 0.5 0.75 1; do
  "$adain" "$images/coffee.jpg" -s "great-wave=$part" -s "summertime=$(awk "BEGIN { print 1 - $part }")" \
    --content-size 170 -o "$work/mix-$part.png"
done
vips arrayjoin "$(for name in strength mix; do for part in 0 0.25 0.5 0.75 1; do
  printf '%s ' "$work/$name-$part.png"; done; done)" "$out/strength-mix.jpg[Q=85]" --across 5

# The painting's size, and the content's central square.
for size in 128 256 512; do
  "$adain" "$images/coffee.jpg" -s "$images/van-gogh-auvers.jpg" --style-size $size --crop \
    --content-size 260 -o "$work/size-$size.png"
done
vips arrayjoin "$work/size-128.png $work/size-256.png $work/size-512.png" "$out/sizes.jpg[Q=85]" \
  --across 3

# Whose colours: the style's, and the content's in three ways.
for colour in style content-coral content-lightness histogram; do
  "$adain" "$images/coffee.jpg" -s "$images/hokusai-great-wave.jpg" --color $colour \
    --content-size 260 -o "$work/$colour.png"
done
vips arrayjoin "$work/style.png $work/content-coral.png $work/content-lightness.png $work/histogram.png" \
  "$out/colours.jpg[Q=85]" --across 4

# Two styles and a soft mask: white on the left, where the first goes.
vips xyz "$work/xy.v" 600 400
vips extract_band "$work/xy.v" "$work/x.v" 0
vips linear "$work/x.v" "$work/ramp.v" -- -1 555
vips cast "$work/ramp.v" "$work/mask.png" uchar
"$adain" "$images/coffee.jpg" -s auvers -s composition-viii --mask "$work/mask.png" \
  --content-size 260 -o "$work/masked.png"
vips resize "$work/mask.png" "$work/small.png" 0.65
vips colourspace "$work/small.png" "$work/seen.png" srgb
vips arrayjoin "$work/seen.png $work/masked.png" "$out/masks.jpg[Q=85]" --across 2

# The brush: as fine as the picture, broad with plain enlargement, broad with the guided one.
"$adain" "$images/astronaut.jpg" -s auvers -o "$work/fine.png"
vips resize "$images/astronaut.jpg" "$work/reduced.png" 0.3333333
"$adain" "$work/reduced.png" -s auvers -o "$work/painted.png"
vips resize "$work/painted.png" "$work/plain.png" 3.01
"$adain" "$images/astronaut.jpg" -s auvers --stroke 3 -o "$work/guided.png"
for brush in fine plain guided; do
  vips crop "$work/$brush.png" "$work/$brush-part.png" 60 20 300 300
done
vips arrayjoin "$work/fine-part.png $work/plain-part.png $work/guided-part.png" \
  "$out/stroke.jpg[Q=85]" --across 3

# The two models: content, painting, standard, fast, a line for each pair.
row() { # NAME CONTENT STYLE PAINTING
  cp "$images/$2.jpg" "$work/$1-content.jpg"
  cp "$images/$4.jpg" "$work/$1-style.jpg"
  for model in standard fast; do
    "$adain" "$images/$2.jpg" -s "$3" --model $model -o "$work/$1-$model.jpg[Q=95]"
  done
  for part in content style standard fast; do
    vips thumbnail "$work/$1-$part.jpg" "$work/$1-$part-small.png" 256 --height 256 --crop centre
    printf '%s ' "$work/$1-$part-small.png"
  done
}
vips arrayjoin "$(row a astronaut auvers van-gogh-auvers; row b coffee great-wave hokusai-great-wave
  row c rocket composition-viii kandinsky-composition-viii)" "$out/models.jpg[Q=85]" --across 4
