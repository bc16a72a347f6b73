"""step_shim.cpp against step_writer.cpp: it sees every step, and each of its actions does what it says. The shim and
the writer are named by the variables STEP_SHIM and STEP_WRITER."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SHIM, WRITER = os.environ["STEP_SHIM"], os.environ["STEP_WRITER"]


class Steps(unittest.TestCase):
    def setUp(self):
        self.base = pathlib.Path(tempfile.mkdtemp(prefix="tidemark-steps-"))
        self.addCleanup(shutil.rmtree, self.base, ignore_errors=True)
        self.log = self.base / "log"

    def start(self, program=(WRITER,), **variables):
        self.folder = self.base / f"files{len(list(self.base.iterdir()))}"
        self.folder.mkdir()
        self.log.unlink(missing_ok=True)
        variables = {"PATHS": f"{self.folder}/*", "LOG": str(self.log), **variables}
        names = {f"STEP_SHIM_{name}": str(value) for name, value in variables.items()}
        return subprocess.Popen([*program, str(self.folder)], env={**os.environ, "LD_PRELOAD": SHIM, **names})

    def run_writer(self, **variables):
        return self.start(**variables).wait(20)

    def steps(self):
        """(kind, name of the file, without what is random in a temporary file's)."""
        lines = self.log.read_text().splitlines()
        self.assertEqual([line.split()[0] for line in lines], [str(n + 1) for n in range(len(lines))])
        return [(line.split()[1], pathlib.Path(line.split()[2]).name.split(".")[0]) for line in lines]

    def test_every_step_is_seen_in_order(self):
        self.assertEqual(self.run_writer(), 0)
        steps = self.steps()
        mine = [(kind, name) for kind, name in steps if name != "lock"]
        self.assertEqual(mine, [
            ("open", "#unnamed"), ("write", "#unnamed"), ("sync", "#unnamed"), ("link", "saved"),
            ("open", "appended"), ("lock", "appended"), ("write", "appended"), ("write", "appended"), ("sync",
            "appended"), ("sync", "appended"), ("truncate", "appended"),
            ("write", "stream"), ("link", "linked"), ("rename", "renamed"), ("rename", "moved"),
            ("unlink", "stream"), ("unlink", "moved")])
        self.assertIn(("open", "lock"), steps)
        self.assertIn(("unlink", "lock"), steps)
        self.assertEqual(self.run_writer(), 0)
        self.assertEqual(self.steps(), steps)

    def test_only_what_is_asked_for_counts(self):
        self.assertEqual(self.run_writer(CALLS="sync,rename"), 0)
        self.assertEqual({kind for kind, _ in self.steps()}, {"sync", "rename"})
        self.assertEqual(self.run_writer(PATHS="/nowhere/*:*/saved*"), 0)
        self.assertEqual({name for _, name in self.steps()}, {"saved"})

    def test_killed_before_and_after_each_step(self):
        self.run_writer()
        count = len(self.steps())
        for at in range(1, count + 1):
            for moment in ("before", "after"):
                self.assertEqual(self.run_writer(AT=at, DO=f"kill-{moment}"), -signal.SIGKILL)
                self.assertEqual(len(self.steps()), at)
        self.assertEqual(self.run_writer(AT=count + 1, DO="kill-before"), 0)

    def test_before_and_after_differ(self):
        self.run_writer(CALLS="link", AT=1, DO="kill-before")
        self.assertFalse((self.folder / "saved").exists())
        self.run_writer(CALLS="link", AT=1, DO="kill-after")
        self.assertEqual((self.folder / "saved").read_text(), "0123456789")
        self.run_writer(CALLS="write", PATHS="*/appended", AT=1, DO="kill-half")
        self.assertEqual((self.folder / "appended").read_text(), "01234")
        self.assertEqual(self.run_writer(CALLS="write", PATHS="*/appended", AT=1, DO="short"), 1)
        self.assertEqual((self.folder / "appended").read_text(), "01234")

    def test_failures_are_noticed(self):
        for what in ("EIO", "ENOSPC", "EACCES"):
            for paths, kind in (("*/#unnamed", "write"), ("*/renamed", "rename"), ("*/appended", "sync"),
                                ("*/appended", "lock"), ("*/linked", "link"), ("*/stream", "unlink")):
                self.assertEqual(self.run_writer(PATHS=paths, CALLS=kind, AT=1, DO=what), 1, (paths, kind, what))
        self.assertEqual(self.run_writer(PATHS="*/appended", CALLS="sync", AT=1, DO="EIO", TIMES=0), 1)

    def test_it_waits_for_another_process(self):
        reached, go = self.base / "reached", self.base / "go"
        writer = self.start(CALLS="link", AT=1, DO="wait-before", REACHED=reached, GO=go)
        self.addCleanup(writer.kill)
        while not reached.exists():
            self.assertIsNone(writer.poll())
            time.sleep(0.01)
        self.assertFalse((self.folder / "saved").exists())
        go.touch()
        self.assertEqual(writer.wait(20), 0)

    def test_python_is_seen_too(self):
        program = [sys.executable, "-c", "import os, sys\nwith open(sys.argv[1] + '/a', 'w') as f:\n    f.write('b')\n"
                   "os.replace(sys.argv[1] + '/a', sys.argv[1] + '/c')"]
        self.assertEqual(self.start(program).wait(20), 0)
        self.assertEqual([kind for kind, _ in self.steps()], ["open", "write", "rename"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
