#!/bin/sh
# Runs a test in a desktop session of its own: with_keyring.sh gnome|bus|none PROGRAM [ARGUMENT…]
#   gnome  a session bus and GNOME Keyring, unlocked, with an empty keyring
#   bus    a session bus, and no keychain on it
#   none   no session bus, so no keychain
# Home and runtime folders are new and go with it: nothing of a person's keyring is touched.
set -eu
kind=$1
shift
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run"
export TIDEMARK_TEST_HOME="$home" HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" \
  XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache"
unset DISPLAY WAYLAND_DISPLAY GNOME_KEYRING_CONTROL
case $kind in
  gnome)
    # The keyring daemon ends with the session bus.
    dbus-run-session -- sh -c '
      printf "a password" | gnome-keyring-daemon --unlock --components=secrets >"$HOME/daemon.log" 2>&1
      exec "$@"' sh "$@"
    ;;
  bus)
    dbus-run-session -- "$@"
    ;;
  none)
    DBUS_SESSION_BUS_ADDRESS="unix:path=$home/nothing" "$@"
    ;;
esac
