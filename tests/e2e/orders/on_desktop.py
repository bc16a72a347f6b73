"""Runs a program on a desktop of its own: on_desktop.py PROGRAM [ARGUMENT…]. Its exit status is the program's."""

import os
import subprocess
import sys

from desktop import Desktop

desktop = Desktop()
os.environ["QT_QPA_PLATFORM"] = "xcb"
status = subprocess.run(sys.argv[1:], check=False).returncode
desktop.stop()
sys.exit(status)
