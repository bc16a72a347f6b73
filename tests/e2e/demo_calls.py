"""Agents, measurements, logs, snapshots on demand and mirrored config servers of the stand-in, with their refusals."""

import io
import json
import tarfile
import time
import unittest

from demo_support import Cloud, iso, main, wait_until

NEW = ("--product", "ops-manager")


class Started(unittest.TestCase):
    def started(self, *switches):
        other = Cloud(*switches)
        self.addCleanup(other.stop)
        return other

    def send(self, where, method, path, body=None, **more):
        data = () if body is None else ("--header", "Content-Type: application/json", "--data", json.dumps(body))
        return where.curl(path, "--request", method, *data, **more)

    def refusals(self, where, path):
        for status, code in ((401, "USER_UNAUTHORIZED"), (403, "RESOURCE_REQUIRES_ACCESS_LIST"),
                             (404, "RESOURCE_NOT_FOUND")):
            self.assertEqual(where.fault(f"GET {path.split('?')[0]}$={status} code={code}").status, 200)
            answer = where.get(path)
            self.assertEqual((answer.status, answer.code), (status, code))
        self.assertEqual(where.get(path).status, 200)


class Hosts(Started):
    def host(self, where, cluster="ledger"):
        found = where.get(f"/groups/{where.project_of[cluster]}/hosts?clusterId={where.clusters[cluster]}").json
        return found["results"][0]

    def path(self, where, rest=""):
        return f"/groups/{where.projects['Shop']}/hosts/{self.host(where)['id']}{rest}"

    def test_agents(self):
        base = f"/groups/{cloud.projects['Shop']}/agents"
        names = cloud.get(base).json
        self.assertEqual((names["results"], len(names["links"])), ([], 4))
        found = cloud.get(base + "/AUTOMATION").json
        self.assertEqual(found["totalCount"], len(found["results"]))
        self.assertEqual(set(found["results"][0]), {"typeName", "hostname", "stateName", "confCount", "lastConf"})
        monitoring = cloud.get(base + "/MONITORING").json["results"]
        self.assertEqual([a["stateName"] for a in monitoring[:2]], ["ACTIVE", "STANDBY"])
        self.assertIn("lastPing", monitoring[0])
        wrong = cloud.get(base + "/KITCHEN")
        self.assertEqual((wrong.status, wrong.code), (400, "INVALID_AGENT_TYPE_NAME"))
        self.assertEqual(self.send(cloud, "POST", base + "/AUTOMATION", {}).status, 405)
        self.refusals(cloud, base + "/AUTOMATION")
        versions = cloud.get(base + "/versions").json
        self.assertEqual(versions["count"], len(versions["entries"]))
        self.assertEqual({e["isVersionOld"] for e in versions["entries"]}, {False})
        self.refusals(cloud, base + "/versions")

    def test_measurements(self):
        path = self.path(cloud, "/measurements")
        document = cloud.get(path + "?granularity=PT1M&period=PT3M&m=OPCOUNTER_DELETE&m=CONNECTIONS").json
        self.assertEqual([m["name"] for m in document["measurements"]], ["OPCOUNTER_DELETE", "CONNECTIONS"])
        rate, level = (m["dataPoints"] for m in document["measurements"])
        self.assertIsNone(rate[0]["value"])
        self.assertTrue(all(isinstance(p["value"], float) for p in rate[1:] + level))
        self.assertIn(document["processId"], (self.host(cloud)["hostname"] + ":27017",))
        now = time.time()
        span = f"?granularity=PT1M&start={iso(now - 600)}&end={iso(now)}"
        self.assertIn(len(cloud.get(path + span + "&m=CONNECTIONS").json["measurements"][0]["dataPoints"]), (10, 11))
        old = f"?granularity=PT1M&start={iso(now - 9e5)}&end={iso(now - 8e5)}"
        self.assertEqual(cloud.get(path + old).json["measurements"][0]["dataPoints"], [])
        for query, status, code in (("", 400, "MISSING_QUERY_PARAMETER"), ("?granularity=PT1M", 400, "MISSING_QUERY_PARAMETER"),
                                    ("?granularity=PT2M&period=PT1H", 400, "INVALID_GRANULARITY"),
                                    ("?granularity=PT1M&period=P1T12H", 400, "INVALID_PERIOD"),
                                    (span + "&period=PT1H", 400, "MUTUALLY_EXCLUSIVE_QUERY_PARAMETERS"),
                                    (span.split("&end")[0], 400, "MISSING_QUERY_PARAMETER"),
                                    ("?granularity=PT1M&period=PT1H&m=NONE", 404, "INVALID_METRIC_NAME")):
            answer = cloud.get(path + query)
            self.assertEqual((answer.status, answer.code), (status, code), query)
        self.refusals(cloud, path + "?granularity=PT1M&period=PT1H")

    def test_databases_and_disks(self):
        names = [d["databaseName"] for d in cloud.get(self.path(cloud, "/databases")).json["results"]]
        self.assertTrue({"admin", "config", "local", "stock/2026"} <= set(names))
        one = cloud.get(self.path(cloud, "/databases/stock%2F2026/measurements?granularity=PT5M&period=PT1H")).json
        self.assertEqual(one["databaseName"], "stock/2026")
        self.assertIn("DATABASE_DATA_SIZE", [m["name"] for m in one["measurements"]])
        self.assertEqual(cloud.get(self.path(cloud, "/databases/stock/2026")).status, 404)
        self.assertEqual(cloud.get(self.path(cloud, "/databases/nothing")).code, "DATABASE_NOT_FOUND")
        disks = [d["partitionName"] for d in cloud.get(self.path(cloud, "/disks")).json["results"]]
        one = cloud.get(self.path(cloud, f"/disks/{disks[0]}/measurements?granularity=PT5M&period=PT1H")).json
        self.assertEqual(one["partitionName"], disks[0])
        self.assertEqual(cloud.get(self.path(cloud, "/disks/nothing")).code, "DEVICE_NOT_FOUND")
        unknown = cloud.get(f"/groups/{cloud.projects['Shop']}/hosts/{'5' * 32}/databases")
        self.assertEqual((unknown.status, unknown.code), (404, "HOST_NOT_FOUND"))
        self.refusals(cloud, self.path(cloud, "/databases"))
        self.refusals(cloud, self.path(cloud, "/disks"))

    def test_mirrored_config_servers(self):
        other = self.started("--mirrored-config")
        jobs = other.download_job("legacy-orders")
        hosted = [job for job in jobs if "hostId" in job]
        self.assertEqual((len(jobs), len(hosted)), (3, 1))
        self.assertNotIn("clusterId", hosted[0])
        base = f"/groups/{other.projects['Shop']}/hosts/"
        listed = other.get(base + hosted[0]["hostId"] + "/restoreJobs").json["results"]
        self.assertIn(hosted[0]["id"], [job["id"] for job in listed])
        one = other.get(base + hosted[0]["hostId"] + "/restoreJobs/" + hosted[0]["id"])
        self.assertEqual((one.status, one.json["hostId"]), (200, hosted[0]["hostId"]))
        self.assertEqual(other.get(base + hosted[0]["hostId"] + "/restoreJobs/" + "5" * 24).code,
                         "CONFIG_RESTORE_JOB_NOT_FOUND")
        part = other.snapshot("legacy-orders")["parts"][-1]
        self.assertEqual((part["typeName"], part["hostId"]), ("CONFIG_SERVER", hosted[0]["hostId"]))
        plain = cloud.get(self.path(cloud, "/restoreJobs"))
        self.assertEqual((plain.status, plain.code), (404, "NOT_CONFIG_SERVER"))
        self.assertFalse(any("hostId" in job for job in cloud.jobs("legacy-orders")))


class Snapshots(Started):
    def take(self, where, query="?retentionDays=3", cluster="ledger", **more):
        return self.send(where, "POST", where.path(cluster, "/snapshots/onDemandSnapshot" + query), **more)

    def test_on_demand(self):
        other = self.started(*NEW, "--job-seconds", "1")
        before = {s["id"] for s in other.get(other.path("shop-prod", "/snapshots?completed=all")).json["results"]}
        answer = self.take(other, cluster="shop-prod")
        self.assertEqual(answer.status, 200)
        self.assertEqual((answer.json["clusterName"], set(answer.json["timestamp"])),
                         ("shop-prod", {"date", "increment", "time"}))
        made = [s for s in other.get(other.path("shop-prod", "/snapshots?completed=all")).json["results"]
                if s["id"] not in before]
        self.assertEqual((len(made), made[0]["complete"], len(made[0]["parts"])), (1, False, 3))
        one = other.path("shop-prod", "/snapshots/" + made[0]["id"])
        self.assertTrue(wait_until(lambda: other.get(one).json["complete"]))
        self.assertEqual(other.snapshot("shop-prod")["id"], made[0]["id"])
        for query, code in (("", "MISSING_QUERY_PARAMETER"), ("?retentionDays=0", "INVALID_QUERY_PARAMETER"),
                            ("?retentionDays=x", "INVALID_QUERY_PARAMETER")):
            refused = self.take(other, query)
            self.assertEqual((refused.status, refused.code), (400, code))
        self.assertEqual(self.take(other, auth=other.read_only_key).code, "USER_UNAUTHORIZED")
        self.assertEqual(self.take(other, cluster="catalog").code, "BACKUP_CONFIG_NOT_FOUND")

    def test_who_has_it(self):
        for switches, status in (((), 404), (NEW, 200), ((*NEW, "--server-version", "7.0.22"), 404),
                                 ((*NEW, "--server-version", "8.0.0"), 200)):
            other = self.started(*switches)
            self.assertEqual(self.take(other).status, status, switches)
            if status == 200:
                self.assertEqual(other.get(other.path("ledger", "/snapshots/onDemandSnapshot")).status, 405)

    def test_change(self):
        other = self.started()
        snapshot = other.snapshot("ledger")
        path = other.path("ledger", "/snapshots/" + snapshot["id"])
        kept = self.send(other, "PATCH", path, {"doNotDelete": True})
        self.assertEqual((kept.status, kept.json["doNotDelete"], "expires" in kept.json), (200, True, False))
        self.assertEqual(other.get(path).json["doNotDelete"], True)
        both = self.send(other, "PATCH", path, {"doNotDelete": True, "expires": iso(time.time() + 9e4)})
        self.assertEqual((both.status, both.json["detail"]), (400, "Cannot modify snapshot because of invalid fields."))
        self.assertEqual(self.send(other, "PATCH", path, {"doNotDelete": False}).json["expires"], snapshot["expires"])
        later = iso(time.time() + 9e5)
        self.assertEqual(self.send(other, "PATCH", path, {"expires": later}).json["expires"], later)
        for body, code in (({}, "MISSING_ONE_OF_ATTRIBUTES"), ({"doNotDelete": "true"}, "INVALID_ATTRIBUTE"),
                           ({"expires": "soon"}, "INVALID_ATTRIBUTE"), ({"complete": True}, "INVALID_ATTRIBUTE"), ([], "INVALID_JSON")):
            self.assertEqual(self.send(other, "PATCH", path, body).code, code, body)
        self.assertEqual(self.send(other, "PATCH", path, {"doNotDelete": True}, auth=other.read_only_key).code,
                         "USER_UNAUTHORIZED")
        self.assertEqual(self.send(other, "PATCH", path[:-1] + "z", {"doNotDelete": True}).code, "INVALID_SNAPSHOT_ID")
        plain = other.curl(path, "--request", "PATCH", "--header", "Content-Type: text/plain", "--data", "{}")
        self.assertEqual(plain.status, 415)
        # An expiry that is past lets it be deleted, and it is.
        self.assertEqual(self.send(other, "PATCH", path, {"expires": iso(time.time() - 60)}).status, 200)
        self.assertEqual(other.get(path).code, "SNAPSHOT_NOT_FOUND")


class Logs(Started):
    BODY = {"resourceType": "REPLICASET", "resourceName": "ledger", "redacted": False,
            "sizeRequestedPerFileBytes": 50000000, "logTypes": ["MONGODB"]}

    def path(self, where, rest=""):
        return f"/groups/{where.projects['Shop']}/logCollectionJobs{rest}"

    def collect(self, where, **more):
        return self.send(where, "POST", self.path(where), {**self.BODY, **more})

    def test_collects(self):
        other = self.started("--job-seconds", "1")
        made = self.collect(other)
        self.assertEqual((made.status, set(made.json)), (201, {"id"}))
        one = self.path(other, "/" + made.json["id"])
        first = other.get(one).json
        self.assertEqual((first["status"], first["resourceType"], "childJobs" in first),
                         ("IN_PROGRESS", "replicaset", False))
        self.assertTrue(wait_until(lambda: other.get(one).json["status"] == "SUCCESS"))
        parts = other.get(one + "?verbose=true").json["childJobs"]
        self.assertEqual((len(parts), {p["errorMessage"] for p in parts}), (3, {"null"}))
        self.assertEqual(other.get(self.path(other)).json["totalCount"], 1)
        self.refusals(other, self.path(other))

    def test_keeps_retries_and_deletes(self):
        other = self.started("--job-seconds", "1", "--logs-fail")
        one = self.path(other, "/" + self.collect(other).json["id"])
        self.assertEqual(other.get(one + "/download").code, "CANNOT_DOWNLOAD_JOB_IN_PROGRESS")
        self.assertEqual(self.send(other, "PUT", one + "/retry").code, "ONLY_FAILED_JOB_CAN_BE_RESTARTED")
        self.assertTrue(wait_until(lambda: other.get(one).json["status"] == "FAILURE"))
        parts = other.get(one + "?verbose=true").json["childJobs"]
        self.assertEqual([p["status"] for p in parts], ["SUCCESS", "SUCCESS", "FAILURE"])
        self.assertEqual(self.names(other, one), 2)
        self.assertEqual(self.send(other, "PUT", one + "/retry").status, 200)
        self.assertTrue(wait_until(lambda: other.get(one).json["status"] == "SUCCESS"))
        self.assertEqual(self.names(other, one), 3)
        for days, status, code in ((60, 200, None), (200, 400, "EXPIRATION_DATE_TOO_DISTANT"),
                                   (-1, 400, "EXPIRATION_DATE_MUST_BE_IN_FUTURE")):
            answer = self.send(other, "PATCH", one, {"expirationDate": iso(time.time() + days * 86400)})
            self.assertEqual((answer.status, None if status == 200 else answer.code), (status, code))
        self.assertEqual(self.send(other, "PATCH", one, {"expires": iso(time.time())}).code, "MISSING_ATTRIBUTE")
        self.assertEqual(self.send(other, "PATCH", one, {"expirationDate": iso(time.time() + 1.2)}).status, 200)
        self.assertTrue(wait_until(lambda: other.get(one).json["status"] == "EXPIRED"))
        self.assertEqual(other.get(one + "/download").code, "CANNOT_DOWNLOAD_EXPIRED_JOB")
        late = self.send(other, "PATCH", one, {"expirationDate": iso(time.time() + 86400)})
        self.assertEqual((late.status, late.code), (403, "CANNOT_EXTEND_EXPIRED_JOB"))
        self.assertEqual(self.send(other, "DELETE", one).status, 200)
        self.assertEqual(other.get(one).status, 404)
        self.assertEqual(self.send(other, "POST", one, {}).status, 404)

    def names(self, where, one):
        """Hosts in the archive."""
        answer = where.curl(one + "/download", "--header", "Accept: application/gzip")
        self.assertEqual((answer.status, answer.headers["content-type"]), (200, "application/gzip"))
        with tarfile.open(fileobj=io.BytesIO(answer.body), mode="r:gz") as tar:
            return len({name.split("/")[0] for name in tar.getnames()})

    def test_refuses(self):
        for change, code in (({"sizeRequestedPerFileBytes": 0}, "INVALID_LOG_REQUEST_SIZE"),
                             ({"logTypes": ["GOSSIP"]}, "INVALID_ATTRIBUTE"), ({"logTypes": []}, "INVALID_ATTRIBUTE"),
                             ({"resourceName": "nobody"}, "INVALID_ATTRIBUTE"), ({"resourceType": "HOST"}, "INVALID_ATTRIBUTE"),
                             ({"redacted": "no"}, "INVALID_ATTRIBUTE"), ({"extra": 1}, "INVALID_ATTRIBUTE"),
                             ({"logCollectionFromDate": iso(time.time() - 60)}, "INVALID_ATTRIBUTE")):
            self.assertEqual(self.collect(cloud, **change).code, code, change)
        self.assertEqual(self.send(cloud, "POST", self.path(cloud), {"redacted": True}).code, "MISSING_ATTRIBUTE")
        for arguments in ({"auth": cloud.read_only_key},):
            self.assertEqual(cloud.curl(self.path(cloud), **arguments).code, "USER_UNAUTHORIZED")
        self.assertEqual(cloud.get(self.path(cloud, "/" + "5" * 24)).status, 404)

    def test_dates_by_product(self):
        """Text to Cloud Manager, milliseconds to Ops Manager."""
        now = int(time.time())
        text = {"logCollectionFromDate": iso(now - 600), "logCollectionToDate": iso(now - 60)}
        numbers = {"logCollectionFromDate": (now - 600) * 1000, "logCollectionToDate": (now - 60) * 1000}
        other = self.started(*NEW)
        self.assertEqual([self.collect(cloud, **text).status, self.collect(cloud, **numbers).status], [201, 400])
        self.assertEqual([self.collect(other, **text).status, self.collect(other, **numbers).status], [400, 201])


if __name__ == "__main__":
    cloud = Cloud()
    main()
