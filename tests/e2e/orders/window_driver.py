"""Drives the real program's windows through an order, by the labels that the design makes a contract, against
order_server.py. For the rows of the table that must go through the windows.

    Desktop()                                once for many rows
    server = OrderServer()
    program = Windows(server, folder)        starts it on folder/config and folder/data; again on the same ones after
                                             kill()
    program.to_review("download")            or "snapshot", target="staging": New restore… to Review
    program.confirm("staging")               ticks what is to be seen first, and types the target's name
    program.order()                          presses Restore: Erase staging and restore, or Create download link
    program.said()                           what the window New restore says, all texts in order
    program.jobs()                           the rows of the tab Restore jobs: [{column: text}]
    program.choose("Send a second restore", "check box")   a tick; press("Look again") a button in any window
    program.close_window("Environment")      the main window, as by its frame; WIZARD the other
    program.kill()                           SIGKILL

The variable TIDEMARK names the program."""

import atexit
import os
import pathlib
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]
import outside
from desktop import Keyboard

WIZARD = "New restore"
ORDER_BUTTONS = ("Restore:", "Create download link")
NOT_FINDINGS = ("Send a second restore", "Show request")
MODES = {"download": "Download a snapshot", "snapshot": "Restore a snapshot to a cluster"}


class Windows(outside.Program):
    """A running Tidemark. `folder` keeps its configuration and data; `environment` may hold LD_PRELOAD and the shim's
    variables. Two may run at once, on the same folder too."""

    def __init__(self, server, folder, arguments=(), environment=None):
        self.server, self.folder = server, pathlib.Path(folder)
        self.config, self.data = self.folder / "config", self.folder / "data"
        self.keyboard = Keyboard()
        runtime = self.folder / "run"
        runtime.mkdir(mode=0o700, exist_ok=True)
        super().__init__(["--config-dir", str(self.config), "--data-dir", str(self.data), *arguments],
                         {**server.environment(), "HOME": str(self.folder), "XDG_RUNTIME_DIR": str(runtime),
                          **(environment or {})})
        atexit.register(self.process.kill)
        self.wait("New restore…", "push button")

    # Finding

    def window(self, title):
        """The top window whose title begins so, or None."""
        try:
            for index in range(self.root.get_child_count() - 1, -1, -1):
                child = self.root.get_child_at_index(index)
                if child and child.get_name().startswith(title) and self._shows(child):
                    return child
        except self.glib.Error:
            pass
        return None

    def windows(self):
        """The titles of all windows that are seen."""
        found = [self.root.get_child_at_index(index) for index in range(self.root.get_child_count())]
        return [child.get_name() for child in found if child and self._shows(child)]

    def focus(self, title):
        outside.wait_for(f"the window {title!r}", lambda: self.keyboard.activate(self.process.pid, title))
        outside.wait_for(f"the focus in {title!r}", lambda: (window := self.window(title)) and
                         window.get_state_set().contains(self.atspi.StateType.ACTIVE), 10)

    def focused(self):
        """Role and label of the control that has the focus in the active window, or None."""
        for index in range(self.root.get_child_count()):
            window = self.root.get_child_at_index(index)
            if not window or not window.get_state_set().contains(self.atspi.StateType.ACTIVE):
                continue
            found = [node for node in self._seen(window) if node.get_state_set().contains(self.atspi.StateType.FOCUSED)]
            if found:
                return found[-1].get_role_name(), found[-1].get_name()
        return None

    def _seen(self, node, cells=True):
        """What is below a node and visible. The cells of a hidden table say that they are visible, their table does
        not."""
        if not node or not cells and node.get_role_name() in ("tree", "table"):
            return
        for index in range(node.get_child_count()):
            child = node.get_child_at_index(index)
            if child and self._shows(child):
                yield child
                yield from self._seen(child, cells)

    def _first(self, role, fits, title=""):
        """The first visible control of this role whose label fits, in the windows whose title begins so, the newest
        first; without a look at hidden pages and at cells, which takes a tenth of the time."""
        try:
            for index in range(self.root.get_child_count() - 1, -1, -1):
                window = self.root.get_child_at_index(index)
                if not window or not window.get_name().startswith(title):
                    continue
                for node in self._seen(window, cells=False):
                    if (role is None or node.get_role_name() == role) and fits(node.get_name()):
                        return node
        except self.glib.Error:
            pass  # it changed while it was read
        return None

    def find(self, label, role=None):
        return self._first(role, lambda name: name == label)

    def texts_in(self, title):
        """Every visible text of a window, from top to bottom as the program orders it; those of fields too."""
        found = []
        try:
            for node in self._seen(self.window(title)):
                name = node.get_name()
                text = node.get_text_iface()
                content = self.atspi.Text.get_text(text, 0, -1) if text else ""
                found += [one for one in dict.fromkeys((name, content)) if one]
        except self.glib.Error:
            pass
        return found

    # The wizard

    def to_review(self, kind, cluster="orders", snapshot=0, target="staging", target_project="Shop"):
        """From the main window to Review. `kind`: download or snapshot. The snapshot is told by its row."""
        self.press("New restore…")
        self.select_row("Cluster", cluster, "tree")
        self.press("Next")
        self.choose(MODES[kind])
        self.press("Next")
        self.select_index("Snapshots", snapshot, "table")
        self.press("Next")
        if kind != "download":
            self.choose_item("Target project", target_project)  # never guessed
            self.select_row("Target cluster", target, "tree")
            self.press("Next")
        self.order_button()
        self.tick_findings()

    def select_index(self, view, row, role):
        def table():
            node = self.find(view, role)
            found = node.get_table_iface() if node else None
            return found if found and found.get_n_rows() > row else None
        assert outside.wait_for(f"row {row} of {view!r}", table).add_row_selection(row)

    def choose_item(self, label, text):
        """An entry of the combo box beside this label: Qt names such a box after what is chosen in it."""
        def box():
            after = False
            for node in self._seen(self.window(WIZARD), cells=False):
                after = after or node.get_name() == label
                if after and node.get_role_name() == "combo box":
                    return node
            return None
        node = outside.wait_for(f"the combo box of {label!r}", box)
        if node.get_name() == text:
            return  # it was proposed
        self.focus(WIZARD)
        node.get_component_iface().grab_focus()
        outside.wait_for("the focus in it", lambda: node.get_state_set().contains(self.atspi.StateType.FOCUSED))
        self.keyboard.type(text)
        outside.wait_for(f"{text!r} in {label!r}", lambda: node.get_name() == text)

    def order_button(self):
        """The button that orders, whatever its label; enabled or not."""
        return outside.wait_for("the button that orders", lambda: self._first(
            "push button", lambda name: name.startswith(ORDER_BUTTONS), WIZARD))

    def may_order(self):
        return self.order_button().get_state_set().contains(self.atspi.StateType.ENABLED)

    def confirm(self, name, field="Type the target cluster's name to confirm"):
        """Ticks each finding, and types the name into the field, in place of what is there."""
        self.tick_findings()
        self.focus(WIZARD)
        node = self.wait(field, "text")
        node.get_component_iface().grab_focus()
        outside.wait_for("the focus in the field", lambda: node.get_state_set().contains(self.atspi.StateType.FOCUSED))
        self.keyboard.press("a", "Control_L")
        self.keyboard.type(name)
        content = lambda: self.atspi.Text.get_text(node.get_text_iface(), 0, -1)
        outside.wait_for(f"{name!r} in the field", lambda: content() == name)

    def tick_findings(self):
        """All boxes of Review but those that are no findings; what is being read may add to them for a while."""
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline and any("still being read" in one for one in self.said()):
            time.sleep(0.1)
        try:
            boxes = [node for node in self._seen(self.window(WIZARD), cells=False)
                     if node.get_role_name() == "check box" and node.get_name() not in NOT_FINDINGS]
            for box in boxes:
                if not box.get_state_set().contains(self.atspi.StateType.CHECKED):
                    self._act(box, "Toggle", "Press")
        except self.glib.Error:
            pass  # it changed while it was read

    def may_order_once_seen(self):
        """What was read in the meantime is ticked too, as by a person who reads it."""
        self.tick_findings()
        return self.may_order()

    def order(self, seconds=30):
        outside.wait_for("the order button to be enabled", self.may_order_once_seen, seconds)
        self._act(self.order_button(), "Press")

    def place_of(self, node):
        box = node.get_component_iface().get_extents(self.atspi.CoordType.SCREEN)
        return box.x + box.width // 2, box.y + box.height // 2

    def double_click(self, node, times=2):
        self.focus(WIZARD)
        self.keyboard.click(*self.place_of(node), times=times)

    def hold_enter(self, seconds, title=WIZARD):
        """Enter held down as by a hand that does not let go: the X server repeats it."""
        self.focus(title)
        self.keyboard.hold("Return", seconds)

    def press_beginning(self, label, role="push button"):
        """A control whose label goes on with what is not known beforehand, a time for example."""
        self._act(outside.wait_for(f"{role} {label!r}…", lambda: self._first(
            role, lambda name: name.startswith(label))), "Press", "Toggle")

    def close_window(self, title):
        """As by the button of its frame; the program may ask first."""
        outside.wait_for(f"the window {title!r}", lambda: self.keyboard.close(self.process.pid, title))

    def press_key(self, key, *holding, title=WIZARD):
        self.focus(title)
        self.keyboard.press(key, *holding)

    def said(self):
        return self.texts_in(WIZARD)

    def says(self, part, seconds=30):
        """Waits until the wizard says something with this part: the whole text."""
        return outside.wait_for(f"the words {part!r}", lambda: next((one for one in self.said() if part in one), None),
            seconds)

    # The main window

    def jobs(self):
        """The rows of the tab Restore jobs that are shown, by their columns' titles."""
        return self.rows("Restore jobs", "tree")

    def settled_jobs(self):
        """The same, read again as long as they change while they are read: what is empty then is empty."""
        return outside.wait_for("a list that stands still", lambda: (found := self._rows("Restore jobs", "tree")) is not
                                None and [found])[0]

    def rows(self, view, role):
        return self._rows(view, role) or []

    def _rows(self, view, role):
        """None where it changed while it was read."""
        node = self.find(view, role)
        table = node.get_table_iface() if node else None
        if not table:
            return []
        try:
            titles = [table.get_column_header(column).get_name() for column in range(table.get_n_columns())]
            return [{title: table.get_accessible_at(row, column).get_name() for column, title in enumerate(titles)}
                    for row in range(table.get_n_rows())]
        except (self.glib.Error, AttributeError):
            return None
