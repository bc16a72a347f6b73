"""Every class of answer to the POST: which of the three ends it is."""

from order_rows import DOWNLOAD, RESTORE, Row, ordered, refused, unknown

HTML = {"body": "<html><body>Gateway</body></html>", "headers": {"Content-Type": "text/html"}}
DOCUMENT = {"detail": "Refused by the test.", "error": 400, "errorCode": "INVALID_ATTRIBUTE", "parameters": [],
            "reason": "Refused"}


def html(status, **headers):
    return {"answer": {**HTML, "status": status, "headers": {**HTML["headers"], **headers}}, "create": "never"}


def document(status, **more):
    return {"answer": {"status": status, "body": {**DOCUMENT, "error": status, **more}}, "create": "never"}


def made(plan):
    """The same answer, but the restore was ordered before it."""
    return {**plan, "create": "before"}


def statuses():
    found = []
    for status in (500, 502, 503, 504, 599):
        found.append(unknown(f"{status} in HTML, the job was made", made(html(status)), 1, ["candidates: 1"]))
        found.append(unknown(f"{status} in HTML, no job", html(status), 0))
        found.append(unknown(f"{status} with the API's error document, the job was made", made(document(status)), 1))
        found.append(unknown(f"{status} with the API's error document, no job", document(status), 0))
    for status in (301, 302, 303, 307, 308):
        found.append(unknown(f"{status} elsewhere, the job was made",
                             made(html(status, Location="http://elsewhere.example.net/")), 1))
    found.append(unknown("304 without anything, no job", {"answer": {"status": 304}, "create": "never"}, 0))
    for status in (407, 408, 425, 499):
        found.append(unknown(f"{status} with the API's error document, the job was made", made(document(status)), 1))
        found.append(unknown(f"{status} in HTML, no job", html(status), 0))
    for status in (400, 402, 403, 404, 405, 409, 410, 413, 415, 422, 429, 451):
        found.append(refused(f"{status} with the API's error document", document(status)))
        found.append(unknown(f"{status} in HTML, the job was made", made(html(status)), 1))
    found.append(unknown("429 with Retry-After and an empty body, no job", {
        "answer": {"status": 429, "headers": {"Retry-After": "1"}}, "create": "never"}, 0))
    return found


def documents():
    return [
        refused("400 with errorCode alone", {"answer": {"status": 400, "body": {"errorCode": "X"}}, "create": "never"}),
        refused("400 with error and detail, without errorCode", {
            "answer": {"status": 400, "body": {"error": 400, "detail": "No."}}, "create": "never"}),
        unknown("400 with detail alone, the job was made", {"answer": {"status": 400, "body": {"detail": "No."}}}, 1),
        unknown("400 with error alone, no job", {"answer": {"status": 400, "body": {"error": 400}}, "create": "never"},
        0), unknown("403 with an object of a gateway, the job was made", {
            "answer": {"status": 403, "body": {"message": "Forbidden"}}}, 1),
        unknown("404 with an empty body, the job was made", {"answer": {"status": 404}}, 1),
        unknown("400 with a list, no job", {"answer": {"status": 400, "body": [DOCUMENT]}, "create": "never"}, 0),
        unknown("400 whose error document is cut, the job was made", {**made(document(400)), "cut_body": 30}, 1),
        unknown("400 whose error document lacks its last byte, the job was made", {**made(document(400)), "cut": -1},
        1), refused("400 with the API's error document in chunks", {**document(400), "framing": "chunked"}),
        unknown("500 whose body breaks off, the job was made", {**made(html(500)), "cut_body": 5}, 1,
                ["details: 500"]),
        unknown("504 whose body breaks off, no job", {**html(504), "cut_body": 5}, 0, ["details: 504"]),
        unknown("400 in HTML whose body breaks off, no job", {**html(400), "cut_body": 5}, 0),
        refused("a refusal of the API itself", {"error": {"status": 404, "code": "SNAPSHOT_NOT_FOUND"}}),
        refused("a refusal of the API itself in chunks", {
            "error": {"status": 403, "code": "USER_UNAUTHORIZED"}, "framing": "chunked"}),
    ]


def challenges():
    return [
        unknown("401 without a challenge, the job was made", {"answer": {"status": 401, "body": DOCUMENT}}, 1),
        unknown("401 without a challenge, no job", {"challenge": "bare"}, 0),
        unknown("401 without a challenge in HTML, no job", html(401), 0),
        refused("401 with a Basic challenge in HTML", html(401, **{"WWW-Authenticate": 'Basic realm="gateway"'})),
        Row("a Digest challenge to the POST, then 200", ["start", "order: ordered", "sendings: 2", "order: conflicting",
            "restart", "order: conflicting"], 1, 1, [{"challenge": True}]),
        Row("a Digest challenge to the POST, twice", ["start", "order: not ordered", "sendings: 2", "posts: 2",
            "order: ordered", "order: conflicting"], 1, 1, [{"challenge": True}, {"challenge": True}]),
        Row("a Digest challenge to the POST, then 504 and the job", ["start", "order: not known yet", "sendings: 2",
            "order: conflicting", "restart", "views: 1", "details: Sent again", "order: conflicting"], 1, 1,
            [{"challenge": True}, {"answer": {"status": 504}}]),
        Row("a Digest challenge to the POST, then the connection is lost with the job made", ["start",
            "order: not known yet", "sendings: 2", "order: conflicting", "restart", "order: conflicting"], 1, 1,
            [{"challenge": True}, {"cut": 0}]),
        Row("a Digest challenge to the POST, then it is reset unread", ["start", "order: not known yet", "sendings: 2",
            "order: conflicting", "restart", "order: conflicting"], 0, 1, [{"challenge": True}, {"drop": "unread"}]),
        Row("a Digest challenge to the POST whose body has no length", ["start", "order: ordered", "sendings: 2",
            "order: conflicting"], 1, 1, [{"challenge": True, "framing": "close"}]),
        Row("the connection is lost after the first of two sendings: the answer's head never comes", ["start",
            "order: not known yet", "sendings: 1", "order: conflicting", "restart", "order: conflicting"], 0, 1,
            [{"challenge": True, "cut": 40}]),
        Row("cancelled too late, between a challenge and the second sending", ["start", "begin", "holding: x", "cancel: no",
            "release: x", "wait: ordered", "sendings: 2"], 1, 1, [{"challenge": True, "hold": "x"}]),
        Row("nonces that serve one request", ["start", "order: ordered", "order: conflicting", "restart",
            "order: conflicting"], 1, 1, options={"nonce_uses": 1}),
        Row("nonces that serve one request, and the answer is lost", ["start", "order: not known yet",
            "order: conflicting",
            "restart", "views: 1", "order: conflicting"], 1, 1, [{"cut": 0}], options={"nonce_uses": 1}),
        Row("nonces that serve two requests, and a gateway error with the job made", ["start", "order: not known yet",
            "order: conflicting", "restart", "views: 1", "order: conflicting"], 1, 1, [{"answer": {"status": 502}}],
            options={"nonce_uses": 2}),
        ordered("a server without qop", {}, options={"qop": False}),
        ordered("a server without authentication", {}, options={"auth": "none"}),
    ]


def envelopes():
    """The connection asks for envelopes: the status that counts stands in the body."""
    job = '{"id": "{JOB-ID}", "statusName": "IN_PROGRESS", "clusterId": "60cc000000000000000000a0"}'
    asked = {"times": (10000, 200, 1000, 5, "envelope")}
    wrapped = lambda content, status: {"answer": {"body": f'{{"content": {content}, "status": {status}}}'}}
    refusal = '{"detail": "No.", "error": 400, "errorCode": "INVALID_ATTRIBUTE"}'
    return [
        ordered("an envelope of 200 around the jobs", wrapped('{"results": [%s]}' % job, 200), **asked),
        ordered("an envelope of 201 around the job", wrapped(job, 201), **asked),
        unknown("an envelope of 500 around a job", wrapped('{"results": [%s]}' % job, 500), 1, **asked),
        unknown("an envelope of 504 around nothing", wrapped("{}", 504), 1, **asked),
        unknown("an envelope of 408 around the error document", wrapped(refusal, 408), 1, **asked),
        refused("an envelope of 400 around the error document", {**wrapped(refusal, 400), "create": "never"}, **asked),
        unknown("an envelope of 400 around something else", wrapped('{"message": "No."}', 400), 1, **asked),
        unknown("an envelope of 200 in an answer of 502", {"answer": {"status": 502, "body": wrapped(
            '{"results": [%s]}' % job, 200)["answer"]["body"]}}, 1, **asked),
        unknown("an envelope that is cut before the job", {**wrapped('{"results": [%s]}' % job, 200), "cut_body": 30},
                1, **asked),
        ordered("an envelope that is cut behind the job", {**wrapped('{"results": [%s]}' % job, 200), "cut_body": -5},
                **asked),
        ordered("no envelope, though one was asked for", {}, **asked),
        ordered("an envelope that nobody asked for", wrapped('{"results": [%s]}' % job, 200)),
    ]


def rows(_):
    return [*statuses(), *documents(), *challenges(), *envelopes()]
