"""A Public API server by itself, for the tests of orders: written from the documentation of the Public API, shares no
code with the program or its stand-in. It answers what a restore asks for, from the Source page to the POST and
afterwards, counts the jobs that were created, and mishandles the POST or any other request as it is told.

    order_server.py        prints one line of JSON: url (for MCLI_OPS_MANAGER_URL), api, control, publicKey, privateKey,
                           projects {name: id}, clusters {name: id}, snapshots {cluster: [ids, newest first]}; ends with
                           its standard input

Estate: project Shop with the replica sets orders and staging and the sharded cluster big (2 shards, config servers);
project Rehearsal with the replica set rehearsal. order_estate.py has it.

Control: JSON over HTTP without authentication at the control URL.

    POST /reset      options; everything else is forgotten, held answers end, late jobs never come. Options, all
                     optional: auth "digest" (default) or "none"; qop true; nonce_uses 0 = any number; nonce_seconds 0 =
                     for ever; clock_offset seconds; page_cap jobs or other items a page has at most; events "source"
                     (default), "target", "both", "none": the projects in which an order leaves RESTORE_REQUESTED_AUDIT;
                     version "6.0.14" of all clusters (checkpoints want "4.0.28");
                     posts, rules as below
    POST /posts      {"posts": [plan, …], "always": plan}: one plan for each POST restoreJobs to come, then `always`
                     (default: a plain 200). A POST that is refused for its credentials takes no plan, unless the next
                     one says any_auth
    POST /rules      {"rules": [rule, …]}: faults of all other requests. The first that fits and is not used up counts
    POST /release    {"name": n}: an answer or a creation that waits for n goes on, also those to come. {"show": true}:
                     jobs that no list showed are listed from now on
    POST /jobs       {"cluster": n, "body": request, "shape": …, "count": 1, "visible_after": 0}: jobs of somebody else;
                     body left out: that of the last POST
    POST /change     {"jobs": [ids] or none for all, "set": {"statusName": "FINISHED", "delivery.statusName": "READY"}}
    POST /automation {"project": n, "goal": 8, "achieved": {process: 7} or 7, "processes": {process: fields},
                     "restore_jobs": {process: job id}}
    POST /events     {"project": n, "set": {…}, "created_offset": s}: one more RESTORE_REQUESTED_AUDIT
    GET  /state      created (orders handled of POSTs, not somebody else's jobs), orders [{order, cluster, jobs, batch,
                     body, time, nonce, nc, foreign}], posts [{time, body, status, nonce, nc, authorised, answer_size,
                     body_size, head_size}], holding [names waited for]
    GET  /requests   every request: n, time, method, path, query, status (0: no answer), authorised, nonce; ?since=n
    GET  /wait       ?posts=n | orders=n | holding=name | requests=n &seconds=10: answers {"happened": true|false} as
                     soon as there are so many

A plan of a POST, every field optional: any field of a fault (order_wire.py: delay, hold, drop, cut, cut_body, pause_at,
end, framing), and

    answer          {"status", "headers", "body"} in place of the created jobs; text and JSON may have {JOB-ID},
                    {BATCH-ID}
    error           {"status", "code", "detail", "parameters"}: the API's own error document; nothing is created
    challenge       true: 401 with a new nonce, nothing is created; "bare": 401 without a challenge
    create          "before" (default: before the answer), "after" it, "never", "late"
    late_seconds    with late: after so many seconds, counted from the POST
    late_hold       with late: when this name is released
    visible_after   seconds from creation until lists show the jobs; null: not until {"show": true}
    times           2: the gateway sends the POST twice: two orders, the answer is the second's
    refuse_second   true: sent twice, one order, the answer 409 CONCURRENT_RESTORES_JOB_IDS that names it
    concurrent      [ids] or true: 409 CONCURRENT_RESTORES_JOB_IDS naming these, or none; nothing is created
    shape           how the jobs look (order_jobs.py)
    any_auth        true: also for a POST whose credentials are refused; its answer is then the challenge

A rule: any field of a fault, answer, error, challenge, any_auth, and method (default GET), path (a regular expression,
searched in path and query), skip (so many first), times (so many then; default all), endless (true: the list never has
a last page).
"""

import json
import os
import re
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import order_estate as estate
import order_measured
from order_control import Control
from order_digest import PRIVATE_KEY, PUBLIC_KEY, UNAUTHORIZED, Digest
from order_jobs import Jobs, Refused, check
from order_wire import Answer, Dropped, Holds, listen

ROOT = "/api/public/v1.0"
SERVICE_VERSION = "gitHash=1f0c3a; versionString=8.0.14.100.20250917T1200Z"


class Server:
    """The state of one server; `reset` makes it new without a new port."""

    def __init__(self):
        self.holds, self.generation, self.host = Holds(), 0, ("127.0.0.1", 0)
        self.changed = self.holds.changed  # one condition for everything that a test waits for
        self.reset({})

    def reset(self, options):
        with self.changed:
            self.generation += 1
            self.options = options
            self.jobs = Jobs(self.now)
            self.estate = estate.Estate(self.now(), options.get("version", estate.VERSION))
            self.digest = Digest(options)
            self.plans, self.always = list(options.get("posts", [])), {}
            self.set_rules(options.get("rules", []))
            self.requests, self.posts, self.extra_events = [], [], []
            self.automation = {name: {"goal": 7, "achieved": {}, "processes": {}, "restore_jobs": {}}
                               for name in estate.PROJECTS}
        self.holds.forget()

    def set_rules(self, rules):
        self.rules = [{**rule, "seen": 0} for rule in rules]

    def now(self):
        return time.time() + self.options.get("clock_offset", 0)

    # One request

    def serve(self, connection):
        request = connection.head()
        generation = self.generation
        is_order = request.method == "POST" and request.path.endswith("/restoreJobs")
        record = {"time": request.time, "method": request.method, "path": request.path[len(ROOT):],
                  "query": request.query_text, "status": 0}
        refusal = self.digest.refusal(request)
        record.update({"authorised": refusal is None, "nonce": request.nonce, "nc": request.count})
        fault = self.plan_for(refusal) if is_order else self.rule_for(request, refusal)
        with self.changed:
            if generation != self.generation:
                raise Dropped
            record["n"] = len(self.requests) + 1
            self.requests.append(record)
            if is_order:
                self.posts.append(record)
            self.changed.notify_all()
        if fault.get("drop") == "unread":
            connection.end("reset")
        if fault.get("drop") == "head":
            connection.end(fault.get("end", "close"))
        connection.read_body(request)
        if is_order:
            record["body"] = self.parsed(request)
        after = None
        if is_order and refusal is None:
            answer, after = self.order(request, record, fault)
        else:
            answer = self.told(fault, refusal) or refusal or self.read(request, fault)
        if fault.get("drop") == "body":
            if after:
                after()
            connection.end(fault.get("end", "close"))
        answer.headers.setdefault("X-MongoDB-Service-Version", SERVICE_VERSION)
        date = estate.http_date(self.now())
        whole, body_at = answer.bytes(date, fault.get("framing", "length"))
        record.update({"status": answer.status, "answer_size": len(whole), "body_size": len(answer.body),
                       "head_size": body_at})
        try:
            connection.deliver(answer, date, fault, self.holds)
        finally:
            if after and generation == self.generation:
                after()

    def parsed(self, request):
        try:
            return request.json()
        except ValueError:
            return request.body.decode("utf-8", "replace")

    def plan_for(self, refusal):
        with self.changed:
            if refusal and not (self.plans and self.plans[0].get("any_auth")):
                return {}
            return self.plans.pop(0) if self.plans else self.always

    def rule_for(self, request, refusal):
        with self.changed:
            for rule in self.rules:
                if refusal and not rule.get("any_auth"):
                    continue
                if rule.get("method", "GET") != request.method or not re.search(rule.get("path", ""), request.target):
                    continue
                rule["seen"] += 1
                used = rule["seen"] - rule.get("skip", 0)
                if used > 0 and used <= rule.get("times", used):
                    return rule
        return {}

    def told(self, fault, refusal=None, order=None):
        """The answer that the plan or rule names, or None."""
        if fault.get("challenge") == "bare":
            return Answer(401, UNAUTHORIZED)
        if fault.get("challenge"):
            return self.digest.challenge(stale=True)
        if "error" in fault:
            error = fault["error"]
            document = {"detail": error.get("detail", "Refused by the test."), "error": error["status"],
                        "errorCode": error["code"], "parameters": error.get("parameters", []), "reason": "Refused"}
            return Answer(error["status"], document)
        if "answer" in fault and not refusal:
            answer = fault["answer"]
            body = answer.get("body", "")
            text = body if isinstance(body, str) else json.dumps(body)
            if order:
                text = text.replace("{JOB-ID}", order.ids[0]).replace("{BATCH-ID}", order.batch or "")
            return Answer(answer.get("status", 200), text, {"Content-Type": "application/json", **answer.get("headers",
                {})})
        return None

    # The order

    def order(self, request, record, plan):
        """The answer to a POST restoreJobs, and what is to be done after it was sent (or None)."""
        name = self.cluster_of(request)
        if plan.get("concurrent"):
            ids = plan["concurrent"] if isinstance(plan["concurrent"], list) else []
            return self.concurrent(ids), None
        if "error" in plan or plan.get("challenge"):
            return self.told(plan), None
        try:
            if name is None:
                raise Refused(404, "CLUSTER_NOT_FOUND", "No such cluster.")
            check(record["body"], name)
            handled = [self.jobs.prepare(name, record["body"], plan.get("shape", {}), self.host)
                       for _ in range(plan.get("times", 1))]
        except Refused as refused:
            return Answer(refused.status, refused.document), None
        generation = self.generation

        def create():
            with self.changed:
                if generation != self.generation:
                    return
                use = {"nonce": record["nonce"], "nc": record["nc"], "post": record["n"]}
                for order in handled:
                    self.jobs.commit(order, name, record["body"], use, plan.get("visible_after", 0))
                self.changed.notify_all()

        when = plan.get("create", "before")
        if when == "before":
            create()
        elif when == "late":
            threading.Thread(target=self.late, args=(create, plan), daemon=True).start()
        answer = self.told(plan, order=handled[-1])
        if plan.get("refuse_second"):
            answer = self.concurrent(handled[-1].ids)
        return (answer or Answer(200, handled[-1].answer, {"Content-Type": "application/json"}),
                create if when == "after" else None)

    def late(self, create, plan):
        try:
            if "late_hold" in plan:
                self.holds.wait(plan["late_hold"])
            time.sleep(plan.get("late_seconds", 0))
        except Dropped:
            return
        create()

    def concurrent(self, ids):
        text = "Another restore is in progress" + (f" with restore job IDs {', '.join(ids)}." if ids else ".")
        return Answer(409, {"detail": text, "error": 409, "errorCode": "CONCURRENT_RESTORES_JOB_IDS", "parameters": ids,
                            "reason": "Conflict"})

    # Reading

    def cluster_of(self, request):
        found = re.match(ROOT + r"/groups/(\w+)/clusters/(\w+)(/|$)", request.path)
        name = estate.cluster_name(found[2]) if found else None
        return name if name and estate.PROJECTS[estate.CLUSTERS[name][0]] == found[1] else None

    def read(self, request, fault):
        try:
            return Answer(200, self.content(request, fault))
        except Refused as refused:
            return Answer(refused.status, refused.document)

    def content(self, request, fault):
        way = [urllib.parse.unquote(part) for part in request.path[len(ROOT):].split("/") if part]
        if not request.path.startswith(ROOT):
            raise Refused(404, "RESOURCE_NOT_FOUND", "Cannot find resource.")
        page = lambda items: self.page(request, items, fault)
        if way == []:
            return {"appName": "MMS Public API", "build": "1f0c3a", "links": []}
        if way == ["orgs"]:
            return page([{"id": estate.ORG, "name": "Acme", "links": []}])
        if way == ["groups"]:
            return page(self.estate.projects())
        if way == ["clusters"]:
            return page(self.estate.all_clusters())
        project = estate.project_name(way[1]) if len(way) > 1 and way[0] == "groups" else None
        if project is None:
            raise Refused(404, "GROUP_NOT_FOUND" if way[0] == "groups" else "RESOURCE_NOT_FOUND", "Not found.")
        lists = {"clusters": self.estate.clusters, "backupConfigs": self.estate.backup_configs,
                 "hosts": self.estate.hosts, "events": lambda project: self.events(request, project)}
        rest = way[2:]
        if not rest:
            return self.estate.project(project)
        if rest == ["automationStatus"]:
            return self.estate.automation_status(project, self.automation[project])
        if rest in (["automationConfig"], ["automationConfig", "noSecrets"]):
            return self.estate.automation_config(project, self.automation[project])
        if rest[0] == "agents":
            return page(self.estate.agents(project) if rest[1:] == ["AUTOMATION"] else [])
        if rest[0] == "hosts" and len(rest) > 2:
            self.one(self.estate.hosts(project), "id", rest[1])
            names = urllib.parse.parse_qs(request.query_text).get("m", [])
            told = order_measured.of_host(rest[2:], names, self.now(), estate.iso)
            if told is None:
                raise Refused(404, "RESOURCE_NOT_FOUND", "Not found.")
            return page(told) if isinstance(told, list) else told
        if len(rest) == 1 and rest[0] in lists:
            return page(lists[rest[0]](project))
        if len(rest) == 2 and rest[0] in lists:
            key = {"backupConfigs": "clusterId"}.get(rest[0], "id")
            return self.one(lists[rest[0]](project), key, rest[1])
        name = estate.cluster_name(rest[1]) if len(rest) > 2 else None
        if name is None or estate.CLUSTERS[name][0] != project:
            raise Refused(404, "CLUSTER_NOT_FOUND" if rest[0] == "clusters" else "RESOURCE_NOT_FOUND", "Not found.")
        return self.of_cluster(request, name, rest, page)

    def of_cluster(self, request, name, rest, page):
        what = rest[2]
        if rest[0] == "backupConfigs" and what == "snapshotSchedule":
            return self.estate.schedule(name)
        if request.method == "POST":
            if rest[2:] == ["restoreJobs", "restorableTimeRanges"]:
                return self.estate.ranges(name)
            raise Refused(405, "METHOD_NOT_ALLOWED", "Not allowed.")
        jobs = self.jobs.listed(rest[1], request.query().get("batchId"))
        lists = {"snapshots": self.estate.snapshots(name), "checkpoints": self.estate.checkpoints(name),
        "restoreJobs": jobs}
        if what not in lists:
            raise Refused(404, "RESOURCE_NOT_FOUND", "Not found.")
        if len(rest) == 4:
            return self.one(lists[what], "id", rest[3])
        return page(lists[what])

    def one(self, items, key, wanted):
        for item in items:
            if item.get(key) == wanted:
                return item
        raise Refused(404, "RESOURCE_NOT_FOUND", f"Nothing with ID {wanted} exists.", [wanted])

    def page(self, request, items, fault):
        query = request.query()
        size = min(int(query.get("itemsPerPage", 100)), 500, self.options.get("page_cap", 500))
        number = int(query.get("pageNum", 1))
        part = items[(number - 1) * size:number * size]
        if fault.get("endless") and not part:
            part = [{"id": f"60fe0000{number:016x}", "created": estate.iso(self.now()), "statusName": "FINISHED",
                     "delivery": {"methodName": "HTTP", "statusName": "EXPIRED"}}]
        links = [{"rel": "self", "href": f"http://site.example.net{request.target}"}]
        if number > 1:
            links.append({"rel": "previous", "href": f"http://site.example.net{request.path}?pageNum={number - 1}"})
        if number * size < len(items) or fault.get("endless"):
            links.append({"rel": "next",
                          "href": f"http://site.example.net{request.path}?pageNum={number + 1}&itemsPerPage={size}"})
        return {"links": links, "results": part, "totalCount": len(items)}

    def events(self, request, project):
        where = self.options.get("events", "source")
        found = []
        for entry in self.jobs.orders:
            source = estate.CLUSTERS[entry["cluster"]][0]
            target = estate.project_name(entry["body"]["delivery"].get("targetGroupId")) or source
            places = {"source": [source], "target": [target], "both": [source, target], "none": []}[where]
            if project in places:
                found.append(self.event(project, entry["time"], entry["cluster"],
                                        "colleague" if entry["foreign"] else PUBLIC_KEY))
        found += [self.event(project, self.now() + one.get("created_offset", 0), None, PUBLIC_KEY) | one.get("set", {})
                  for one in self.extra_events if one["project"] == project]
        query = urllib.parse.parse_qs(request.query_text)
        kinds, first, last = query.get("eventType"), query.get("minDate", [""])[0], query.get("maxDate", ["9"])[0]
        return [{"id": f"6633aa00{n:016x}", **event} for n, event in reversed(list(enumerate(found)))
                if first <= event["created"] <= last and (not kinds or event["eventTypeName"] in kinds)]

    def event(self, project, seconds, cluster, key):
        event = {"created": estate.iso(seconds), "eventTypeName": "RESTORE_REQUESTED_AUDIT",
                 "groupId": estate.PROJECTS[project],
                 "apiKeyId": "60ab00000000000000000009", "publicKey": key, "remoteAddress": "192.0.2.10",
                 "isGlobalAdmin": False, "links": []}
        if cluster:
            event.update({"clusterId": estate.CLUSTERS[cluster][1], "clusterName": cluster})
        return event


def main():
    server = Server()
    port = listen(server.serve)
    server.host = ("127.0.0.1", port)
    control = listen(Control(server).serve)
    root = f"http://127.0.0.1:{port}"
    print(json.dumps({
        "url": root, "api": root + ROOT, "control": f"http://127.0.0.1:{control}", "publicKey": PUBLIC_KEY,
        "privateKey": PRIVATE_KEY, "projects": estate.PROJECTS,
        "clusters": {name: cluster[1] for name, cluster in estate.CLUSTERS.items()},
        "snapshots": {name: server.estate.snapshot_ids(name) for name in estate.CLUSTERS}}), flush=True)
    while sys.stdin.buffer.read(4096):  # whoever started it has gone
        pass


if __name__ == "__main__":
    main()
