"""The stand-in's Public API, by curl: lists, documents, jobs, and behaviours the documentation leaves open."""

import json
import time
import unittest

from demo_support import Cloud, main, target


class Documents(unittest.TestCase):
    def test_ids_that_are_wrong(self):
        project = cloud.projects["Shop"]
        ledger = cloud.path("ledger")
        nobody = "5" * 24
        for path, status, code in [
                ("/groups/zzz", 404, "INVALID_GROUP_ID"), (f"/groups/{nobody}", 404, "GROUP_NOT_FOUND"),
                ("/groups/byName/Nobody", 404, "GROUP_NAME_NOT_FOUND"), (f"/orgs/{nobody}", 404, "ORG_NOT_FOUND"),
                (f"/groups/{project}/clusters/zzz", 404, "INVALID_CLUSTER_ID"),
                (f"/groups/{project}/clusters/{nobody}", 404, "CLUSTER_NOT_FOUND"),
                (f"/groups/{project}/clusters/{'5' * 32}", 404, "CLUSTER_NOT_FOUND"),
                (f"/groups/{project}/hosts/{'5' * 32}", 404, "HOST_NOT_FOUND"),
                (f"{ledger}/snapshots/zzz", 404, "INVALID_SNAPSHOT_ID"),
                (f"{ledger}/snapshots/{nobody}", 404, "SNAPSHOT_NOT_FOUND"),
                (f"{ledger}/restoreJobs/zzz", 404, "INVALID_JOB_ID"),
                (f"{ledger}/restoreJobs/{nobody}", 404, "RESTORE_JOB_NOT_FOUND"),
                (f"{ledger}/checkpoints", 400, "NOT_SHARDED"),
                (f"/groups/{project}/nothing", 404, "RESOURCE_NOT_FOUND"),
                (f"/groups/{cloud.projects['Restore drills']}/backupConfigs/{cloud.clusters['drill']}", 404,
                 "BACKUP_CONFIG_NOT_FOUND")]:
            with self.subTest(path):
                answer = cloud.get(path)
                self.assertEqual((answer.status, answer.code), (status, code))
        self.assertEqual(cloud.curl("/groups", "--request", "DELETE").status, 405)
        self.assertEqual(cloud.get(ledger + "/restoreJobs/restorableTimeRanges").status, 405)

    def test_what_is_there(self):
        shop = cloud.projects["Shop"]
        self.assertEqual(cloud.get("/groups/byName/Restore%20drills").json["id"], cloud.projects["Restore drills"])
        entries = cloud.get(f"/groups/{shop}/clusters").json["results"]
        types = [(e["typeName"], e.get("shardName")) for e in entries if e["clusterName"] == "shop-prod"]
        self.assertEqual(types, [("SHARDED_REPLICA_SET", None), ("REPLICA_SET", "shop-prod_0"),
                                 ("REPLICA_SET", "shop-prod_1"), ("CONFIG_SERVER_REPLICA_SET", "config")])
        every = [c for p in cloud.get("/clusters").json["results"] for c in p["clusters"]]
        self.assertFalse(next(c for c in every if c["name"] == "drill")["backupEnabled"])
        hosts = cloud.get(f"/groups/{shop}/hosts?clusterId={cloud.clusters['ledger']}").json["results"]
        self.assertEqual(sorted(h["typeName"] for h in hosts),
                         ["REPLICA_PRIMARY", "REPLICA_SECONDARY", "REPLICA_SECONDARY"])
        one = cloud.get(f"/groups/{shop}/hosts/{hosts[0]['id']}").json
        self.assertEqual({**one, "lastPing": ""}, {**hosts[0], "lastPing": ""})
        config = cloud.get(f"/groups/{shop}/automationConfig").json
        self.assertEqual({p["featureCompatibilityVersion"] for p in config["processes"]}, {"4.0", "5.0", "6.0"})
        schedule = cloud.get(f"/groups/{shop}/backupConfigs/{cloud.clusters['ledger']}/snapshotSchedule").json
        self.assertEqual(schedule["pointInTimeWindowHours"], 24)
        self.assertEqual(cloud.get(cloud.path("drill", "/snapshots")).json["results"], [])
        snapshots = cloud.get(cloud.path("shop-prod", "/snapshots?completed=all")).json["results"]
        self.assertTrue(any(s["isPossiblyInconsistent"] for s in snapshots))
        self.assertTrue(any(s["missingShards"] for s in snapshots))
        self.assertFalse(all(s["complete"] for s in snapshots))
        for snapshot in snapshots[:2]:
            self.assertEqual(cloud.get(cloud.path("shop-prod", "/snapshots/" + snapshot["id"])).json, snapshot)
        self.assertTrue(any(p["encryptionEnabled"] for s in cloud.get(cloud.path("ledger", "/snapshots")).json["results"]
                            for p in s["parts"]))
        ranges = cloud.curl(cloud.path("shop-prod", "/restoreJobs/restorableTimeRanges"), "--request", "POST").json
        self.assertEqual(len(ranges), 2)
        self.assertLess(ranges[0]["end"]["date"], ranges[1]["start"]["date"])
        jobs = cloud.get(cloud.path("ledger", "/restoreJobs")).json["results"]
        self.assertLessEqual({"FINISHED", "BROKEN"}, {j["statusName"] for j in jobs})
        self.assertIn("EXPIRED", {j["delivery"]["statusName"] for j in jobs})

    def test_ids_stay_the_same(self):
        other = Cloud()
        self.assertEqual(other.clusters, cloud.clusters)
        self.assertEqual(other.snapshot("ledger", 4)["id"], cloud.snapshot("ledger", 4)["id"])
        self.assertEqual(other.key, cloud.key)
        other.stop()

    def test_headers(self):
        answer = cloud.get("/groups")
        self.assertRegex(answer.headers["x-mongodb-service-version"], r"^gitHash=\w+; versionString=.+")
        server = time.mktime(time.strptime(answer.headers["date"], "%a, %d %b %Y %H:%M:%S GMT")) - time.timezone
        self.assertLess(abs(server - time.time()), 10)
        late = Cloud("--clock-skew", "-7200")
        date = late.get("/groups").headers["date"]
        late.stop()
        server = time.mktime(time.strptime(date, "%a, %d %b %Y %H:%M:%S GMT")) - time.timezone
        self.assertLess(abs(server + 7200 - time.time()), 10)

    def test_paging(self):
        base = cloud.path("ledger", "/snapshots")
        everything = cloud.get(base).json
        self.assertEqual(everything["totalCount"], 10)
        self.assertEqual([l["rel"] for l in everything["links"]], ["self"])
        seen = []
        for number, rels in [(1, ["self", "next"]), (2, ["self", "previous", "next"]), (3, ["self", "previous", "next"]),
                             (4, ["self", "previous"])]:
            page = cloud.get(f"{base}?pageNum={number}&itemsPerPage=3").json
            self.assertEqual([l["rel"] for l in page["links"]], rels)
            seen += page["results"]
        self.assertEqual(seen, everything["results"])
        following = cloud.get(f"{base}?itemsPerPage=3&completed=all").json["links"][1]["href"]
        self.assertEqual(cloud.curl(following).json["results"][0]["complete"], True)
        self.assertIn("completed=all", following)
        self.assertNotIn("totalCount", cloud.get(base + "?includeCount=false").json)
        self.assertEqual(cloud.get(base + "?pageNum=99").json["results"], [])
        self.assertEqual(cloud.get(base + "?pageNum=0").code, "INVALID_QUERY_PARAMETER")

    def test_envelope(self):
        project = cloud.projects["Shop"]
        plain = cloud.get(f"/groups/{project}").json
        self.assertEqual(cloud.get(f"/groups/{project}?envelope=true").json, {"status": 200, "content": plain})
        listed = cloud.get("/groups?envelope=true").json
        self.assertEqual((listed["status"], len(listed["results"])), (200, 2))
        wrong = cloud.get("/groups/zzz?envelope=true")
        self.assertEqual((wrong.status, wrong.json["status"], wrong.json["content"]["errorCode"]),
                         (404, 404, "INVALID_GROUP_ID"))
        old = Cloud("--envelope-field", "envelope", "--envelope-errors", "bare", "--envelope-arrays", "bare")
        self.assertEqual(old.get(f"/groups/{project}?envelope=true").json["envelope"]["name"], "Shop")
        self.assertEqual(old.get("/groups/zzz?envelope=true").code, "INVALID_GROUP_ID")
        ranges = old.curl(old.path("ledger", "/restoreJobs/restorableTimeRanges?envelope=true"), "--request", "POST")
        self.assertEqual(len(ranges.json), 2)
        old.stop()


class Jobs(unittest.TestCase):
    def test_batch_of_a_sharded_cluster(self):
        jobs = cloud.download_job("shop-prod")
        self.assertEqual(len(jobs), 3)
        batch = {job["batchId"] for job in jobs}
        self.assertEqual(len(batch), 1)
        listed = cloud.get(cloud.path("shop-prod", f"/restoreJobs?batchId={batch.pop()}")).json
        self.assertEqual(sorted(j["id"] for j in listed["results"]), sorted(j["id"] for j in jobs))
        names = [job["delivery"]["url"].rsplit("/", 1)[1] for job in jobs]
        self.assertTrue(names[0].startswith("shop-prod_0-"), names)
        self.assertTrue(names[2].startswith("config-shop-prod-config-"), names)
        shard = jobs[0]["clusterId"]
        one = cloud.get(f"/groups/{cloud.projects['Shop']}/clusters/{shard}/restoreJobs/{jobs[0]['id']}").json
        self.assertEqual(one["statusName"], "FINISHED")
        self.assertEqual([j["delivery"]["url"].startswith(cloud.facts["archiveUrl"]) for j in jobs], [True] * 3)

    def test_agents_follow(self):
        quick = Cloud("--restore-seconds", "3")
        drills = quick.projects["Restore drills"]
        before = quick.get(f"/groups/{drills}/automationStatus").json
        body = {"delivery": target(quick, "drill"), "snapshotId": quick.snapshot("ledger")["id"]}
        quick.restore("ledger", body)
        behind = reached = False
        end = time.monotonic() + 15
        while not reached and time.monotonic() < end:
            status = quick.get(f"/groups/{drills}/automationStatus").json
            late = [p for p in status["processes"] if p["lastGoalVersionAchieved"] < status["goalVersion"]]
            if late:
                behind = True
                self.assertTrue(all("drill-" in p["hostname"] and p["plan"] for p in late), late)
            reached = behind and not late
            time.sleep(0.1)
        self.assertTrue(reached)
        self.assertEqual(status["goalVersion"], before["goalVersion"] + 1)
        quick.stop()

    def test_cancel(self):
        quick = Cloud("--restore-seconds", "30")
        drills = quick.projects["Restore drills"]
        body = {"delivery": target(quick, "drill"), "snapshotId": quick.snapshot("ledger")["id"]}
        job = quick.restore("ledger", body).json["results"][0]["id"]
        quick.wait_for("ledger", job, lambda j: j["statusName"] == "FINISHED")
        config = quick.get(f"/groups/{drills}/automationConfig").json
        restoring = [p for p in config["processes"] if "backupRestoreUrl" in p]
        self.assertTrue(restoring)
        for process in restoring:
            process["backupRestoreUrl"] = "CANCEL"
        answer = quick.curl(f"/groups/{drills}/automationConfig", "--request", "PUT",
                            "--header", "Content-Type: application/json", "--data", json.dumps(config))
        self.assertEqual(answer.status, 200)
        self.assertEqual(quick.job("ledger", job)["statusName"], "KILLED")
        quick.stop()

    def test_switches_of_the_create_answer(self):
        body = {"delivery": {"methodName": "HTTP", "expirationHours": 1, "maxDownloads": 1}}
        for switches, count, status in [(("--create-answer", "one"), 1, 200), (("--create-answer", "none"), 0, 200),
                                        (("--create-status", "201"), 3, 201)]:
            other = Cloud(*switches)
            body["snapshotId"] = other.snapshot("shop-prod")["id"]
            answer = other.restore("shop-prod", body)
            self.assertEqual((answer.status, len(answer.json["results"])), (status, count))
            listed = other.get(other.path("shop-prod", "/restoreJobs")).json["results"]
            self.assertEqual(sum(j["delivery"].get("maxDownloads") == 1 for j in listed), 3)
            other.stop()


class Switches(unittest.TestCase):
    """Behaviours the documentation leaves open: each switch does what it says."""

    def started(self, *switches):
        other = Cloud(*switches)
        self.addCleanup(other.stop)
        return other

    def test_lenient_delivery(self):
        other = self.started("--lenient-delivery")
        answer = other.restore("ledger", {"snapshotId": other.snapshot("ledger")["id"]})
        delivery = answer.json["results"][0]["delivery"]
        self.assertEqual((answer.status, delivery["expirationHours"], delivery["maxDownloads"]), (200, 1, 1))

    def test_spelling_of_the_go_client(self):
        other = self.started("--accept-checkPointId")
        point = other.get(other.path("legacy-orders", "/checkpoints")).json["results"][1]["id"]
        answer = other.restore("legacy-orders", {"delivery": target(other, "legacy-drill"), "checkPointId": point})
        self.assertEqual({job["checkpointId"] for job in answer.json["results"]}, {point})

    def test_snapshot_beside_a_moment(self):
        other = self.started("--allow-snapshot-with-point")
        body = {"delivery": target(other, "drill"), "snapshotId": other.snapshot("ledger")["id"],
                "pointInTimeUTCMillis": (int(time.time()) - 120) * 1000}
        self.assertEqual(other.restore("ledger", body).status, 200)

    def test_a_gap_that_fails_later(self):
        other = self.started("--gap", "fail")
        moment = int(time.time()) - 8 * 3600
        body = {"delivery": target(other, "drill"), "pointInTimeUTCMillis": moment * 1000}
        job = other.restore("ledger", body).json["results"][0]["id"]
        done = other.wait_for("ledger", job, lambda j: j["statusName"] != "IN_PROGRESS")
        self.assertEqual((done["statusName"], done["delivery"]["statusName"]), ("BROKEN", "FAILED"))

    def test_topology(self):
        body = {"delivery": target(cloud, "drill"), "snapshotId": cloud.snapshot("shop-prod")["id"]}
        self.assertEqual(cloud.restore("shop-prod", body).status, 200)
        other = self.started("--strict-topology")
        self.assertEqual(other.restore("shop-prod", body).code, "RESTORE_VALIDATION_FAILED")

    def test_no_time_ranges(self):
        other = self.started("--no-time-ranges")
        answer = other.curl(other.path("ledger", "/restoreJobs/restorableTimeRanges"), "--request", "POST")
        self.assertEqual((answer.status, answer.code), (404, "RESOURCE_NOT_FOUND"))

    def test_targets_in_answers(self):
        body = {"delivery": target(cloud, "drill"), "snapshotId": cloud.snapshot("ledger")["id"]}
        self.assertNotIn("targetClusterId", cloud.restore("ledger", body).json["results"][0]["delivery"])
        other = self.started("--targets-in-answers")
        delivery = other.restore("ledger", body).json["results"][0]["delivery"]
        self.assertEqual((delivery["targetGroupId"], delivery["targetClusterId"]),
                         (body["delivery"]["targetGroupId"], body["delivery"]["targetClusterId"]))

    def test_where_a_shards_job_is(self):
        for mode, statuses in (("both", (200, 200)), ("cluster", (200, 404)), ("shard", (404, 200))):
            other = self.started("--shard-job-path", mode)
            body = {"delivery": {"methodName": "HTTP", "expirationHours": 1, "maxDownloads": 1},
                    "snapshotId": other.snapshot("shop-prod")["id"]}
            job = other.restore("shop-prod", body).json["results"][0]
            paths = [f"/groups/{job['groupId']}/clusters/{cluster}/restoreJobs/{job['id']}"
                     for cluster in (other.clusters["shop-prod"], job["clusterId"])]
            self.assertEqual(tuple(other.get(path).status for path in paths), statuses)

    def test_one_shard_alone(self):
        shards = cloud.get(f"/groups/{cloud.projects['Shop']}/clusters").json["results"]
        shard = next(c["id"] for c in shards if c.get("shardName") == "shop-prod_1")
        path = f"/groups/{cloud.projects['Shop']}/clusters/{shard}"
        snapshot = cloud.get(path + "/snapshots").json["results"][0]
        self.assertEqual([part["clusterId"] for part in snapshot["parts"]], [shard])
        http = {"methodName": "HTTP", "expirationHours": 1, "maxDownloads": 1}

        def post(delivery):
            return cloud.curl(path + "/restoreJobs", "--header", "Content-Type: application/json", "--data",
                              json.dumps({"delivery": delivery, "snapshotId": snapshot["id"]}))

        jobs = post(http).json["results"]
        self.assertEqual([(job["clusterId"], "batchId" in job) for job in jobs], [(shard, False)])
        self.assertEqual(post(target(cloud, "drill")).code, "UNSUPPORTED_FOR_CURRENT_CONFIG")

    def test_ops_manager(self):
        other = self.started("--product", "ops-manager")
        answer = other.get("/clusters")
        self.assertEqual(answer.json["results"][0]["planType"], "Ops Manager")
        self.assertIn("versionString=8.0", answer.headers["x-mongodb-service-version"])

    def test_what_was_asked(self):
        body = {"delivery": target(cloud, "drill"), "snapshotId": cloud.snapshot("ledger")["id"]}
        cloud.restore("ledger", body)
        posted = [r for r in cloud.requests() if r["method"] == "POST" and r["authorization"] == "Digest"]
        self.assertEqual(json.loads(posted[-1]["body"]), body)
        self.assertEqual(posted[-1]["status"], 200)
        self.assertNotIn("response=", json.dumps(posted))


if __name__ == "__main__":
    cloud = Cloud()
    main()
