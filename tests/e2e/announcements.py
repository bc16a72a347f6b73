"""What assistive technology hears of the real program, on the accessibility bus itself: every event of what is seen that
speaks by itself. At most one for each change of state and text, none in 60 seconds without one.

A label whose text changes tells its new name: that is what a screen reader can take for an announcement. The same text
told by the same label within one turn of the program's event loop is one."""

import os
import shutil
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "orders"), HERE]
import outside
from desktop import Desktop
from order_client import OrderServer
from window_driver import WIZARD, Windows

QUIET = 60  # seconds
ONE_TURN = 0.3  # seconds
# What is said without anybody having asked; the focus is here because nothing may take it away.
SPEAKING = ("object:property-change:accessible-name", "object:property-change:accessible-description",
            "object:property-change:accessible-value", "object:announcement", "object:text-changed",
            "object:state-changed:focused", "object:state-changed:checked", "object:state-changed:selected",
            "object:selection-changed", "object:active-descendant-changed", "window:activate")

server = None


class Listener:
    """Keeps every event of the kinds above that comes from something seen: (time, kind, source, role, name)."""

    def __init__(self, program):
        self.program, self.heard = program, []
        self.listener = program.atspi.EventListener.new(self._hear)
        for kind in SPEAKING:
            self.listener.register(kind)

    def _hear(self, event):
        try:
            source = event.source
            if source.get_process_id() == self.program.process.pid and self.program._shows(source):
                self.heard.append((time.monotonic(), event.type, source, source.get_role_name(), source.get_name()))
        except self.program.glib.Error:
            pass  # gone before it could be asked

    def listen(self, seconds):
        """What is heard meanwhile."""
        self.heard.clear()
        return self.go_on(seconds)

    def go_on(self, seconds):
        loop = self.program.glib.MainLoop()
        self.program.glib.timeout_add(int(seconds * 1000), loop.quit)
        loop.run()
        return list(self.heard)

    def until_quiet(self, pause=2, seconds=30):
        """What is heard until nothing is for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            before = len(self.heard)
            self.go_on(pause)
            if len(self.heard) == before:
                return list(self.heard)
        raise AssertionError(f"it does not become quiet in {seconds} s: {spoken(self.heard[-5:])}")


def spoken(heard):
    return [f"{kind} of {role} {name!r}" for _, kind, _, role, name in heard]


def announcements(heard):
    """(source, text) of the labels, each once for a turn of the event loop."""
    found, last = [], {}
    for moment, kind, source, role, name in heard:
        if role != "label" or not kind.endswith("accessible-name") or not name:
            continue
        again = last.get((source, name), -ONE_TURN * 2)
        if moment - again > ONE_TURN:
            found.append((source, name))
        last[source, name] = moment
    return found


class Announcements(unittest.TestCase):
    def setUp(self):
        server.reset()
        folder = tempfile.mkdtemp(prefix="tidemark-hears-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.program = Windows(server, folder)
        self.addCleanup(self.program.kill)
        self.listener = Listener(self.program)

    def assert_once_each(self, heard, *wanted):
        texts = [text for _, text in announcements(heard)]
        for part in wanted:
            told = [text for text in texts if part in text]
            self.assertEqual(len(told), 1, f"{part!r} in {texts}")
        several = {text for text in texts if texts.count(text) > 1}
        self.assertFalse(several, "told several times")

    def assert_quiet(self, where):
        heard = self.listener.listen(QUIET)
        self.assertFalse(heard, f"{where}: {spoken(heard)}")

    def test_quiet_and_then_once(self):
        program, listener = self.program, self.listener
        program.to_review("snapshot")
        program.confirm("staging")
        listener.until_quiet()
        self.assert_quiet("Review, the name typed")

        server.control("posts", posts=[{"error": {"status": 400, "code": "INVALID_ATTRIBUTE"}}])
        listener.heard.clear()
        program.order()
        self.assert_once_each(listener.until_quiet(), "Not ordered")

        program.close_window(WIZARD)
        outside.wait_for("the wizard to go", lambda: not program.window(WIZARD))

    def test_the_lists_are_quiet(self):
        """With a restore that runs and a link whose life is counted down, whose seconds nobody wants to hear."""
        program, listener = self.program, self.listener
        program.to_review("download")
        program.order()
        program.says("The download link has been ordered")
        program.close_window(WIZARD)
        outside.wait_for("the wizard to go", lambda: not program.window(WIZARD))
        outside.wait_for("its row", program.jobs)
        program.focus("Environment")
        listener.until_quiet()
        self.assert_quiet("Restore jobs")

    def test_a_server_that_stops_answering_is_told_once(self):
        program, listener = self.program, self.listener
        program.focus("Environment")
        listener.until_quiet()
        listener.heard.clear()
        server.control("rules", rules=[{"path": ".", "answer": {"status": 403, "body": "{}"}}])
        program.press("Refresh")
        heard = listener.until_quiet()
        self.assertTrue(announcements(heard), "nothing is told")
        self.assert_once_each(heard)


if __name__ == "__main__":
    Desktop()
    server = OrderServer()
    unittest.main(verbosity=2, warnings="ignore")
