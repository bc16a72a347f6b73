"""A row of the table of orders, and the three shapes that most rows have: after the fault the person orders the same
again, the program is killed and started on the same folder, and the person orders once more."""

from dataclasses import dataclass, field

RESTORE = "snapshot orders staging"
DOWNLOAD = "download orders"


@dataclass
class Row:
    """`name` says what happens. `jobs` are counted at the server at the end; `told` is what the next program shows of
    them: orders that are not known yet, and restores that were ordered here (usually as many as there are jobs, and one
    where none was made and that is not known)."""

    name: str
    steps: list
    jobs: int
    told: int
    posts: list = field(default_factory=list)   # plans of order_server.py, one for each POST
    options: dict = field(default_factory=dict)  # of its reset
    draft: str = RESTORE
    faults: dict = field(default_factory=dict)  # variables of step_shim.cpp by program
    times: tuple = (10000, 200, 1000, 5)  # ms: freshness, first and longest look; s: until an answer is lost
    known_wrong: str = ""


def ordered(name, plan, steps=(), draft=RESTORE, **more):
    """The answer names the job: it is ordered, and whoever orders it again meets it."""
    return Row(name, ["start", "order: ordered", *steps, "views: 0", "order: conflicting", "restart", "views: 0",
                      "order: conflicting"], 1, 1, [plan], draft=draft, **more)


def unknown(name, plan, jobs, steps=(), draft=RESTORE, **more):
    """Not known yet, and that is met by whoever orders again, now and after a restart."""
    return Row(name, ["start", "order: not known yet", "order: conflicting", *steps, "views: 1", "restart", "views: 1",
                      "order: conflicting"], jobs, 1, [plan], draft=draft, **more)


def refused(name, plan, steps=(), draft=RESTORE, **more):
    """Not ordered, and proven: ordering again makes the one job."""
    return Row(name, ["start", "order: not ordered", "views: 0", *steps, "order: ordered", "order: conflicting",
                      "restart", "order: conflicting"], 1, 1, [plan], draft=draft, **more)


def unsent(name, steps, again=("order: ordered", "posts: 1", "order: conflicting"), told=1, **more):
    """Nothing leaves; when the fault is gone, ordering again makes the one job."""
    return Row(name, ["start", *steps, "posts: 0", *again], 1, told, **more)
