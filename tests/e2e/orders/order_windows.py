"""Plays a row of the table of orders through the real program's windows (window_driver.py). Steps as in order_play.py
where they speak of the server and the machine; of the windows

    start, kill, restart
    review            New restore… up to Review, the target's name typed (row.draft: "snapshot" or "download")
    page: N           New restore… only so far: 1 mode, 2 point, 3 target
    again             the name once more, on the page that shows what came of the last click
    press             the button that orders
    no button         it cannot be pressed
    says: TEXT        in the wizard; shows: TEXT in the main window; silent: TEXT not in the wizard
    button: LABEL     in any window; beginning: LABEL one that begins so
    tick: LABEL       a check box
    pending: N        rows of Orders that are not known yet; rows: N of Restore jobs
    fitting           Show the jobs that fit, until there is one
    forget            Forget this order, its name typed
    enter: SECONDS    held down; clicks: N without a pause, shortcut: LETTER with Alt, all on the button that orders
    focus, key: NAME  the button that orders has the focus; a key is pressed
    close: TITLE      by the window's frame; leave: closes the wizard
    hold space: SECONDS
    asked             a question stands there, and the program runs on
    died              the program was killed by a fault"""

import os
import signal
import time

import outside
from order_play import PATIENCE, Failed, Play
from window_driver import WIZARD, Windows

MAIN = "Environment"
PENDING = "Orders that are not known yet"
CONFIRM = "Type the target cluster's name to confirm"


class WindowPlay(Play):
    def __init__(self, server, row):
        super().__init__(server, row)
        self.kind, _, self.target = row.draft.partition(" ")

    def start(self, who, environment):
        if who in self.agents:
            self.agents[who].kill()
        self.agents[who] = Windows(self.server, self.folder, environment=environment)

    def told(self, who):
        return self.pending(who) + len(self.agents[who].jobs())

    def pending(self, who):
        program = self.agents[who]
        node = program.find(PENDING, "tree")
        return len([cell for cell in program.texts(PENDING, "tree") if cell.startswith(("Not known yet",
            "Being sent"))]) \
            if node else 0

    # Windows

    def do_review(self, who, _):
        program = self.agents[who]
        program.to_review(self.kind)
        if self.kind != "download":
            program.confirm("staging")

    def do_again(self, who, _):
        """Read first: what is pressed within a double click's time of an answer counts as the click before."""
        time.sleep(0.6)
        if self.kind != "download":
            self.agents[who].confirm("staging")

    def do_page(self, who, number):
        program = self.agents[who]
        program.press("New restore…")
        program.select_row("Cluster", "orders", "tree")
        program.press("Next")
        program.choose({"download": "Download a snapshot", "snapshot": "Restore a snapshot to a cluster"}[self.kind])
        if int(number) > 1:
            program.press("Next")
            program.select_index("Snapshots", 0, "table")
        if int(number) > 2:
            program.press("Next")
            program.choose_item("Target project", "Shop")  # never guessed
            program.select_row("Target cluster", "staging", "tree")

    def do_press(self, who, _):
        self.agents[who].order()

    def do_no(self, who, _):
        time.sleep(0.3)
        self.expect("the button can be pressed", False, self.agents[who].may_order())

    def do_says(self, who, text):
        self.agents[who].says(text, PATIENCE)

    def do_silent(self, who, text):
        self.expect(f"{text!r} is said", False, any(text in one for one in self.agents[who].said()))

    def do_shows(self, who, text):
        self.until(f"{text!r} in the main window", lambda: any(text in one for one in self.agents[who].texts_in(MAIN)))

    def do_button(self, who, label):
        self.agents[who].press(label)

    def do_beginning(self, who, label):
        self.agents[who].press_beginning(label)

    def do_tick(self, who, label):
        self.agents[who].choose(label, "check box")

    def do_pending(self, who, count):
        self.expect("rows that are not known yet", int(count), lambda: self.pending(who))

    def do_rows(self, who, count):
        self.expect("rows of restore jobs", int(count), lambda: len(self.agents[who].jobs()))

    def do_fitting(self, who, _):
        program = self.agents[who]

        def chosen():
            program.press("Show the jobs that fit")
            return program.find("It is this one").get_state_set().contains(program.atspi.StateType.ENABLED)
        self.until("a job that fits", chosen)

    def do_forget(self, who, _):
        program = self.agents[who]
        program.press("Forget this order")
        title = outside.wait_for("the question", lambda: next(
            (name for name in program.windows() if name.startswith("Forget")), None))
        if self.kind != "download":
            program.focus(title)
            program.keyboard.type("staging")
        self.do_in(who, title)

    def do_in(self, who, title):
        """Presses Forget this order in the dialog."""
        program = self.agents[who]
        node = outside.wait_for("its button", lambda: (found := program._first(
            "push button", lambda name: name == "Forget this order", title)) and found.get_state_set().contains(
                program.atspi.StateType.ENABLED) and found)
        program._act(node, "Press")

    def do_enter(self, who, seconds):
        self.agents[who].hold_enter(float(seconds))

    def do_focus(self, who, _):
        program = self.agents[who]
        program.focus(WIZARD)
        node = program.order_button()
        node.get_component_iface().grab_focus()
        outside.wait_for("the focus", lambda: node.get_state_set().contains(program.atspi.StateType.FOCUSED))

    def do_hold(self, who, seconds):
        self.agents[who].keyboard.hold("space", float(seconds))

    def do_asked(self, who, _):
        """A question stands there and the program runs on."""
        program = self.agents[who]
        self.until("a question", lambda: [one for one in program.windows() if not one.startswith((MAIN, WIZARD))])
        self.expect("the program's end", None, program.process.poll())

    def do_key(self, who, name):
        self.agents[who].press_key(name)

    def do_clicks(self, who, count):
        program = self.agents[who]
        program.double_click(program.order_button(), times=int(count))

    def do_shortcut(self, who, letter):
        self.agents[who].press_key(letter, "Alt_L")

    def do_close(self, who, title):
        self.agents[who].close_window(title)

    def do_leave(self, who, _):
        program = self.agents[who]
        program.close_window(WIZARD)
        self.until("the wizard to go", lambda: not program.window(WIZARD))

    def do_died(self, who, _):
        self.expect("the program's end", -signal.SIGKILL, lambda: self.agents[who].process.poll())
