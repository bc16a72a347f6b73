# shellcheck shell=bash
# Debian packages that Tidemark needs, and how they are installed: sourced by packaging/try.sh and tests/run.sh.

build_packages=(
  g++ cmake ninja-build ccache
  qt6-base-dev qt6-base-dev-tools qt6-l10n-tools qt6-svg-dev qtkeychain-qt6-dev
  libgl1-mesa-dev libopengl-dev
  libssl-dev libcurl4-openssl-dev libkrb5-dev libarchive-dev libexpected-dev libtomlplusplus-dev zlib1g-dev
  libcpp-httplib-dev nlohmann-json3-dev
)

# What a window needs beyond the libraries.
run_packages=(fonts-dejavu-core hicolor-icon-theme)

# Real peers and judges of the tests.
test_packages=(
  curl nginx-light openssl python3
  apache2-bin apache2-utils squid microsocks python3-django-oauth-toolkit
  krb5-kdc krb5-admin-server krb5-user
  dbus gnome-keyring libsecret-tools
  tesseract-ocr tesseract-ocr-eng
  libfuse3-dev fuse3 e2fsprogs mount
  xvfb xauth at-spi2-core gir1.2-atspi-2.0 python3-gi
  openssh-client gpg gpg-agent gpgconf
)

# Other clients, held against the stand-in Cloud Manager: their test says "Skipped: why" of one that cannot be had.
client_packages=(python3-requests wget libwww-perl nodejs node-request)

install_missing() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "Installing ${missing[*]}"
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    root=(sudo)
  fi
  # Packages that bring a service start it on installation; the tests start their own, on ports of their own.
  "${root[@]}" apt-get update -q
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install -y -q --no-install-recommends "${missing[@]}"
}

install_where_it_can_be_had() {
  local package
  for package in "$@"; do
    install_missing "$package" || echo "Not installed: $package"
  done
}
