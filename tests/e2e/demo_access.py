"""Who the stand-in lets in: Digest in both forms, nonces, OAuth, roles, access lists; and what goes wrong on purpose."""

import base64
import hashlib
import time
import unittest

from demo_support import Cloud, main, target


class Digest(unittest.TestCase):
    def test_challenges(self):
        for switches, wanted in [((), ('algorithm=MD5, qop="auth", stale=false',)),
                                 (("--challenge", "op"), ('algorithm=MD5, op="auth", stale=false',)),
                                 (("--digest-algorithm", "SHA-256"), ('algorithm=SHA-256, qop="auth"',)),
                                 (("--digest-algorithm", "MD5-sess"), ('algorithm=MD5-sess, qop="auth"',)),
                                 (("--digest-algorithm", "SHA-256-sess"), ('algorithm=SHA-256-sess, qop="auth"',)),
                                 (("--digest-algorithm", "both"), ("algorithm=SHA-256", "algorithm=MD5"))]:
            with self.subTest(switches):
                other = Cloud(*switches)
                refused = other.curl("/groups", auth=False)
                self.assertEqual(refused.status, 401)
                self.assertEqual(refused.json, {"detail": "You are not authorized for this resource.", "error": 401,
                                                "reason": "Unauthorized"})
                given = [v for n, v in refused.hops[0][1] if n == "www-authenticate"]
                self.assertEqual(len(given), len(wanted))
                for challenge, part in zip(given, wanted):
                    self.assertTrue(challenge.startswith('Digest realm="MMS Public API", domain="", nonce="'))
                    self.assertIn(part, challenge)
                self.assertEqual(other.get("/groups").status, 200)
                other.stop()

    def test_wrong_keys(self):
        for key in [cloud.key + "x", "nobody:" + cloud.facts["privateKey"]]:
            answer = cloud.curl("/groups", auth=key)
            self.assertEqual([status for status, _ in answer.hops], [401, 401])
            self.assertNotIn("errorCode", answer.json)
        basic = cloud.curl("/groups", "--user", cloud.key, "--basic", auth=False)
        self.assertEqual(basic.status, 401)

    def test_a_nonce_ends(self):
        brief = Cloud("--nonce-life", "1")
        first = brief.curl("/groups", auth=False)
        nonce = first.headers["www-authenticate"].split('nonce="')[1].split('"')[0]
        time.sleep(1.2)
        late = brief.curl("/groups", "--header", "Authorization: " + response(brief, nonce, "/api/public/v1.0/groups"),
                          auth=False)
        self.assertEqual(late.status, 401)
        self.assertIn("stale=true", late.headers["www-authenticate"])
        brief.stop()

    def test_nc(self):
        def ask(where, nonce, count):
            return where.curl("/groups", "--header", "Authorization: " +
                              response(where, nonce, "/api/public/v1.0/groups", count), auth=False).status

        def nonce_of(where):
            return where.curl("/groups", auth=False).headers["www-authenticate"].split('nonce="')[1].split('"')[0]

        nonce = nonce_of(cloud)
        self.assertEqual([ask(cloud, nonce, n) for n in (1, 3, 2, 3)], [200, 200, 200, 401])
        rising = Cloud("--nonce-count", "rising")
        nonce = nonce_of(rising)
        self.assertEqual([ask(rising, nonce, n) for n in (1, 3, 2, 4)], [200, 200, 401, 200])
        rising.stop()
        self.assertEqual(ask(cloud, "made-up", 1), 401)


def response(where, nonce, uri, count=1, method="GET"):
    """An answer to a challenge, by RFC 7616."""
    def md5(text):
        return hashlib.md5(text.encode()).hexdigest()

    user, password = where.key.split(":")
    nc = f"{count:08x}"
    ha1 = md5(f"{user}:MMS Public API:{password}")
    value = md5(f"{ha1}:{nonce}:{nc}:abc:auth:{md5(f'{method}:{uri}')}")
    return (f'Digest username="{user}", realm="MMS Public API", nonce="{nonce}", uri="{uri}", algorithm=MD5, '
            f'qop=auth, nc={nc}, cnonce="abc", response="{value}"')


class OAuth(unittest.TestCase):
    def token(self, where, *arguments, secret=None):
        pair = where.facts["clientId"] + ":" + (secret or where.facts["clientSecret"])
        basic = "Authorization: Basic " + base64.b64encode(pair.encode()).decode()
        return where.curl(where.root + "/api/oauth/token", "--header", basic, "--header", "Accept: application/json",
                          *(arguments or ("--data", "grant_type=client_credentials")), auth=False)

    def use(self, where, token):
        return where.curl("/groups", "--header", "Authorization: Bearer " + token, auth=False)

    def test_token(self):
        answer = self.token(cloud).json
        self.assertEqual((answer["expires_in"], answer["token_type"]), (3600, "Bearer"))
        self.assertRegex(answer["access_token"], r"^[\w-]+\.[\w-]+\.[\w-]+$")
        self.assertEqual(self.use(cloud, answer["access_token"]).status, 200)
        self.assertEqual(self.use(cloud, answer["access_token"] + "x").status, 401)
        pair = cloud.facts["clientId"] + ":" + cloud.facts["clientSecret"]
        revoked = cloud.curl(cloud.root + "/api/oauth/revoke", "--user", pair, "--data",
                             f"token={answer['access_token']}&token_type_hint=access_token", auth=False)
        self.assertEqual((revoked.status, revoked.body), (200, b""))
        self.assertEqual(self.use(cloud, answer["access_token"]).status, 401)

    def test_errors(self):
        other = Cloud()
        for answer, status, error in [
                (self.token(other, secret="wrong"), 401, "invalid_client"),
                (self.token(other, "--data", "grant_type=password"), 400, "unsupported_grant_type"),
                (self.token(other, "--data", "x=y"), 400, "invalid_request"),
                (self.token(other, "--header", "Content-Type: application/json", "--data", "{}"), 400,
                 "invalid_request")]:
            self.assertEqual((answer.status, answer.json["error"]), (status, error))
        for _ in range(6):
            self.assertEqual(self.token(other).status, 200)
        limited = self.token(other)
        self.assertEqual((limited.status, limited.json["error"]), (429, "rate_limited"))
        self.assertIn("is limited to 10 requests every 1 minutes.", limited.json["error_description"])
        other.stop()

    def test_token_ends(self):
        brief = Cloud("--token-life", "1")
        token = self.token(brief).json["access_token"]
        self.assertEqual(self.use(brief, token).status, 200)
        time.sleep(1.2)
        self.assertEqual(self.use(brief, token).status, 401)
        brief.stop()

    def test_ops_manager_has_none(self):
        other = Cloud("--product", "ops-manager")
        self.assertEqual(self.token(other).status, 404)
        other.stop()


class Rights(unittest.TestCase):
    def test_a_key_that_may_only_read(self):
        body = {"delivery": target(cloud, "drill"), "snapshotId": cloud.snapshot("ledger")["id"]}
        answer = cloud.restore("ledger", body, auth=cloud.read_only_key)
        self.assertEqual((answer.status, answer.code), (401, "USER_UNAUTHORIZED"))
        self.assertEqual(cloud.curl(cloud.path("ledger", "/snapshots"), auth=cloud.read_only_key).status, 200)

    def test_access_lists(self):
        for kind, code, on_groups in [("ip", "IP_ADDRESS_NOT_ON_ACCESS_LIST", 403),
                                      ("org", "ORG_REQUIRES_ACCESS_LIST", 403),
                                      ("resource", "RESOURCE_REQUIRES_ACCESS_LIST", 200)]:
            other = Cloud("--access-list", kind)
            answer = other.get(other.path("ledger", "/snapshots"))
            self.assertEqual((answer.status, answer.code), (403, code))
            self.assertEqual(answer.json["parameters"], ["127.0.0.1"])
            self.assertEqual(other.get("/groups").status, on_groups)
            other.stop()

    def test_rate_limit(self):
        other = Cloud("--requests-per-minute", "3")
        self.assertEqual([other.get("/groups").status for _ in range(4)], [200, 200, 200, 429])
        other.stop()


class Faults(unittest.TestCase):
    def add(self, *rules):
        answer = cloud.curl(cloud.root + "/demo/faults", "--data-binary", "\n".join(rules), auth=False)
        self.assertEqual(answer.status, 200, answer.body)

    def test_statuses(self):
        self.add("GET /snapshots=503 x2 retry-after=7", "GET /hosts=429 retry-after=date:60",
                 "GET /orgs=409 code=SNAPSHOT_BLOCKS_MISSING skip=1")
        path = cloud.path("ledger", "/snapshots")
        first = cloud.get(path)
        self.assertEqual((first.status, first.headers["retry-after"], first.code), (503, "7", "UNEXPECTED_ERROR"))
        self.assertEqual([cloud.get(path).status for _ in range(2)], [503, 200])
        limited = cloud.get(f"/groups/{cloud.projects['Shop']}/hosts")
        self.assertEqual((limited.status, limited.code), (429, "RATE_LIMITED"))
        self.assertRegex(limited.headers["retry-after"], r"^\w{3}, \d\d \w{3} \d{4} .* GMT$")
        self.assertEqual([cloud.get("/orgs").code for _ in range(3)], [None, "SNAPSHOT_BLOCKS_MISSING", None])

    def test_lost_answers(self):
        body = {"delivery": target(cloud, "drill"), "snapshotId": cloud.snapshot("ledger")["id"]}
        path = cloud.path("ledger", "/restoreJobs")
        before = len(cloud.get(path).json["results"])
        token = OAuth().token(cloud).json["access_token"]
        for rule, created in (("POST /restoreJobs=drop", 0), ("POST /restoreJobs=lost", 1)):
            self.add(rule)
            # On a connection of its own: curl repeats a request, even this one, when a used connection ends.
            answer = cloud.restore("ledger", body, "--header", "Authorization: Bearer " + token, auth=False)
            self.assertEqual((answer.hops, answer.exit_code), ([], 52))
            self.assertEqual(len(cloud.get(path).json["results"]), before + created)

    def test_strange_answers(self):
        self.add("GET /orgs=html", "GET /orgs=empty", "GET /orgs=truncated", "GET /orgs=redirect:http://127.0.0.1:9/x",
                 "GET /orgs=delay:1")
        self.assertIn(b"<html>", cloud.get("/orgs").body)
        self.assertEqual(cloud.get("/orgs").body, b"")
        with self.assertRaises(ValueError):
            _ = cloud.get("/orgs").json
        self.assertEqual(cloud.get("/orgs").headers["location"], "http://127.0.0.1:9/x")
        start = time.monotonic()
        self.assertEqual(cloud.get("/orgs").status, 200)
        self.assertGreater(time.monotonic() - start, 0.9)


if __name__ == "__main__":
    cloud = Cloud()
    main()
