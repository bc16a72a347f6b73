"""The real program, driven through the accessibility interface, in the states in which people hold it wrong: where the
focus is, what a question's buttons do, what a list shows when the server answers no more, and how the program ends while
something runs.   window_states.py [CLASS…]"""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "orders"), HERE]
import outside
from demo_support import Cloud
from desktop import Desktop
from order_client import OrderServer
from session_manager import SessionManager
from window_driver import WIZARD, Windows

CONFIRM = "Type the target cluster's name to confirm"
ARCHIVE_SIZE = 12 << 20
RATE = 2 << 20  # bytes a second

server = None


class DemoServer:
    """The stand-in, with what Windows asks of a server."""

    def __init__(self, *switches):
        self.cloud = Cloud(*switches)

    def environment(self):
        facts = self.cloud.facts
        return {"MCLI_PUBLIC_API_KEY": facts["publicKey"], "MCLI_PRIVATE_API_KEY": facts["privateKey"],
                "MCLI_OPS_MANAGER_URL": self.cloud.root, "MCLI_PROJECT_ID": self.cloud.project_of["ledger"]}


class States(unittest.TestCase):
    def setUp(self):
        server.reset()
        self.environment = {}
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tidemark-states-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def start(self, of=None):
        program = Windows(of or server, self.folder, environment=self.environment)
        self.addCleanup(program.kill)
        return program

    def demo_with_archives(self, *switches):
        """A stand-in, and the folder where its archives come to."""
        self.demo = DemoServer(*switches)
        self.addCleanup(self.demo.cloud.stop)
        self.archives = self.folder / "archives"
        self.archives.mkdir()
        (self.folder / "config").mkdir(mode=0o700)
        (self.folder / "config" / "settings.ini").write_text(f"[downloads]\nfolder={self.archives}\n")

    def order_download(self):
        """From the main window to the first byte of an archive."""
        program = self.start(self.demo)
        program.press("New restore…")
        program.select_row("Cluster", "ledger", "tree")
        program.press("Next")
        program.choose("Download a snapshot")
        program.press("Next")
        program.select_row("Snapshots", "Yes", "table")
        program.press("Next")
        program.focus(WIZARD)
        program.order()
        program.press("Download now")
        return program

    def close_wizard(self, program):
        program.close_window(WIZARD)
        outside.wait_for("the wizard to go", lambda: not program.window(WIZARD))

    def asked(self, program, words):
        """The question before the end, which says what runs."""
        outside.wait_for("the question", lambda: program.window("Quit Tidemark"))
        self.assertIn(words, " ".join(program.texts_in("Quit Tidemark")))

    def keep_running(self, program):
        program.press("Keep running")
        outside.wait_for("the question to go", lambda: not program.window("Quit Tidemark"))
        self.assertIsNone(program.process.poll())

    def active(self, program):
        """The title of the window that has the focus."""
        for title in program.windows():
            window = program.window(title)
            if window and window.get_state_set().contains(program.atspi.StateType.ACTIVE):
                return title
        return None

    def wait_focus(self, program, what, fits):
        try:
            return outside.wait_for(what, lambda: (now := program.focused()) and fits(*now) and now, 10)
        except AssertionError as error:
            raise AssertionError(f"{error}; it is on {program.focused()} of {self.active(program)!r}") from None


class Focus(States):
    FIELDS = {"Restore to a point in time": ("text", "Point in time"),
              "Restore to an oplog timestamp": ("text", "Oplog timestamp (seconds)")}

    def arrive(self, program, page, fits=lambda role, label: role != "push button"):
        """On the page's own field or list: never on what leads away from it, never nowhere."""
        program.focus(WIZARD)
        return self.wait_focus(program, f"the focus on a field of {page}",
                               lambda *now: fits(*now) and self.active(program) == WIZARD)

    def test_on_arrival(self):
        program = self.start()
        for mode in ("Download a snapshot", "Restore a snapshot to a cluster", *self.FIELDS):
            program.press("New restore…")
            self.arrive(program, "Source")
            program.select_row("Cluster", "orders", "tree")
            program.press("Next")
            self.arrive(program, "Restore mode")
            program.choose(mode)
            program.press("Next")
            self.arrive(program, "Restore point", lambda *now: now == self.FIELDS.get(mode, now) and
                        now[0] in ("table cell", "text"))
            if mode in self.FIELDS:
                program.keyboard.type("1")
                program.says("1")  # typed into the page's own field
            else:
                program.select_index("Snapshots", 0, "table")
                program.press("Next")
                self.arrive(program, "Target" if "cluster" in mode else "Review")
            program.close_window(WIZARD)
            outside.wait_for("the wizard to go", lambda: not program.window(WIZARD))

    def test_after_a_refusal(self):
        program = self.start()
        program.to_review("snapshot")
        self.assertEqual(self.arrive(program, "Review"), ("text", CONFIRM))
        server.control("posts", posts=[{"error": {"status": 400, "code": "INVALID_ATTRIBUTE"}}])
        program.confirm("staging")
        program.order()
        program.says("Not ordered")
        self.wait_focus(program, "the focus back in the field", lambda *now: now == ("text", CONFIRM))
        program.keyboard.type("staging")
        outside.wait_for("the button", program.may_order)

    def test_after_download_now(self):
        self.demo_with_archives("--archive-size", "2M")
        program = self.order_download()
        outside.wait_for("the archive", lambda: list(self.archives.glob("*.tar.gz")))
        # The window that takes keys is the one in front, and something in it has the focus.
        front = WIZARD if program.window(WIZARD) else "Environment"
        self.wait_focus(program, f"the focus in {front!r}",
                        lambda role, label: (self.active(program) or "").startswith(front))


class Questions(States):
    def connections(self):
        return [one["name"] for one in json.loads((self.folder / "config/connections.json").read_text())["connections"]]

    def keep(self, *names):
        (self.folder / "config").mkdir(mode=0o700)
        (self.folder / "config/connections.json").write_text(json.dumps({"version": 1, "connections": [{
            "id": name, "name": name, "service": "ops-manager", "baseUrl": server.url, "authentication": "api-key",
            "userName": server.facts["publicKey"], "proxy": {"mode": "none"}} for name in names]}))

    def test_a_message_takes_no_answer_along(self):
        self.keep("first", "second")
        program = self.start()
        program.press("Connections…")
        program.select_row("Connections", "second", "tree")
        program.press("Remove…")
        program.wait("Remove it", "push button")
        program.select_row("Connections", "first", "tree")
        program.press("Test…")  # its secret is not there: that is said beside the question
        program.press("Keep it")
        outside.wait_for("the question to go", lambda: not program.find("Remove it"))
        self.assertEqual(self.connections(), ["first", "second"])

    def test_enter_twice_saves_one(self):
        program = self.start()
        program.press("Connections…")
        program.press("Add…")
        outside.wait_for("the editor", lambda: program.window("Add connection"))
        for field, text in (("Public key", "pub"), ("Private key", "key")):
            program.focus("Add connection")
            node = outside.wait_for(field, lambda: program.find(field, "text") or program.find(field, "password text"))
            node.get_component_iface().grab_focus()
            outside.wait_for("the focus in it",
                             lambda: node.get_state_set().contains(program.atspi.StateType.FOCUSED))
            program.keyboard.type(text)
        program.keyboard.press("Return")
        program.keyboard.press("Return")
        outside.wait_for("the editor to go", lambda: not program.window("Add connection"))
        self.assertEqual(len(self.connections()), 1)


class StaleLists(States):
    def shown(self, program):
        return "\n".join(program.texts_in("Environment"))

    def test_what_was_read_stays(self):
        program = self.start()
        program.to_review("download")
        program.order()
        program.says("The download link has been ordered")
        program.close_window(WIZARD)
        rows = len(outside.wait_for("its row", program.jobs))
        server.control("rules", rules=[{"path": ".", "error": {"status": 403, "code": "USER_UNAUTHORIZED"}}])
        program.press("Refresh")
        outside.wait_for("that it is old, and from when",
                         lambda: re.search(r"could not be read.*\d\d:\d\d:\d\d", self.shown(program), re.S))
        self.assertEqual(len(program.settled_jobs()), rows)
        server.control("rules", rules=[])
        program.press("Try again")
        outside.wait_for("that to go", lambda: "could not be read" not in self.shown(program))
        self.assertEqual(len(program.jobs()), rows)


class Endings(States):
    def setUp(self):
        super().setUp()
        self.demo_with_archives("--archive-size", str(ARCHIVE_SIZE), "--compression", "stored", "--rate", str(RATE),
                                "--ranges")

    def downloading(self):
        program = self.order_download()
        outside.wait_for("a part of the archive",
                         lambda: [part for part in self.archives.glob("*.part") if part.stat().st_size > 1 << 20], 60)
        return program

    def goes_on(self):
        self.start(self.demo)
        outside.wait_for("the final name", lambda: list(self.archives.glob("*.tar.gz")), 90)
        self.assertFalse(list(self.archives.glob("*.part")))

    def test_a_download_is_asked_about(self):
        program = self.downloading()
        self.close_wizard(program)
        program.close_window("Environment")
        self.asked(program, "under way")
        self.keep_running(program)
        program.close_window("Environment")
        self.asked(program, "under way")
        program.press("Quit anyway")
        self.assertEqual(program.process.wait(20), 0)
        self.assertTrue(list(self.archives.glob("*.part")), "the part is gone")
        self.goes_on()

    def test_signing_out_of_the_desktop_asks_nothing(self):
        manager = SessionManager()
        self.environment = {"SESSION_MANAGER": manager.address}
        program = self.downloading()
        self.assertEqual(len(manager.clients), 1)
        manager.end_session()
        try:
            status = program.process.wait(20)
        except subprocess.TimeoutExpired:
            self.fail(f"it stays, with {program.windows()}")
        self.assertEqual(status, 0)
        self.assertEqual(len(manager.saved), 1)
        self.assertFalse(manager.asked_to_stay)
        self.assertTrue(list(self.archives.glob("*.part")), "the part is gone")
        self.environment = {}
        self.goes_on()

    def test_the_end_of_the_session_asks_nothing(self):
        program = self.downloading()
        program.process.send_signal(signal.SIGTERM)
        self.assertEqual(program.process.wait(20), 0)
        self.assertTrue(list(self.archives.glob("*.part")), "the part is gone")
        self.goes_on()


class SlowDisk:
    """In place of a file: gives its bytes piece by piece, the last ones when it may."""

    def __init__(self, path):
        self.content = path.read_bytes()
        self.may_end = threading.Event()
        path.unlink()
        os.mkfifo(path)
        self.thread = threading.Thread(target=self.give, args=(path,), daemon=True)
        self.thread.start()

    def give(self, path):
        piece = 1 << 16
        try:
            with open(path, "wb", buffering=0) as pipe:
                for at in range(0, len(self.content), piece):
                    self.may_end.wait(0.2)  # 40 s for all of it; whoever is stopped sees that after four pieces
                    pipe.write(self.content[at:at + piece])
        except BrokenPipeError:
            pass


class Unpacking(States):
    """The program ends, or does not, while an archive is being unpacked from a disk that takes its time."""

    def setUp(self):
        super().setUp()
        self.demo_with_archives("--archive-size", str(ARCHIVE_SIZE), "--compression", "stored", "--rate", "0")
        self.place = self.archives / "place"
        self.place.mkdir()
        self.program = self.order_download()
        self.archive = outside.wait_for("the archive", lambda: list(self.archives.glob("*.tar.gz")), 60)[0]
        outside.wait_for("its end", lambda: list(self.archives.glob("*.sha1")), 60)
        self.close_wizard(self.program)
        self.disk = SlowDisk(self.archive)
        self.program.select_row("Downloads", self.archive.name, "tree")
        self.program.press("Unpack…")
        outside.wait_for("the dialog", lambda: self.program.window("Unpack into"))
        self.program.focus("Unpack into")
        self.program.keyboard.type("place")
        self.program.keyboard.press("Return")
        outside.wait_for("a file of it", lambda: [one for one in self.place.rglob("files/**/*") if one.is_file()], 60)

    def no_half_file(self):
        """Nothing is left of it, not even where nobody sees it."""
        self.assertEqual(list(self.place.iterdir()), [])

    def quit_anyway(self):
        self.asked(self.program, "An archive is being unpacked")
        self.program.press("Quit anyway")
        self.assertEqual(self.program.process.wait(20), 0)
        self.no_half_file()

    def test_closing_the_window_asks(self):
        self.program.close_window("Environment")
        self.asked(self.program, "An archive is being unpacked")
        self.keep_running(self.program)
        self.program.close_window("Environment")
        self.quit_anyway()

    def test_it_goes_on_where_it_is_kept_running(self):
        self.program.press_key("q", "Control_L", title="Environment")
        self.asked(self.program, "An archive is being unpacked")
        self.keep_running(self.program)
        self.disk.may_end.set()
        outside.wait_for("what was unpacked", lambda: [one for one in self.place.iterdir() if one.name[0] != "."], 60)
        self.assertEqual(list(self.place.glob(".*")), [])

    def test_quit_asks(self):
        self.program.press_key("q", "Control_L", title="Environment")
        self.quit_anyway()

    def test_the_end_of_the_session_asks_nothing(self):
        self.program.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.program.process.wait(20), 0)
        self.no_half_file()


if __name__ == "__main__":
    Desktop()
    server = OrderServer()
    unittest.main(verbosity=2, warnings="ignore")
