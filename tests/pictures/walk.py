"""Walks through the program offscreen with what its pictures depend on held fast: walk.py DIRECTORY [DIRECTORY…]

The clock of each process begins at one moment; the room of the disk, the zone, the font and its size, the screen and
the palette are the same on every machine. Without PICTURE_MACHINE (a sanitizer wants to be the first library of a
process) clock and room are the machine's. The variable TIDEMARK names the program."""

import calendar
import json
import os
import pathlib
import subprocess
import sys
import tempfile

BEGIN = calendar.timegm((2026, 11, 24, 14, 30, 0))
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include>{tests}</include>
  <match><edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="antialias" mode="assign"><bool>true</bool></edit></match>
</fontconfig>
"""


def environment(folder):
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("QT_", "XDG_", "KDE_", "GTK_", "LC_", "DISPLAY", "WAYLAND", "MCLI_"))}
    fonts = pathlib.Path(folder, "fonts.conf")
    fonts.write_text(FONTS.format(tests=pathlib.Path(__file__).resolve().parents[1] / "support/fonts.conf"))
    screen = pathlib.Path(folder, "screen.json")
    screen.write_text(json.dumps({"screens": [{"name": "pictures", "x": 0, "y": 0, "width": 1366, "height": 768,
                                               "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}))
    kept.update({"QT_QPA_PLATFORM": f"offscreen:configfile={screen}", "QT_FONT_DPI": "96", "QT_SCALE_FACTOR": "1",
                 "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "FONTCONFIG_FILE": str(fonts), "HOME": folder, "TMPDIR": "/tmp",
                 "QT_FORCE_STDERR_LOGGING": "1"})
    if machine := os.environ.get("PICTURE_MACHINE"):
        kept.update({"LD_PRELOAD": machine, "PICTURE_CLOCK_BEGIN": str(BEGIN)})
    return kept


def walk(directory, folder):
    for old in pathlib.Path(directory).glob("*.png"):
        old.unlink()
    return subprocess.Popen([os.environ["TIDEMARK"], "--demo", "--walkthrough", directory], env=environment(folder))


def main():
    """The first by itself; the others beside each other, so that what depends on how fast a machine is shows in them."""
    first, others = sys.argv[1:2], sys.argv[2:]
    for directories in (first, others):
        with tempfile.TemporaryDirectory(prefix="tidemark-walk-") as folder:
            running = []
            for number, directory in enumerate(directories):
                home = os.path.join(folder, str(number))
                os.mkdir(home)
                running.append(walk(directory, home))
            failed = [one for one in running if one.wait()]
        if failed:
            return failed[0].returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
