"""The stand-in held against the documentation: headers, requests, forms of answers, rules that would do nothing."""

import json
import os
import subprocess
import time
import unittest

from demo_support import Cloud, main, target


def download(where):
    return {"delivery": {"methodName": "HTTP", "expirationHours": 1, "maxDownloads": 1},
            "snapshotId": where.snapshot("ledger")["id"]}


class Started(unittest.TestCase):
    def started(self, *switches):
        other = Cloud(*switches)
        self.addCleanup(other.stop)
        return other


class Headers(Started):
    def test_of_refusals_and_answers(self):
        for answer, kind in ((cloud.curl("/groups", auth=False), "application/json;charset=ISO-8859-1"),
                             (cloud.get("/groups"), "application/json"),
                             (cloud.get("/groups/zzz"), "application/json")):
            self.assertEqual((answer.headers["content-type"], answer.headers["vary"],
                              answer.headers["strict-transport-security"]), (kind, "Accept-Encoding", "max-age=300"))
        body = {"delivery": target(cloud, "drill"), "snapshotId": cloud.snapshot("ledger")["id"]}
        refused = cloud.restore("ledger", body, auth=cloud.read_only_key)
        self.assertEqual(refused.headers["content-type"], "application/json;charset=ISO-8859-1")


class Requests(Started):
    def test_content_type(self):
        before = len(cloud.jobs("ledger"))
        path = cloud.path("ledger", "/restoreJobs")
        for headers, status in [(("Content-Type: text/plain",), 415), (("Content-Type;",), 415),
                                (("Content-Type:",), 415), (("Content-Type: application/x-www-form-urlencoded",), 415),
                                (("Content-Type: application/json; charset=utf-8",), 200)]:
            arguments = [word for header in headers for word in ("--header", header)]
            answer = cloud.curl(path, *arguments, "--request", "POST", "--data", json.dumps(download(cloud)))
            self.assertEqual(answer.status, status, headers)
            if status == 415:
                self.assertEqual((answer.json["error"], answer.json["reason"]), (415, "Unsupported Media Type"))
        self.assertEqual(len(cloud.jobs("ledger")), before + 1)
        ranges = cloud.path("ledger", "/restoreJobs/restorableTimeRanges")
        self.assertEqual(cloud.curl(ranges, "--request", "POST").status, 200)
        config = cloud.curl(f"/groups/{cloud.projects['Shop']}/automationConfig", "--request", "PUT", "--data", "{}")
        self.assertEqual(config.status, 415)

    def test_self_link(self):
        """Made of path and query alone, in the query's order."""
        path = cloud.path("ledger", "/snapshots")
        answer = cloud.get(path + "?x=c&itemsPerPage=2&completed=all&x=a%26b")
        self.assertEqual(answer.json["links"][0]["href"],
                         cloud.api + path + "?pageNum=1&itemsPerPage=2&x=c&completed=all&x=a%26b")
        created = cloud.curl(cloud.path("ledger", "/restoreJobs?pretty=true"),
                             "--header", "Content-Type: application/json", "--data", json.dumps(download(cloud)))
        self.assertEqual(created.json["links"][0]["href"],
                         cloud.api + cloud.path("ledger", "/restoreJobs?pageNum=1&itemsPerPage=100&pretty=true"))


class Forms(Started):
    def test_increments(self):
        self.assertIsInstance(cloud.snapshot("ledger")["created"]["increment"], int)
        other = self.started("--string-increments")
        job = other.restore("ledger", download(other)).json["results"][0]
        ranges = other.curl(other.path("ledger", "/restoreJobs/restorableTimeRanges"), "--request", "POST").json
        for stamp in (job["timestamp"], other.snapshot("ledger")["created"], ranges[0]["end"]):
            self.assertRegex(stamp["increment"], r"^\d+$")
        documented = self.started("--string-increments", "--answers", "documented")
        self.assertEqual(documented.jobs("ledger")[0]["timestamp"]["increment"], "1")

    def test_links_by_product(self):
        for switches, names in [((), {"url"}), (("--product", "ops-manager"), {"url", "urlV2"}),
                                (("--product", "ops-manager", "--links", "v2"), {"url"}),
                                (("--product", "cloud-manager", "--links", "v3"), {"urlV2"})]:
            other = self.started(*switches)
            delivery = other.download_job("ledger")[0]["delivery"]
            self.assertEqual({"url", "urlV2"} & set(delivery), names, switches)

    def test_fractions_of_a_second(self):
        moment = (int(time.time()) - 600) * 1000 + 250
        body = {"delivery": target(cloud, "drill"), "pointInTimeUTCMillis": moment}
        self.assertEqual(cloud.restore("ledger", body).code, "FRACTIONAL_TIMESTAMP")
        other = self.started("--fractional-points", "accept")
        job = other.restore("ledger", body).json["results"][0]
        self.assertEqual(job["timestamp"]["date"], time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment // 1000)))
        self.assertEqual(other.restore("ledger", {**body, "pointInTimeUTCMillis": moment + 0.5}).code,
                         "FRACTIONAL_TIMESTAMP")

    def test_more_history(self):
        def kinds(where, cluster):
            return [job["delivery"].get("methodName") for job in where.jobs(cluster)]

        other = self.started("--more-history")
        self.assertEqual(set(kinds(other, "ledger")), {"HTTP", "QUERY", "SCP", None})
        self.assertEqual(kinds(other, "shop-prod").count("QUERY"), 3)
        plain = self.started()
        self.assertEqual(set(kinds(plain, "ledger")), {"HTTP", "QUERY"})
        more = {job["id"] for job in other.jobs("ledger")}
        self.assertEqual({job["id"] for job in plain.jobs("ledger")} - more, set())
        untold = next(job for job in other.jobs("ledger") if "methodName" not in job["delivery"])
        self.assertEqual(set(untold["delivery"]), {"statusName"})


class Faults(Started):
    USELESS = ["get /snapshots=503", "FETCH /snapshots=503", "GET /snapshots=cut@10", "POST /pull/=flip@10",
               "HEAD /pull/=short@10", "GET /restoreJobs=late:5", "/restoreJobs=twice", "POST /pull/=late:5",
               "GET /orgs=delay:0", "GET /orgs=delay:1 retry-after=5", "GET /orgs=html code=X",
               "GET /pull/=503 code=X", "GET /orgs=503 x0", "GET /orgs=999"]

    def test_rules_that_do_nothing_are_refused(self):
        program = os.environ["TIDEMARK_DEMO_CLOUD"]
        shadowed = [["GET *=503 always", "GET /orgs=delay:1"], ["/orgs=503 always", "GET /orgs=429"],
                    ["POST /restoreJobs$=late:1 always", "POST /restoreJobs$=twice"]]
        for rules in [[rule] for rule in self.USELESS] + shadowed:
            arguments = [word for rule in rules for word in ("--fault", rule)]
            result = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=5)
            self.assertEqual((result.returncode, result.stdout), (2, ""), rules)
            self.assertIn("--fault", result.stderr)
        for rule in self.USELESS:
            self.assertEqual(cloud.fault(rule).status, 400, rule)

    def test_rules_that_do_something_are_not(self):
        rules = ["GET /orgs=503 always skip=1", "GET /orgs=429", "GET *=503 x2", "/ledger-=flip@1M", "/pull/=cut@0",
                 "POST /orgs=503 always", "GET /restoreJobs$=delay:0.1 always", "GET /restoreJobs/=503 always"]
        other = self.started(*[word for rule in rules for word in ("--fault", rule)])
        self.assertEqual([other.get("/orgs").status for _ in range(3)], [429, 503, 503])

    def test_the_end_of_a_path(self):
        other = self.started("--fault", "GET /restoreJobs$=503 always")
        self.assertEqual(other.get(other.path("ledger", "/restoreJobs?itemsPerPage=1")).status, 503)
        self.assertEqual(other.get(other.path("ledger", "/restoreJobs/" + "5" * 24)).code, "RESTORE_JOB_NOT_FOUND")


if __name__ == "__main__":
    cloud = Cloud()
    main()
