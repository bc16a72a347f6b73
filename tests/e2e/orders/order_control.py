"""The control interface of order_server.py, described at its head."""

import order_estate as estate
from order_wire import Answer


class Control:
    def __init__(self, server):
        self.server = server

    def serve(self, connection):
        request = connection.head()
        connection.read_body(request)
        try:
            call = getattr(self, f"{request.method.lower()}_{request.path.strip('/')}", None)
            answer = Answer(200, call(request) or {}) if call else Answer(404, {"error": f"no {request.path}"})
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            answer = Answer(400, {"error": f"{type(error).__name__}: {error}"})
        connection.deliver(answer, estate.http_date(0), {}, None)

    def post_reset(self, request):
        self.server.reset(request.json())

    def post_posts(self, request):
        wanted = request.json()
        with self.server.changed:
            self.server.plans = list(wanted.get("posts", []))
            self.server.always = wanted.get("always", {})

    def post_rules(self, request):
        with self.server.changed:
            self.server.set_rules(request.json()["rules"])

    def post_release(self, request):
        wanted = request.json()
        if "name" in wanted:
            self.server.holds.release(wanted["name"])
        if wanted.get("show"):
            self.server.jobs.show()

    def post_jobs(self, request):
        wanted = request.json()
        jobs = self.server.jobs
        made = []
        for _ in range(wanted.get("count", 1)):
            body = wanted.get("body") or self.server.posts[-1]["body"]
            order = jobs.prepare(wanted["cluster"], body, wanted.get("shape", {}), self.server.host)
            jobs.commit(order, wanted["cluster"], body, {"nonce": None, "nc": None, "post": None},
                        wanted.get("visible_after", 0), foreign=True)
            made += order.ids
        return {"jobs": made}

    def post_change(self, request):
        wanted = request.json()
        self.server.jobs.change(wanted.get("jobs"), wanted["set"])

    def post_automation(self, request):
        wanted = request.json()
        project = wanted["project"]
        with self.server.changed:
            now = self.server.automation[project]
            before = now["goal"]
            now["goal"] = wanted.get("goal", before)
            now["processes"] = wanted.get("processes", now["processes"])
            now["restore_jobs"] = wanted.get("restore_jobs", now["restore_jobs"])
            achieved = wanted.get("achieved", {})
            if isinstance(achieved, int):
                achieved = {one[0]: achieved for one in self.server.estate.processes(project)}
            now["achieved"] = achieved

    def post_events(self, request):
        wanted = request.json()
        estate.PROJECTS[wanted["project"]]
        self.server.extra_events.append(wanted)

    def get_state(self, _):
        server = self.server
        with server.changed:
            orders = [{name: value for name,
            value in entry.items() if name != "seen_from"} for entry in server.jobs.orders]
            return {"created": self.created(), "orders": orders, "posts": list(server.posts),
                    "holding": list(server.holds.waiting)}

    def get_requests(self, request):
        since = int(request.query().get("since", 0))
        with self.server.changed:
            return {"requests": self.server.requests[since:]}

    def created(self):
        return sum(1 for entry in self.server.jobs.orders if not entry["foreign"])

    def get_wait(self, request):
        query, server = request.query(), self.server
        happened = {"posts": lambda n: len(server.posts) >= int(n), "orders": lambda n: self.created() >= int(n),
                    "requests": lambda n: len(server.requests) >= int(n),
                        "holding": lambda n: n in server.holds.waiting}
        what = next(name for name in happened if name in query)
        with server.changed:
            found = server.changed.wait_for(lambda: happened[what](query[what]), float(query.get("seconds", 10)))
        return {"happened": bool(found)}
