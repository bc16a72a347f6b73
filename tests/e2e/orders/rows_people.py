"""What a person does with an order that is not known yet, and with the reading that takes too long."""

import json

from order_rows import DOWNLOAD, RESTORE, Row

GATEWAY = {"answer": {"status": 504}}
NEVER = {**GATEWAY, "create": "never"}
LATE = {**GATEWAY, "create": "late", "late_hold": "job"}
SHOP = "groups/60bb00000000000000000001"
READY = r"/groups\?pageNum=1&itemsPerPage=1$"  # what is read last where no nonce is there
QUICK = (600, 200, 1000, 5)


def settles():
    found = []
    for draft, what in ((RESTORE, "a restore"), (DOWNLOAD, "a download"), ("snapshot big big", "a sharded restore"),
                        ("time orders staging", "a point in time")):
        again = [] if draft == DOWNLOAD else ["order: conflicting"]
        found += [
            Row(f"{what}: It is this one", ["start", "order: not known yet", "candidates: 1", "this", "views: 0",
                "shown: 1", *again, "log: as a person said"], 1, 1, [GATEWAY], draft=draft),
            Row(f"{what}: It is this one, then started again", ["start", "order: not known yet", "candidates: 1",
                "this", "shown: 1", "restart", "views: 0", "shown: 1", *again], 1, 1, [GATEWAY], draft=draft),
            Row(f"{what}: started again, then It is this one", ["start", "order: not known yet", "restart",
                "candidates: 1",
                "this", "views: 0", "shown: 1", "restart", "views: 0", "shown: 1"], 1, 1, [GATEWAY], draft=draft),
            Row(f"{what}: Not mine, and it stays not known", ["start", "order: not known yet", "candidates: 1",
                "notmine",
                "candidates: 0", "views: 1", "order: conflicting", "restart", "sleep: 0.5", "candidates: 0", "views: 1",
                "order: conflicting"], 1, 1, [GATEWAY], draft=draft),
            Row(f"{what}: Forget this order, and it can be ordered again", ["start", "order: not known yet", "views: 1",
                "forget", "views: 0", "order: ordered", "restart", "views: 0", "shown: 1", "log: forgotten"], 1, 1,
                [NEVER], draft=draft),
            Row(f"{what}: a second one on purpose with the first on the screen", ["start", "order: not known yet",
                "order: conflicting", "accept", "order: ordered", "log: secondRestoreDespite", "restart", "views: 1",
                "shown: 1"], 2, 2, [GATEWAY], draft=draft),
        ]
    found += [
        Row("Not mine, then ours appears", ["start", "order: not known yet", ("jobs", {"cluster": "orders"}),
            "candidates: 1", "notmine", "candidates: 0", "release: job", "created: 1", "candidates: 1", "this",
            "views: 0", "shown: 1", "order: conflicting"], 1, 1, [LATE]),
        Row("Not mine is remembered by the next program, and the job is no conflict of its own", ["start",
            "order: not known yet", ("jobs", {"cluster": "orders"}), "candidates: 1", "notmine", "kill", "start",
            "views: 1", "sleep: 0.5", "candidates: 0", "order: conflicting"], 0, 1, [NEVER]),
        Row("Forget this order, then its job appears: it is in the list as one whose kind is not told", ["start",
            "order: not known yet", "forget", "views: 0", "release: job", "created: 1", "views: 0", "shown: 0"], 1, 0,
                [LATE]),
        Row("Forget this order for a while, started again: it does not come back", ["start", "order: not known yet",
            "forget", "restart", "views: 0", "order: ordered", "order: conflicting"], 1, 1, [NEVER]),
        Row("a second one on purpose after a restart, with the first on the screen", ["start", "order: not known yet",
            "restart", "views: 1", "order: conflicting", "accept", "order: ordered", "views: 1", "shown: 1"], 2, 2,
                [GATEWAY]),
        Row("a second one on purpose, and its answer is lost too", ["start", "order: not known yet",
            "order: conflicting",
            "accept", "order: not known yet", "views: 2", "restart", "views: 2", "order: conflicting"], 2, 2,
            [GATEWAY, GATEWAY]),
        Row("a second one on purpose counts once: the next click stops again", ["start", "order: not known yet",
            "order: conflicting", "accept", "order: ordered", "order: conflicting"], 2, 2, [GATEWAY]),
        Row("a second one on purpose, but meanwhile another has appeared that was not on the screen", ["start",
            "order: not known yet", "order: conflicting", "accept", "release: job", "created: 1", "order: conflicting",
            "accept", "order: ordered"], 2, 2, [LATE]),
        Row("a second one on purpose, but meanwhile another program has sent one", ["start", "B start",
            "order: not known yet", "order: conflicting", "accept", "B order: conflicting", "B accept",
            "B order: not known yet", "order: conflicting", "posts: 2"], 2, 2, [GATEWAY, GATEWAY]),
        Row("a second one on purpose while the first runs", ["start", "order: ordered", "shown: 1",
            "order: conflicting", "accept", "order: ordered", "shown: 2"], 2, 2),
        Row("accepting without anything on the screen accepts nothing", ["start", "accept", "order: not known yet",
            "accept", "order: conflicting", "posts: 1"], 1, 1, [GATEWAY]),
        Row("the link's limits are another's, the archive is the same: it stops", ["start", "order: not known yet",
            "candidates: 1", "order: conflicting", "restart", "order: conflicting"], 1, 1,
            [{**GATEWAY, "shape": {"with": {"delivery.maxDownloads": 9, "delivery.expirationHours": 48}}}],
                draft=DOWNLOAD),
        Row("Look again finds what has appeared", ["start", "order: not known yet", "release: job", "created: 1",
            "look", "candidates: 1"], 1, 1, [LATE], times=(10000, 60000, 60000, 5)),
        Row("a candidate is there at once after the answer, not a minute later", ["start", "order: not known yet",
            "candidates: 1"], 1, 1, [GATEWAY], times=(10000, 200, 60000, 5)),
    ]
    return found


def matches():
    """How a job that appears compares with the order: only ids make it another one."""
    found = []
    for shape, match, what in (
            ({}, "Agrees in everything", "as it was asked for"),
            ({"with": {"pointInTime": True}}, "May be it", "pointInTime is true"),
            ({"without": ["timestamp"]}, "Agrees in everything", "without timestamp"),
            ({"with": {"delivery.url": "https://x.example.net/a.tar.gz"}}, "May be it", "with a url"),
            ({"with": {"delivery.maxDownloads": 3, "delivery.expirationHours": 4}}, "May be it",
            "with a link's limits"), ({"with": {"delivery.methodName": "QUERY"}}, "May be it", "QUERY"),
            ({"without": ["snapshotId"]}, "May be it", "without snapshotId"),
            ({"without": ["snapshotId", "timestamp", "delivery", "created", "pointInTime"]}, "May be it",
            "with its id alone"), ({"target_told": True}, "Agrees in everything", "with its target"),
            ({"with": {"checkpointId": "60cc000000000000000000ee"}}, "May be it", "with a checkpoint too"),
            ({"sample": True, "batch": True}, None, "as the sample")):
        steps = ["start", "order: not known yet", "candidates: 1", *([f"match: {match}"] if match else []),
                 "order: conflicting", "restart", "views: 1", "order: conflicting"]
        found.append(Row(f"its job appears {what}", steps, 1, 1, [{**GATEWAY, "shape": shape}]))
    for draft in ("time orders staging", "oplog orders staging"):
        for shape, match in (({}, "Agrees in everything"), ({"without": ["timestamp"]}, "May be it"),
                             ({"with": {"timestamp": {"date": "2018-09-15T15:53:00Z", "increment": 1}}}, "May be it"),
                             ({"with": {"pointInTime": False}}, "May be it")):
            found.append(Row(f"{draft}: its job appears {json.dumps(shape)}", ["start", "order: not known yet",
                "candidates: 1", f"match: {match}", "order: conflicting"], 1, 1, [{**GATEWAY, "shape": shape}],
                draft=draft))
    for fields, what in (({"snapshotId": "60cc0000dda0000000000003"}, "another snapshot"),
                         ({"delivery.targetClusterId": "60cc000000000000000000d0"}, "another target"),
                         ({"delivery.targetGroupId": "60bb00000000000000000002"}, "another target project")):
        found.append(Row(f"a job with {what} appears: it is no candidate", ["start", "order: not known yet",
            "sleep: 0.4",
            "look", "sleep: 0.4", "candidates: 0", "order: conflicting"], 1, 1, [{**GATEWAY,
                "shape": {"with": fields}}]))
    found += [
        Row("the answer broke off behind its batch, which no list shows: a job of another batch is no candidate", [
            "start", "order: not known yet", ("jobs", {"cluster": "orders", "shape": {"batch": True}}), "sleep: 0.4",
            "look", "sleep: 0.4", "candidates: 0", "order: conflicting", "show", "views: 0", "shown: 1"], 1, 1,
            [{"shape": {"sample": True}, "cut": 640, "visible_after": None}]),
        Row("another checkpoint: no candidate", ["start", "order: not known yet", "sleep: 0.4", "look", "sleep: 0.4",
            "candidates: 0", "order: conflicting"], 1, 1, [{**GATEWAY, "shape": {"with": {
                "checkpointId": "60cc000000000000000000ff"}}}], draft="checkpoint big big",
                    options={"version": "4.0.28"}),
        Row("one job of a batch was named: the whole batch is ours", ["start", "order: ordered", "restart", "views: 0",
            "shown: 1"], 1, 1, [{"shape": {"answer_jobs": 1}}], draft="snapshot big big"),
        Row("a batch of three whose shards' snapshots are their own is one candidate", ["start", "order: not known yet",
            "candidates: 1", "this", "shown: 1", "restart", "shown: 1"], 1, 1, [{**GATEWAY, "shape": {"with": {
            "snapshotId": "60cc0000dda0000000000003"}}}], draft="snapshot big big"),
    ]
    return found


def waits(server):
    """Reading that takes too long, what has changed since, and Cancel."""
    rule = lambda path, **more: ("rules", {"rules": [{"path": path, **more}]})
    slow = rule(r"/snapshots\?", hold="list")
    back = ("rules", {"rules": []})
    moved = server.get(server.path("orders", "/snapshots"))[1]
    moved["results"][0]["created"]["date"] = "2026-01-02T03:04:05Z"
    found = [Row(f"the snapshots are slow: the limit of {limit} ms is said, whatever the timer does", ["start", slow,
             "late: cancel", "order: cancelled", "posts: 0", "release: list", back, "order: ordered"], 1, 1,
             times=(limit, 200, 1000, 20)) for limit in (700, 900, 1100, 1300, 1700, 1900, 2300)]
    return found + [
        Row("the snapshots are slow: sent with what was read, which stands in the audit log", ["start", slow,
            "late: send",
            "order: ordered", "log: sentWithWhatWasReadAt", "release: list", back, "order: conflicting"], 1, 1,
                times=QUICK),
        Row("the snapshots are slow: sent with what was read, and the answer is lost", ["start", slow, "late: send",
            "order: not known yet", "release: list", back, "order: conflicting", "restart", "order: conflicting"], 1, 1,
            [GATEWAY], times=QUICK),
        Row("the snapshots are slow: waited for, then sent", ["start", slow, "late: wait", "begin", "sleep: 1",
            "posts: 0", back, "release: list", "wait: ordered"], 1, 1, times=QUICK),
        Row("the source's job list is slow: it cannot be sent with what was read", ["start",
            rule(r"60cc000000000000000000a0/restoreJobs\?", hold="list"), "late: send", "begin", "sleep: 1", "posts: 0",
            back, "release: list", "wait: ordered"], 1, 1, times=QUICK),
        Row("the agents' state cannot be read: it is said and sent", ["start", rule("automationStatus", error={
            "status": 403, "code": "USER_UNAUTHORIZED"}), "order: ordered"], 1, 1),
        Row("the agents' state answers 500 for long: sent with what was read", ["start", rule("automationStatus",
            answer={"status": 500}), "late: send", "order: ordered", "log: notRead"], 1, 1, times=QUICK),
        Row("an answer of the agents takes 25 s, scaled: sent with what was read", ["start", rule(
            "automationStatus", delay=2.5), "late: send", "order: ordered", "log: sentWithWhatWasReadAt"], 1, 1,
            times=(1000, 200, 1000, 5)),
        Row("every answer takes 25 s, scaled: nothing leaves by itself", ["start", rule(".", delay=2.5), "late: wait",
            "begin", "sleep: 3", "posts: 0", "cancel: yes", "wait: cancelled", "posts: 0", back, "restart",
            "order: ordered"], 1, 1, times=(1000, 200, 1000, 5)),
        Row("making the POST ready takes longer than what was read is fresh: it does not leave", ["start",
            rule(READY, delay=1.2, times=1), "late: cancel", "order: cancelled", "posts: 0", "views: 0", back,
            "order: ordered"], 1, 1, times=(900, 200, 1000, 5), options={"auth": "none"}),
        Row("making the POST ready takes longer than what was read is fresh: it is read again", ["start",
            rule(READY, delay=1.2, times=1), "late: wait", "order: ordered", "posts: 1"], 1, 1,
            times=(900, 200, 1000, 5), options={"auth": "none"}),
        Row("the age of what was read counts from when it was asked for, not from its answer", ["start",
            ("rules", {"rules": [{"path": READY, "delay": 0.9, "times": 1}, {"path": ".", "delay": 0.5}]}), "late: cancel",
            "order: cancelled", "posts: 0", back, "restart", "order: ordered"], 1, 1, draft=DOWNLOAD,
            times=(1700, 200, 1000, 5), options={"auth": "none"}),
        *[Row(f"{what} cannot be used: it waits for the person before anything leaves", ["start", rule(path, answer={
            "status": 200, "body": "<html>"}), "late: cancel", "order: cancelled", "posts: 0", back, "order: ordered"],
                1, 1)
          for what, path in (("the agents' state", "automationStatus"), ("the clusters' answer", rf"{SHOP}/clusters\?"),
                             ("the target's job list", r"60cc000000000000000000b0/restoreJobs\?"))],
        Row("Cancel while the POST is made ready", ["start", rule(READY, hold="ready"), "begin", "holding: ready",
            "cancel: yes", back, "release: ready", "wait: cancelled", "posts: 0", "views: 0", "order: ordered"], 1, 1,
            options={"auth": "none"}),
        Row("making the POST ready fails: nothing leaves", ["start", rule(READY, answer={"status": 403}),
            "order: not sent", "posts: 0", "views: 0", back, "order: ordered"], 1, 1, options={"auth": "none"}),
        Row("Cancel before it left", ["start", slow, "begin", "cancel: yes", "wait: cancelled", "posts: 0",
            "release: list", back, "order: ordered"], 1, 1),
        Row("Cancel when it is late", ["start", slow, "late: cancel", "order: cancelled", "posts: 0", "release: list",
            back, "order: ordered"], 1, 1, times=QUICK),
        Row("Cancel, and the program ends: nothing is left behind", ["start", slow, "begin", "cancel: yes",
            "wait: cancelled", "release: list", back, "restart", "views: 0", "order: ordered"], 1, 1),
        Row("killed while everything is read anew: nothing has left", ["start", slow, "begin", "sleep: 0.3", "kill",
            back, "start", "views: 0", "order: ordered", "order: conflicting"], 1, 1),
        Row("the snapshot has gone meanwhile", ["start", rule(r"/snapshots\?", answer={"status": 200, "body": {
            "results": [], "totalCount": 0}}), "order: changed", "posts: 0", back, "order: ordered"], 1, 1),
        Row("the snapshot is of another time meanwhile", ["start", rule(r"/snapshots\?", answer={"status": 200,
            "body": moved}), "order: changed", "posts: 0", back, "restart", "order: ordered"], 1, 1),
        Row("the target has gone meanwhile", ["start", rule(rf"{SHOP}/clusters\?", answer={"status": 200, "body": {
            "results": [], "totalCount": 0}}), "order: changed", "posts: 0", back, "order: ordered"], 1, 1),
        Row("the clusters answer 403 meanwhile", ["start", rule(rf"{SHOP}/clusters\?", error={
            "status": 403, "code": "USER_UNAUTHORIZED"}), "late: cancel", "order: cancelled", "posts: 0", back,
            "order: ordered"], 1, 1, times=QUICK),
        Row("the range has gone meanwhile", ["start", ("rules", {"rules": [{"method": "POST",
            "path": "restorableTimeRanges",
            "answer": {"status": 200, "body": []}}]}), "order: changed", "posts: 0", back, "order: ordered"], 1, 1,
            draft="time orders staging"),
    ]


def targets():
    """What has come to stand against the target since the page was shown."""
    rule = lambda path, **more: ("rules", {"rules": [{"path": path, **more}]})
    back = ("rules", {"rules": []})
    nothing = {"status": 200, "body": {"results": [], "totalCount": 0}}
    told = lambda behind: ("automation", {"project": "Shop", "goal": 8, "achieved": {"staging_1": 8 - behind},
                                          "restore_jobs": {"staging_1": "60ff0000000000000000aaaa"}})
    running = ("jobs", {"cluster": "big", "shape": {"target_told": True}, "body": {
        "snapshotId": "60cc0000dda0000000000001", "delivery": {
            "methodName": "AUTOMATED_RESTORE", "targetGroupId": "60bb00000000000000000001",
            "targetClusterId": "60cc000000000000000000b0"}}})
    refused = {"status": 403, "code": "USER_UNAUTHORIZED"}
    config = "automationConfig/noSecrets"
    agents = "agents/AUTOMATION"
    found = [
        Row("the target's agents have gone meanwhile", ["start", rule(agents, answer=nothing), "order: changed",
            "says: no automation agent at all", "posts: 0", back, "order: ordered"], 1, 1),
        Row("the target is no longer in the automation configuration", ["start", rule(config, answer={
            "status": 200, "body": {"version": 9, "processes": []}}), "order: changed",
            "says: is in the automation configuration of its project", "posts: 0", back, "order: ordered"], 1, 1),
        Row("the agents were told of another restore meanwhile, and are at it", ["start", told(1), "order: changed",
            "says: were told to carry out another restore", "posts: 0", told(0), "order: ordered"], 1, 1),
        Row("a restore of the target began meanwhile: its own question alone stops the order", ["start", running,
            "order: conflicting", "says: is still running", "posts: 0", "accept", "order: ordered"], 1, 1),
        Row("a restore of the target that the agents are at as well: asked once", ["start", running, told(1),
            "order: conflicting", "posts: 0", "accept", "order: ordered"], 1, 1),
    ]
    # The target's FCV stands in the configuration too, and nowhere else: that it is not known any more is said first.
    unknown = ["order: changed", "says: feature compatibility version is not known", "posts: 0", "restart"]
    for what, path, first in (("the automation configuration", config, unknown), ("the list of agents", agents, [])):
        found += [
            Row(f"{what} may not be read: it is said and sent", ["start", rule(path, error=refused), *first,
                "order: ordered", "log: Not read: " + what], 1, 1),
            Row(f"{what} cannot be used: it is said and sent", ["start", rule(path, answer={
                "status": 200, "body": "<html>"}), "late: cancel", *first, "order: ordered",
                "log: Not read: " + what], 1, 1),
        ]
    return found


def files():
    """The file of pending orders itself is not as it should be."""
    return [
        Row("the pending orders' file is damaged: kept aside, nothing is overwritten", [
            "put: orders.json {\"orders\": [", "start", "order: conflicting", "says: could not be read", "posts: 0",
            "kept: orders.json.unreadable*", "accept", "order: ordered", "order: conflicting"], 1, 1),
        Row("the pending orders' file is of a newer version: kept aside", [
            "put: orders.json {\"version\": 99, \"orders\": []}", "start", "order: conflicting",
            "says: could not be read", "posts: 0", "kept: orders.json.version-99*", "accept", "order: ordered",
            "order: conflicting"], 1, 1),
        Row("an entry that this version does not understand stays and stops", ["put: orders.json {\"version\": 1, "
            "\"orders\": [{\"kind\": \"later\"}]}", "start", "order: conflicting", "says: could not be read",
            "posts: 0", "accept", "order: ordered"], 1, 1),
        Row("a settled order comes back with an old copy of the file: it is not shown twice", ["start", "begin",
            "holding: x", "aside: orders.json", "release: x", "wait: ordered", "kill", "back: orders.json", "start",
            "views: 0", "shown: 1", "order: conflicting"], 1, 1, [{"hold": "x"}]),
        Row("the audit log's last line is damaged", ["start", "order: not known yet", "kill",
            "put: connection/audit.jsonl {\"half\": ", "start", "views: 1", "order: conflicting"], 1, 1, [GATEWAY]),
        Row("the memory of restores is lost", ["start", "order: ordered", "kill", "gone: restores.json",
            "start", "views: 0", "shown: 0"], 1, 0),
    ]


def rows(server):
    return [*settles(), *matches(), *waits(server), *targets(), *files()]
