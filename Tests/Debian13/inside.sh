# shellcheck shell=sh
# inside.sh: in the clean root. README's commands by somebody who may not install packages, by root, and by the first
# again when the packages are there, in a folder whose name has spaces and letters beyond ASCII; then Debian's packages.
set -eu

apt-get update -qq
# What README asks of a newcomer before it: git, make and a Swift toolchain, with what swift.org says that runs on.
apt-get install -y -qq --no-install-recommends git make ca-certificates \
  binutils libcurl4 libedit2 libncurses6 libpython3.13 libsqlite3-0 libxml2 libz3-4 tzdata zlib1g-dev >/dev/null
git config --system --add safe.directory '*'
useradd --create-home newcomer

as_newcomer() { setpriv --reuid newcomer --regid newcomer --init-groups env HOME=/home/newcomer "$@"; }

folder='/home/newcomer/Bilder für die Wand/adain'
as_newcomer mkdir "$(dirname "$folder")"
as_newcomer git clone -q /srv/adain.git "$folder"
said=$(as_newcomer make -C "$folder" demo 2>&1) && { echo 'make demo needs no packages?'; exit 1; }
case $said in
  *'packages are missing, and only root may install them: apt-get install'*) ;;
  *) echo "no sentence that names the missing packages: $said"; exit 1 ;;
esac

git clone -q /srv/adain.git /root/adain
cd /root/adain
make -j4 demo
as_newcomer make -C "$folder" demo
cmp build/demo.jpg "$folder/build/demo.jpg"

make deb >/dev/null
cp build/deb/*.deb /tmp
rm -f /tmp/*-dbgsym_*.deb
apt-get install -y -qq --no-install-recommends /tmp/*.deb >/dev/null
cd /tmp
vips adain /root/adain/examples/images/chelsea.jpg '' installed.png --named great-wave
adain /root/adain/examples/images/chelsea.jpg -s great-wave -o tool.png --quiet
cmp installed.png tool.png || { echo 'operation and tool differ'; exit 1; }

if [ "$TESTS" = yes ]; then
  make -C /root/adain setup-test >/dev/null
  as_newcomer git clone -q /srv/adain.git /home/newcomer/adain
  as_newcomer make -C /home/newcomer/adain test
fi
