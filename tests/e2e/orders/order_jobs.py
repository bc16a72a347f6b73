"""The restore jobs of order_server.py: how a request becomes jobs, which of them count as ordered, and when they are
seen.

A shape says how the jobs of an order look. Every field may be left out:

    sample          true: as the documentation's own sample answers (samples/create-*.json), byte for byte with ids put
                    in; their times are of 2018 and 2020, unless created_now is true
    without         paths of fields left out: ["batchId", "delivery.methodName"]
    with            fields set by path: {"delivery.url": "https://…", "pointInTime": true}
    batch           true or false: whether a batch is named (default: as the documentation says, for sharded clusters)
    answer_jobs     how many jobs of a batch the create answer names (default all)
    finished        true: FINISHED and, for a download, READY with a link at once
    target_told     true: delivery.targetGroupId and targetClusterId stand in an automated job
    created_offset  seconds added to `created`, beside the clock's offset
"""

import json
import os
import threading

import order_estate as estate

SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "samples")


class Refused(Exception):
    """The API's own error document."""

    def __init__(self, status, code, detail, parameters=()):
        super().__init__(code)
        self.status = status
        self.document = {"detail": detail, "error": status, "errorCode": code, "parameters": list(parameters),
                         "reason": {400: "Bad Request", 404: "Not Found", 409: "Conflict"}.get(status, "Error")}


def kind_of(body):
    """Which of the documented requests this is: also the name of its sample answer."""
    if body["delivery"]["methodName"] == "HTTP":
        return "http"
    for field, kind in (("snapshotId", "snapshot"), ("oplogTs", "oplog"), ("pointInTimeUTCMillis", "point-in-time"),
                        ("checkpointId", "checkpoint")):
        if field in body:
            return kind
    raise Refused(400, "MISSING_ATTRIBUTE", "The required attribute snapshotId was not specified.", ["snapshotId"])


def check(body, cluster):
    """Refuses what the documentation refuses: unknown fields, missing ones, ids that do not exist."""
    if not isinstance(body, dict) or not isinstance(body.get("delivery"), dict):
        raise Refused(400, "MISSING_ATTRIBUTE", "The required attribute delivery was not specified.", ["delivery"])
    known = {"delivery", "snapshotId", "oplogTs", "oplogInc", "pointInTimeUTCMillis", "checkpointId"}
    known_delivery = {"HTTP": {"methodName", "expires", "expirationHours", "maxDownloads"},
                      "AUTOMATED_RESTORE": {"methodName", "targetGroupId", "targetClusterId"}}
    delivery = body["delivery"]
    if delivery.get("methodName") not in known_delivery:
        raise Refused(400, "INVALID_ENUM_VALUE", "An invalid enumeration value was given for methodName.",
            ["methodName"])
    for name in [*(set(body) - known), *(set(delivery) - known_delivery[delivery["methodName"]])]:
        raise Refused(400, "INVALID_ATTRIBUTE", f"Invalid attribute {name} specified.", [name])
    if "snapshotId" in body and body["snapshotId"] not in estate_ids(cluster):
        raise Refused(404, "SNAPSHOT_NOT_FOUND", f"No snapshot with ID {body['snapshotId']} exists.",
            [body["snapshotId"]])
    if delivery["methodName"] == "HTTP":
        if "snapshotId" not in body or "maxDownloads" not in delivery:
            raise Refused(400, "MISSING_ATTRIBUTE",
                "The required attribute maxDownloads or snapshotId was not specified.")
        return
    target = estate.cluster_name(delivery.get("targetClusterId"))
    if target is None or estate.PROJECTS[estate.CLUSTERS[target][0]] != delivery.get("targetGroupId"):
        raise Refused(404, "CLUSTER_NOT_FOUND", "No such target cluster.", [str(delivery.get("targetClusterId"))])


def estate_ids(cluster):
    return estate.Estate(0).snapshot_ids(cluster)


def put(document, path, value):
    *way, last = path.split(".")
    for step in way:
        document = document.setdefault(step, {})
    document[last] = value


def take(document, path):
    *way, last = path.split(".")
    for step in way:
        document = document.get(step, {})
    document.pop(last, None)


class Order:
    """What one handling of a POST makes: its jobs, not yet in any list."""

    def __init__(self, jobs, batch, answer):
        self.jobs, self.batch, self.answer = jobs, batch, answer
        self.ids = [job["id"] for job in jobs]


class Jobs:
    """All jobs of the server. `clock` gives the server's time in seconds."""

    def __init__(self, clock):
        self.lock = threading.RLock()
        self.clock, self.serial, self.all, self.orders = clock, 0, [], []

    def new_id(self, kind="f"):
        with self.lock:
            self.serial += 1
            return f"60ff00000000000{kind}{self.serial:08x}"

    def prepare(self, cluster, body, shape, host):
        """The order that this request would make: its jobs and the create answer's bytes."""
        kind = kind_of(body)
        project = estate.PROJECTS[estate.CLUSTERS[cluster][0]]
        top = estate.CLUSTERS[cluster][1]
        batch = self.new_id("b") if shape.get("batch",
        bool(estate.CLUSTERS[cluster][2]) or shape.get("sample")) else None
        created = self.clock() + shape.get("created_offset", 0)
        snapshot = body.get("snapshotId") or estate_ids(cluster)[0]
        jobs = []
        for own, _, replica_set in estate.parts_of(cluster):
            one = self.new_id()
            if shape.get("sample"):
                text = self.sample(kind, {"PROJECT-ID": project, "CLUSTER-ID": own, "CLUSTER-NAME": cluster,
                                          "BATCH-ID": batch or "", "RESTORE-JOB-ID": one, "JOB-ID": one,
                                          "SNAPSHOT-ID": snapshot, "OPSMANAGER-HOST": host[0], "PORT": str(host[1])})
                job = json.loads(text)["results"][0]
                if shape.get("created_now"):
                    job["created"] = estate.iso(created)
            else:
                text = None
                job = self.plain(one, project, own, replica_set, batch, body, kind, created, shape)
            if shape.get("batch") is False or not batch:
                job.pop("batchId", None)
                text = None
            if shape.get("with") or shape.get("without") or shape.get("created_now"):
                text = None
            for path, value in shape.get("with", {}).items():
                put(job, path, value)
            for path in shape.get("without", []):
                take(job, path)
            jobs.append((one, job))
        named = [job for _, job in jobs][:shape.get("answer_jobs", len(jobs))]
        answer = {"links": [{"href": f"/groups/{project}/clusters/{top}/restoreJobs", "rel": "self"}],
                  "results": named, "totalCount": len(named)}
        written = text if text and len(named) == 1 else json.dumps(answer)
        return Order([{**job, "id": one} for one, job in jobs], batch, written)

    def sample(self, kind, values):
        with open(os.path.join(SAMPLES, f"create-{kind}.json"), encoding="utf-8") as file:
            text = file.read()
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)
        return text

    def plain(self, one, project, own, replica_set, batch, body, kind, created, shape):
        delivery = {"methodName": "HTTP", "statusName": "NOT_STARTED"}
        job = {"clusterId": own, "created": estate.iso(created), "delivery": delivery, "encryptionEnabled": False,
               "groupId": project, "id": one, "links": [], "statusName": "IN_PROGRESS"}
        if batch:
            job["batchId"] = batch
        if kind == "checkpoint":
            job["checkpointId"] = body["checkpointId"]
            job["timestamp"] = estate.timestamp(created - 3600)
        elif kind in ("http", "snapshot"):
            job["snapshotId"] = body["snapshotId"]
            job["timestamp"] = estate.timestamp(created - 3600)
            job["pointInTime"] = False
        else:
            seconds = int(body["oplogTs"]) if kind == "oplog" else int(body["pointInTimeUTCMillis"]) // 1000
            job["timestamp"] = estate.timestamp(seconds, int(body.get("oplogInc", 1)))
            job["pointInTime"] = True
        if kind == "http":
            wanted = body["delivery"]
            hours = int(wanted.get("expirationHours", 1))
            delivery.update({"maxDownloads": int(wanted["maxDownloads"]), "expirationHours": hours,
                             "expires": wanted.get("expires") or estate.iso(created + hours * 3600)})
        elif shape.get("target_told"):
            delivery.update({name: body["delivery"][name] for name in ("targetGroupId", "targetClusterId")})
        if shape.get("finished"):
            job["statusName"], delivery["statusName"] = "FINISHED", "READY"
            if kind == "http":
                archive = f"{replica_set}-{one}.tar.gz"
                delivery["url"] = f"https://backup.example.net/backup/restore/v2/pull/{one}/a2V5/{archive}"
        return job

    def commit(self, order, cluster, body, request, visible_after=0, foreign=False):
        """From now on the order counts. Its jobs are listed after `visible_after` seconds; None: not until `show`."""
        with self.lock:
            seen_from = None if visible_after is None else self.clock() + visible_after
            entry = {"order": len(self.orders) + 1, "cluster": cluster, "jobs": order.ids, "batch": order.batch,
                     "body": body, "foreign": foreign, "time": self.clock(), "seen_from": seen_from, **request}
            self.orders.append(entry)
            for job in order.jobs:
                self.all.append({"document": job, "cluster": cluster, "entry": entry})

    def show(self):
        with self.lock:
            for entry in self.orders:
                entry["seen_from"] = entry["seen_from"] if entry["seen_from"] is not None else self.clock()

    def listed(self, cluster_id, batch=None):
        """Newest first, as everybody sees them now."""
        name = estate.cluster_name(cluster_id)
        whole = estate.CLUSTERS[name][1] == cluster_id
        with self.lock:
            return [job["document"] for job in reversed(self.all)
                    if job["cluster"] == name and job["entry"]["seen_from"] is not None
                    and job["entry"]["seen_from"] <= self.clock()
                    and (whole or job["document"].get("clusterId") == cluster_id)
                    and (batch is None or job["document"].get("batchId") == batch)]

    def change(self, ids, fields):
        with self.lock:
            for job in self.all:
                if ids is None or job["document"]["id"] in ids:
                    for path, value in fields.items():
                        put(job["document"], path, value)
