"""Real clients at the stand-in, which has to bear what they send: both forms of its Digest challenge, right and wrong
keys, reads by GET and by POST, a query that has to be escaped, and a nonce that has ended.

    demo_clients.py [CLIENT…]     prints client | form | key | request | outcome, exit status 1 where one is not right

An outcome is what the stand-in answered to the client's requests one after the other; "stale" stands behind the refusal
of one that was signed with a nonce of before. A 200 shows which form was spoken: under qop the stand-in refuses a
response without qop, under op one with it.
"""

import os
import re
import subprocess
import sys
import tempfile

from demo_support import Cloud

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "clients")
JSON = "Content-Type: application/json"
NONCE_LIFE = 2
PAUSE = 2.6


def curl(user, password, pause, method, urls):
    command = ["curl", "--silent", "--max-time", "20", "--digest", "--user", f"{user}:{password}", "--header", JSON,
               "--write-out", "%{http_code}\\n"]
    command += ["--data", "{}"] if method == "POST" else []
    command += ["--rate", f"{int(60 / pause)}/m"] if pause else []
    return command + [word for url in urls for word in ("--output", os.devnull, url)]


def wget(user, password, pause, method, urls):
    command = ["wget", "--server-response", "--no-verbose", "--timeout=20", "--tries=1", f"--wait={pause}",
               f"--output-document={os.devnull}", f"--user={user}", f"--password={password}", f"--header={JSON}"]
    return command + (["--post-data={}"] if method == "POST" else []) + urls


def script(*command):
    def run(user, password, pause, method, urls):
        return [*command, user, password, str(pause)] + [word for url in urls for word in (method, url)]
    return run


PYTHON = "/usr/bin/python3"  # where the distribution's packages are
# The name: Debian's package, how its version is asked, and how it is called.
CLIENTS = {
    "curl": ("curl", ["curl", "--version"], curl),
    "python3-requests": ("python3-requests", [PYTHON, "-c", "import requests; print('requests', requests.__version__)"],
                         script(PYTHON, os.path.join(HERE, "requests_client.py"))),
    "wget": ("wget", ["wget", "--version"], wget),
    "lwp": ("libwww-perl", ["perl", "-MLWP", "-e", 'print "libwww-perl $LWP::VERSION"'],
            script("perl", os.path.join(HERE, "lwp_client.pl"))),
    "node-request": ("node-request", ["node", "-p", "'node-request ' + require('request/package.json').version"],
                     script("node", os.path.join(HERE, "request_client.js"))),
}


class Client:
    def __init__(self, name):
        self.package, self.ask_version, self.command = CLIENTS[name]
        self.home = tempfile.TemporaryDirectory()
        # Nothing of a person's: no .netrc, no .wgetrc, no proxies. Debian's modules for a node that is not Debian's.
        self.environment = {"PATH": os.environ["PATH"], "HOME": self.home.name, "LC_ALL": "C.UTF-8",
                            "NODE_PATH": "/usr/share/nodejs", "NODE_NO_WARNINGS": "1", "PYTHONDONTWRITEBYTECODE": "1"}

    def run(self, command):
        return subprocess.run(command, capture_output=True, text=True, env=self.environment, timeout=90)

    def version(self):
        """Name and version; empty where it is not installed."""
        try:
            result = self.run(self.ask_version)
        except FileNotFoundError:
            return ""
        words = result.stdout.replace("GNU Wget", "wget").split()
        return " ".join(words[:2]) if result.returncode == 0 else ""

    def call(self, cloud, password, method, paths, pause=0):
        """What the stand-in answered, and the last status that the client knows of."""
        before = len(cloud.requests())
        urls = [cloud.api + path for path in paths]
        result = self.run(self.command(cloud.facts["publicKey"], password, pause, method, urls))
        requests = [r for r in cloud.requests()[before:] if not r["target"].startswith("/demo/")]
        said = re.findall(r"^ *(?:HTTP/1.1 )?(\d{3})\b", result.stdout + result.stderr, re.MULTILINE)
        return requests, int(said[-1]) if said else 0


def outcome(requests):
    signed_before = False
    words = []
    for request in requests:
        signed = request["authorization"] == "Digest"
        words.append(str(request["status"]) + (" stale" if signed and request["status"] == 401 and signed_before else ""))
        signed_before = signed_before or (signed and request["status"] == 200)
    return ", ".join(words) or "nothing was asked"


def objection(requests, known, right, calls):
    """Why this is not as it has to be; empty when it is."""
    statuses = [request["status"] for request in requests]
    if any(request["authorization"] not in ("", "Digest") for request in requests):
        return "credentials were sent in another way than Digest"
    if right:
        if statuses.count(200) != calls or statuses[-1:] != [200]:
            return f"{calls} times 200 was expected"
    elif set(statuses) != {401}:
        return "401 was expected"
    elif len(requests) > 3 * calls:
        return "it goes round in circles"
    if known != statuses[-1]:
        return f"the client knows of {known}"
    return ""


def try_client(name, clouds, rows):
    client = Client(name)
    version = client.version()
    if not version:
        print(f"Skipped: {name}, since the package {client.package} is not installed.")
        return
    for form, (cloud, brief) in clouds.items():
        def row(where, key, what, method, paths, pause=0):
            right = where.facts["privateKey"]
            requests, known = client.call(where, right if key == "right" else right[:-1] + "x", method, paths, pause)
            rows.append((version, form, key, what, outcome(requests),
                         objection(requests, known, key == "right", len(paths))))

        groups, ranges = "/groups", "/restoreJobs/restorableTimeRanges"
        for key in ("right", "wrong"):
            row(cloud, key, "GET", "GET", [groups])
            row(cloud, key, "GET, escaped query", "GET", [groups + "?x=%22a%5Cb%26c"])
            row(cloud, key, "POST", "POST", [cloud.path("ledger", ranges)])
        row(cloud, "right", "2 GET", "GET", [groups] * 2)
        row(brief, "right", "2 GET, nonce ended", "GET", [groups] * 2, PAUSE)
        row(brief, "right", "2 POST, nonce ended", "POST", [brief.path("ledger", ranges)] * 2, PAUSE)


def main(names):
    clouds = {form: (Cloud("--challenge", form), Cloud("--challenge", form, "--nonce-life", str(NONCE_LIFE)))
              for form in ("qop", "op")}
    rows = []
    for name in names or CLIENTS:
        try_client(name, clouds, rows)
    table = [("client", "form", "key", "request", "outcome", "")] + rows
    widths = [max(len(row[column]) for row in table) for column in range(5)]
    for row in table:
        line = " | ".join(cell.ljust(width) for cell, width in zip(row, widths))
        print((line + (f" | FAIL: {row[5]}" if row[5] else "")).rstrip())
    return 1 if any(row[5] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
