#!/usr/bin/env bash
# tests/run.sh has installed what packaging/packages.sh names before this runs: nothing is left to be asked for over the
# network. A name that only another package provides never counts as installed, and would be asked for each time.
set -euo pipefail
cd "$(dirname "$0")/../.."
. packaging/packages.sh

stubs=$(mktemp -d)
trap 'rm -rf "$stubs"' EXIT
for program in apt-get sudo env; do
  printf '#!/bin/sh\nexit 0\n' >"$stubs/$program"
  chmod +x "$stubs/$program"
done
asked=$(PATH=$stubs:$PATH install_missing "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}")
if [ -n "$asked" ]; then
  echo "Still asked for, with all installed: $asked"
  exit 1
fi
# The look at what is installed is a look: a package that is nowhere is asked for.
[ "$(PATH=$stubs:$PATH install_missing tidemark-no-such-package)" = "Installing tidemark-no-such-package" ]
echo "${#build_packages[@]} + ${#run_packages[@]} + ${#test_packages[@]} packages are there, and nothing is asked for"
