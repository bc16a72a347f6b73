"""window_driver.py itself, with the real program: what a row of the table does to it happens."""

import os
import shutil
import signal
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]
import outside
from desktop import Desktop
from order_client import OrderServer
from window_driver import WIZARD, Windows

server = None


class Driver(unittest.TestCase):
    def setUp(self):
        server.reset()
        self.folder = tempfile.mkdtemp(prefix="tidemark-order-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def start(self, **more):
        program = Windows(server, self.folder, **more)
        self.addCleanup(program.kill)
        return program

    def review(self, program, kind="snapshot"):
        program.to_review(kind)
        if kind != "download":
            program.confirm("staging")
        return program

    def test_a_restore(self):
        program = self.review(self.start())
        self.assertEqual(program.focused(), ("text", "Type the target cluster's name to confirm"))
        program.order()
        self.assertTrue(server.wait("orders=1"))
        self.assertEqual(server.state()["orders"][0]["body"], server.restore())
        program.says("The restore has been ordered")
        row = outside.wait_for("its row", program.jobs)[0]
        self.assertEqual((row["Cluster"], row["Target"]), ("Shop / orders", "Shop / staging"))

    def test_another_project(self):
        program = self.start()
        program.to_review("snapshot", snapshot=1, target="rehearsal", target_project="Rehearsal")
        program.confirm("rehearsal")
        program.order()
        self.assertTrue(server.wait("orders=1"))
        self.assertEqual(server.state()["orders"][0]["body"],
                         server.restore("rehearsal", snapshotId=server.facts["snapshots"]["orders"][1]))

    def test_the_name_decides(self):
        program = self.start()
        program.to_review("snapshot")
        self.assertFalse(program.may_order())
        program.confirm("stagin")
        self.assertFalse(program.may_order())
        program.keyboard.type("g")
        outside.wait_for("the button", program.may_order_once_seen)
        program.keyboard.hold("g", 1.5)  # the X server repeats it after two thirds of a second
        outside.wait_for("a name that is too long", lambda: not program.may_order())
        self.assertTrue([one for one in program.said() if one.startswith("stagingggg")])

    def test_killed_and_started_again(self):
        server.control("posts", posts=[{"hold": "answer"}])
        program = self.review(self.start())
        program.order()
        self.assertTrue(server.wait("holding=answer"))
        program.kill()
        self.assertEqual(program.process.returncode, -signal.SIGKILL)
        again = self.start()
        self.assertEqual(len(outside.wait_for("the row of the first", again.jobs)), 1)
        self.assertEqual(len(server.state()["posts"]), 1)

    def test_clicks_without_a_pause(self):
        server.control("posts", always={"delay": 0.5})
        program = self.review(self.start(), "download")
        program.double_click(program.order_button(), times=3)
        program.says("The download link has been ordered")
        self.assertEqual((len(server.state()["posts"]), server.created()), (1, 1))

    def test_two_at_once(self):
        programs = [self.start(), self.start()]
        for program in programs:
            program.to_review("snapshot")
        for program, typed in zip(programs, ("staging", "stag")):
            program.confirm(typed)
        self.assertEqual([program.may_order() for program in programs], [True, False])
        programs[1].press_key("Escape")
        outside.wait_for("the second wizard to go", lambda: not programs[1].window(WIZARD))
        self.assertTrue(programs[0].window(WIZARD))

    def test_windows_are_closed(self):
        program = self.start()
        program.press("New restore…")
        outside.wait_for("the wizard", lambda: program.window(WIZARD))
        program.press_beginning("Canc")
        outside.wait_for("the wizard to go", lambda: not program.window(WIZARD))
        program.press("New restore…")
        outside.wait_for("the wizard", lambda: program.window(WIZARD))
        program.close_window(WIZARD)
        outside.wait_for("the wizard to go", lambda: not program.window(WIZARD))
        program.close_window("Environment")
        self.assertEqual(program.process.wait(20), 0)

    @unittest.skipUnless("STEP_SHIM" in os.environ, "built for a sanitizer")
    def test_killed_at_a_step(self):
        program = self.review(self.start(environment={
            "LD_PRELOAD": os.environ["STEP_SHIM"], "STEP_SHIM_PATHS": f"{self.folder}/data/connections/*",
            "STEP_SHIM_AT": "1", "STEP_SHIM_DO": "kill-before"}))
        program.order()
        self.assertEqual(program.process.wait(10), -signal.SIGKILL)


if __name__ == "__main__":
    Desktop()
    server = OrderServer()
    unittest.main(verbosity=2, warnings="ignore")
