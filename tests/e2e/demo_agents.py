"""What the agents of the stand-in do after an order: events, redacted configuration, status with errors."""

import time
import unittest

from demo_support import Cloud, iso, main, target, wait_until


def order(cloud, source="ledger", goal="drill"):
    body = {"delivery": target(cloud, goal), "snapshotId": cloud.snapshot(source)["id"]}
    return cloud.restore(source, body).json["results"]


class Started(unittest.TestCase):
    def started(self, *switches):
        other = Cloud(*switches)
        self.addCleanup(other.stop)
        return other

    def refusals(self, where, path):
        """Each call can be refused as the API does."""
        for status, code in ((401, "USER_UNAUTHORIZED"), (403, "RESOURCE_REQUIRES_ACCESS_LIST"),
                             (404, "RESOURCE_NOT_FOUND")):
            where.fault(f"GET {path.rsplit('/', 1)[1]}={status} code={code}")
            answer = where.get(path)
            self.assertEqual((answer.status, answer.code), (status, code))
        self.assertEqual(where.get(path).status, 200)


class Events(Started):
    def events(self, where, project, query=""):
        return where.get(f"/groups/{where.projects[project]}/events{query}").json

    def restores(self, where, project, query=""):
        ours = self.events(where, project, "?eventType=RESTORE_REQUESTED_AUDIT" + query)["results"]
        return [e for e in ours if e.get("publicKey") == where.facts["publicKey"]]

    def test_a_restore_is_one(self):
        other = self.started("--event-delay", "1.5")
        start = time.monotonic()
        job = order(other)[0]
        seen = self.restores(other, "Shop")
        if time.monotonic() - start < 1.5:
            self.assertEqual(seen, [])
        self.assertTrue(wait_until(lambda: self.restores(other, "Shop")))
        event = self.restores(other, "Shop")[0]
        self.assertEqual((event["clusterId"], event["clusterName"], event["groupId"], event["remoteAddress"]),
                         (other.clusters["ledger"], "ledger", other.projects["Shop"], "127.0.0.1"))
        self.assertEqual((event["created"], event["isGlobalAdmin"]), (job["created"], False))
        self.assertNotIn(job["id"], str(event))
        self.assertNotIn("drill", str(event))
        self.assertEqual(other.get(f"/groups/{other.projects['Shop']}/events/{event['id']}").json, event)
        self.assertEqual(self.restores(other, "Restore drills"), [])
        # Each job of a batch, by its part.
        jobs = order(other, "shop-prod", "drill-sharded")
        self.assertTrue(wait_until(lambda: len(self.restores(other, "Shop")) == 4))
        self.assertEqual({e["clusterId"] for e in self.restores(other, "Shop")[:3]}, {j["clusterId"] for j in jobs})

    def test_by_whom(self):
        other = self.started("--event-delay", "0")
        body = {"delivery": target(other, "drill"), "snapshotId": other.snapshot("ledger")["id"]}
        self.assertEqual(other.restore("ledger", body, "--header", "Authorization: Bearer " + other.token(),
                                       auth=False).status, 200)
        everything = self.events(other, "Shop", "?eventType=RESTORE_REQUESTED_AUDIT")["results"]
        who = [("publicKey" in e, "username" in e) for e in everything]
        self.assertEqual(who[0], (False, False))
        self.assertTrue(all(w == (False, True) for w in who[1:]))
        created = [e["created"] for e in everything]
        self.assertEqual(created, sorted(created, reverse=True))

    def test_asking_for_some(self):
        other = self.started("--event-delay", "0", "--event-project", "both", "--job-seconds", "0")
        order(other)
        drills = "Restore drills"
        both = "?eventType=RESTORE_REQUESTED_AUDIT&eventType=AUTOMATION_CONFIG_PUBLISHED_AUDIT"
        types = [e["eventTypeName"] for e in self.events(other, drills, both)["results"]]
        self.assertEqual(set(types), {"RESTORE_REQUESTED_AUDIT", "AUTOMATION_CONFIG_PUBLISHED_AUDIT"})
        one = self.events(other, drills, "?eventType=AUTOMATION_CONFIG_PUBLISHED_AUDIT")["results"]
        self.assertEqual({e["eventTypeName"] for e in one}, {"AUTOMATION_CONFIG_PUBLISHED_AUDIT"})
        newest = self.restores(other, drills)[0]["created"]
        self.assertEqual(len(self.restores(other, drills, f"&minDate={newest}&maxDate={newest}")), 1)
        self.assertEqual(self.restores(other, drills, f"&minDate={iso(time.time() + 60)}"), [])
        self.assertEqual(self.restores(other, drills, f"&maxDate={iso(time.time() - 60)}"), [])
        page = self.events(other, drills, both + "&itemsPerPage=1")
        self.assertEqual((len(page["results"]), page["totalCount"]), (1, len(types)))
        following = page["links"][1]["href"]
        self.assertEqual(following.count("eventType="), 2)
        self.assertEqual(len(other.curl(following).json["results"]), 1)
        self.assertIn("raw", self.events(other, drills, "?includeRaw=true")["results"][0])
        path = f"/groups/{other.projects[drills]}/events"
        for query, code in (("eventType=NOTHING", "INVALID_ENUM_VALUE"), ("minDate=noon", "INVALID_QUERY_PARAMETER")):
            answer = other.get(path + "?" + query)
            self.assertEqual((answer.status, answer.code), (400, code))
        self.assertEqual(other.get(path + "/" + "5" * 24).code, "EVENT_NOT_FOUND")
        self.refusals(other, path)

    def test_in_the_targets_project(self):
        other = self.started("--event-delay", "0", "--event-project", "target")
        order(other)
        self.assertEqual([len(self.restores(other, p)) for p in ("Shop", "Restore drills")], [0, 1])


class Configuration(Started):
    def path(self, where):
        return f"/groups/{where.projects['Restore drills']}/automationConfig/noSecrets"

    def restoring(self, where):
        processes = where.get(self.path(where)).json["processes"]
        return {p["name"]: p["backupRestoreJobId"] for p in processes if "backupRestoreJobId" in p}

    def test_shows_whose_goal_it_is(self):
        other = self.started("--restore-seconds", "5", "--job-seconds", "0")
        self.assertEqual(self.restoring(other), {})
        job = order(other)[0]["id"]
        found = wait_until(lambda: self.restoring(other))
        self.assertEqual(set(found.values()), {job})
        self.assertTrue(all(name.startswith("drill-") and "sharded" not in name for name in found), found)
        config = other.get(self.path(other)).json
        self.assertEqual(config["auth"]["key"], "<redacted>")
        self.assertEqual({p["backupRestoreUrl"] for p in config["processes"] if "backupRestoreUrl" in p} - {"<redacted>"},
                         set())
        self.assertTrue(wait_until(lambda: not self.restoring(other)))

    def test_each_shard_has_its_own(self):
        other = self.started("--restore-seconds", "60", "--job-seconds", "0")
        jobs = {job["clusterId"]: job["id"] for job in order(other, "shop-prod", "drill-sharded")}
        self.assertTrue(wait_until(lambda: len(self.restoring(other)) == 9))
        self.assertEqual(set(self.restoring(other).values()), set(jobs.values()))

    def test_who_has_it(self):
        for switches, status in [((), 200), (("--product", "ops-manager"), 200),
                                 (("--product", "ops-manager", "--server-version", "8.0.11"), 404),
                                 (("--product", "ops-manager", "--server-version", "8.0.12.500.X"), 200),
                                 (("--product", "ops-manager", "--server-version", "7.0.17"), 404),
                                 (("--product", "ops-manager", "--server-version", "7.0.18"), 200),
                                 (("--product", "ops-manager", "--server-version", "9.0.0"), 200)]:
            other = self.started(*switches)
            self.assertEqual(other.get(self.path(other)).status, status, switches)
        old = self.started("--product", "ops-manager", "--server-version", "8.0.5")
        self.assertIn("versionString=8.0.5", old.get("/groups").headers["x-mongodb-service-version"])
        ranges = old.path("ledger", "/restoreJobs/restorableTimeRanges")
        self.assertEqual(old.curl(ranges, "--request", "POST").status, 404)
        self.refusals(cloud, self.path(cloud))
        refused = cloud.curl(self.path(cloud), auth=cloud.read_only_key)
        self.assertEqual((refused.status, refused.code), (401, "USER_UNAUTHORIZED"))


class Status(Started):
    FIELDS = {"errorCode", "errorCodeDescription", "errorCodeHumanReadable", "errorString"}

    def path(self, where):
        return f"/groups/{where.projects['Restore drills']}/automationStatus"

    def status(self, where):
        return where.get(self.path(where)).json

    def test_finished_at_once(self):
        other = self.started("--finished-at-once", "2", "--restore-seconds", "2", "--job-seconds", "60")
        before = self.status(other)["goalVersion"]
        start = time.monotonic()
        job = order(other)[0]
        self.assertEqual((job["statusName"], job["delivery"]["statusName"]), ("FINISHED", "READY"))
        goal = self.status(other)["goalVersion"]
        if time.monotonic() - start < 2:
            self.assertEqual(goal, before)
        self.assertTrue(wait_until(lambda: self.status(other)["goalVersion"] == before + 1))
        self.assertTrue(wait_until(lambda: all(p["lastGoalVersionAchieved"] == before + 1
                                               for p in self.status(other)["processes"])))

    def test_without_errors(self):
        self.assertTrue(all(self.FIELDS <= set(p) and p["errorCode"] == 0 and p["errorString"] == ""
                            for p in self.status(cloud)["processes"]))
        other = self.started("--no-status-errors")
        self.assertFalse(any(self.FIELDS & set(p) for p in self.status(other)["processes"]))
        self.refusals(cloud, self.path(cloud))

    def test_an_agent_with_an_error_goes_on(self):
        other = self.started("--agent-error", "4", "--restore-seconds", "1", "--job-seconds", "0")

        def failing():
            status = self.status(other)
            return [p for p in status["processes"]
                    if p["errorCode"] != 0 and p["lastGoalVersionAchieved"] < status["goalVersion"]]

        order(other)
        found = wait_until(failing)
        self.assertEqual(len(found), 1)
        self.assertEqual((found[0]["errorCode"], found[0]["errorCodeHumanReadable"]), (100, "File Permissions Error"))
        self.assertIn(found[0]["name"], found[0]["errorString"])

        def reached():
            status = self.status(other)
            return not failing() and all(p["lastGoalVersionAchieved"] == status["goalVersion"]
                                         for p in status["processes"])

        self.assertTrue(wait_until(reached))


if __name__ == "__main__":
    cloud = Cloud()
    main()
