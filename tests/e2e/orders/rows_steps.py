"""Every step at the files that remember an order goes wrong: the program is killed before and after it, or the step
fails. A recording lists the steps of one order; each is a row for each fault. After that the program is started again
on the same folder and the person orders again.

Four stretches of the steps decide the end:

    unwritten   the pending order is not in its place yet: nothing is sent, ordering again makes the one job
    written     it is in its place and nothing has left: none, and told so
    sent        the POST has left: one, told as not known
    named       what its answer named is in its place: one, and the next program knows it by itself"""

import tempfile

import os

from order_play import Play
from order_rows import Row

ALL = "{folder}:{folder}/*"
MET = ["restart", "order: conflicting"]
ORDERS = "{folder}/orders.json*"


def recorded(server):
    """(kind, file, whether the POST had left) of every step of one order."""
    play = Play(server, Row("the steps", [], 1, 1, faults={"A": {"PATHS": ALL, "AT": 0}}))
    log, found = play.base / "log", []
    server.reset()
    server.control("posts", posts=[{"hold": "x"}])
    try:
        for step in ("start", "begin", "holding: x"):
            play.step(step)
        sent = len(log.read_text().splitlines())
        for step in ("release: x", "wait: ordered", "views: 0", "sleep: 0.3"):
            play.step(step)
        for number, line in enumerate(log.read_text().splitlines()):
            _, kind, path = line.split(" ", 2)
            name = path.removeprefix(str(play.folder)).strip("/") or "the folder"
            found.append((kind, name.removeprefix("connection/"), number >= sent))
    finally:
        server.reset()
        for agent in play.agents.values():
            agent.kill()
    return found


def in_place(steps):
    """The number of the step that puts the pending order in its place: the last rename before the POST."""
    return max(number for number, (kind, name, sent) in enumerate(steps, 1)
               if kind == "rename" and name == "orders.json" and not sent)


def answer_in_place(steps):
    """The number of the step that puts what the answer named in its place."""
    return next(number for number, (kind, name, sent) in enumerate(steps, 1)
                if kind == "rename" and name == "orders.json" and sent)


def killed(at, name, moment, steps, placed):
    fault = {"A": {"PATHS": ALL, "AT": at, "DO": f"kill-{moment}"}}
    sent = steps[at - 1][2]
    is_done = lambda step: at > step or at == step and moment == "after"
    died = ["start", "order: died", "restart"]
    if is_done(answer_in_place(steps)):
        return Row(f"killed {moment} {name}", [*died, "views: 0", "shown: 1", "order: conflicting", "posts: 1"], 1, 1,
                   faults=fault)
    if is_done(placed):
        return Row(f"killed {moment} {name}", [*died, "views: 1", "order: conflicting", f"posts: {int(sent)}"],
                   int(sent), 1, faults=fault)
    return Row(f"killed {moment} {name}", [*died, "views: 0", "order: ordered", "order: conflicting", "posts: 1"], 1, 1,
               faults=fault)


def failing(at, name, error, steps, placed):
    """Before the POST a failure holds it back, except of what clears away; afterwards it is the memory's affair
    alone."""
    fault = {"A": {"PATHS": ALL, "AT": at, "DO": error}}
    kind, _, sent = steps[at - 1]
    if sent or kind == "unlink":
        return Row(f"{error} at {name}", ["start", "order: ordered", "order: conflicting", *MET, "posts: 1"], 1, 1,
                   faults=fault)
    return Row(f"{error} at {name}", ["start", "order: not sent", "posts: 0", "views: 0", "order: ordered",
               "order: conflicting", *MET, "posts: 1"], 1, 1, faults=fault)


def sent_again():
    """A challenge to the POST itself: the second sending is on the disk before it leaves."""
    fault = lambda calls, at, what: {"A": {"PATHS": ORDERS, "CALLS": calls, "AT": at, "DO": what}}
    challenged = [{"challenge": True}]
    found = [Row(f"a challenge, and the second sending cannot be written down ({error} at its {kind})", [
        "start", "order: not ordered", "posts: 1", "views: 0", "order: ordered", "order: conflicting", "posts: 2"], 1,
        1, challenged, faults=fault(kind, at, error)) for error in ("EIO", "ENOSPC")
        for kind, at in (("lock", 2), ("write", 2), ("sync", 2))]
    return found + [
        Row("a challenge, killed before the second sending is in its place", ["start", "order: died", "restart",
            "views: 1", "order: conflicting", "posts: 1"], 0, 1, challenged, faults=fault("rename", 3, "kill-before")),
        Row("a challenge, killed when the second sending is in its place", ["start", "order: died", "restart",
            "details: Sent again", "order: conflicting", "posts: 1"], 0, 1, challenged,
            faults=fault("rename", 3, "kill-after")),
        Row("a challenge, and the audit log cannot take the second sending: it does not leave", ["start",
            "order: not ordered", "posts: 1", "views: 0", "order: ordered", "order: conflicting"], 1, 1, challenged,
            faults={"A": {"PATHS": "{folder}/connection/audit.jsonl", "CALLS": "write", "AT": 2, "DO": "EIO"}}),
        Row("killed before one of three jobs is remembered: the next program finds the batch", ["start", "order: died",
            "restart", "views: 0", "shown: 1", "order: conflicting"], 1, 1, [{"shape": {"answer_jobs": 1}}],
            draft="snapshot big big", faults={"A": {"PATHS": "{folder}/restores.json.lock", "CALLS": "open",
                                                    "AT": 1, "DO": "kill-before"}}),
    ]


def rows(server):
    if "STEP_SHIM" not in os.environ:
        return []
    steps = recorded(server)
    placed = in_place(steps)
    found = sent_again()
    for at, (kind, file, sent) in enumerate(steps, 1):
        name = f"step {at}, {kind} of {file}" + (" (the POST has left)" if sent else "")
        found += [killed(at, name, moment, steps, placed) for moment in ("before", "after")]
        if kind == "write":
            found.append(killed(at, name, "half", steps, placed))
        found += [failing(at, name, error, steps, placed) for error in ("EIO", "ENOSPC")]
    return found
