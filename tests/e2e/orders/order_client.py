"""Starts order_server.py and speaks to it: the control interface, and the API with Digest. For tests in Python."""

import atexit
import json
import os
import subprocess
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))


class OrderServer:
    """A running server. It ends with this process."""

    def __init__(self):
        self.process = subprocess.Popen(["/usr/bin/python3", "-S", os.path.join(HERE, "order_server.py")],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(self.stop)
        self.facts = json.loads(self.process.stdout.readline())
        self.url, self.api, self.control_url = (self.facts[name] for name in ("url", "api", "control"))
        keys = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        keys.add_password(None, self.url, self.facts["publicKey"], self.facts["privateKey"])
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                                  urllib.request.HTTPDigestAuthHandler(keys))
        self.plain = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def stop(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            self.process.wait(10)
        self.process.stdout.close()
        atexit.unregister(self.stop)

    def environment(self):
        """The variables that make the connection Environment in Tidemark."""
        return {"MCLI_PUBLIC_API_KEY": self.facts["publicKey"], "MCLI_PRIVATE_API_KEY": self.facts["privateKey"],
                "MCLI_OPS_MANAGER_URL": self.url, "MCLI_PROJECT_ID": self.facts["projects"]["Shop"]}

    # Control

    def control(self, what, **wanted):
        """POST for what changes something, GET for state, requests?since=n, wait?posts=n."""
        reading = what.split("?")[0] in ("state", "requests", "wait")
        data = None if reading else json.dumps(wanted).encode()
        with self.plain.open(urllib.request.Request(f"{self.control_url}/{what}", data), timeout=70) as answer:
            return json.load(answer)

    def reset(self, **options):
        self.control("reset", **options)

    def state(self):
        return self.control("state")

    def created(self):
        return self.state()["created"]

    def wait(self, what, seconds=10):
        """`what`: "posts=1", "orders=1", "holding=name", "requests=20"."""
        return self.control(f"wait?{what}&seconds={seconds}")["happened"]

    # The API

    def path(self, cluster, rest=""):
        project = "Rehearsal" if cluster == "rehearsal" else "Shop"
        return f"/groups/{self.facts['projects'][project]}/clusters/{self.facts['clusters'][cluster]}{rest}"

    def get(self, path, opener=None):
        """Status and JSON."""
        return self._ask(urllib.request.Request(self.api + path), opener)

    def post(self, path, body=None, opener=None):
        data = b"" if body is None else json.dumps(body).encode()
        return self._ask(urllib.request.Request(self.api + path, data, {"Content-Type": "application/json"}), opener)

    def _ask(self, request, opener):
        try:
            with (opener or self.opener).open(request, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            text = error.read()
            return error.code, json.loads(text) if text.startswith((b"{", b"[")) else text

    def download(self, snapshot=0):
        return {"delivery": {"methodName": "HTTP", "expirationHours": 4, "maxDownloads": 3},
                "snapshotId": self.facts["snapshots"]["orders"][snapshot]}

    def restore(self, target="staging", **point):
        project = "Rehearsal" if target == "rehearsal" else "Shop"
        return {"delivery": {"methodName": "AUTOMATED_RESTORE", "targetGroupId": self.facts["projects"][project],
                             "targetClusterId": self.facts["clusters"][target]},
                **(point or {"snapshotId": self.facts["snapshots"]["orders"][0]})}
