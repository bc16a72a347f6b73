"""Plays one row of the table of orders: steps of a person, of the server and of the machine, each with what is to be
seen.

A step is a text, `[A|B] verb [: expected]` (two programs on the same folder, A where none is named), or a pair
(control, options) for order_server.py, such as ("posts", {"posts": […]}).

    start             the program is started (with the row's faults, if it has any), its catalogue read, the draft made
    profile: NAME     from its next start the program opens another connection to the same server
    kill, restart     SIGKILL; SIGKILL and started again on the same folder, without faults; quit: it ends by itself
    draft: MODE SOURCE [TARGET [PROJECT]]
    order: WORD       a click on the order button and what comes of it: ordered, not ordered, not known yet,
                      conflicting, changed, not sent, cancelled, busy; died where the program is killed by a fault
    begin, wait: WORD the same in two steps
    accept            with the conflicts on the screen: the next order is a second one on purpose
    late: WORD        what is done when reading takes too long: wait, send, cancel
    cancel: yes|no    whether it could be cancelled
    says: TEXT        among the texts of the last order or view
    sendings: N       of the last order
    views: N          orders that are not known yet, waited for
    candidates: N, match: TEXT, events: N, mentioned: N, details: TEXT     of the first of them, waited for
    look, this, notmine, forget     for the first of them, with its first candidate: the button
    shown: N          restores that were ordered here, waited for
    created: N, posts: N            at the server, waited for: jobs, and POSTs that it looked at
    holding: NAME, release: NAME, show
    reached, go       the wait of a fault (step_shim.cpp) has begun; let it go on
    log: TEXT         in the audit log
    put: NAME TEXT, gone: NAME, kept: PATTERN      a file in the folder is written; is removed; there is one like that
    aside: NAME, back: NAME         a file is moved away, and back in its place
    sleep: SECONDS
"""

import hashlib
import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import tempfile
import time

PATIENCE = 20  # seconds for whatever is waited for
PATIENCE_OF_KNOWN = 3  # where it is known not to come


class Failed(Exception):
    """What was seen is not what was expected."""


class Agent:
    """One running order_agent."""

    def __init__(self, server, folder, environment, times):
        keys = [server.facts["publicKey"], server.facts["privateKey"]]
        self.process = subprocess.Popen(
            [os.environ["ORDER_AGENT"], server.url, str(folder), *keys, *[str(one) for one in times]],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, **environment})

    def do(self, command):
        """The answer; {"outcome": "died"} where none comes any more, "silent" where none came in time."""
        try:
            self.process.stdin.write(command + "\n")
            self.process.stdin.flush()
            if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
                return {"outcome": "silent"}
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if line:
            return json.loads(line)
        code = self.process.wait(PATIENCE)
        return {"outcome": "died" if code == -signal.SIGKILL else f"ended with {code}"}

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                pipe.close()
            except BrokenPipeError:
                pass


class Play:
    """One row. `run` raises Failed with what was expected and what was seen."""

    def __init__(self, server, row):
        self.server, self.row = server, row
        self.base = pathlib.Path(tempfile.mkdtemp(prefix="tidemark-row-"))
        self.folder = self.base / "state"
        self.folder.mkdir(mode=0o700)
        self.agents, self.last, self.wanted = {}, {}, dict.fromkeys("AB", row.draft)
        self.profiles = dict.fromkeys("AB", "connection")
        self.count = 0

    def run(self):
        try:
            self.server.reset(**self.row.options)
            if self.row.posts:
                self.server.control("posts", posts=self.row.posts)
            for step in self.row.steps:
                self.step(step)
            self.end()
        finally:
            self.server.reset()
            for agent in self.agents.values():
                agent.kill()
            shutil.rmtree(self.base, ignore_errors=True)

    def end(self):
        """Jobs at the server, what a program that is started afterwards tells of them, and the audit log's chain."""
        self.expect("jobs at the server", self.row.jobs, self.server.created())
        for name in list(self.agents):
            self.agents.pop(name).kill()
        self.server.control("rules", rules=[])
        self.start("A", {})
        self.expect("orders not known and restores that the next program shows", self.row.told,
                    lambda: self.told("A"))
        self.expect("lines of the audit log that do not follow from the line before", [], self.broken_links())

    def told(self, who):
        return len(self.views(who)) + len(self.agents[who].do("jobs")["jobs"])

    def broken_links(self):
        """Every line names the SHA-256 of the line before it, be that whole or not."""
        found = []
        for path in self.folder.rglob("audit.jsonl"):
            before = None
            for number, line in enumerate(path.read_bytes().splitlines(), 1):
                wanted = "0" * 64 if before is None else hashlib.sha256(before).hexdigest()
                before = line
                try:
                    if json.loads(line).get("previous") != wanted:
                        found.append(number)
                except ValueError:
                    pass  # what a killed program left
        return found

    # Steps

    def step(self, step):
        self.count += 1
        if not isinstance(step, str):
            self.server.control(step[0], **step[1])
            return
        head, _, argument = step.partition(": ")
        words = head.split()
        who = words.pop(0) if words[0] in ("A", "B") else "A"
        getattr(self, "do_" + words[0])(who, argument)

    def expect(self, what, wanted, seen):
        """`seen` may be a function: it is asked until it says so or patience ends."""
        end = time.monotonic() + (PATIENCE_OF_KNOWN if self.row.known_wrong else PATIENCE)
        value = seen() if callable(seen) else seen
        while value != wanted and callable(seen) and time.monotonic() < end:
            time.sleep(0.02)
            value = seen()
        if value != wanted:
            raise Failed(f"step {self.count}: {what}: expected {wanted!r}, seen {value!r}; last: {self.last}")

    def until(self, what, seen):
        self.expect(what, True, lambda: bool(seen()))

    def start(self, who, environment):
        if who in self.agents:
            self.agents[who].kill()
        environment = {**environment, "ORDER_PROFILE": self.profiles[who]}
        self.agents[who] = Agent(self.server, self.folder, environment, self.row.times)
        opened = self.agents[who].do("open")
        if opened.get("outcome") == "died":
            return
        self.expect("open", {"open": True}, opened)
        self.draft(who)

    def draft(self, who):
        drafted = self.agents[who].do("draft " + self.wanted[who])
        if not drafted.get("draft"):
            raise Failed(f"step {self.count}: the draft {self.wanted[who]!r}: {drafted}")

    def faults(self, who):
        """The shim's variables."""
        fault = self.row.faults.get(who)
        if not fault:
            return {}
        named = {"PATHS": f"{self.folder}:{self.folder}/*", "REACHED": self.base / "reached", "GO": self.base / "go",
                 "LOG": self.base / "log", **fault}
        named["PATHS"] = str(named["PATHS"]).replace("{folder}", str(self.folder))
        return {"LD_PRELOAD": os.environ["STEP_SHIM"], **{f"STEP_SHIM_{name}": str(one) for name, one in named.items()}}

    def do_start(self, who, _):
        self.start(who, self.faults(who))

    def do_profile(self, who, name):
        self.profiles[who] = name

    def do_kill(self, who, _):
        self.agents[who].kill()

    def do_quit(self, who, _):
        self.agents[who].process.stdin.write("quit\n")
        self.agents[who].process.stdin.flush()
        self.expect("the program's end", 0, self.agents[who].process.poll)

    def do_restart(self, who, _):
        self.start(who, {})

    def do_draft(self, who, wanted):
        self.wanted[who] = wanted
        self.draft(who)

    def ask(self, who, command, wanted):
        self.last = self.agents[who].do(command)
        if wanted:
            self.expect(command, wanted, self.last.get("outcome"))

    def do_order(self, who, wanted):
        self.ask(who, "order", wanted)

    def do_wait(self, who, wanted):
        self.ask(who, "wait", wanted)

    def do_begin(self, who, _):
        self.agents[who].do("begin")

    def do_accept(self, who, _):
        self.agents[who].do("accept")

    def do_late(self, who, what):
        self.agents[who].do("late " + what)

    def do_cancel(self, who, wanted):
        self.expect("cancelled", wanted == "yes", self.agents[who].do("cancel").get("cancelled"))

    def do_says(self, _, text):
        texts = [self.last.get("error", ""), *self.last.get("texts", []), *self.last.get("details", []),
                 *self.last.get("conflicts", []), *self.last.get("changes", [])]
        self.expect(f"{text!r} is said", True, any(text in one for one in texts))

    def do_sendings(self, _, count):
        self.expect("sendings", int(count), self.last.get("sendings"))

    # Orders that are not known yet

    def views(self, who):
        return self.agents[who].do("views").get("views", [])

    def first(self, who):
        views = self.views(who)
        self.last = views[0] if views else {}
        return self.last

    def do_views(self, who, count):
        self.expect("orders not known yet", int(count), lambda: len(self.views(who)))

    def do_candidates(self, who, count):
        self.expect("candidates", int(count), lambda: len(self.first(who).get("candidates", [])))

    def do_match(self, who, text):
        self.expect("match", text, lambda: (self.first(who).get("candidates") or [{}])[0].get("match"))

    def do_events(self, who, count):
        self.expect("events", int(count), lambda: self.first(who).get("events"))

    def do_mentioned(self, who, count):
        self.expect("mentioned", int(count), lambda: self.first(who).get("mentioned"))

    def do_details(self, who, text):
        self.until(f"{text!r} in the details", lambda: any(text in one for one in self.first(who).get("details", [])))

    def do_look(self, who, _):
        self.agents[who].do("look " + self.first(who)["key"])

    def settle(self, who, command):
        view = self.first(who)
        candidate = "" if command == "forget" else view["candidates"][0]["key"]
        self.last = self.agents[who].do(f"{command} {view['key']} {candidate}".strip())
        self.expect(command, True, self.last.get("done"))

    def do_this(self, who, _):
        self.settle(who, "this")

    def do_notmine(self, who, _):
        self.settle(who, "notmine")

    def do_forget(self, who, _):
        self.settle(who, "forget")

    def do_shown(self, who, count):
        self.expect("restores ordered here", int(count), lambda: len(self.agents[who].do("jobs")["jobs"]))

    # The server and the machine

    def do_created(self, _, count):
        self.expect("jobs at the server", int(count), self.server.created)

    def do_posts(self, _, count):
        self.expect("POSTs", int(count),
                    lambda: len([post for post in self.server.state()["posts"] if post["authorised"]]))

    def do_holding(self, _, name):
        if not self.server.wait(f"holding={name}", PATIENCE):
            raise Failed(f"step {self.count}: nothing waits for {name!r}")

    def do_release(self, _, name):
        self.server.control("release", name=name)

    def do_show(self, *_):
        self.server.control("release", show=True)

    def do_reached(self, *_):
        self.until("the fault's wait", (self.base / "reached").exists)

    def do_go(self, *_):
        (self.base / "go").touch()

    def do_log(self, _, text):
        path = self.folder / "connection" / "audit.jsonl"
        self.until(f"{text!r} in the audit log", lambda: text in path.read_text(errors="replace"))

    def do_put(self, _, argument):
        name, _, text = argument.partition(" ")
        (self.folder / name).parent.mkdir(mode=0o700, exist_ok=True)
        (self.folder / name).write_text(text)

    def do_gone(self, _, name):
        (self.folder / name).unlink()

    def do_aside(self, _, name):
        shutil.copy(self.folder / name, self.base / "aside")

    def do_back(self, _, name):
        shutil.copy(self.base / "aside", self.folder / name)

    def do_kept(self, _, pattern):
        self.until(f"a file {pattern!r}", lambda: list(self.folder.glob(pattern)))

    def do_sleep(self, _, seconds):
        time.sleep(float(seconds))
