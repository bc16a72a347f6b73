"""What the tests of the stand-in Cloud Manager share: it is started as a process and spoken to with curl."""

import atexit
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest


class Answer:
    """Status, headers (names in lower case) and body of the last answer curl got."""

    def __init__(self, output, exit_code):
        self.exit_code = exit_code
        self.hops = []  # every answer, the first of a Digest exchange too
        rest = output
        while rest.startswith(b"HTTP/"):
            head, _, rest = rest.partition(b"\r\n\r\n")
            lines = head.decode().split("\r\n")
            headers = [(n.lower(), v) for n, v in (line.split(": ", 1) for line in lines[1:] if ": " in line)]
            self.hops.append((int(lines[0].split()[1]), headers))
        self.body = rest
        self.status = self.hops[-1][0] if self.hops else 0
        self.headers = dict(self.hops[-1][1]) if self.hops else {}

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        return self.json.get("errorCode")


class Cloud:
    """A running stand-in."""

    def __init__(self, *switches):
        program = os.environ["TIDEMARK_DEMO_CLOUD"]
        self.process = subprocess.Popen(
            [program, "--control", "--job-seconds", "0.4", "--rate", "0", "--hash-delay", "0.2",
             "--archive-size", "1M", *switches],
            stdout=subprocess.PIPE, text=True)
        atexit.register(self.stop)
        self.facts = json.loads(self.process.stdout.readline())
        self.key = self.facts["publicKey"] + ":" + self.facts["privateKey"]
        self.read_only_key = self.facts["readOnlyPublicKey"] + ":" + self.facts["readOnlyPrivateKey"]
        self.root = self.facts["baseUrl"]
        self.api = self.root + "/api/public/v1.0"
        names = self.curl(self.root + "/demo/ids", auth=False).json
        self.projects = names["projects"]
        self.clusters = {name: c["id"] for name, c in names["clusters"].items()}
        self.project_of = {name: c["projectId"] for name, c in names["clusters"].items()}

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)
        self.process.stdout.close()
        atexit.unregister(self.stop)

    def curl(self, url, *arguments, auth=True):
        """curl with these arguments, as the documentation's examples call it."""
        if url.startswith("/"):
            url = self.api + url
        command = ["curl", "--silent", "--include", "--max-time", "20"]
        if auth:
            command += ["--user", auth if isinstance(auth, str) else self.key, "--digest"]
        result = subprocess.run(command + list(arguments) + [url], capture_output=True)
        return Answer(result.stdout, result.returncode)

    def get(self, url):
        return self.curl(url, "--header", "Accept: application/json")

    def path(self, cluster, rest=""):
        return f"/groups/{self.project_of[cluster]}/clusters/{self.clusters[cluster]}{rest}"

    def snapshot(self, cluster, index=0):
        return self.get(self.path(cluster, "/snapshots")).json["results"][index]

    def restore(self, cluster, body, *arguments, **more):
        text = body if isinstance(body, str) else json.dumps(body)
        return self.curl(self.path(cluster, "/restoreJobs"), "--header", "Content-Type: application/json",
                         "--request", "POST", "--data", text, *arguments, **more)

    def download_job(self, cluster, **delivery):
        """Orders a download and waits until its links are there: the jobs."""
        body = {"delivery": {"methodName": "HTTP", "expirationHours": 4, "maxDownloads": 3, **delivery},
                "snapshotId": self.snapshot(cluster)["id"]}
        made = self.restore(cluster, body).json["results"]
        return [self.wait_for(cluster, job["id"], lambda j: j["delivery"]["statusName"] == "READY") for job in made]

    def job(self, cluster, job):
        return self.get(self.path(cluster, "/restoreJobs/" + job)).json

    def wait_for(self, cluster, job, ready, seconds=15):
        end = time.monotonic() + seconds
        while True:
            document = self.job(cluster, job)
            if ready(document) or time.monotonic() > end:
                return document
            time.sleep(0.1)

    def jobs(self, cluster):
        return self.get(self.path(cluster, "/restoreJobs")).json["results"]

    def fault(self, *rules):
        return self.curl(self.root + "/demo/faults", "--data-binary", "\n".join(rules), auth=False)

    def token(self):
        """For requests of one exchange: curl sends a Digest request twice, and repeats one whose connection ended."""
        pair = self.facts["clientId"] + ":" + self.facts["clientSecret"]
        answer = self.curl(self.root + "/api/oauth/token", "--user", pair, "--data", "grant_type=client_credentials",
                           auth=False)
        return answer.json["access_token"]

    def requests(self):
        return self.curl(self.root + "/demo/requests", auth=False).json["requests"]


def target(cloud, name):
    return {"methodName": "AUTOMATED_RESTORE", "targetGroupId": cloud.project_of[name],
            "targetClusterId": cloud.clusters[name]}


def wait_until(ready, seconds=15):
    """The first true value of ready(), or its last one when the time is up."""
    end = time.monotonic() + seconds
    while True:
        value = ready()
        if value or time.monotonic() > end:
            return value
        time.sleep(0.05)


def iso(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def main():
    unittest.main(argv=[sys.argv[0], "-v", *sys.argv[1:]])
