"""Every step at the files that remember an order goes wrong: the program is killed before and after it, or the step
fails. A recording lists the steps of one order; each is a row for each fault. After that the program is started again
on the same folder and the person orders again.

Four stretches of the steps decide the end:

    unwritten   the pending order is not in its place yet: nothing is sent, ordering again makes the one job
    written     it is in its place and nothing has left: none, and told so
    sent        the POST has left: one, told as not known or as ordered"""

import tempfile

import os

from order_play import Play
from order_rows import Row

ALL = "{folder}:{folder}/*"
AGAIN = ["restart", "order: ordered", "order: conflicting"]
MET = ["restart", "order: conflicting"]


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


def killed(at, name, moment, steps, placed):
    fault = {"A": {"PATHS": ALL, "AT": at, "DO": f"kill-{moment}"}}
    sent = steps[at - 1][2]
    is_written = at > placed or at == placed and moment == "after"
    if sent:
        return Row(f"killed {moment} {name}", ["start", "order: died", *MET, "posts: 1"], 1, 1, faults=fault)
    if is_written:
        return Row(f"killed {moment} {name}", ["start", "order: died", "restart", "views: 1", "order: conflicting",
                   "posts: 0"], 0, 1, faults=fault)
    return Row(f"killed {moment} {name}", ["start", "order: died", "restart", "views: 0", "order: ordered",
               "order: conflicting", "posts: 1"], 1, 1, faults=fault)


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


def rows(server):
    if "STEP_SHIM" not in os.environ:
        return []
    steps = recorded(server)
    placed = in_place(steps)
    found = []
    for at, (kind, file, sent) in enumerate(steps, 1):
        name = f"step {at}, {kind} of {file}" + (" (the POST has left)" if sent else "")
        found += [killed(at, name, moment, steps, placed) for moment in ("before", "after")]
        if kind == "write":
            found.append(killed(at, name, "half", steps, placed))
        found += [failing(at, name, error, steps, placed) for error in ("EIO", "ENOSPC")]
    return found
