"""order_server.py itself, with urllib and plain sockets: what the table of orders rests on."""

import hashlib
import http.client
import json
import os
import socket
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from order_client import HERE, OrderServer

server = None


class Case(unittest.TestCase):
    def setUp(self):
        server.reset()

    def jobs(self, cluster="orders", query=""):
        status, page = server.get(server.path(cluster, "/restoreJobs" + query))
        self.assertEqual(status, 200)
        return page["results"]

    def order(self, body=None, cluster="orders", **plan):
        if plan:
            server.control("posts", posts=[plan])
        return server.post(server.path(cluster, "/restoreJobs"), body or server.restore())

    def raw(self, plan, body=None):
        """The bytes that a POST without Digest gets, and how the connection is then: open, closed or reset."""
        server.reset(auth="none", posts=[plan])
        text = json.dumps(body or server.restore())
        host, port = server.url[7:].split(":")
        with socket.create_connection((host, int(port)), timeout=20) as peer:
            peer.sendall(f"POST /api/public/v1.0{server.path('orders', '/restoreJobs')} HTTP/1.1\r\nHost: x\r\n"
                         f"Content-Length: {len(text)}\r\n\r\n{text}".encode())
            if plan.get("hold"):
                self.assertTrue(server.wait("holding=" + plan["hold"]))
                peer.settimeout(0.2)
            got = b""
            try:
                while not self.is_whole(got):
                    piece = peer.recv(65536)
                    if not piece:
                        return got, "closed"
                    got += piece
            except socket.timeout:
                pass
            except ConnectionResetError:
                return got, "reset"
            return got, "open"

    def is_whole(self, got):
        head, found, body = got.partition(b"\r\n\r\n")
        sizes = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length:")]
        return bool(found and sizes and len(body) >= sizes[0])


class Reading(Case):
    def test_everything_a_restore_asks_for(self):
        shop = "/groups/" + server.facts["projects"]["Shop"]
        orders, big = server.facts["clusters"]["orders"], server.facts["clusters"]["big"]
        for path, count in {"/groups": 2, "/clusters": 2, "/orgs": 1, shop + "/clusters": 6, shop + "/backupConfigs": 3,
                            shop + "/hosts": 5, shop + "/events": 0, shop + "/agents/AUTOMATION": 5,
                            server.path("orders", "/snapshots"): 4, server.path("big", "/checkpoints"): 2,
                            server.path("orders", "/restoreJobs"): 0}.items():
            status, page = server.get(path)
            self.assertEqual((status, len(page["results"]), page["totalCount"]), (200, count, count), path)
        for path, field in {shop: "name", shop + "/automationConfig": "processes",
                            shop + "/automationStatus": "goalVersion",
                            shop + "/automationConfig/noSecrets": "version", shop + "/clusters/" + orders: "typeName",
                            f"{shop}/backupConfigs/{big}/snapshotSchedule": "pointInTimeWindowHours",
                            server.path("orders",
                                "/snapshots/" + server.facts["snapshots"]["orders"][1]): "created"}.items():
            status, document = server.get(path)
            self.assertEqual(status, 200, path)
            self.assertIn(field, document, path)
        host = shop + "/hosts/" + server.get(shop + "/hosts")[1]["results"][0]["id"]
        for path, names in {host + "/disks": ["xvda1"], host + "/databases": ["admin", "config", "local", "orders"]}.items():
            self.assertEqual([next(iter(one.values())) for one in server.get(path)[1]["results"]], names)
        for path, count in {host + "/measurements?m=OPCOUNTER_INSERT": 1, host + "/measurements": 3,
                            host + "/disks/xvda1/measurements": 2, host + "/databases/orders/measurements": 1}.items():
            self.assertEqual(len(server.get(path)[1]["measurements"]), count, path)
        self.assertEqual(server.get(host + "/disks/none/measurements")[0], 404)
        status, ranges = server.post(server.path("orders", "/restoreJobs/restorableTimeRanges"))
        self.assertEqual((status, type(ranges)), (200, list))
        self.assertEqual(server.created(), 0)
        self.assertEqual(server.get("/groups/000000000000000000000000")[0], 404)
        self.assertEqual(server.get(shop + "/nonsense")[1]["errorCode"], "RESOURCE_NOT_FOUND")

    def test_pages(self):
        server.reset(page_cap=2)
        server.control("jobs", cluster="orders", body=server.download(), count=5)
        pages = [server.get(server.path("orders", f"/restoreJobs?pageNum={n}"))[1] for n in (1, 2, 3)]
        self.assertEqual([len(page["results"]) for page in pages], [2, 2, 1])
        self.assertEqual([any(link["rel"] == "next" for link in page["links"]) for page in pages], [True, True, False])
        server.control("rules", rules=[{"path": "/restoreJobs", "endless": True}])
        status, page = server.get(server.path("orders", "/restoreJobs?pageNum=900"))
        self.assertTrue(page["results"] and any(link["rel"] == "next" for link in page["links"]))

    def test_rules(self):
        path = server.path("orders", "/restoreJobs")
        server.control("rules", rules=[{"path": "restoreJobs", "skip": 1, "times": 1, "answer": {"status": 500}},
                                       {"path": "restoreJobs", "skip": 1, "times": 1,
                                        "error": {"status": 403, "code": "USER_UNAUTHORIZED"}}])
        self.assertEqual([server.get(path)[0] for _ in range(4)], [200, 500, 403, 200])
        server.control("rules", rules=[{"path": "restoreJobs", "cut_body": 5}])
        with self.assertRaises(http.client.IncompleteRead):
            server.get(path)


class DigestRules(Case):
    TARGET = "/api/public/v1.0/groups"

    def ask(self, nonce=None, count=1, secret=None, user=None, qop=True):
        """Status, and the challenge where there is one, of a GET signed with this nonce."""
        md5 = lambda text: hashlib.md5(text.encode()).hexdigest()
        user = user or server.facts["publicKey"]
        first = md5(f"{user}:MMS Public API:{secret or server.facts['privateKey']}")
        middle = f":{count:08x}:abc:auth" if qop else ""
        response = md5(f"{first}:{nonce}{middle}:{md5('GET:' + self.TARGET)}")
        more = f', qop=auth, nc={count:08x}, cnonce="abc"' if qop else ""
        signed = f'Digest username="{user}", realm="MMS Public API", nonce="{nonce}", uri="{self.TARGET}", ' \
                 f'response="{response}"{more}'
        connection = http.client.HTTPConnection(*server.url[7:].split(":"))
        connection.request("GET", self.TARGET, headers={"Authorization": signed} if nonce else {})
        answer = connection.getresponse()
        connection.close()
        return answer.status, answer.headers.get("WWW-Authenticate")

    def nonce(self):
        status, challenge = self.ask()
        self.assertEqual(status, 401)
        return challenge.split('nonce="')[1].split('"')[0]

    def test_a_nonce_ends_after_its_uses(self):
        server.reset(nonce_uses=2)
        nonce = self.nonce()
        self.assertEqual([self.ask(nonce, count)[0] for count in (1, 2, 3)], [200, 200, 401])
        self.assertIn("stale=true", self.ask(nonce, 4)[1])

    def test_a_nonce_ends_after_its_time(self):
        server.reset(nonce_seconds=0.3)
        nonce = self.nonce()
        time.sleep(0.4)
        status, challenge = self.ask(nonce)
        self.assertEqual(status, 401)
        self.assertIn("stale=true", challenge)
        server.reset()
        self.assertEqual(self.ask(self.nonce())[0], 200)

    def test_a_count_is_used_once(self):
        nonce = self.nonce()
        self.assertEqual([self.ask(nonce, count)[0] for count in (1, 1, 2)], [200, 401, 200])

    def test_what_is_signed_wrongly(self):
        self.assertEqual(self.ask(self.nonce(), secret="wrong")[0], 401)
        self.assertEqual(self.ask(self.nonce(), user="nobody")[0], 401)
        self.assertIn("stale=true", self.ask("0" * 32)[1])

    def test_without_qop(self):
        server.reset(qop=False)
        self.assertRegex(self.ask()[1],
        'Digest realm="MMS Public API", domain="", nonce="[0-9a-f]{32}", algorithm=MD5, stale=false')
        server.reset()
        self.assertIn('algorithm=MD5, qop="auth", stale=false', self.ask()[1])
        server.reset(qop=False)
        self.assertEqual(self.ask(self.nonce(), qop=False)[0], 200)

    def test_wrong_keys_and_none(self):
        self.assertEqual(server.get("/groups", server.plain)[0], 401)
        self.assertEqual(self.order()[0], 200)
        post = server.state()["posts"][-1]
        self.assertTrue(post["authorised"] and post["nonce"] and post["nc"])
        server.reset(auth="none")
        self.assertEqual(server.get("/groups", server.plain)[0], 200)

    def test_a_post_may_be_challenged(self):
        server.control("posts", posts=[{"challenge": True}])
        self.assertEqual(self.order()[0], 200)
        self.assertEqual([post["status"] for post in server.state()["posts"]], [401, 401, 200])
        self.assertEqual(server.created(), 1)
        server.control("posts", posts=[{"any_auth": True, "drop": "body"}])
        with self.assertRaises(OSError):
            self.order()
        self.assertEqual(server.created(), 1)


class Orders(Case):
    def test_counted_and_remembered(self):
        status, answer = self.order()
        self.assertEqual((status, len(answer["results"])), (200, 1))
        entry = server.state()["orders"][0]
        self.assertEqual((entry["body"], entry["jobs"]), (server.restore(), [answer["results"][0]["id"]]))
        self.assertTrue(entry["nonce"])
        self.assertEqual(self.jobs(), answer["results"])
        self.assertEqual(server.get(server.path("orders", "/restoreJobs/" + entry["jobs"][0]))[1], answer["results"][0])
        events = server.get("/groups/" + server.facts["projects"]["Shop"] + "/events")[1]["results"]
        self.assertEqual([event["publicKey"] for event in events], [server.facts["publicKey"]])
        of_events = "/groups/" + server.facts["projects"]["Shop"] + "/events"
        count = lambda query: len(server.get(of_events + query)[1]["results"])
        self.assertEqual([count("?eventType=RESTORE_REQUESTED_AUDIT&eventType=X"), count("?eventType=X"),
                          count("?minDate=2099-01-01T00:00:00Z"), count("?maxDate=2099-01-01T00:00:00Z")], [1, 0, 0, 1])
        server.control("change", set={"statusName": "FINISHED"})
        self.assertEqual(self.jobs()[0]["statusName"], "FINISHED")

    def test_a_batch(self):
        body = server.restore("big", snapshotId=server.facts["snapshots"]["big"][0])
        batch = self.order(body, "big")[1]["results"][0]["batchId"]
        self.assertEqual(len(self.jobs("big", "?batchId=" + batch)), 3)
        self.assertEqual(len(self.order(body, "big", shape={"answer_jobs": 1})[1]["results"]), 1)
        self.assertEqual((server.created(), len(self.jobs("big"))), (2, 6))

    def test_refusals_of_the_documentation(self):
        for body in ({**server.restore(), "extra": 1}, {"snapshotId": "1"}, server.restore(snapshotId="1" * 24)):
            self.assertIn("errorCode", self.order(body)[1])
        self.assertEqual(server.created(), 0)

    def test_five_samples_byte_for_byte(self):
        bodies = {"http": server.download(), "snapshot": server.restore(), "oplog": server.restore(oplogTs="1714644000",
                  oplogInc="1"), "point-in-time": server.restore(pointInTimeUTCMillis=1714644000000),
                  "checkpoint": server.restore(checkpointId="60ee00000000000000000001")}
        for kind, body in bodies.items():
            got, _ = self.raw({"shape": {"sample": True}}, body)
            entry = server.state()["orders"][0]
            with open(os.path.join(HERE, "samples", f"create-{kind}.json"), encoding="utf-8") as file:
                text = file.read()
            host, port = server.url[7:].split(":")
            for name, value in {"PROJECT-ID": server.facts["projects"]["Shop"],
                                "CLUSTER-ID": server.facts["clusters"]["orders"],
                                "CLUSTER-NAME": "orders", "BATCH-ID": entry["batch"],
                                "RESTORE-JOB-ID": entry["jobs"][0],
                                "JOB-ID": entry["jobs"][0], "SNAPSHOT-ID": server.facts["snapshots"]["orders"][0],
                                "OPSMANAGER-HOST": host, "PORT": port}.items():
                text = text.replace("{" + name + "}", value)
            self.assertEqual(got.split(b"\r\n\r\n", 1)[1].decode(), text, kind)

    def test_shapes(self):
        shape = {"target_told": True, "finished": True, "without": ["snapshotId"],
        "with": {"delivery.url": "https://x/"}}
        job = self.order(shape=shape)[1]["results"][0]
        self.assertEqual((job["statusName"], job["delivery"]["url"], "snapshotId" in job), ("FINISHED", "https://x/",
        False))
        self.assertEqual(job["delivery"]["targetClusterId"], server.facts["clusters"]["staging"])
        self.assertNotIn("id", self.order(shape={"without": ["id"]})[1]["results"][0])
        self.assertIn("id", self.jobs()[0])

    def test_the_clock_may_be_off(self):
        server.reset(clock_offset=-3600)
        created = self.order()[1]["results"][0]["created"]
        self.assertLess(created, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 3500)))

    def test_jobs_of_others_do_not_count(self):
        self.order(server.download())
        server.control("jobs", cluster="orders", shape={"created_offset": -30}, count=2)
        self.assertEqual((server.created(), len(self.jobs())), (1, 3))

    def test_the_agents(self):
        server.control("automation", project="Shop", goal=8, achieved=7, processes={"staging_1": {"errorCode": 100}},
                       restore_jobs={"staging_1": "60ff00000000000000000001"})
        shop = "/groups/" + server.facts["projects"]["Shop"]
        status = server.get(shop + "/automationStatus")[1]
        self.assertEqual((status["goalVersion"], {one["lastGoalVersionAchieved"] for one in status["processes"]}), (8,
        {7}))
        self.assertIn("60ff00000000000000000001", json.dumps(server.get(shop + "/automationConfig/noSecrets")[1]))


class Mishandled(Case):
    def test_answers_instead(self):
        for plan, status, created in (({"answer": {"status": 504, "body": "<html>"}, "create": "never"}, 504, 0),
                                      ({"answer": {"status": 504}, "create": "before"}, 504, 1),
                                      ({"error": {"status": 409, "code": "NO_CHECKPOINT_FOR_PIT_RESTORE"}}, 409, 1),
                                      ({"concurrent": ["60ff00000000000000000001"]}, 409, 1),
                                      ({"times": 2}, 200, 3), ({"refuse_second": True}, 409, 4),
                                      ({"challenge": "bare"}, 401, 4)):
            if plan.get("challenge"):
                server.control("posts", posts=[plan])
                self.assertEqual(self.raw(plan)[0].split()[1], b"401")
                continue
            self.assertEqual(self.order(**plan)[0], status, plan)
            self.assertEqual(server.created(), created, plan)

    def test_a_job_that_comes_late(self):
        self.order(answer={"status": 504}, create="late", late_hold="job")
        self.assertEqual((server.created(), self.jobs()), (0, []))
        server.control("release", name="job")
        self.assertTrue(server.wait("orders=1"))
        self.order(create="late", late_seconds=0.2)
        self.assertEqual(server.created(), 1)
        self.assertTrue(server.wait("orders=2"))
        self.order(visible_after=None)
        self.assertEqual((server.created(), len(self.jobs())), (3, 2))
        server.control("release", show=True)
        self.assertEqual(len(self.jobs()), 3)

    def test_cuts(self):
        whole, _ = self.raw({})
        sizes = server.state()["posts"][0]
        self.assertEqual(len(whole), sizes["answer_size"])
        self.assertEqual(sizes["answer_size"], sizes["head_size"] + sizes["body_size"])
        for plan, size, end in (({"cut": 0}, 0, "closed"), ({"cut": 10}, 10, "closed"), ({"cut": -1}, len(whole) - 1,
                                "closed"),
                                ({"cut_body": 7}, sizes["head_size"] + 7, "closed"), ({"cut": 10 ** 6}, len(whole),
                                "open"), ({"cut": 0, "end": "reset"}, 0, "reset")):
            got, how = self.raw(plan)
            self.assertEqual((len(got), how, server.created()), (size, end, 1), plan)
        chunked, _ = self.raw({"framing": "chunked", "cut": -5})
        self.assertIn(b"Transfer-Encoding: chunked", chunked)
        self.assertFalse(chunked.endswith(b"0\r\n\r\n"))
        self.assertEqual(self.raw({"framing": "close", "cut_body": 20})[1], "closed")

    def test_drops(self):
        for plan, created in (({"drop": "unread"}, 0), ({"drop": "head"}, 0), ({"drop": "body", "create": "never"}, 0),
                              ({"drop": "body"}, 1), ({"drop": "body", "create": "after"}, 1)):
            got, how = self.raw(plan)
            self.assertEqual((got, server.created()), (b"", created), plan)
            self.assertNotEqual(how, "open")

    def test_held_answers(self):
        got, how = self.raw({"hold": "answer", "create": "never"})
        self.assertEqual((got, how), (b"", "open"))
        self.assertEqual(server.state()["holding"], ["answer"])
        server.control("posts", posts=[{"hold": "another"}])
        thread = threading.Thread(target=lambda: server.wait("holding=another") and server.reset())
        thread.start()
        with self.assertRaises(http.client.RemoteDisconnected):
            self.order()
        thread.join()
        self.assertEqual(server.state()["holding"], [])
        got, how = self.raw({"hold": "rest", "pause_at": 20})
        self.assertEqual((len(got), how), (20, "open"))
        server.control("release", name="rest")
        server.reset(auth="none", posts=[{"hold": "early"}])
        server.control("release", name="early")
        self.assertEqual(self.order()[0], 200)

    def test_nothing_late_survives_a_reset(self):
        self.order(answer={"status": 504}, create="late", late_seconds=0.2)
        server.reset()
        time.sleep(0.4)
        self.assertEqual((server.created(), self.jobs()), (0, []))


if __name__ == "__main__":
    server = OrderServer()
    unittest.main(verbosity=2)
