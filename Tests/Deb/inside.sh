# shellcheck shell=sh
# inside.sh: run in the clean Debian, where /test has the packages, two pictures, and the result that is
# expected of them.
set -eu
cd /test
packages=$(for file in *.deb; do dpkg-deb --field "$file" Package; done)

say() { echo "deb: $*"; }

apt() { apt-get -qq -y --no-install-recommends "$@" >/test/apt.log 2>&1 || { cat /test/apt.log; exit 1; }; }

say 'installing, with what the packages depend on'
apt update
apt install ./*.deb
# What the checks themselves need.
apt install ffmpeg libvips-tools man-db gcc libc6-dev pkg-config

say 'the operation'
vips adain chelsea.jpg van-gogh-auvers.jpg "operation.ppm[strip]"
cmp operation.ppm expected.ppm

say 'the tool'
adain --version
adain chelsea.jpg --style van-gogh-auvers.jpg -o "tool.ppm[strip]" --quiet
cmp tool.ppm expected.ppm

say 'a program in C'
# shellcheck disable=SC2046
gcc /usr/share/doc/libadain-dev/examples/stylise.c $(pkg-config --cflags --libs adain) -o stylise
vips copy chelsea.jpg content.ppm
vips copy van-gogh-auvers.jpg style.ppm
./stylise content.ppm style.ppm c.ppm
vips adain content.ppm style.ppm "again.ppm[strip]" --style-size 0
cmp c.ppm again.ppm

say 'the frei0r plugin'
ffmpeg -v error -i chelsea.jpg -vf frei0r=adain:lion -frames:v 1 frei0r.png 2>frei0r.log
test -s frei0r.png && test ! -s frei0r.log

say 'manual pages and completions'
for page in adain vips-adain; do
  man -w "$page"
  mistakes=$(man --warnings "$page" 2>&1 >/dev/null)
  test -z "$mistakes" || { echo "$mistakes"; exit 1; }
done
for file in bash-completion/completions/adain zsh/vendor-completions/_adain \
  fish/vendor_completions.d/adain.fish; do
  test -s "/usr/share/$file"
done

say 'purge'
# shellcheck disable=SC2086
dpkg --listfiles $packages | grep '^/[^.]' | sort -u >listed
# shellcheck disable=SC2086
apt purge $packages
while read -r path; do
  # Folders that other packages have as well stay.
  [ ! -e "$path" ] || dpkg --search "$path" >/dev/null || { echo "$path is left"; exit 1; }
done <listed
# Pages that were read above are kept by man-db.
left=$(find / -xdev \( -path /test -o -path /var/cache/man \) -prune -o -iname '*adain*' -print)
test -z "$left" || { echo "left: $left"; exit 1; }
if ldconfig -p | grep adain; then
  exit 1
fi
