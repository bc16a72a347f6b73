"""Two programs on the same folders: who comes second meets the first's order. The first waits at a step of its files,
where it holds the lock or has just given it back, or is killed there."""

from order_rows import DOWNLOAD, RESTORE, Row

ORDERS = "{folder}/orders.json*"
GATEWAY = {"answer": {"status": 504}}
LISTS = r"60cc000000000000000000a0/restoreJobs(\?|$)"


def waits(calls, at=1, moment="before", paths=ORDERS):
    return {"A": {"PATHS": paths, "CALLS": calls, "AT": at, "DO": f"wait-{moment}"}}


def dies(calls, at=1, moment="before", paths=ORDERS):
    return {"A": {"PATHS": paths, "CALLS": calls, "AT": at, "DO": f"kill-{moment}"}}


def at_once():
    """Both press at the same moment: A waits at one step until B is through."""
    found = []
    without_lock = [("open", 1, "before", "before it opens the lock"), ("lock", 1, "before", "before it locks")]
    for calls, at, moment, when in without_lock:
        for draft, what in ((RESTORE, "restore"), (DOWNLOAD, "download")):
            found.append(Row(f"both press for a {what}: the first waits {when}, the second is through", [
                "start", "B start", "begin", "reached", "B order: ordered", "go", "wait: conflicting"], 1, 1,
                draft=draft, faults=waits(calls, at, moment)))
            found.append(Row(f"both press for a {what}: the first waits {when}, the second's answer is lost", [
                "start", "B start", "begin", "reached", "B order: not known yet", "go", "wait: conflicting",
                "order: conflicting", "restart", "order: conflicting"], 1, 1, [GATEWAY], draft=draft,
                faults=waits(calls, at, moment)))
            found.append(Row(f"both press for a {what}: the first waits {when}, the second's answer is awaited", [
                "start", "B start", "begin", "reached", "B begin", "holding: x", "go", "wait: conflicting",
                "release: x", "B wait: ordered"], 1, 1, [{"hold": "x"}], draft=draft, faults=waits(calls, at, moment)))
    with_lock = [("lock", 1, "after", "behind the lock"), ("open", 2, "before", "before it writes"),
                 ("write", 1, "after", "behind the write"), ("sync", 1, "before", "before it syncs"),
                 ("rename", 1, "before", "before the rename"), ("rename", 2, "after", "behind the rename")]
    for calls, at, moment, when in with_lock:
        found.append(Row(f"both press: the first waits {when} for a moment, holding the lock", [
            "start", "B start", "begin", "reached", "B begin", "sleep: 0.3", "posts: 0", "go", "holding: x",
            "B wait: conflicting", "B order: conflicting", "release: x", "wait: ordered", "order: conflicting"], 1, 1,
            [{"hold": "x"}], faults=waits(calls, at, moment)))
        seen = ["B order: conflicting"] if at == 2 and moment == "after" else [
            "B order: not sent", "B says: another copy of the program hangs"]
        found.append(Row(f"the first hangs {when}, holding the lock: the second sends nothing", [
            "start", "B start", "begin", "reached", *seen, "posts: 0", "go", "holding: x", "B order: conflicting",
            "release: x", "wait: ordered"], 1, 1, [{"hold": "x"}], faults=waits(calls, at, moment)))
        made = calls == "rename" and moment == "after"
        again = ["B order: conflicting", "views: 1"] if made else ["B order: ordered", "B order: conflicting"]
        found.append(Row(f"the first is killed {when}, holding the lock", [
            "start", "B start", "order: died", *(one if one.startswith("B") else "B " + one for one in again)],
            0 if made else 1, 1, faults=dies(calls, at, moment)))
    return found


def profiles():
    """Each program has a connection of its own to the same server."""
    found = []
    for calls, at, moment, when in (("open", 1, "before", "before it opens the lock"),
                                    ("lock", 1, "before", "before it locks")):
        found.append(Row(f"through two connections at once: the first waits {when}, the second is through", [
            "start", "B profile: other", "B start", "begin", "reached", "B order: ordered", "go", "wait: conflicting",
            "order: conflicting", "B order: conflicting"], 1, 1, faults=waits(calls, at, moment)))
        found.append(Row(f"through two connections at once: the first waits {when}, the second's answer is lost", [
            "start", "B profile: other", "B start", "begin", "reached", "B order: not known yet", "go",
            "wait: conflicting", "views: 1", "restart", "views: 1", "order: conflicting"], 1, 1, [GATEWAY],
            faults=waits(calls, at, moment)))
    for calls, at, moment, when in (("lock", 1, "after", "behind the lock"), ("sync", 1, "before", "before it syncs"),
                                    ("rename", 2, "after", "behind the rename")):
        found.append(Row(f"through two connections at once: the first waits {when}, holding the lock", [
            "start", "B profile: other", "B start", "begin", "reached", "B begin", "sleep: 0.3", "posts: 0", "go",
            "holding: x", "B wait: conflicting", "release: x", "wait: ordered", "B order: conflicting"], 1, 1,
            [{"hold": "x"}], faults=waits(calls, at, moment)))
    return found


def ages():
    """Whoever waits for the lock has read what it rests on before."""
    return [Row("the lock is waited for until what was read is old: it does not leave on that", [
        "start", "B start", "B draft: snapshot big big", "begin", "reached", "B late: cancel", "B begin", "sleep: 1.5",
        "go", "wait: ordered", "B wait: cancelled", "posts: 1"], 1, 1, draft=DOWNLOAD, faults=waits("lock", 1, "after"),
        times=(1000, 200, 1000, 5))]


def meets():
    kinds = ((RESTORE, RESTORE, "the same restore"), (DOWNLOAD, DOWNLOAD, "the same download"),
             (RESTORE, "time orders staging", "another point to the same target"),
             (RESTORE, "oplog orders staging", "an oplog timestamp to the same target"))
    found = []
    for first, second, what in kinds:
        found.append(Row(f"the second program orders {what} while the first's is not known", [
            "start", "order: not known yet", "B start", f"B draft: {second}",
            "B order: conflicting", "B views: 1", "kill", "B order: conflicting"], 1, 1, [GATEWAY], draft=first))
        found.append(Row(f"the second program orders {what} while the first's is being sent", [
            "start", "begin", "holding: x", "B start", f"B draft: {second}", "B views: 1", "B order: conflicting",
            "kill", "B order: conflicting", "release: x"], 1, 1, [{"hold": "x"}], draft=first))
    for second, what in (("time orders staging", "another point"), ("snapshot rehearsal staging Shop",
        "another source")):
        found.append(Row(f"{what} to the same target while the first is not known and left no job", [
            "start", "order: not known yet", f"draft: {second}", "order: conflicting",
            "says: whether it was ordered is not "
            "known yet", "restart", "order: conflicting"], 0, 1, [{**GATEWAY, "create": "never"}],
            options={"events": "none"}))
    found += [
        Row("to another target, while a job has appeared that may be the first's", [
            "start", "order: not known yet", "draft: snapshot orders rehearsal", "order: conflicting",
            "says: has appeared since"], 1, 1, [GATEWAY], options={"events": "none"}),
        Row("the same again, when its job has appeared: the job is shown beside it", [
            "start", "order: not known yet", "candidates: 1", "order: conflicting", "says: has appeared since"], 1, 1,
            [GATEWAY], options={"events": "none"}),
        Row("to another target, when the job that appeared is Not mine", [
            "start", "order: not known yet", "candidates: 1", "notmine", "draft: snapshot orders rehearsal",
            "order: ordered"], 2, 2, [GATEWAY], options={"events": "none"}),
        Row("to another target, while the only job was there before the first", [
            ("jobs", {"cluster": "orders", "body": {"delivery": {"methodName": "HTTP", "maxDownloads": 1},
                                                    "snapshotId": "60cc0000dda0000000000000"}}),
            "start", "order: not known yet", "draft: snapshot orders rehearsal", "order: ordered"], 1, 2,
            [{**GATEWAY, "create": "never"}], options={"events": "none"}),
    ]
    for first, second, what in ((RESTORE, "snapshot big big", "a restore of another target"),
                                (RESTORE, "snapshot orders rehearsal", "a restore to another project"),
                                (DOWNLOAD, "download staging", "a download of another cluster")):
        found.append(Row(f"the second program orders {what} while the first's is not known and left no job", [
            "start", "order: not known yet", "B start", f"B draft: {second}", "B order: ordered"], 1, 2,
            [{**GATEWAY, "create": "never"}], draft=first))
    return found


def stale():
    """What a program has read is older than what it meets."""
    held = ("rules", {"rules": [{"path": LISTS, "times": 1, "hold": "old"}]})
    return [
        Row("a list that was asked for before the order comes after it", [
            "start", held, "holding: old", "order: ordered", "release: old", "sleep: 0.3", "order: conflicting"], 1, 1),
        Row("ordered and ordered again before the first list has come", [
            held, "start", "holding: old", "order: ordered", "order: conflicting", "release: old"], 1, 1),
        Row("started again, ordered again before the first list has come", [
            "start", "order: ordered", "kill", held, "start", "holding: old", "order: conflicting", "release: old"], 1,
            1),
        Row("the second program has read everything before the first orders", [
            "start", "B start", "order: ordered", "B order: conflicting"], 1, 1),
        Row("the second program was open before the first ordered and ended", [
            "start", "B start", "order: ordered", "kill", "B order: conflicting"], 1, 1),
        Row("the first's order is not known, the second program settles it", [
            "start", "order: not known yet", "B start", "B look", "B candidates: 1", "B this", "B views: 0",
            "order: conflicting", "B order: conflicting"], 1, 1, [GATEWAY], times=(10000, 60000, 60000, 5)),
        Row("the first's order is not known, the second program forgets it: the first can order", [
            "start", "order: not known yet", "B start", "B views: 1", "B forget", "views: 0", "order: ordered"], 1, 1,
            [{**GATEWAY, "create": "never"}]),
        Row("both settle the same order with the same job", [
            "start", "order: not known yet", "candidates: 1", "B start", "B candidates: 1", "this", "B views: 0",
            "views: 0", "restart", "shown: 1"], 1, 1, [GATEWAY]),
        Row("the program ends while its order is being sent, the other one meets it", [
            "start", "begin", "holding: x", "B start", "kill", "B views: 1", "B order: conflicting", "B candidates: 1",
            "B this", "B shown: 1"], 1, 1, [{"hold": "x"}]),
    ]


def others():
    """Jobs of somebody else."""
    colleague = lambda **more: ("jobs", {"cluster": "orders", **more})
    return [
        Row("a colleague's download of the same snapshot in the same minute is not ours", [
            "start", "order: not known yet", colleague(), "candidates: 1", "views: 1", "order: conflicting", "restart",
            "views: 1", "candidates: 1", "order: conflicting", "shown: 0"], 0, 1, [{**GATEWAY, "create": "never"}],
            draft=DOWNLOAD),
        Row("a colleague's download and ours: both are candidates, none is ours by itself", [
            "start", "order: not known yet", colleague(), "candidates: 2", "views: 1", "order: conflicting",
            "shown: 0"], 1, 1, [GATEWAY], draft=DOWNLOAD),
        Row("a colleague's restore to the same target with our answer known", [
            "start", "order: ordered", colleague(), "views: 0", "shown: 1", "order: conflicting"], 1, 1),
        Row("a colleague's download of another snapshot contradicts", [
            "start", "order: not known yet", colleague(body={"delivery": {"methodName": "HTTP", "maxDownloads": 3},
                                                            "snapshotId": "60cc0000dda0000000000002"}),
            "sleep: 0.5", "look", "sleep: 0.5", "candidates: 0", "order: conflicting"], 0, 1,
            [{**GATEWAY, "create": "never"}], draft=DOWNLOAD),
        Row("a colleague's job was there before: it is not ours", [
            colleague(body={"delivery": {"methodName": "HTTP", "maxDownloads": 3},
            "snapshotId": "60cc0000dda0000000000000"}),
            "start", "order: not known yet", "sleep: 0.5", "look", "sleep: 0.5", "candidates: 0", "order: conflicting"],
            0, 1, [{**GATEWAY, "create": "never"}], draft=DOWNLOAD),
        Row("a restore of the target by somebody else, told by the job, is known to run", [
            colleague(body={"delivery": {"methodName": "AUTOMATED_RESTORE", "targetGroupId": "60bb00000000000000000001",
                                         "targetClusterId": "60cc000000000000000000b0"},
                            "snapshotId": "60cc0000dda0000000000001"}, shape={"target_told": True}),
            "start", "order: conflicting", "says: still", "posts: 0"], 0, 0),
        *[Row(f"a restore of the target by somebody else has just appeared on the list of {cluster}", [
            "start", ("rules", {"rules": [{"path": path, "times": 1, "hold": "old"}]}), "holding: old",
            colleague(cluster=cluster, body={"delivery": {
                "methodName": "AUTOMATED_RESTORE", "targetGroupId": "60bb00000000000000000001",
                "targetClusterId": "60cc000000000000000000b0"}, "snapshotId": snapshot}, shape={"target_told": True}),
            "order: conflicting", "says: still running", "posts: 0", "release: old"], 0, 0)
          for cluster, path, snapshot in (("orders", LISTS, "60cc0000dda0000000000001"),
                                          ("big", LISTS.replace("a0/", "c0/"), "60cc0000ddc0000000000001"))],
        Row("the events say that this key asked: it stops as a candidate does", [
            "start", "order: not known yet", ("events", {"project": "Shop", "set": {}}), "events: 1",
            "order: conflicting", "says: events"], 0, 1, [{**GATEWAY, "create": "never"}], options={"events": "none"}),
        Row("the events say that another key asked: that settles nothing", [
            "start", "order: not known yet", ("events", {"project": "Shop", "set": {"publicKey": "colleague"}}), "look",
            "sleep: 0.5", "events: 0", "order: conflicting"], 0, 1, [{**GATEWAY, "create": "never"}],
            options={"events": "none"}),
        Row("the events say that this key asked: it stops another order, too, while one is not known", [
            "start", "order: not known yet", ("events", {"project": "Shop", "set": {}}), "draft: snapshot big big",
            "order: conflicting", "says: events"], 0, 1, [{**GATEWAY, "create": "never"}], options={"events": "none"}),
        Row("the events say that another key asked: it does not stop another order", [
            "start", "order: not known yet", ("events", {"project": "Shop", "set": {"publicKey": "colleague"}}),
            "draft: snapshot big big", "order: ordered"], 1, 2, [{**GATEWAY, "create": "never"}],
            options={"events": "none"}),
        Row("the events cannot be read", ["start", ("rules", {"rules": [{"path": "/events", "error": {
            "status": 403, "code": "USER_UNAUTHORIZED"}}]}), "order: not known yet", "candidates: 1",
            "order: conflicting"], 1, 1, [GATEWAY]),
    ]


def rows(_):
    return [*at_once(), *profiles(), *ages(), *meets(), *stale(), *others()]
