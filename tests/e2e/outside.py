"""Drives Tidemark from outside, as a person's own script would: through the desktop's accessibility interface, by the
visible labels, under an X server and a session bus of its own. `inside_session` starts both."""

import os
import subprocess
import sys
import time
import warnings


def inside_session(script, own_bus=True):
    """Runs `script` again in a session of its own, unless this is that session. Needs xvfb, dbus and at-spi2-core.
    Without `own_bus` the session bus stays the one there is."""
    if os.environ.get("TIDEMARK_OUTSIDE_SESSION"):
        return
    environment = {**os.environ, "TIDEMARK_OUTSIDE_SESSION": "1", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                   "LC_ALL": "C.UTF-8", "NO_AT_BRIDGE": "0", "QT_FORCE_STDERR_LOGGING": "1"}
    environment.pop("QT_QPA_PLATFORM", None)
    # What the bus starts, the accessibility service among it, has to know the X server.
    bus = ["sh", "-c", 'dbus-update-activation-environment DISPLAY; exec "$@"', "sh"]
    if own_bus:
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        bus = ["dbus-run-session", "--"]
    # It chooses a number that is free, and keeps its state when a program that was its only client ends.
    reading, writing = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp",
                               "-noreset"], pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as numbers:
        number = numbers.readline().strip()
    assert number, "the X server did not start"
    environment.pop("XAUTHORITY", None)
    environment["DISPLAY"] = ":" + number
    try:
        code = subprocess.run([*bus, sys.executable, script, *sys.argv[1:]], env=environment).returncode
    finally:
        server.terminate()
        server.wait(10)
    sys.exit(code)


def wait_for(what, happens, seconds=30):
    """The first true answer of `happens`; AssertionError with `what` when there is none in time."""
    end = time.monotonic() + seconds
    while True:
        found = happens()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s for {what}")
        time.sleep(0.1)


class Program:
    """A running Tidemark and what it shows."""

    def __init__(self, arguments, environment):
        warnings.simplefilter("ignore", DeprecationWarning)
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib
        self.atspi, self.glib = Atspi, GLib
        self.process = subprocess.Popen([os.environ["TIDEMARK"], *arguments], env={**os.environ, **environment})
        self.root = wait_for("the program on the accessibility bus", self._find_program)

    def _find_program(self):
        assert self.process.poll() is None, f"the program ended with {self.process.returncode}"
        desktop = self.atspi.get_desktop(0)
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == self.process.pid:
                return child
        return None

    def kill(self):
        """As the kernel does it to a process: no handler runs."""
        self.process.kill()
        self.process.wait()

    def end(self):
        self.process.terminate()
        self.process.wait(20)

    def _walk(self, node):
        yield node
        for index in range(node.get_child_count()):
            child = node.get_child_at_index(index)
            if child:
                yield from self._walk(child)

    def _all(self):
        """Every control of every window; the tree may change while it is read."""
        try:
            yield from self._walk(self.root)
        except self.glib.Error:
            return

    def _shows(self, node):
        states = node.get_state_set()
        return states.contains(self.atspi.StateType.SHOWING) and states.contains(self.atspi.StateType.VISIBLE)

    def find(self, label, role=None):
        """The visible control with this label, or None."""
        for node in self._all():
            try:
                if node.get_name() == label and (role is None or node.get_role_name() == role) and self._shows(node):
                    return node
            except self.glib.Error:
                continue
        return None

    def wait(self, label, role=None, enabled=True, seconds=30):
        def usable():
            node = self.find(label, role)
            if node and enabled and not node.get_state_set().contains(self.atspi.StateType.ENABLED):
                return None
            return node
        return wait_for(f"{role or 'control'} {label!r}", usable, seconds)

    def _act(self, node, *names):
        for index in range(node.get_n_actions()):
            if node.get_action_name(index) in names:
                node.do_action(index)
                return
        raise AssertionError(f"{node.get_name()!r} has no action of {names}")

    def press(self, label, role="push button"):
        self._act(self.wait(label, role), "Press", "Toggle")

    def type_with_control(self, letter):
        """As from the keyboard, into the main window. Without a window manager it takes a click into it first."""
        window = self.root.get_child_at_index(0)
        place = window.get_component_iface().get_extents(self.atspi.CoordType.SCREEN)
        self.atspi.generate_mouse_event(place.x + 4, place.y + place.height - 4, "b1c")  # the status bar's edge
        wait_for("the focus", lambda: window.get_state_set().contains(self.atspi.StateType.ACTIVE))
        control_key = 37  # its code on every keyboard of an X server
        keys = self.atspi.KeySynthType
        self.atspi.generate_keyboard_event(control_key, None, keys.PRESS)
        self.atspi.generate_keyboard_event(ord(letter), None, keys.SYM)
        self.atspi.generate_keyboard_event(control_key, None, keys.RELEASE)

    def choose(self, label, role="radio button"):
        self._act(self.wait(label, role), "Toggle", "Press")

    def select_row(self, view, text, role):
        """The first row of the view that has a cell with this text becomes the selected one."""
        def cell():
            node = self.find(view, role)
            if not node:
                return None
            for index in range(node.get_child_count()):
                child = node.get_child_at_index(index)
                if child and child.get_name() == text:
                    return node, index
            return None
        node, index = wait_for(f"a cell {text!r} in {view!r}", cell)
        table = node.get_table_iface()
        assert table.add_row_selection(table.get_row_at_index(index)), f"{text!r} cannot be selected"

    def texts(self, view, role):
        """The texts of all cells of a view."""
        node = self.find(view, role)
        if not node:
            return []
        children = (node.get_child_at_index(index) for index in range(node.get_child_count()))
        return [child.get_name() for child in children if child]
