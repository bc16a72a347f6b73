"""Rows through the real program's windows, ended by SIGKILL and started again on the same folders."""

from desktop import Desktop
from order_rows import Row
from order_windows import WindowPlay

PLAYER = WindowPlay
GATEWAY = {"answer": {"status": 504, "body": "<html>Gateway Timeout</html>", "headers": {"Content-Type": "text/html"}}}
NEVER = {**GATEWAY, "create": "never"}
LATE = {**GATEWAY, "create": "late", "late_hold": "job"}
PENDING_FILE = "{folder}/data/orders.json*"
NOT_KNOWN, MAYBE_TWO, ORDERED = "Not known yet", "this may be a second restore", "has been ordered"


def window_row(name, steps, jobs, told, posts=(), draft="snapshot", **more):
    return Row("windows: " + name, ["start", *steps], jobs, told, list(posts), draft=draft, **more)


def prepare():
    Desktop()


def answers():
    again = ["again", "press", f"says: {MAYBE_TWO}", "no button"]
    after = ["restart", "pending: 1", "review", "press", f"says: {MAYBE_TWO}", "no button"]
    return [
        window_row("504 at once, ordered again, killed, ordered again", ["review", "press", f"says: {NOT_KNOWN}", *again,
                   *after], 1, 2, [GATEWAY]),
    ]


def rows(_):
    return answers()
