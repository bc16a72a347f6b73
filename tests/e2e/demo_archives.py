"""The stand-in's archives, by curl, tar and sha1sum: content, hashes, links, ranges, faults."""

import gzip
import hashlib
import io
import os
import subprocess
import tarfile
import tempfile
import time
import unittest
from pathlib import Path

from demo_support import Cloud, main


def fetch(url, *arguments):
    """Status, headers, body and exit code of one download."""
    with tempfile.TemporaryDirectory() as folder:
        headers, body = os.path.join(folder, "headers"), os.path.join(folder, "body")
        code = subprocess.run(["curl", "--silent", "--max-time", "20", "--dump-header", headers, "--output", body,
                               *arguments, url]).returncode
        lines = Path(headers).read_text().splitlines() if os.path.exists(headers) else []
        data = Path(body).read_bytes() if os.path.exists(body) else b""
    status = int(lines[0].split()[1]) if lines else 0
    return status, dict((n.lower(), v) for n, v in (l.split(": ", 1) for l in lines if ": " in l)), data, code


def published(cloud, cluster, job):
    return cloud.wait_for(cluster, job["id"], lambda j: "hashes" in j, 5).get("hashes")


class Content(unittest.TestCase):
    def test_archive_of_a_replica_set(self):
        cloud = Cloud()
        job = cloud.download_job("ledger")[0]
        self.assertNotIn("hashes", job)
        url = job["delivery"]["url"]
        name = url.rsplit("/", 1)[1]
        stamp = job["timestamp"]["date"]
        self.assertRegex(name, rf"^ledger-\d+-{job['id']}\.tar\.gz$")
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["curl", "--silent", "--remote-name", url], cwd=folder, check=True)
            listing = subprocess.run(["tar", "tzf", name], cwd=folder, check=True, capture_output=True,
                                     text=True).stdout.split()
            digest = subprocess.run(["sha1sum", name], cwd=folder, check=True, capture_output=True,
                                    text=True).stdout.split()[0]
        top = name[:-len(".tar.gz")]
        self.assertTrue(all(entry.startswith(top + "/") for entry in listing))
        for wanted in ("WiredTiger.turtle", "storage.bson", "restoreInfo.txt", "_mdb_catalog.wt", "WiredTigerHS.wt"):
            self.assertIn(f"{top}/{wanted}", listing)
        self.assertNotIn(f"{top}/seedSecondary.sh", listing)
        self.assertEqual(published(cloud, "ledger", job),
                         [{"fileName": name, "hash": digest, "typeName": "SHA1"}])
        again = fetch(url)
        self.assertEqual(hashlib.sha1(again[2]).hexdigest(), digest)
        self.assertEqual(again[1].get("transfer-encoding"), "chunked")
        self.assertNotIn("content-length", again[1])
        with tarfile.open(fileobj=io.BytesIO(again[2])) as tar:
            info = tar.extractfile(top + "/restoreInfo.txt").read().decode()
        seconds = int(name.split("-")[1])
        self.assertEqual(time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds)), stamp)
        self.assertIn("Group name: Shop\nReplica set name: ledger\n", info)
        self.assertIn("Cluster id: " + cloud.clusters["ledger"] + "\n", info)
        self.assertIn(f"Restore timestamp:  ({seconds}, {job['timestamp']['increment'] + 1})\n", info)
        applied = time.strftime("%a %b %d %H:%M:%S GMT %Y", time.gmtime(seconds))
        self.assertIn(f"Last Oplog Applied: {applied} ({seconds}, {job['timestamp']['increment']})\n", info)
        self.assertIn("MongoDB Version: 6.0.14\n", info)
        cloud.stop()

    def test_old_clusters_bring_scripts(self):
        cloud = Cloud()
        jobs = cloud.download_job("legacy-orders")
        self.assertEqual(len(jobs), 3)
        _, _, data, _ = fetch(jobs[0]["delivery"]["url"])
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            names = [n.split("/")[1] for n in tar.getnames() if "/" in n]
        self.assertIn("seedSecondary.sh", names)
        self.assertIn("WiredTigerLAS.wt", names)
        cloud.stop()

    def test_sizes_and_packing(self):
        for packing, least, most in (("stored", 3 << 20, 3.1 * (1 << 20)), ("deflate", 1 << 20, 2.5 * (1 << 20))):
            cloud = Cloud("--archive-size", "3M,2M", "--config-size", "300K", "--compression", packing)
            jobs = cloud.download_job("shop-prod")
            sizes = [len(gzip.decompress(fetch(job["delivery"]["url"])[2])) for job in jobs]
            for size, wanted in zip(sizes, (3 << 20, 2 << 20, 300 << 10)):
                self.assertLess(abs(size - wanted), 64 << 10)
            packed = len(fetch(jobs[0]["delivery"]["url"])[2])
            self.assertTrue(least - (64 << 10) < packed < most, packed)
            cloud.stop()

    def test_huge_archives_need_no_room(self):
        cloud = Cloud("--archive-size", "64G", "--ranges")
        job = cloud.download_job("ledger")[0]
        status, headers, data, _ = fetch(job["delivery"]["url"], "--range", "60000000000-60000000099")
        self.assertEqual((status, len(data)), (206, 100))
        self.assertGreater(int(headers["content-range"].split("/")[1]), 64 << 30)
        # The end of the archive: the packed length of the tar, modulo 2^32.
        tail = fetch(job["delivery"]["url"], "--range", "-13")[2]
        self.assertEqual(tail[:5], b"\x01\x00\x00\xff\xff")
        with open(f"/proc/{cloud.process.pid}/status") as status_file:
            resident = next(int(l.split()[1]) for l in status_file if l.startswith("VmHWM"))
        self.assertLess(resident, 100_000)
        cloud.stop()

    def test_rate(self):
        cloud = Cloud("--rate", "512K", "--compression", "stored")
        start = time.monotonic()
        fetch(cloud.download_job("ledger")[0]["delivery"]["url"])
        self.assertGreater(time.monotonic() - start, 1.8)
        cloud.stop()


class Links(unittest.TestCase):
    def test_used_up(self):
        cloud = Cloud()
        job = cloud.download_job("ledger", maxDownloads=2)[0]
        url = job["delivery"]["url"]
        self.assertEqual([fetch(url)[0] for _ in range(3)], [200, 200, 403])
        document = cloud.job("ledger", job["id"])
        self.assertEqual(document["delivery"]["statusName"], "MAX_DOWNLOADS_EXCEEDED")
        self.assertNotIn("url", document["delivery"])
        cloud.stop()

    def test_expired(self):
        for answer, status in (("410", 410), ("html", 200)):
            cloud = Cloud("--link-seconds", "1", "--dead-link", answer, "--keep-dead-url")
            job = cloud.download_job("ledger")[0]
            job = cloud.wait_for("ledger", job["id"], lambda j: j["delivery"]["statusName"] == "EXPIRED", 5)
            got = fetch(job["delivery"]["url"])
            self.assertEqual(got[0], status)
            self.assertEqual(b"<html>" in got[2], answer == "html")
            cloud.stop()

    def test_cut_at_expiry(self):
        cloud = Cloud("--link-seconds", "2", "--cut-at-expiry", "--rate", "100K")
        job = cloud.download_job("ledger")[0]
        self.assertEqual(fetch(job["delivery"]["url"])[3], 18)
        cloud.stop()

    def test_what_counts(self):
        for mode, switches, wanted in (("range", ("--ranges",), [206, 206, 403]),
                                       ("start", ("--ranges",), [206, 206, 206]),
                                       ("complete", ("--ranges",), [206, 206, 206])):
            cloud = Cloud("--count", mode, *switches)
            url = cloud.download_job("ledger", maxDownloads=2)[0]["delivery"]["url"]
            self.assertEqual([fetch(url, "--range", "100-199")[0] for _ in range(3)], wanted, mode)
            cloud.stop()
        cloud = Cloud("--count", "complete")
        job = cloud.download_job("ledger", maxDownloads=1)[0]
        cloud.curl(cloud.root + "/demo/faults", "--data-binary", "/pull/=cut@100K x2", auth=False)
        self.assertEqual([fetch(job["delivery"]["url"])[3] for _ in range(3)], [18, 18, 0])
        self.assertEqual(fetch(job["delivery"]["url"])[0], 403)
        cloud.stop()

    def test_wrong_links(self):
        cloud = Cloud()
        url = cloud.download_job("ledger")[0]["delivery"]["url"]
        parts = url.split("/")
        for wrong in ("/".join([*parts[:-2], "AAAA", parts[-1]]), "/".join([*parts[:-1], "other.tar.gz"]),
                      url.replace(parts[-3], "5" * 24)):
            self.assertEqual(fetch(wrong)[0], 404)
        self.assertEqual(fetch(cloud.facts["baseUrl"] + "/" + "/".join(parts[3:]))[0], 404)
        cloud.stop()

    def test_authorized_links(self):
        for kind, bearer in (("v3", True), ("v3-no-bearer", False), ("both", True)):
            cloud = Cloud("--links", kind)
            delivery = cloud.download_job("ledger")[0]["delivery"]
            self.assertEqual("url" in delivery, kind == "both")
            self.assertEqual("authBearer" in delivery, bearer)
            value = " ".join(filter(None, [delivery.get("authBearer"), delivery["authValue"]]))
            self.assertEqual(fetch(delivery["urlV2"])[0], 401)
            self.assertEqual(fetch(delivery["urlV2"], "--header", f"{delivery['authHeader']}: {value}")[0], 200)
            cloud.stop()

    def test_head_is_no_download(self):
        cloud = Cloud("--ranges")
        job = cloud.download_job("ledger", maxDownloads=1)[0]
        status, headers, data, _ = fetch(job["delivery"]["url"], "--head")
        self.assertEqual((status, headers["accept-ranges"]), (200, "bytes"))
        self.assertEqual(len(fetch(job["delivery"]["url"])[2]), int(headers["content-length"]))
        cloud.stop()


class Hashes(unittest.TestCase):
    def after_download(self, *switches):
        cloud = Cloud(*switches)
        job = cloud.download_job("ledger")[0]
        digest = hashlib.sha1(fetch(job["delivery"]["url"])[2]).hexdigest()
        start = time.monotonic()
        hashes = published(cloud, "ledger", job)
        cloud.stop()
        return digest, hashes and hashes[0], time.monotonic() - start, job["delivery"]["url"].rsplit("/", 1)[1]

    def test_switches(self):
        digest, published_, _, _ = self.after_download("--hash", "wrong")
        self.assertNotEqual(published_["hash"], digest)
        digest, published_, _, _ = self.after_download("--hash", "upper")
        self.assertEqual(published_["hash"], digest.upper())
        digest, published_, _, name = self.after_download("--hash", "other-name")
        self.assertEqual((published_["hash"], published_["fileName"]), (digest, "other-" + name))
        self.assertIsNone(self.after_download("--hash", "never")[1])
        digest, published_, seconds, _ = self.after_download("--hash-delay", "1.5")
        self.assertEqual(published_["hash"], digest)
        self.assertGreater(seconds, 1.2)

    def test_early(self):
        cloud = Cloud("--hash", "early")
        job = cloud.download_job("ledger")[0]
        hashes = published(cloud, "ledger", job)
        self.assertEqual(hashes[0]["hash"], hashlib.sha1(fetch(job["delivery"]["url"])[2]).hexdigest())
        cloud.stop()

    def test_aborted(self):
        cloud = Cloud("--hash", "aborted", "--fault", "/pull/=cut@300K")
        job = cloud.download_job("ledger")[0]
        part = fetch(job["delivery"]["url"])[2]
        self.assertEqual(published(cloud, "ledger", job)[0]["hash"], hashlib.sha1(part).hexdigest())
        cloud.stop()


class Ranges(unittest.TestCase):
    def test_ranges(self):
        for packing in ("stored", "deflate"):
            cloud = Cloud("--ranges", "--compression", packing)
            job = cloud.download_job("ledger", maxDownloads=9)[0]
            url = job["delivery"]["url"]
            status, headers, middle, _ = fetch(url, "--range", "100000-399999")
            etag, size = headers["etag"], int(headers["content-range"].split("/")[1])
            self.assertEqual((status, headers["content-range"], len(middle)),
                             (206, f"bytes 100000-399999/{size}", 300000))
            # The hash is there once every byte was sent, in whatever order.
            rest = fetch(url, "--range", "400000-", "--header", "If-Range: " + etag)[2]
            time.sleep(0.3)
            self.assertNotIn("hashes", cloud.job("ledger", job["id"]))
            start = fetch(url, "--range", "0-99999")[2]
            whole = start + middle + rest
            self.assertEqual(len(whole), size)
            self.assertEqual(published(cloud, "ledger", job)[0]["hash"], hashlib.sha1(whole).hexdigest())
            status, headers, full, _ = fetch(url)
            self.assertEqual((status, int(headers["content-length"]), full), (200, size, whole))
            self.assertEqual(fetch(url, "--range", "40-", "--header", 'If-Range: "other"')[0], 200)
            status, headers, _, _ = fetch(url, "--range", f"{size}-")
            self.assertEqual((status, headers["content-range"]), (416, f"bytes */{size}"))
            self.assertEqual(fetch(url, "--range", "-10")[2], whole[-10:])
            gzip.decompress(whole)
            cloud.stop()

    def test_ranges_are_ignored_otherwise(self):
        for framing, has in (("chunked", "transfer-encoding"), ("length", "content-length"), ("close", None)):
            cloud = Cloud("--framing", framing)
            url = cloud.download_job("ledger")[0]["delivery"]["url"]
            status, headers, data, _ = fetch(url, "--range", "40-")
            self.assertEqual((status, data[:2]), (200, b"\x1f\x8b"))
            gzip.decompress(data)
            for header in ("transfer-encoding", "content-length"):
                self.assertEqual(header in headers, header == has)
            self.assertNotIn("accept-ranges", headers)
            cloud.stop()


class Faults(unittest.TestCase):
    def test_streams(self):
        cloud = Cloud("--archive-size", "400K", "--fault", "/pull/=cut@100K", "--fault", "/pull/=stall@50K",
                      "--fault", "/pull/=short@60K", "--fault", "/pull/=flip@70K", "--fault", "/pull/=html",
                      "--fault", "/pull/=503 retry-after=3", "--fault", "/pull/=drop")
        job = cloud.download_job("ledger", maxDownloads=20)[0]
        url = job["delivery"]["url"]
        _, _, cut, code = fetch(url)
        self.assertEqual((len(cut), code), (100 << 10, 18))
        _, _, stalled, code = fetch(url, "--max-time", "2")
        self.assertEqual((len(stalled), code), (50 << 10, 28))
        _, _, short, code = fetch(url)
        self.assertEqual((len(short), code), (60 << 10, 0))
        _, _, flipped, _ = fetch(url)
        status, _, page, _ = fetch(url)
        self.assertEqual((status, b"<html>" in page), (200, True))
        status, headers, _, _ = fetch(url)
        self.assertEqual((status, headers["retry-after"]), (503, "3"))
        self.assertEqual(fetch(url)[3], 52)
        whole = fetch(url)[2]
        self.assertEqual([cut, stalled, short], [whole[:100 << 10], whole[:50 << 10], whole[:60 << 10]])
        self.assertEqual([i for i in range(len(whole)) if whole[i] != flipped[i]], [70 << 10])
        self.assertEqual(published(cloud, "ledger", job)[0]["hash"], hashlib.sha1(whole).hexdigest())
        cloud.stop()


class Process(unittest.TestCase):
    def test_ends_at_once_while_transfers_run(self):
        cloud = Cloud("--rate", "50K")
        url = cloud.download_job("ledger")[0]["delivery"]["url"]
        running = subprocess.Popen(["curl", "--silent", "--output", "/dev/null", url])
        time.sleep(0.5)
        start = time.monotonic()
        cloud.process.terminate()
        self.assertEqual(cloud.process.wait(10), 0)
        self.assertLess(time.monotonic() - start, 3)
        self.assertNotEqual(running.wait(10), 0)

    def test_ends_with_its_parent(self):
        program = os.environ["TIDEMARK_DEMO_CLOUD"]
        shell = subprocess.Popen(["bash", "-c", f"'{program}' --exit-with-parent & echo $!; wait"],
                                 stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        self.addCleanup(shell.stdout.close)
        self.addCleanup(shell.kill)
        lines = [shell.stdout.readline() for _ in range(2)]  # the shell's and the program's, in either order
        child = int(next(line for line in lines if line.strip().isdigit()))
        self.assertTrue(any("baseUrl" in line for line in lines), lines)
        shell.kill()
        shell.wait()
        end = time.monotonic() + 5
        while os.path.exists(f"/proc/{child}/stat") and time.monotonic() < end:
            try:
                if Path(f"/proc/{child}/stat").read_text().split()[2] == "Z":
                    break
            except FileNotFoundError:
                break
            time.sleep(0.05)
        self.assertLess(time.monotonic(), end)

    def test_command_line(self):
        program = os.environ["TIDEMARK_DEMO_CLOUD"]
        help_text = subprocess.run([program, "--help"], capture_output=True, text=True)
        self.assertEqual(help_text.returncode, 0)
        self.assertIn("--fault \"/pull/=cut@10M x2\"", help_text.stdout)
        for wrong in (["--nothing"], ["--hash", "md5"], ["--rate"], ["--ranges=yes"], ["--fault", "nonsense"],
                      ["--archive-size", "big"]):
            result = subprocess.run([program, *wrong], capture_output=True, text=True, timeout=5)
            self.assertEqual((result.returncode, result.stdout), (2, ""), wrong)
            self.assertIn(wrong[0].split("=")[0], result.stderr)

    def test_a_port_of_ones_own(self):
        cloud = Cloud()
        port = cloud.root.rsplit(":", 1)[1]
        program = os.environ["TIDEMARK_DEMO_CLOUD"]
        taken = subprocess.run([program, "--port", port], capture_output=True, text=True, timeout=5)
        self.assertEqual(taken.returncode, 1)
        cloud.stop()
        again = Cloud("--port", port)
        self.assertTrue(again.root.endswith(":" + port))
        again.stop()


class State(unittest.TestCase):
    def test_goes_on_after_it_was_killed(self):
        with tempfile.TemporaryDirectory() as folder:
            state = os.path.join(folder, "state.json")
            cloud = Cloud("--state", state, "--ranges", "--fault", "/pull/=cut@300K")
            job = cloud.download_job("ledger", maxDownloads=1)[0]
            url = job["delivery"]["url"]
            snapshots = cloud.get(cloud.path("ledger", "/snapshots")).json
            first = fetch(url)[2]
            self.assertEqual(len(first), 300 << 10)
            cloud.process.kill()
            cloud.process.wait()
            cloud.stop()
            again = Cloud("--state", state, "--ranges")
            self.assertEqual(again.root, cloud.root)
            self.assertEqual(again.get(again.path("ledger", "/snapshots")).json, snapshots)
            self.assertEqual(again.job("ledger", job["id"])["delivery"]["statusName"], "MAX_DOWNLOADS_EXCEEDED")
            rest = fetch(url, "--range", f"{len(first)}-")[2]
            whole = first + rest
            gzip.decompress(whole)
            self.assertEqual(published(again, "ledger", job)[0]["hash"], hashlib.sha1(whole).hexdigest())
            again.stop()

    def test_a_file_that_is_no_state(self):
        with tempfile.TemporaryDirectory() as folder:
            state = os.path.join(folder, "state.json")
            Path(state).write_text("{\"jobs\": 7}")
            cloud = Cloud("--state", state)
            self.assertEqual(cloud.get("/groups").status, 200)
            cloud.stop()
            self.assertIn("archivePort", Path(state).read_text())


if __name__ == "__main__":
    main()
