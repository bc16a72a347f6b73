"""Orders that end otherwise than one hopes: late, twice, in the documentation's form, refused beside another, slow."""

import json
import os
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from demo_support import Cloud, main, target, wait_until

SAMPLES = Path(__file__).resolve().parents[2] / "app/demo/samples"


def automated(cloud, **point):
    return {"delivery": target(cloud, "drill"), **(point or {"snapshotId": cloud.snapshot("ledger")["id"]})}


def download(cloud, cluster="ledger"):
    return {"delivery": {"methodName": "HTTP", "expirationHours": 4, "maxDownloads": 3},
            "snapshotId": cloud.snapshot(cluster)["id"]}


class Started(unittest.TestCase):
    def started(self, *switches):
        other = Cloud(*switches)
        self.addCleanup(other.stop)
        return other


class LateAndTwice(Started):
    def test_late_jobs(self):
        late = self.started("--late-jobs", "1.5", "--event-delay", "0")
        before = len(late.jobs("ledger"))
        sent = time.monotonic()
        answer = late.restore("ledger", automated(late))
        self.assertEqual((answer.status, answer.json["error"], answer.code), (504, 504, None))
        listed = len(late.jobs("ledger"))
        if time.monotonic() - sent < 1.5:
            self.assertEqual(listed, before)
        self.assertTrue(wait_until(lambda: len(late.jobs("ledger")) == before + 1))
        self.assertGreaterEqual(time.monotonic() - sent, 1.4)
        # Every order, and nothing else that is posted below the same path.
        self.assertEqual(late.restore("ledger", download(late)).status, 504)
        ranges = late.curl(late.path("ledger", "/restoreJobs/restorableTimeRanges"), "--request", "POST")
        self.assertEqual(ranges.status, 200)
        self.assertTrue(wait_until(lambda: len(late.jobs("ledger")) == before + 2))

    def test_late_by_a_rule(self):
        before = len(cloud.jobs("ledger"))
        self.assertEqual(cloud.fault("POST /restoreJobs$=late:0.5").status, 200)
        self.assertEqual([cloud.restore("ledger", download(cloud)).status for _ in range(2)], [504, 200])
        self.assertTrue(wait_until(lambda: len(cloud.jobs("ledger")) == before + 2))
        # A late order that is refused makes no job.
        cloud.fault("POST /restoreJobs$=late:0")
        self.assertEqual(cloud.restore("ledger", {"delivery": {}}).status, 504)
        self.assertEqual(len(cloud.jobs("ledger")), before + 2)

    def test_twice(self):
        before = {job["id"] for job in cloud.jobs("ledger")}
        cloud.fault("POST /restoreJobs$=twice")
        answer = cloud.restore("ledger", download(cloud))
        made = [job["id"] for job in cloud.jobs("ledger") if job["id"] not in before]
        self.assertEqual((answer.status, len(made)), (200, 2))
        self.assertIn(answer.json["results"][0]["id"], made)
        posts = [r for r in cloud.requests() if r["method"] == "POST" and r["status"] == 200]
        self.assertEqual(posts[-1]["target"].rsplit("/", 1)[1], "restoreJobs")

    def test_twice_where_others_are_refused(self):
        other = self.started("--refuse-concurrent", "--restore-seconds", "60", "--fault", "POST /restoreJobs$=twice")
        before = {job["id"] for job in other.jobs("ledger")}
        answer = other.restore("ledger", automated(other))
        made = [job["id"] for job in other.jobs("ledger") if job["id"] not in before]
        self.assertEqual((answer.status, answer.code, len(made)), (409, "CONCURRENT_RESTORES_JOB_IDS", 1))
        self.assertEqual(answer.json["parameters"], made)


class Documented(Started):
    def filled(self, where, name, job, cluster, snapshot=None):
        text = (SAMPLES / f"create-{name}.json").read_text().strip()
        for placeholder, value in {
                "{OPSMANAGER-HOST}:{PORT}": where.root.split("//")[1], "{PROJECT-ID}": where.project_of[cluster],
                "{CLUSTER-ID}": job["clusterId"], "{CLUSTER-NAME}": cluster, "{BATCH-ID}": job["batchId"],
                "{RESTORE-JOB-ID}": job["id"], "{JOB-ID}": job["id"],
                "{SNAPSHOT-ID}": snapshot or job["snapshotId"]}.items():
            text = text.replace(placeholder, value)
        return text

    def test_each_answer_to_the_byte(self):
        other = self.started("--answers", "documented", "--job-seconds", "60")
        now = int(time.time())
        point = other.get(other.path("legacy-orders", "/checkpoints")).json["results"][1]["id"]
        snapshot = other.snapshot("ledger")["id"]
        orders = {"http": ("ledger", download(other)),
                  "snapshot": ("ledger", automated(other)),
                  "oplog": ("ledger", automated(other, oplogTs=str(now - 600), oplogInc="1")),
                  "point-in-time": ("ledger", automated(other, pointInTimeUTCMillis=(now - 600) * 1000)),
                  "checkpoint": ("legacy-orders", {"delivery": target(other, "legacy-drill"), "checkpointId": point})}
        ids = set()
        for name, (cluster, body) in orders.items():
            with self.subTest(name):
                answer = other.restore(cluster, body)
                job = answer.json["results"][0]
                self.assertEqual(answer.status, 200)
                known = snapshot if name in ("http", "snapshot") else None
                self.assertEqual(answer.body.decode(), self.filled(other, name, job, cluster, known))
                self.assertNotRegex(answer.body, rb"\{[A-Z]")
                ids |= {job["id"], job["batchId"]}
                listed = next(j for j in other.jobs(cluster) if j["id"] == job["id"])
                self.assertEqual(listed, job)
                batch = other.get(other.path(cluster, "/restoreJobs?batchId=" + job["batchId"])).json["results"]
                self.assertEqual(len(batch), 3 if name == "checkpoint" else 1)
        self.assertEqual(len(ids), 10)
        wrapped = other.curl(other.path("ledger", "/restoreJobs?envelope=true"), "--header",
                             "Content-Type: application/json", "--data", json.dumps(download(other)))
        self.assertEqual((wrapped.json["status"], len(wrapped.json["results"])), (200, 1))

    def test_what_follows_the_answer(self):
        other = self.started("--answers", "documented", "--restore-seconds", "60")
        job = other.restore("ledger", download(other)).json["results"][0]
        self.assertNotIn("url", job["delivery"])
        ready = other.wait_for("ledger", job["id"], lambda j: "url" in j["delivery"])
        self.assertTrue(ready["delivery"]["url"].startswith(other.facts["archiveUrl"]))
        self.assertEqual({**ready, "delivery": None}, {**job, "delivery": None})
        self.assertEqual(other.curl(ready["delivery"]["url"], "--output", os.devnull, auth=False).exit_code, 0)
        hashed = other.wait_for("ledger", job["id"], lambda j: "hashes" in j)
        self.assertEqual(hashed["hashes"][0]["fileName"], ready["delivery"]["url"].rsplit("/", 1)[1])

    def test_broken_ones_say_so(self):
        other = self.started("--answers", "documented", "--gap", "fail")
        body = automated(other, pointInTimeUTCMillis=(int(time.time()) - 8 * 3600) * 1000)
        job = other.restore("ledger", body).json["results"][0]
        self.assertEqual(job["statusName"], "FINISHED")
        done = other.wait_for("ledger", job["id"], lambda j: j["statusName"] != "FINISHED")
        self.assertEqual((done["statusName"], done["delivery"]["statusName"]), ("BROKEN", "FAILED"))


class Concurrent(Started):
    def test_a_second_restore_of_a_target(self):
        other = self.started("--refuse-concurrent", "--restore-seconds", "6")
        first = other.restore("ledger", automated(other)).json["results"][0]["id"]
        refused = other.restore("ledger", automated(other))
        self.assertEqual((refused.status, refused.code, refused.json["parameters"]),
                         (409, "CONCURRENT_RESTORES_JOB_IDS", [first]))
        self.assertIn(first, refused.json["detail"])
        # Others are no hindrance: another target, a download; nor is a restore that is over.
        elsewhere = {"delivery": target(other, "drill-sharded"), "snapshotId": other.snapshot("shop-prod")["id"]}
        batch = other.restore("shop-prod", elsewhere).json["results"]
        self.assertEqual(other.restore("shop-prod", elsewhere).json["parameters"], [job["id"] for job in batch])
        self.assertEqual(other.restore("ledger", download(other)).status, 200)
        self.assertTrue(wait_until(lambda: other.restore("ledger", automated(other)).status == 200))

    def test_two_at_the_same_moment(self):
        other = self.started("--refuse-concurrent", "--restore-seconds", "60")
        body = automated(other)
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(lambda _: other.restore("ledger", body), range(8)))
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [409] * 7)

    def test_other_forms(self):
        for switches, status, named in [(("--concurrent-status", "400"), 400, True),
                                        (("--product", "ops-manager"), 409, True),
                                        (("--product", "ops-manager", "--server-version", "8.0.12"), 409, False),
                                        (("--product", "ops-manager", "--server-version", "7.0.19"), 409, True)]:
            other = self.started("--refuse-concurrent", "--restore-seconds", "60", *switches)
            other.restore("ledger", automated(other))
            refused = other.restore("ledger", automated(other))
            self.assertEqual((refused.status, refused.code, bool(refused.json["parameters"])),
                             (status, "CONCURRENT_RESTORES_JOB_IDS", named), switches)

    def test_without_the_switch(self):
        self.assertEqual([cloud.restore("ledger", automated(cloud)).status for _ in range(2)], [200, 200])


class Slow(Started):
    def seconds(self, where, *arguments):
        start = time.monotonic()
        answer = where.curl(*arguments)
        return answer.status, time.monotonic() - start

    def test_all_reads_or_some(self):
        header = ("--header", "Authorization: Bearer ")
        slow = self.started("--slow-reads", "1.2")
        bearer = (header[0], header[1] + slow.token())
        status, seconds = self.seconds(slow, "/groups", *bearer)
        self.assertEqual(status, 200)
        self.assertGreaterEqual(seconds, 1.1)
        ranges = slow.path("ledger", "/restoreJobs/restorableTimeRanges")
        self.assertGreaterEqual(self.seconds(slow, ranges, "--request", "POST", *bearer)[1], 1.1)
        some = self.started("--slow-reads", "20,/snapshots,/automationStatus")
        self.assertEqual(some.get("/groups").status, 200)
        path = some.path("ledger", "/snapshots")
        self.assertEqual(some.curl(path, "--max-time", "1").exit_code, 28)
        # An order is no read.
        self.assertNotEqual(some.curl(some.path("ledger", "/restoreJobs"), "--request", "POST").status, 0)
        # It ends at once all the same.
        start = time.monotonic()
        some.stop()
        self.assertLess(time.monotonic() - start, 8)


if __name__ == "__main__":
    cloud = Cloud()
    main()
