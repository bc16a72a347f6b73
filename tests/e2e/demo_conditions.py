"""Restores ordered at the stand-in, by curl: the documentation's examples, and every condition on them."""

import time
import unittest

from demo_support import Cloud, iso, main, target

# As the documentation prints them, numbers as strings; only host, ids and keys are put in.
EXAMPLES = {
    "http": """{"delivery": {"methodName": "HTTP", "expirationHours": "1", "maxDownloads": "1"},
                "snapshotId": "{SNAPSHOT-ID}"}""",
    "snapshot": """{"delivery" : {"methodName" : "AUTOMATED_RESTORE", "targetGroupId" : "{TARGET-PROJECT-ID}",
                    "targetClusterId" : "{TARGET-CLUSTER-ID}"}, "snapshotId" : "{SNAPSHOT-ID}"}""",
    "oplog": """{"delivery" : {"methodName" : "AUTOMATED_RESTORE", "targetGroupId" : "{TARGET-PROJECT-ID}",
                 "targetClusterId" : "{TARGET-CLUSTER-ID}"}, "oplogTs" : "{SECONDS}", "oplogInc" : "1"}""",
    "time": """{"delivery" : {"methodName" : "AUTOMATED_RESTORE", "targetGroupId" : "{TARGET-PROJECT-ID}",
                "targetClusterId" : "{TARGET-CLUSTER-ID}"}, "pointInTimeUTCMillis" : "{SECONDS}000"}""",
    "checkpoint": """{"delivery" : {"methodName" : "AUTOMATED_RESTORE", "targetGroupId" : "{TARGET-PROJECT-ID}",
                      "targetClusterId" : "{TARGET-CLUSTER-ID}"}, "checkpointId" : "{CHECKPOINT-ID}"}""",
}


class Examples(unittest.TestCase):
    def test_each_works(self):
        for name, text in EXAMPLES.items():
            with self.subTest(name):
                source, goal = ("legacy-orders", "legacy-drill") if name == "checkpoint" else ("ledger", "drill")
                for placeholder, value in {
                        "{SNAPSHOT-ID}": cloud.snapshot(source)["id"],
                        "{TARGET-PROJECT-ID}": cloud.project_of[goal],
                        "{TARGET-CLUSTER-ID}": cloud.clusters[goal],
                        "{SECONDS}": str(int(time.time()) - 3600),
                        "{CHECKPOINT-ID}": cloud.get(
                            cloud.path("legacy-orders", "/checkpoints")).json["results"][1]["id"]}.items():
                    text = text.replace(placeholder, value)
                answer = cloud.curl(cloud.path(source, "/restoreJobs?pretty=true"),
                                    "--header", "Accept: application/json", "--header", "Content-Type: application/json",
                                    "--request", "POST", "--data", text)
                self.assertEqual([status for status, _ in answer.hops], [401, 200])
                jobs = answer.json["results"]
                self.assertEqual(len(jobs), 3 if name == "checkpoint" else 1)
                self.assertEqual(answer.json["totalCount"], len(jobs))
                for job in jobs:
                    self.assertEqual(job["delivery"]["methodName"], "HTTP")
                    self.assertEqual(job["statusName"], "IN_PROGRESS")
                    self.assertEqual(job["delivery"]["statusName"], "NOT_STARTED")
                    self.assertNotIn("url", job["delivery"])
                self.assertIn(b'\n  "results"', answer.body)


def conditions():
    """source cluster, body, HTTP status, errorCode, word that the document must name."""
    now = int(time.time())
    snapshot = cloud.snapshot("ledger")
    http = {"methodName": "HTTP", "expirationHours": 4, "maxDownloads": 3}
    drill = target(cloud, "drill")
    legacy = target(cloud, "legacy-drill")
    points = cloud.get(cloud.path("legacy-orders", "/checkpoints")).json["results"]
    bad = next(p["id"] for p in points if not p["restorable"])
    good = next(p["id"] for p in points if p["restorable"])
    short = cloud.snapshot("ledger", 3)
    incomplete = cloud.get(cloud.path("ledger", "/snapshots?completed=false")).json["results"][0]["id"]
    ranges = cloud.curl(cloud.path("ledger", "/restoreJobs/restorableTimeRanges"), "--request", "POST").json
    gap = int(time.mktime(time.strptime(ranges[0]["end"]["date"], "%Y-%m-%dT%H:%M:%SZ"))) - time.timezone + 600
    shard = next(c["id"] for c in cloud.get(f"/groups/{cloud.projects['Restore drills']}/clusters").json["results"]
                 if c.get("shardName") == "drill-sharded_0")
    nobody = "5" * 24

    def web(**changes):
        return {"delivery": {k: v for k, v in {**http, **changes}.items() if v != "-"}, "snapshotId": snapshot["id"]}

    def auto(delivery=drill, **rest):
        return {"delivery": delivery, **rest}

    return [
        ("ledger", "{", 400, "INVALID_JSON", ""),
        ("ledger", "[]", 400, "INVALID_JSON", ""),
        ("ledger", {"snapshotId": snapshot["id"]}, 400, "MISSING_ATTRIBUTE", "delivery"),
        ("ledger", {"delivery": "HTTP"}, 400, "INVALID_JSON_ATTRIBUTE", "delivery"),
        ("ledger", {**web(), "note": "x"}, 400, "INVALID_ATTRIBUTE", "note"),
        ("ledger", {**web(), "checkPointId": good}, 400, "INVALID_ATTRIBUTE", "checkPointId"),
        ("ledger", {**web(), "oplogTs": None}, 400, "INVALID_ATTRIBUTE", "oplogTs"),
        ("ledger", web(url="x"), 400, "INVALID_ATTRIBUTE", "delivery.url"),
        ("ledger", web(methodName="-"), 400, "MISSING_ATTRIBUTE", "delivery.methodName"),
        ("ledger", web(methodName="SCP"), 400, "INVALID_ENUM_VALUE", "SCP"),
        ("ledger", {"delivery": http}, 400, "MISSING_ATTRIBUTE", "snapshotId"),
        # Downloads.
        ("ledger", web(expires=iso(now + 3600)), 400, "INVALID_ATTRIBUTE", "delivery.expires"),
        ("ledger", web(expirationHours="-"), 400, "MISSING_ONE_OF_ATTRIBUTES", "delivery.expires"),
        ("ledger", web(expirationHours="-", expires=iso(now - 60)), 400, "INVALID_ATTRIBUTE", "delivery.expires"),
        ("ledger", web(expirationHours="-", expires="tomorrow"), 400, "INVALID_ATTRIBUTE", "delivery.expires"),
        ("ledger", web(expirationHours="-", expires="2036-11-25T14:00:00.5Z"), 400, "FRACTIONAL_TIMESTAMP", ""),
        ("ledger", web(expirationHours=0), 400, "ATTRIBUTE_NEGATIVE_OR_ZERO", "delivery.expirationHours"),
        ("ledger", web(expirationHours="soon"), 400, "INVALID_ATTRIBUTE", "delivery.expirationHours"),
        ("ledger", web(maxDownloads=0), 400, "ATTRIBUTE_NEGATIVE_OR_ZERO", "delivery.maxDownloads"),
        ("ledger", web(maxDownloads=-1), 400, "ATTRIBUTE_NEGATIVE_OR_ZERO", "delivery.maxDownloads"),
        ("ledger", web(maxDownloads="-"), 400, "MISSING_ATTRIBUTE", "delivery.maxDownloads"),
        ("ledger", web(maxDownloads=1.5), 400, "INVALID_ATTRIBUTE", "delivery.maxDownloads"),
        ("ledger", web(targetGroupId=cloud.projects["Shop"]), 400, "INVALID_ATTRIBUTE", "delivery.targetGroupId"),
        ("ledger", {**web(), "oplogTs": str(now - 60), "oplogInc": "1"}, 400, "UNSUPPORTED_DELIVERY_METHOD", "HTTP"),
        ("ledger", {**web(), "pointInTimeUTCMillis": (now - 60) * 1000}, 400, "UNSUPPORTED_DELIVERY_METHOD", "HTTP"),
        ("ledger", {"delivery": http, "snapshotId": "xyz"}, 404, "INVALID_SNAPSHOT_ID", "xyz"),
        ("ledger", {"delivery": http, "snapshotId": nobody}, 404, "SNAPSHOT_NOT_FOUND", nobody),
        ("shop-prod", {"delivery": http, "snapshotId": snapshot["id"]}, 404, "SNAPSHOT_NOT_FOUND", snapshot["id"]),
        ("ledger", {"delivery": http, "snapshotId": incomplete}, 409,
         "CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT", ""),
        ("ledger", {"delivery": http, "snapshotId": short["id"]}, 409, "LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION", ""),
        ("ledger", {**web(expirationHours="-", expires=iso(now + 90000)), "snapshotId": short["id"]}, 409,
         "LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION", ""),
        # Targets.
        ("ledger", auto({**drill, "maxDownloads": 1}, snapshotId=snapshot["id"]), 400, "INVALID_ATTRIBUTE",
         "delivery.maxDownloads"),
        ("ledger", auto({k: v for k, v in drill.items() if k != "targetGroupId"}, snapshotId=snapshot["id"]), 400,
         "MISSING_ATTRIBUTE", "delivery.targetGroupId"),
        ("ledger", auto({k: v for k, v in drill.items() if k != "targetClusterId"}, snapshotId=snapshot["id"]), 400,
         "MISSING_ATTRIBUTE", "delivery.targetClusterId"),
        ("ledger", auto({**drill, "targetGroupId": "x"}, snapshotId=snapshot["id"]), 404, "INVALID_GROUP_ID", "x"),
        ("ledger", auto({**drill, "targetGroupId": nobody}, snapshotId=snapshot["id"]), 404, "GROUP_NOT_FOUND", nobody),
        ("ledger", auto({**drill, "targetClusterId": "x"}, snapshotId=snapshot["id"]), 404, "INVALID_CLUSTER_ID", "x"),
        ("ledger", auto({**drill, "targetClusterId": nobody}, snapshotId=snapshot["id"]), 404, "CLUSTER_NOT_FOUND",
         nobody),
        ("ledger", auto({**drill, "targetGroupId": cloud.projects["Shop"]}, snapshotId=snapshot["id"]), 400,
         "GROUP_MISMATCH", cloud.projects["Shop"]),
        ("shop-prod", auto({**drill, "targetClusterId": shard}, snapshotId=cloud.snapshot("shop-prod")["id"]), 400,
         "INVALID_ATTRIBUTE", "delivery.targetClusterId"),
        ("ledger", auto(legacy, snapshotId=snapshot["id"]), 400, "RESTORE_VALIDATION_FAILED", "4.0"),
        ("legacy-orders", auto(drill, checkpointId=good), 400, "RESTORE_VALIDATION_FAILED", "6.0.14"),
        # Moments.
        ("ledger", auto(), 400, "MISSING_ONE_OF_ATTRIBUTES", "snapshotId"),
        ("ledger", auto(oplogTs=str(now - 60)), 400, "MISSING_ATTRIBUTE", "oplogInc"),
        ("ledger", auto(oplogInc="1"), 400, "MISSING_ATTRIBUTE", "oplogTs"),
        ("ledger", auto(oplogTs=str(now - 60), oplogInc="0"), 400, "ATTRIBUTE_NEGATIVE_OR_ZERO", "oplogInc"),
        ("ledger", auto(oplogTs=str(now - 60), oplogInc=2 ** 32), 400, "INVALID_ATTRIBUTE", "oplogInc"),
        ("ledger", auto(oplogTs=iso(now - 60), oplogInc="1"), 400, "INVALID_ATTRIBUTE", "oplogTs"),
        ("ledger", auto(oplogTs=f"{now - 60}.5", oplogInc="1"), 400, "FRACTIONAL_TIMESTAMP", "oplogTs"),
        ("ledger", auto(oplogTs=str(now + 600), oplogInc="1"), 400, "INVALID_ATTRIBUTE", "oplogTs"),
        ("ledger", auto(oplogTs=str(now - 60), oplogInc=1, pointInTimeUTCMillis=(now - 60) * 1000), 400,
         "INVALID_ATTRIBUTE", "pointInTimeUTCMillis"),
        ("ledger", auto(oplogTs=str(now - 60), oplogInc=1, snapshotId=snapshot["id"]), 400, "INVALID_ATTRIBUTE",
         "snapshotId"),
        ("ledger", auto(pointInTimeUTCMillis=(now - 60) * 1000 + 1), 400, "FRACTIONAL_TIMESTAMP",
         "pointInTimeUTCMillis"),
        ("ledger", auto(pointInTimeUTCMillis=(now + 600) * 1000), 400, "INVALID_ATTRIBUTE", "pointInTimeUTCMillis"),
        ("ledger", auto(pointInTimeUTCMillis=now - 60), 400, "FRACTIONAL_TIMESTAMP" if (now - 60) % 1000 else
         "INVALID_ATTRIBUTE", "pointInTimeUTCMillis"),
        ("ledger", auto(pointInTimeUTCMillis=(now - 25 * 3600) * 1000), 400, "INVALID_ATTRIBUTE",
         "pointInTimeUTCMillis"),
        ("ledger", auto(pointInTimeUTCMillis=gap * 1000), 400, "INVALID_ATTRIBUTE", "pointInTimeUTCMillis"),
        ("drill", auto(target(cloud, "drill-sharded"), pointInTimeUTCMillis=(now - 60) * 1000), 404,
         "BACKUP_CONFIG_NOT_FOUND", ""),
        ("legacy-orders", auto(legacy, pointInTimeUTCMillis=(now - 60) * 1000), 403, "UNSUPPORTED_FOR_CURRENT_CONFIG",
         ""),
        # Checkpoints.
        ("ledger", auto(checkpointId=good), 400, "NOT_SHARDED", ""),
        ("shop-prod", auto(target(cloud, "drill-sharded"), checkpointId=good), 403, "UNSUPPORTED_FOR_CURRENT_CONFIG",
         ""),
        ("legacy-orders", auto(legacy, checkpointId="x"), 404, "INVALID_CHECKPOINT_ID", "x"),
        ("legacy-orders", auto(legacy, checkpointId=nobody), 404, "CHECKPOINT_NOT_FOUND", nobody),
        ("legacy-orders", auto(legacy, checkpointId=bad), 409, "NO_CHECKPOINT_FOR_PIT_RESTORE", bad),
        ("legacy-orders", auto(legacy, checkpointId=good, oplogTs=str(now), oplogInc="1"), 400, "INVALID_ATTRIBUTE",
         "checkpointId"),
    ]


class Conditions(unittest.TestCase):
    def test_each_refuses_by_its_name(self):
        count_before = len(cloud.get(cloud.path("ledger", "/restoreJobs")).json["results"])
        reasons = {400: "Bad Request", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}
        for source, body, status, code, word in conditions():
            with self.subTest(body=body):
                answer = cloud.restore(source, body)
                self.assertEqual((answer.status, answer.code), (status, code), answer.body)
                document = answer.json
                self.assertEqual(document["error"], status)
                self.assertEqual(document["reason"], reasons[status])
                self.assertIn(word, document["detail"] + " ".join(document["parameters"]))
        # Nothing was created by any of them.
        self.assertEqual(len(cloud.get(cloud.path("ledger", "/restoreJobs")).json["results"]), count_before)

    def test_numbers_may_be_strings_unless_strict(self):
        body = {"delivery": {"methodName": "HTTP", "expirationHours": "2", "maxDownloads": "2147483647"},
                "snapshotId": cloud.snapshot("ledger")["id"]}
        self.assertEqual(cloud.restore("ledger", body).status, 200)
        strict = Cloud("--strict-numbers")
        answer = strict.restore("ledger", body)
        self.assertEqual((answer.status, answer.code), (400, "INVALID_ATTRIBUTE"))
        body["delivery"].update(expirationHours=2, maxDownloads=2147483647)
        self.assertEqual(strict.restore("ledger", body).status, 200)
        strict.stop()


if __name__ == "__main__":
    cloud = Cloud()
    main()
