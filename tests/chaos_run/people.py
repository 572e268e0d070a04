"""Those who use the API meanwhile: they make the work, answer what runs ask, and repeat what got no answer under the
same key, at whichever node."""

import random
import threading
import time
from collections import Counter

from chaos_run.plan import BATCH, SCHEDULES_S

ANSWER_S, PAUSE_S, GIVE_UP_S = 3, 0.05, 180
PAGE = 200


class NoAnswer(Exception):
    pass


class Tenant:
    def __init__(self, machines, number):
        self.id = machines.command("tenant", "create", "--name", f"Tenant {number}", "--plan", "enterprise")["id"]
        self.key = machines.command("key", "create", "--tenant", self.id, "--scopes", "admin")["key"]


class Api:
    def __init__(self, machines):
        self.machines, self.counts, self.lock = machines, Counter(), threading.Lock()

    def count(self, what):
        with self.lock:
            self.counts[what] += 1

    def ask(self, tenant, method, path, body=None, idempotency_key=None, node=None):
        """Until it is answered for good: gives the reply. Begins at the node that is given."""
        ends = time.monotonic() + GIVE_UP_S
        node = random.randrange(len(self.machines.nodes)) if node is None else node
        while time.monotonic() < ends:
            try:
                reply = self.machines.nodes[node].ask(method, path, tenant.key, body, None, idempotency_key, ANSWER_S)
                self.count(reply.status)
                # An error of the program itself is told at the end, and not a reason to leave the work undone.
                if reply.status not in (429, 500, 503) and reply.code != "idempotency_in_progress":
                    return reply
            except OSError:
                self.count("no answer")
            time.sleep(PAUSE_S)
            node = random.randrange(len(self.machines.nodes))
        raise NoAnswer(f"{method} {path} got no answer in {GIVE_UP_S} s")

    def must(self, tenant, method, path, body=None, idempotency_key=None, status=200):
        reply = self.ask(tenant, method, path, body, idempotency_key)
        if reply.status != status:
            raise NoAnswer(f"{method} {path} is answered with {reply.status}: {reply.body[:300]!r}")
        return reply.json() if reply.body else None


class People:
    """Threads; what fails in one is told by whoever waits for it."""

    def __init__(self, api, tenants, plan):
        self.api, self.tenants, self.plan = api, tenants, plan
        self.acknowledged = {}  # id of a job or a run that was answered -> its key
        self.batches = 0  # that were answered
        self.verdicts, self.answers = {}, Counter()  # (voyage, node) -> the word that was taken; wait -> taken
        self.failures, self.threads, self.is_over = [], [], threading.Event()
        self.is_fed, self.schedules, self.every_s = threading.Event(), [], SCHEDULES_S

    def start(self, feed_s):
        self.begin(self.feed, feed_s)
        for tenant in self.tenants:
            self.begin(self.attend, tenant)

    def stop(self):
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def begin(self, work, *arguments):
        def run():
            try:
                work(*arguments)
            except Exception as failure:  # told at the end, with the seed
                self.failures.append(f"{work.__name__}: {failure!r}")
                self.is_fed.set()

        self.threads.append(threading.Thread(target=run, daemon=True))
        self.threads[-1].start()
        return self.threads[-1]

    # --- making ---

    def make(self, number, what, things, idempotency_key):
        made = self.api.must(self.tenants[number], "POST", f"/api/v1/chaos/{what}",
                             {"items": [thing.item for thing in things]}, idempotency_key, 201)
        self.batches += 1
        for made_id, thing in zip(made["ids"], things):
            self.acknowledged[made_id] = thing.key
        return made["ids"]

    def feed(self, feed_s):
        batches = []
        for number in range(len(self.tenants)):
            jobs = [job for job in self.plan.jobs if job.tenant == number for _ in range(job.sent)]
            voyages = [voyage for voyage in self.plan.voyages if voyage.tenant == number]
            batches += [(number, "jobs", jobs[i:i + BATCH]) for i in range(0, len(jobs), BATCH)]
            few = max(1, BATCH // 10)
            batches += [(number, "runs", voyages[i:i + few]) for i in range(0, len(voyages), few)]
        random.shuffle(batches)
        for number, tenant in enumerate(self.tenants):
            for name, every_s in SCHEDULES_S.items():
                made = self.api.must(tenant, "POST", "/api/v1/chaos/schedules", {"name": name, "every_s": every_s},
                                     f"schedule-{name}", 201)
                self.schedules.append((number, made["ids"][0]))
        began = time.monotonic()
        for index, (number, what, things) in enumerate(batches):
            ids = self.make(number, what, things, f"batch-{index}")
            for made_id, thing in zip(ids, things):
                if what == "jobs" and thing.outcome == "cancelled":
                    self.api.ask(self.tenants[number], "POST", f"/api/v1/jobs/{made_id}/cancel")
            time.sleep(max(0.0, began + feed_s * (index + 1) / len(batches) - time.monotonic()))
        self.is_fed.set()

    def pause_schedules(self):
        for number, schedule in self.schedules:
            self.api.must(self.tenants[number], "POST", f"/api/v1/chaos/schedules/{schedule}/pause", status=204)

    # --- answering ---

    def attend(self, tenant):
        """Looks at the runs that wait, one after another, until all is over."""
        done = set()
        while not self.is_over.is_set():
            for run in self.pages(tenant, "/api/v1/workflow-runs?state=waiting&graph=chaos_voyage"):
                place = (run["id"], run["node"])
                if place in done or self.is_over.is_set():
                    continue
                key = self.api.must(tenant, "GET", f"/api/v1/workflow-runs/{run['id']}")["run"]["data"]["key"]
                if run["node"] == "hail":
                    self.api.must(tenant, "POST", "/api/v1/chaos/signals", {"subject": key, "value": key + "!"},
                                  f"signal-{key}", 204)
                    done.add(place)
                elif run["node"] == "stranded":
                    self.api.ask(tenant, "POST", f"/api/v1/workflow-runs/{run['id']}/cancel")
                    done.add(place)
                elif run["node"] == "ask" and self.answer_both(tenant, key, run["id"]):
                    done.add(place)
            self.is_over.wait(PAUSE_S * 4)

    def answer_both(self, tenant, key, run):
        """Both questions, if both are open by now; each is answered twice, at two nodes and in two ways."""
        detail = self.api.must(tenant, "GET", f"/api/v1/workflow-runs/{run}")
        waits = [wait for wait in detail["waits"] if wait["kind"] == "answer"]
        if len(waits) < 2 or len({wait["node"] for wait in waits}) < 2:
            return detail["run"]["node"] != "ask"
        for wait in waits:
            self.answer_twice(tenant, key, wait)
        return True

    def answer_twice(self, tenant, key, wait):
        path = f"/api/v1/workflow-runs/{wait['run_id']}/waits/{wait['id']}/answer"
        nodes = len(self.api.machines.nodes)

        def answer(word, node):
            try:
                reply = self.api.ask(tenant, "POST", path, {"answer": {"word": word}}, f"{wait['id']}-{word}", node)
            except NoAnswer as failure:
                self.failures.append(f"an answer: {failure}")
                return
            if reply.status == 200:
                with self.api.lock:
                    self.verdicts[key, wait["node"]] = word
                    self.answers[wait["id"]] += 1
            elif reply.code != "conflict":
                self.failures.append(f"an answer to {wait['id']} is answered with {reply.status} {reply.code}")

        first = random.randrange(nodes)
        pair = [threading.Thread(target=answer, args=(word, (first + turn) % nodes))
                for turn, word in enumerate(("yes", "no"))]
        for thread in pair:
            thread.start()
        for thread in pair:
            thread.join()

    # --- looking ---

    def pages(self, tenant, path):
        cursor = ""
        while cursor is not None:
            page = self.api.must(tenant, "GET", f"{path}&limit={PAGE}" + (f"&cursor={cursor}" if cursor else ""))
            yield from page["items"]
            cursor = page["next_cursor"]

    def wait_until_done(self, seconds):
        ends = time.monotonic() + seconds
        while not self.is_all_done():
            if time.monotonic() > ends:
                self.failures.append(f"work is left after {seconds} s")
                return
            time.sleep(PAUSE_S)

    def is_all_done(self):
        """Nothing is left but schedules, as the API says it."""
        for tenant in self.tenants:
            for path in ("/api/v1/jobs?state=waiting", "/api/v1/jobs?state=running",
                         "/api/v1/workflow-runs?state=pending", "/api/v1/workflow-runs?state=running",
                         "/api/v1/workflow-runs?state=waiting"):
                if self.api.must(tenant, "GET", f"{path}&limit=1")["items"]:
                    return False
        return True
