"""A service account whose secret is in GNOME Keyring: the whole program asks for one token, and gives it back when a
person quits it from the keyboard. Driven from outside, against the stand-in Cloud Manager as a service of its own.
with_keyring.sh makes the session with the keyring."""

import base64
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import outside
from demo_support import Cloud

CONNECTION = "a-service-account"


def keep_connection(cloud, config):
    """As the program saves it: what is no secret in a file, the secret in the keyring."""
    config.mkdir(mode=0o700)
    (config / "connections.json").write_text(json.dumps({"version": 1, "connections": [{
        "id": CONNECTION, "name": "Drill", "service": "ops-manager", "baseUrl": cloud.root,
        "authentication": "service-account", "userName": cloud.facts["clientId"], "proxy": {"mode": "none"}}]}))
    secret = base64.b64encode(json.dumps({"secret": cloud.facts["clientSecret"]}).encode())
    subprocess.run(["secret-tool", "store", "--label=Tidemark", "server", "Tidemark", "user", CONNECTION,
                    "type", "base64"], input=secret, check=True)


def answered(cloud, part):
    """Path and status of every request so far whose path has this part."""
    seen = [(request["target"].split("?")[0], request["status"]) for request in cloud.requests()]
    return [one for one in seen if part in one[0]]


def main():
    outside.inside_session(os.path.abspath(__file__), own_bus=False)
    home = pathlib.Path(os.environ["TIDEMARK_TEST_HOME"])
    cloud = Cloud()
    keep_connection(cloud, home / "tidemark")
    program = outside.Program(
        ["--config-dir", str(home / "tidemark"), "--data-dir", str(home / "tidemark-data")], {})
    program.wait("New restore…", "push button")
    outside.wait_for("the lists of restore jobs", lambda: answered(cloud, "/restoreJobs"))
    token = ("/api/oauth/token", 200)
    assert answered(cloud, "/oauth/") == [token], answered(cloud, "/oauth/")

    program.type_with_control("q")
    status = program.process.wait(20)
    assert status == 0, f"exit status {status}"
    assert answered(cloud, "/oauth/") == [token, ("/api/oauth/revoke", 200)], answered(cloud, "/oauth/")
    print(f"{len(cloud.requests())} requests with one token, given back at the end")


if __name__ == "__main__":
    main()
