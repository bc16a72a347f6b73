"""Shapes of a 2xx: what names the new job, whole or cut, and what does not."""

import json
import urllib.request

from order_rows import DOWNLOAD, RESTORE, Row, ordered, unknown

SAMPLES = {"http": DOWNLOAD, "snapshot": RESTORE, "oplog": "oplog orders staging",
           "point-in-time": "time orders staging", "checkpoint": "checkpoint big big"}
STEP = 64
NOT_RUNNING = "a restore whose job is FINISHED at once is not known to run, though its agents have not begun"
STATUS_CUT = "a restore whose answer was cut before its state is not known to run until a list shows it"
BATCH_LOST = "a batch that stands in the answer before its job's id is not kept"


def answer(body, status=200, **more):
    return {"answer": {"status": status, "body": body}, **more}


def samples():
    found = []
    for name, draft in SAMPLES.items():
        options = {"version": "4.0.28"} if name == "checkpoint" else {}
        known = ["start", "order: ordered", "views: 0", "restart", "views: 0", "shown: 1"]
        found.append(Row(f"the sample answer create-{name}.json", known, 1, 1, [{"shape": {"sample": True}}],
        draft=draft, options=options))
        found.append(Row(f"the sample answer create-{name}.json without batchId", known, 1, 1, [
            {"shape": {"sample": True, "batch": False}}], draft=draft, options=options))
        lost = [{"shape": {"sample": True}, "answer": {"status": 504}}]
        found.append(unknown(f"a job as create-{name}.json shows it, its answer lost", lost[0], 1, ["candidates: 1"],
                             draft=draft, options=options))
        found.append(Row(f"a job as create-{name}.json shows it, its answer lost: It is this one", [
            "start", "order: not known yet", "candidates: 1", "this", "views: 0", "shown: 1", "restart", "views: 0",
            "shown: 1"], 1, 1, lost, draft=draft, options=options))
        if draft != DOWNLOAD:
            found.append(Row(f"the sample answer create-{name}.json says FINISHED: the target is still being restored",
                ["start", "order: ordered", "order: conflicting", "restart", "order: conflicting"], 1, 1,
                [{"shape": {"sample": True}}], draft=draft, options=options))
    return found


def bodies():
    job = '{"id": "{JOB-ID}", "statusName": "IN_PROGRESS"}'
    old = "60ee0000000000000000000%d"
    return [
        ordered("201 with the job", answer('{"results": [%s]}' % job, 201)),
        ordered("202 with the job", answer('{"results": [%s]}' % job, 202)),
        ordered("the job alone, not in a list", answer(job)),
        ordered("a bare list of jobs", answer("[%s]" % job)),
        unknown("200 with an empty body", answer(""), 1, ["candidates: 1"]),
        unknown("204 without anything", answer("", 204), 1),
        unknown("202 with an empty object", answer({}, 202), 1),
        unknown("200 with an empty list of jobs", answer({"results": [], "totalCount": 0}), 1),
        unknown("200 with an empty list of jobs, no job made", answer({"results": []}, create="never"), 0),
        unknown("200 in HTML", answer("<html>Please sign in</html>"), 1),
        unknown("200 in HTML, no job made", answer("<html>Please sign in</html>", create="never"), 0),
        unknown("200 with null", answer("null"), 1),
        unknown("200 with a number", answer("7"), 1),
        unknown("200 with the API's error document", answer({"error": 400, "errorCode": "X", "detail": "No."}), 1),
        unknown("200 with a job without its id", answer({"results": [{"statusName": "IN_PROGRESS"}]}), 1),
        unknown("200 with a job whose id is empty", answer({"results": [{"id": ""}]}), 1),
        unknown("200 with a job whose id is a number", answer({"results": [{"id": 7}]}), 1),
        Row("200 that names a job of before, the new one was made", [
            ("jobs", {"cluster": "orders", "body": {"delivery": {"methodName": "HTTP", "maxDownloads": 1},
                                                    "snapshotId": "60cc0000dda0000000000000"}}),
            "start", "order: not known yet", "order: conflicting", "views: 1", "candidates: 1", "restart", "views: 1",
            "order: conflicting"], 1, 1,
            [answer('{"results": [{"id": "60ff00000000000f00000001", "statusName": "IN_PROGRESS"}]}')]),
        Row("200 that names a job of before and the new one", [
            ("jobs", {"cluster": "orders", "body": {"delivery": {"methodName": "HTTP", "maxDownloads": 1},
                                                    "snapshotId": "60cc0000dda0000000000000"}}),
            "start", "order: ordered", "order: conflicting", "restart", "order: conflicting"], 1, 1,
            [answer('{"results": [{"id": "60ff00000000000f00000001"}, %s]}' % job)]),
        ordered("200 in chunks", {"framing": "chunked"}),
        ordered("200 without a length", {"framing": "close"}),
        ordered("200 without a length, reset behind its end", {"framing": "close", "end": "reset"}),
        ordered("a sharded cluster: three jobs of one batch", {}, draft="snapshot big big"),
        ordered("a sharded cluster: the answer names one of three jobs", {"shape": {"answer_jobs": 1}},
                draft="snapshot big big"),
        ordered("a sharded cluster: three jobs without batchId", {"shape": {"batch": False}}, draft="snapshot big big"),
        unknown("a sharded cluster: the answer is lost", {"answer": {"status": 504}}, 1, ["candidates: 1"],
                draft="snapshot big big"),
    ]


def whole_answer(server, body, cluster, shape):
    """Head size and body of the answer that this order gets."""
    server.reset()
    server.control("posts", posts=[{"shape": shape}])
    request = urllib.request.Request(server.api + server.path(cluster, "/restoreJobs"), json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    with server.opener.open(request, timeout=30) as got:
        text = got.read()
    head = [post for post in server.state()["posts"] if post["authorised"]][0]["head_size"]
    server.reset()
    return head, text


def cuts(server):
    """The answer is cut at every 64 bytes, of its head too. Named is a job as soon as its id or its batch stands
    there."""
    big = {**server.restore("big"), "snapshotId": server.facts["snapshots"]["big"][0]}
    found = []
    for what, cluster, draft, body, shape in (
            ("an answer", "orders", RESTORE, server.restore(), {}),
            ("an answer as create-snapshot.json", "orders", RESTORE, server.restore(), {"sample": True}),
            ("an answer as create-http.json", "orders", DOWNLOAD, server.download(), {"sample": True}),
            ("an answer with three jobs", "big", "snapshot big big", big, {})):
        head, text = whole_answer(server, body, cluster, shape)
        job = json.loads(text)["results"][0]
        ends = [text.index(b'"' + job[name].encode() + b'"') + 26 for name in ("id", "batchId") if name in job]
        for at in range(0, head + len(text), STEP):
            plan = {"shape": shape, "cut": at, "end": "reset" if at % (2 * STEP) else "close"}
            named = [end for end in ends if head + end <= at]
            name = f"{what} of {head + len(text)} bytes is cut after {at}"
            if not named:
                found.append(Row(name, ["start", "order: not known yet", "order: conflicting", "restart", "views: 1",
                                        "order: conflicting"], 1, 1, [plan], draft=draft))
            elif head + ends[0] <= at:
                again = [] if draft == DOWNLOAD else ["order: conflicting"]
                state = text.find(b'"statusName": "IN_PROGRESS"') + 27
                found.append(Row(name, ["start", "order: ordered", *again, "restart", *again, "views: 0", "shown: 1"],
                                 1, 1, [plan], draft=draft))
            else:  # the batch alone: known at once, or as soon as the list is read
                found.append(Row(name + ", which names the batch alone", ["start", "begin", "wait", "views: 0",
                                 "shown: 1",
                                 "restart", "views: 0", "shown: 1"], 1, 1, [plan], draft=draft))
    return found


def rows(server):
    return [*samples(), *bodies(), *cuts(server)]
