"""The order and its answer on the way: created before, after, never or late; lost at each point; sent twice; refused as
a concurrent restore; slow; and reading that fails before the POST."""

from order_rows import DOWNLOAD, RESTORE, Row, ordered, refused, unknown, unsent

GATEWAY = {"answer": {"status": 504, "body": "<html>Gateway Timeout</html>", "headers": {"Content-Type": "text/html"}}}
SOURCE_JOBS = r"60cc000000000000000000a0/restoreJobs(\?|$)"
OLD = {"cluster": "orders", "body": {"delivery": {"methodName": "HTTP", "maxDownloads": 1},
                                     "snapshotId": "60cc0000dda0000000000001"}}
LATE = {**GATEWAY, "create": "late", "late_hold": "job"}


def late():
    """The gateway answers 504 at once and the job appears later."""
    found = []
    for draft, what in ((RESTORE, "a restore"), (DOWNLOAD, "a download"), ("snapshot big big", "a sharded restore"),
                        ("time orders staging", "a point in time"), ("oplog orders staging", "an oplog timestamp"),
                        ("snapshot orders rehearsal", "a restore to another project")):
        found.append(Row(f"504 at once, the job appears later: {what}", [
            "start", "order: not known yet", "order: conflicting", "views: 1", "release: job", "created: 1",
            "candidates: 1", "order: conflicting", "restart", "views: 1", "candidates: 1", "order: conflicting"],
            1, 1, [LATE], draft=draft))
    found += [
        Row("504 at once, killed, the job appears while the program is away", [
            "start", "order: not known yet", "kill", "release: job", "created: 1", "start", "views: 1", "candidates: 1",
            "order: conflicting"], 1, 1, [LATE]),
        Row("504 at once, ordered again three times, the job appears after that", [
            "start", "order: not known yet", "order: conflicting", "order: conflicting", "order: conflicting",
            "release: job", "created: 1", "candidates: 1", "order: conflicting"], 1, 1, [LATE]),
        Row("504 at once, the job is made and lists show it only later", [
            "start", "order: not known yet", "views: 1", "candidates: 0", "order: conflicting", "restart",
            "order: conflicting", "show", "candidates: 1", "order: conflicting"], 1, 1,
            [{**GATEWAY, "visible_after": None}], options={"events": "none"}),
        Row("504 at once, no job for as long as is looked: it never becomes not ordered", [
            "start", "order: not known yet", "look", "sleep: 1", "look", "sleep: 1", "look", "sleep: 1", "views: 1",
            "candidates: 0", "details: That proves nothing yet", "order: conflicting", "restart", "views: 1",
            "order: conflicting"], 0, 1, [{**GATEWAY, "create": "never"}]),
        Row("the job is made after the answer", ["start", "order: ordered", "order: conflicting", "restart",
            "order: conflicting"], 1, 1, [{"create": "after"}]),
        Row("the answer names the job, lists show it only later", ["start", "order: ordered", "order: conflicting",
            "restart", "order: conflicting", "show", "shown: 1", "order: conflicting"], 1, 1, [{"visible_after": None}]),
        Row("two hours pass on the server's clock before it appears", ["start", "order: not known yet", "release: job",
            "candidates: 1", "order: conflicting"], 1, 1, [{**LATE, "shape": {"created_offset": 7200}}]),
        Row("its job is dated an hour before the POST", ["start", "order: not known yet", "candidates: 1",
            "order: conflicting", "restart", "order: conflicting"], 1, 1, [{**GATEWAY,
                "shape": {"created_offset": -3600}}]),
        Row("the server's clock is a day behind", ["start", "order: not known yet", "candidates: 1",
            "order: conflicting", "restart", "order: conflicting"], 1, 1, [GATEWAY], options={"clock_offset": -86400}),
        Row("the server's clock is a day ahead", ["start", "order: not known yet", "candidates: 1",
            "order: conflicting", "restart", "order: conflicting"], 1, 1, [GATEWAY], options={"clock_offset": 86400}),
    ]
    return found


def lost():
    found = []
    for end in ("close", "reset"):
        found += [
            unknown(f"the connection ends by {end} before the body is read", {"drop": "head", "end": end}, 0),
            unknown(f"the connection ends by {end} when the body was read, no job", {
                "drop": "body", "end": end, "create": "never"}, 0),
            unknown(f"the connection ends by {end} when the body was read, the job was made", {
                "drop": "body", "end": end}, 1, ["candidates: 1"]),
            unknown(f"the connection ends by {end} when the body was read, the job is made afterwards", {
                "drop": "body", "end": end, "create": "after"}, 1, ["candidates: 1"]),
            unknown(f"the connection ends by {end} when the body was read, the job appears later", {
                "drop": "body", "end": end, "create": "late", "late_hold": "job"}, 1,
                ["release: job", "created: 1", "candidates: 1"]),
        ]
    found += [
        unknown("the connection is reset before anything is read", {"drop": "unread"}, 0),
        unknown("a body that is one byte short", {"cut": -1, "answer": {"body": '{"results": ["{JOB-ID}"]}'}}, 1),
        Row("no answer until the program gives up, the job was made", ["start", "order: not known yet",
            "order: conflicting", "restart", "views: 1", "candidates: 1", "order: conflicting"], 1, 1,
            [{"hold": "never"}], times=(10000, 200, 1000, 1)),
        Row("no answer until the program gives up, no job", ["start", "order: not known yet", "order: conflicting",
            "restart", "views: 1", "order: conflicting"], 0, 1, [{"hold": "never", "create": "never"}],
            times=(10000, 200, 1000, 1)),
        Row("no answer until the program gives up, the job is made afterwards", ["start", "order: not known yet",
            "order: conflicting", "release: never", "created: 1", "candidates: 1", "order: conflicting", "restart",
            "order: conflicting"], 1, 1, [{"hold": "never", "create": "after"}], times=(10000, 200, 1000, 1)),
        Row("the answer pauses behind its head until the program gives up", ["start", "order: not known yet",
            "order: conflicting", "restart", "views: 1", "order: conflicting"], 1, 1, [{"hold": "never",
            "pause_at": 300}], times=(10000, 200, 1000, 1)),
        Row("a slow answer names the job", ["start", "order: ordered", "order: conflicting", "restart",
            "order: conflicting"], 1, 1, [{"delay": 1.5}], times=(1000, 200, 1000, 5)),
        Row("killed while the answer is waited for, the job was made", ["start", "begin", "holding: x", "views: 1",
            "kill", "start", "views: 1", "candidates: 1", "order: conflicting"], 1, 1, [{"hold": "x"}]),
        Row("killed while the answer is waited for, no job", ["start", "begin", "holding: x", "kill", "start",
            "views: 1",
            "details: ended before the answer came", "order: conflicting"], 0, 1, [{"hold": "x", "create": "never"}]),
        Row("killed while the answer is waited for, the job appears afterwards", ["start", "begin", "holding: x",
            "kill",
            "start", "views: 1", "order: conflicting", "release: job", "candidates: 1", "order: conflicting"], 1, 1,
            [{"hold": "x", "create": "late", "late_hold": "job"}]),
        Row("the program ends while the answer is waited for", ["start", "begin", "holding: x", "quit", "start",
            "views: 1",
            "details: closed the connection before the answer came", "order: conflicting"], 1, 1, [{"hold": "x"}]),
        Row("a second click while the answer is waited for", ["start", "begin", "holding: x", "B start",
            "B order: conflicting", "release: x", "wait: ordered"], 1, 1, [{"hold": "x"}]),
        Row("a second click in the same program while the answer is waited for", ["start", "begin", "holding: x",
            "order: busy", "release: x", "views: 0", "shown: 1", "order: conflicting"], 1, 1, [{"hold": "x"}]),
        Row("cancelled too late: it has left", ["start", "begin", "holding: x", "cancel: no", "release: x",
            "wait: ordered", "order: conflicting"], 1, 1, [{"hold": "x"}]),
    ]
    return found


def concurrent():
    return [
        Row("the gateway sends it twice and the API takes both: the two jobs are one order", ["start", "order: ordered",
            "posts: 1", "order: conflicting", "restart", "order: conflicting"], 2, 1, [{"times": 2}]),
        unknown("the gateway sends it twice, the second is refused with our own job's id", {"refuse_second": True}, 1,
                ["candidates: 1", "mentioned: 1"]),
        unknown("CONCURRENT_RESTORES_JOB_IDS without ids, no job", {"concurrent": True}, 0),
        unknown("CONCURRENT_RESTORES_JOB_IDS with an id that no list shows",
        {"concurrent": ["60ee00000000000000000009"]}, 0),
        Row("CONCURRENT_RESTORES_JOB_IDS with an id of the list before", [
            ("jobs", OLD), "start", "order: not ordered", "views: 0", "order: ordered", "order: conflicting"], 1, 1,
            [{"concurrent": ["60ff00000000000f00000001"]}]),
        Row("CONCURRENT_RESTORES_JOB_IDS with an id of the list before and a new one", [
            ("jobs", OLD), "start", "order: not known yet", "order: conflicting", "restart", "views: 1",
            "order: conflicting"], 0, 1, [{"concurrent": ["60ff00000000000f00000001", "60ee00000000000000000009"]}]),
        Row("CONCURRENT_RESTORES_JOB_IDS that names the old job in its detail alone", [
            ("jobs", OLD), "start", "order: not ordered", "order: ordered", "order: conflicting"], 1, 1, [
            {"error": {"status": 409, "code": "CONCURRENT_RESTORES_JOB_IDS",
                       "detail": "Concurrent with 60ff00000000000f00000001."}}]),
        Row("CONCURRENT_RESTORES_JOB_IDS that names the old job in its parameters alone", [
            ("jobs", OLD), "start", "order: not ordered", "order: ordered", "order: conflicting"], 1, 1, [
            {"error": {"status": 409, "code": "CONCURRENT_RESTORES_JOB_IDS", "detail": "Another restore runs.",
                       "parameters": ["60ff00000000000f00000001"]}}]),
        Row("CONCURRENT_RESTORES_JOB_IDS with an old id in its parameters and a new one in its detail", [
            ("jobs", OLD), "start", "order: not known yet", "order: conflicting", "restart", "order: conflicting"], 0,
            1, [
            {"error": {"status": 409, "code": "CONCURRENT_RESTORES_JOB_IDS", "parameters": ["60ff00000000000f00000001"],
                       "detail": "Concurrent with 60ee00000000000000000009."}}]),
    ]


def reading():
    """What the order rests on cannot be read."""
    back = ("rules", {"rules": []})
    fault = lambda **more: ("rules", {"rules": [{"path": SOURCE_JOBS, **more}]})
    again = [back, "order: ordered", "posts: 1", "order: conflicting"]
    blocked = {
        "answers 403 with the error document": fault(error={"status": 403, "code": "USER_UNAUTHORIZED"}),
        "answers 404": fault(error={"status": 404, "code": "CLUSTER_NOT_FOUND"}),
        "answers HTML": fault(answer={"status": 200, "body": "<html>Sign in</html>"}),
        "answers 302": fault(answer={"status": 302, "headers": {"Location": "http://elsewhere.example.net/"}}),
        "answers null": fault(answer={"status": 200, "body": "null"}),
        "answers an object without results": fault(answer={"status": 200, "body": {}}),
        "never ends": fault(endless=True),
        "is reset": fault(drop="unread"),
    }
    found = [unsent(f"the job list {what}: nothing leaves", [rule, "order: not sent"], again) for what, rule in
             blocked.items()]
    # What a retry may mend is asked again for as long as the person waits.
    for what, rule in {"answers 500": fault(answer={"status": 500, "body": "x"}), "is cut": fault(cut_body=9),
                       "hangs": fault(hold="list")}.items():
        found.append(Row(f"the job list {what} before the POST: nothing leaves", [
            "start", rule, "late: wait", "begin", "sleep: 1", "posts: 0", "cancel: yes", "wait: cancelled", "posts: 0",
            back, "release: list", "restart", "order: ordered", "posts: 1", "order: conflicting"], 1, 1,
            times=(500, 200, 1000, 3)))
    found += [
        unsent("two hundred pages of jobs and more: nothing leaves", [
            ("jobs", {**OLD, "count": 205}), "order: not sent",
            fault(answer={"status": 200, "body": {"results": [], "totalCount": 0}})],
            options={"page_cap": 1}, told=0),  # more than two hundred pages are never read, so no list shows it
        Row("a list of two pages is read to its end", [("jobs", {**OLD, "count": 3}), "start", "order: not known yet",
            "order: conflicting", "restart", "candidates: 1", "order: conflicting"], 1, 1, [GATEWAY],
                options={"page_cap": 2}),
        Row("the second page of the list answers 403", [("jobs", {**OLD, "count": 3}), "start",
            ("rules", {"rules": [{"path": "pageNum=2", "error": {"status": 403, "code": "USER_UNAUTHORIZED"}}]}),
            "order: not sent", "posts: 0", back, "order: ordered", "order: conflicting"], 1, 1,
                options={"page_cap": 2}),
        Row("no connection at all before the POST: nothing leaves", ["start",
            ("rules", {"rules": [{"path": ".", "drop": "unread", "any_auth": True}]}), "late: wait", "begin",
            "sleep: 1",
            "cancel: yes", "wait: cancelled", "posts: 0", back, "restart", "order: ordered", "order: conflicting"], 1,
            1, times=(500, 200, 1000, 3)),
    ]
    return found


def rows(_):
    return [*late(), *lost(), *concurrent(), *reading()]
