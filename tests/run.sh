#!/usr/bin/env bash
# Installs what the tests need, builds with warnings as errors, and runs every test.
#
#   bash tests/run.sh [PRESET] [ctest arguments…]      PRESET: dev (default), release, asan, tsan
set -euo pipefail
cd "$(dirname "$0")/.."
. packaging/packages.sh

preset=dev
case "${1:-}" in
  dev | release | asan | tsan | coverage)
    preset=$1
    shift
    ;;
esac
# Qt needs to know that file names are UTF-8.
export LC_ALL=${LC_ALL:-C.UTF-8}
# With these ccache can serve sources that are compiled with a precompiled header.
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime

install_missing "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
install_where_it_can_be_had "${client_packages[@]}"
cmake --preset "$preset"
cmake --build --preset "$preset"
ctest --preset "$preset" --parallel "$(nproc)" --no-tests=error "$@"
