"""The whole program is killed in the middle of a download and started again: it must end in the same verified bytes,
without a person's help. Driven from outside, against the stand-in Cloud Manager as a service of its own."""

import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import outside
from demo_support import Cloud

ARCHIVE_SIZE = 48 << 20
RATE = 6 << 20  # bytes a second, so that the download lasts long enough to be killed in its middle


def start(cloud, folder):
    return outside.Program(
        ["--config-dir", str(folder / "config"), "--data-dir", str(folder / "data")],
        {"MCLI_PUBLIC_API_KEY": cloud.facts["publicKey"], "MCLI_PRIVATE_API_KEY": cloud.facts["privateKey"],
         "MCLI_OPS_MANAGER_URL": cloud.root, "MCLI_PROJECT_ID": cloud.project_of["ledger"], "HOME": str(folder)})


def order_download(program):
    """From the main window to a running download, by the labels alone."""
    program.press("New restore…")
    program.select_row("Cluster", "ledger", "tree")
    program.press("Next")
    program.choose("Download a snapshot")
    program.press("Next")
    program.select_row("Snapshots", "Yes", "table")
    program.press("Next")
    program.press("Create download link")
    program.press("Download now")


def main():
    outside.inside_session(os.path.abspath(__file__))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tidemark-killed-"))
    archives = folder / "archives"
    archives.mkdir()
    (folder / "config").mkdir(mode=0o700)
    (folder / "config" / "settings.ini").write_text(f"[downloads]\nfolder={archives}\n")
    switches = ["--archive-size", str(ARCHIVE_SIZE), "--compression", "stored", "--rate", str(RATE), *sys.argv[1:]]
    cloud = Cloud(*switches)

    program = start(cloud, folder)
    order_download(program)
    parts = lambda: [part for part in archives.glob("*.part") if part.stat().st_size > ARCHIVE_SIZE // 4]
    part = outside.wait_for("a quarter of the archive", parts, 60)[0]
    program.kill()
    killed_at = part.stat().st_size
    print(f"killed with {killed_at} bytes on disk")
    assert killed_at < ARCHIVE_SIZE, "the download was over before the program was killed"
    assert not list(archives.glob("*.tar.gz")), "the final name exists before the bytes are complete"

    program = start(cloud, folder)
    final = outside.wait_for("the final name", lambda: list(archives.glob("*.tar.gz")), 90)[0]
    program.press("Downloads", "page tab")
    outside.wait_for("Verified", lambda: "Verified" in program.texts("Downloads", "tree"))
    program.end()

    left = sorted(path.name for path in archives.iterdir())
    assert left == sorted([final.name, final.name + ".sha1"]), left
    subprocess.run(["sha1sum", "-c", final.name + ".sha1"], cwd=archives, check=True)
    jobs = cloud.get(cloud.path("ledger", "/restoreJobs")).json["results"]
    published = [known["hash"] for job in jobs for known in job.get("hashes") or [] if known["fileName"] == final.name]
    assert published == [hashlib.sha1(final.read_bytes()).hexdigest()], published
    print(f"verified {final.stat().st_size} bytes after the restart")


if __name__ == "__main__":
    main()
