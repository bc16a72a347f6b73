"""Rows through the real program's windows, ended by SIGKILL and started again on the same folders. Three parts that run
beside each other."""

from desktop import Desktop
from order_rows import Row
from order_windows import WindowPlay

PLAYER, AT_ONCE = WindowPlay, 1  # one keyboard
GATEWAY = {"answer": {"status": 504, "body": "<html>Gateway Timeout</html>", "headers": {"Content-Type": "text/html"}}}
NEVER = {**GATEWAY, "create": "never"}
LATE = {**GATEWAY, "create": "late", "late_hold": "job"}
REFUSAL = {"error": {"status": 400, "code": "INVALID_ATTRIBUTE"}}
NOT_KNOWN, MAYBE_TWO, ORDERED = "says: Not known yet", "says: this may be a second restore", "says: It is followed here"
SENT = ["review", "press", NOT_KNOWN]
STOPS = ["review", "press", MAYBE_TWO, "no button"]
SLOW = ("rules", {"rules": [{"path": r"/snapshots\?", "hold": "list"}]})
BACK = ("rules", {"rules": []})


def row(name, steps, jobs, told, posts=(), draft="snapshot", **more):
    return Row("windows: " + name, ["start", *steps], jobs, told, list(posts), draft=draft, **more)


def prepare():
    Desktop()


def files(calls, at, what, paths="{folder}/data/orders.json*"):
    return {"A": {"PATHS": paths, "CALLS": calls, "AT": at, "DO": what}}


def not_known(_):
    return [
        row("504 at once, ordered again on the same page, killed, ordered again", [*SENT, "again", "press", MAYBE_TWO,
            "no button", "restart", "pending: 1", *STOPS], 1, 2, [GATEWAY]),
        row("504 at once, killed, its job appears: It is this one", [*SENT, "kill", "release: job", "start",
            "pending: 1",
            "fitting", "button: It is this one", "pending: 0", "rows: 1", "restart", "rows: 1", "pending: 0"], 1, 1,
                [LATE]),
        row("a download, 504 at once: It is this one, killed at once", ["review", "press", NOT_KNOWN, "leave",
            "fitting",
            "button: It is this one", "pending: 0", "restart", "rows: 1", "pending: 0"], 1, 1, [GATEWAY], "download"),
        row("Not mine: it stays not known after a kill, and stops", [*SENT, "leave", "fitting", "button: Not mine",
            "restart", "pending: 1", *STOPS], 1, 2, [GATEWAY]),
        row("Forget this order, its name typed: it can be ordered", [*SENT, "leave", "forget", "pending: 0", "restart",
            "pending: 0", "review", "press", ORDERED], 1, 1, [NEVER]),
        row("a download: Forget this order", ["review", "press", NOT_KNOWN, "leave", "forget", "pending: 0", "review",
            "press", ORDERED], 1, 1, [NEVER], "download"),
        row("Look again finds what has appeared", [*SENT, "leave", "release: job", "button: Look again", "fitting"], 1,
            2, [LATE]),
        row("a second restore on purpose with the first on the screen", [*SENT, "again", "press", MAYBE_TWO, "again",
            "no button", "tick: Send a second restore", "press", ORDERED, "restart", "pending: 1"], 2, 3, [GATEWAY]),
    ]


def machine(_):
    return [
        row("killed while the answer is waited for, the job was made", ["review", "press", "holding: x", "kill",
            "start", "pending: 1", *STOPS], 1, 2, [{"hold": "x"}]),
        row("killed while the answer is waited for, no job", ["review", "press", "holding: x", "kill", "start",
            "pending: 1", "shows: ended before the answer came", *STOPS], 0, 1, [{"hold": "x", "create": "never"}]),
        row("killed right after its answer", ["review", "press", ORDERED, "kill", "start", "rows: 1", "pending: 0",
            *STOPS], 1, 1),
        row("killed before the pending order is in its place: nothing has left", ["review", "press", "died", "restart",
            "pending: 0", "review", "press", ORDERED, "posts: 1"], 1, 1, faults=files("rename", 2, "kill-before")),
        row("killed when the pending order is in its place: none, and told so", ["review", "press", "died", "restart",
            "pending: 1", *STOPS, "posts: 0"], 0, 1, faults=files("rename", 2, "kill-after")),
        row("the disk is full: nothing is sent, then it is", ["review", "press", "says: could not be written down",
            "posts: 0", "again", "press", ORDERED], 1, 1, faults=files("write", 1, "ENOSPC")),
        row("two programs at once: the second meets what the first is sending", ["review", "B start", "B review",
            "press",
            "holding: x", "B press", "B " + MAYBE_TWO, "release: x", ORDERED, "posts: 1"], 1, 1, [{"hold": "x"}]),
        row("two programs: the first is killed, the second meets its order", ["B start", "review", "press", NOT_KNOWN,
            "kill", "B review", "B press", "B " + MAYBE_TWO, "B pending: 1", "posts: 1"], 1, 2, [GATEWAY]),
        row("two programs: the first's order stands in the second's window by itself", ["B start", "review", "press",
            NOT_KNOWN, "kill", "B pending: 1"], 1, 2, [GATEWAY]),
        row("the pending orders' file is damaged: said, and it stops", ["kill", "put: data/orders.json {\"orders\": [",
            "start", "review", "press", "says: could not be read", "posts: 0", "kept: data/orders.json.unreadable*"], 0,
                0),
    ]


def hands(_):
    return [
        row("two clicks without a pause", ["review", "clicks: 2", ORDERED, "posts: 1"], 1, 1, [{"delay": 0.5}]),
        row("three clicks without a pause, a refusal between them", ["review", "clicks: 3", "says: Not ordered",
            "posts: 1", "again", "press", ORDERED], 1, 1, [REFUSAL], ),
        row("a download: three clicks without a pause", ["review", "clicks: 3", ORDERED, "posts: 1"], 1, 1,
            [{"delay": 0.5}], "download"),
        row("Enter held down from the page before sends nothing", ["page: 3", "enter: 2", "sleep: 0.3", "posts: 0"], 0,
        0), row("a download: Enter held down from the page before sends nothing", ["page: 2", "enter: 2", "sleep: 0.3",
            "posts: 0"], 0, 0, draft="download"),
        row("Enter held down in the field of the name sends nothing", ["review", "enter: 2", "sleep: 0.3", "posts: 0",
            "press", ORDERED, "posts: 1"], 1, 1),
        row("Enter on the button sends nothing, Space does", ["review", "focus", "key: Return", "sleep: 0.3",
            "posts: 0", "key: space", ORDERED, "posts: 1"], 1, 1),
        row("Space held down on the button sends one", ["review", "focus", "hold space: 2", "rows: 1", "posts: 1"],
            1, 1),
        row("a download: the mnemonic held down sends one", ["review", "shortcut: c", ORDERED, "posts: 1"], 1, 1,
            [{"delay": 0.3}], "download"),
        row("Cancel before it left", ["review", SLOW, "press", "says: Nothing has been sent yet", "beginning: Cancel",
            "says: Cancelled", "posts: 0", BACK, "release: list", "again", "press", ORDERED], 1, 1),
        row("what it rests on is slow: Keep waiting, then it goes", ["review", SLOW, "press", "button: Keep waiting",
            "posts: 0", BACK, "release: list", ORDERED], 1, 1),
        row("what it rests on is slow: Send with what was read at", ["review", SLOW, "press",
            "beginning: Send with what was read at", ORDERED, "posts: 1", "release: list", BACK], 1, 1),
        row("the wizard is closed while the answer is waited for: the order is told", ["review", "press", "holding: x",
            "says: waiting for the answer", "close: New restore", "release: x", "rows: 1"], 1, 1, [{"hold": "x"}]),
        row("the main window is closed while the answer is waited for: it asks", ["review", "press", "holding: x",
            "close: Environment", "asked", "kill", "start", "pending: 1"], 1, 2, [{"hold": "x"}]),
    ]
