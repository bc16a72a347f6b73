"""A service account whose secret is in GNOME Keyring: the whole program asks for one token, and gives it back when a
person quits it from the keyboard, and when it is told to end by SIGTERM or SIGINT; then it saves its state, too, and a
demo takes its folder along. Driven from outside, against the stand-in Cloud Manager as a service of its own.
with_keyring.sh makes the session with the keyring."""

import base64
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

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


def signs_out(way, tell):
    home = pathlib.Path(tempfile.mkdtemp(prefix="tidemark-test-", dir=os.environ["TIDEMARK_TEST_HOME"]))
    cloud = Cloud()
    keep_connection(cloud, home / "tidemark")
    program = outside.Program(
        ["--config-dir", str(home / "tidemark"), "--data-dir", str(home / "tidemark-data")], {})
    program.wait("New restore…", "push button")
    outside.wait_for("the lists of restore jobs", lambda: answered(cloud, "/restoreJobs"))
    token = ("/api/oauth/token", 200)
    assert answered(cloud, "/oauth/") == [token], answered(cloud, "/oauth/")

    settings = home / "tidemark" / "settings.ini"
    settings.unlink(missing_ok=True)
    tell(program)
    status = program.process.wait(20)
    assert status == 0, f"{way}: exit status {status}"
    assert answered(cloud, "/oauth/") == [token, ("/api/oauth/revoke", 200)], (way, answered(cloud, "/oauth/"))
    assert "geometry" in settings.read_text(), f"{way}: the window's place was not saved"
    print(f"{way}: {len(cloud.requests())} requests with one token, given back at the end")
    shutil.rmtree(home)


def demo_takes_its_folder_along():
    place = pathlib.Path(tempfile.mkdtemp(prefix="tidemark-test-"))
    program = outside.Program(["--demo"], {"TMPDIR": str(place)})
    program.wait("New restore…", "push button")
    assert list(place.glob("tidemark-demo-*")), "no folder of the demo"
    program.process.terminate()
    status = program.process.wait(20)
    assert status == 0, f"the demo: exit status {status}"
    left = list(place.glob("tidemark-demo-*"))
    assert not left, left
    shutil.rmtree(place)


def main():
    outside.inside_session(os.path.abspath(__file__), own_bus=False)
    signs_out("Ctrl+Q", lambda program: program.type_with_control("q"))
    for number in (signal.SIGTERM, signal.SIGINT):
        signs_out(number.name, lambda program, number=number: program.process.send_signal(number))
    demo_takes_its_folder_along()


if __name__ == "__main__":
    main()
