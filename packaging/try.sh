#!/usr/bin/env bash
# From a fresh Debian 12 to Tidemark on its stand-in Cloud Manager: installs what is missing, builds, opens the program.
# Without a display it drives the real windows offscreen through every mode, one printed line and one picture a step.
#
#   bash packaging/try.sh [DIRECTORY FOR THE PICTURES]
set -euo pipefail
cd "$(dirname "$0")/.."
. packaging/packages.sh

pictures=${1:-$PWD/build/walkthrough}
# Qt needs to know that file names are UTF-8.
export LC_ALL=${LC_ALL:-C.UTF-8}

install_missing "${build_packages[@]}" "${run_packages[@]}"
# Warnings are for those who change the code: another compiler's must not keep anybody from trying the program. In a
# folder of its own: what is set here is not for those who test.
cmake --preset release -B build/try -DTIDEMARK_TESTS=OFF -DTIDEMARK_WERROR=OFF
cmake --build build/try

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec build/try/bin/tidemark --demo
fi
echo "No display: walking through the program offscreen, pictures in $pictures"
QT_QPA_PLATFORM=offscreen exec build/try/bin/tidemark --demo --walkthrough "$pictures"
