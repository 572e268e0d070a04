"""What must hold when all is over: read from the database, the receiver and the nodes' logs."""

import json
import re
import signal
from collections import Counter, defaultdict

from chaos_run.plan import CARGO, LANES

NAMED_AT_MOST = 8
NEXT_STATES = {None: {"pending"}, "pending": {"running", "failed", "cancelled"},
               "running": {"running", "waiting", "completed", "failed", "cancelled"},
               "waiting": {"running", "waiting", "cancelled"}}


def named(things):
    things = sorted(str(thing) for thing in things)
    more = f" and {len(things) - NAMED_AT_MOST} more" if len(things) > NAMED_AT_MOST else ""
    return ", ".join(things[:NAMED_AT_MOST]) + more


class Checks:
    def __init__(self, machines, people, plan, tenants):
        self.machines, self.people, self.plan = machines, people, plan
        self.tenants = [tenant.id for tenant in tenants]
        self.passed, self.failures, self.figures = 0, [], {}
        rows = machines.database.rows
        self.effects = rows("SELECT tenant_id, id, node, attempt FROM chaos_effects")
        self.ready = rows("SELECT id, tenant, kind, owner, run_at, attempts FROM flow_ready")
        self.jobs = rows("SELECT tenant_id, id, kind, outcome, attempts, last_error, payload, unique_key FROM flow_jobs")
        self.runs = rows("SELECT tenant_id, id, graph, state, node, data, error, branch, root_id, steps FROM flow_runs")
        self.steps = rows("SELECT run_id, number, node, next, attempt, error FROM flow_steps ORDER BY run_id, number")
        self.waits = rows("SELECT id, run_id, node, kind, outcome, closed_at, children, open_children FROM flow_waits")
        self.events = rows("SELECT tenant_id, id, subject, payload FROM events WHERE type = 'flow.run_changed' "
                           "ORDER BY tenant_id, subject, id")
        self.ticks = rows("SELECT name, tenant_id FROM chaos_ticks")
        self.schedules = rows("SELECT tenant_id, id, name, anchored_at, last_due_at, last_error FROM flow_schedules")
        self.places = rows("SELECT tenant, concurrency_key, taken FROM flow_places WHERE taken <> 0")
        self.audit = rows("SELECT action, code FROM audit_log")
        self.told = machines.receiver.report()

    def hold(self, wrong, what):
        """`wrong` has whatever breaks the rule; each failure names it."""
        if wrong:
            self.failures.append(f"{what}: {named(wrong)}")
            print("FAILED:", self.failures[-1], flush=True)
        else:
            self.passed += 1

    def run(self):
        for check in (self.check_effects, self.check_receiver, self.check_jobs, self.check_calm, self.check_runs,
                      self.check_steps_and_waits, self.check_events, self.check_schedules, self.check_places,
                      self.check_audit, self.check_processes, self.check_people):
            check()

    def check_effects(self):
        expected = self.plan.effects()
        made = {row["id"]: row["tenant_id"] for row in self.effects}
        self.figures["effects"] = len(self.effects)
        self.hold(set(expected) - set(made), "effects are missing")
        self.hold(set(made) - set(expected), "effects that nobody asked for")
        self.hold(["twice"] if len(made) != len(self.effects) else [], "an effect is there twice")
        self.hold([key for key, tenant in made.items() if key in expected and self.tenants[expected[key]] != tenant],
                  "effects of another tenant")

    def check_receiver(self):
        expected, acts = self.plan.effects(), self.told["acts"]
        self.hold(set(expected) - set(acts), "the receiver was not told")
        self.hold(set(acts) - set(expected), "the receiver was told of what nobody asked for")
        self.hold([key for key in acts if key in expected
                   and self.told["tenants"][key] != self.tenants[expected[key]]], "told for another tenant")
        attempts = {json.loads(job["payload"]).get("key"): job["attempts"] for job in self.jobs}
        self.hold([key for key, count in acts.items() if key in attempts and count > attempts[key]],
                  "the receiver was told more often than there were attempts")
        self.figures["told again"] = sum(acts.values()) - len(acts)
        peaks = {(tenant, lane): peak for tenant, lane, peak in self.told["peaks"]}
        self.hold([f"{lane} {peak}" for (_, lane), peak in peaks.items() if peak > LANES[lane]],
                  "more than its limit were in a lane")
        self.figures["lanes' peaks"] = ", ".join(sorted({f"{lane}: {peak}" for (_, lane), peak in peaks.items()}))
        self.figures["told by holders of the past"] = self.told["stale"]

    def check_jobs(self):
        planned = {job.key: job for job in self.plan.jobs + self.plan.calm}
        found = defaultdict(list)
        for job in self.jobs:
            if job["kind"].startswith("chaos_"):
                found[json.loads(job["payload"])["key"]].append(job)
        self.figures["jobs"] = sum(map(len, found.values()))
        self.figures["attempts"] = sum(job["attempts"] for job in self.jobs)
        self.hold(set(planned) - set(found), "jobs are lost")
        self.hold([key for key, rows in found.items() if len(rows) > 1], "jobs are there more than once")
        self.hold([f"{key} is {rows[0]['outcome']}: {rows[0]['last_error']}" for key, rows in found.items()
                   if key in planned and rows[0]["outcome"] != planned[key].outcome],
                  "jobs did not end as they had to")
        self.hold([key for key, rows in found.items() if rows[0]["tenant_id"] != self.tenants[planned[key].tenant]],
                  "jobs of another tenant")
        # One whose holder vanished during its last attempt is given up by the next.
        self.hold([f"{key}: {rows[0]['attempts']}" for key, rows in found.items()
                   if rows[0]["attempts"] > planned[key].attempts_max + 1], "more attempts than allowed")
        ended = {job["id"] for job in self.jobs if job["outcome"]} | {
            run["id"] for run in self.runs if run["state"] in ("completed", "failed", "cancelled")}
        self.hold([row["id"] for row in self.ready if row["id"] in ended], "pending and done at once")
        self.hold([row["id"] for row in self.ready if not row["kind"].startswith("schedule:")],
                  "work is left in the ready index")
        known = {job["id"] for job in self.jobs} | {run["id"] for run in self.runs}
        self.hold(set(self.people.acknowledged) - known, "writes that were answered are lost")
        self.figures["answered writes"] = len(self.people.acknowledged)

    def check_calm(self):
        """The poison before all faults: those beside it are held up, and lose no more than the attempt they were in."""
        calm = {job.key for job in self.plan.calm}
        attempts = {key: job["attempts"] for job in self.jobs
                    if (key := json.loads(job["payload"]).get("key")) in calm}
        self.hold([f"{key}: {count}" for key, count in attempts.items() if count > 2 and key != "calm-poison"],
                  "jobs beside a poison lost attempts to it")

    def check_runs(self):
        planned = {voyage.key: voyage for voyage in self.plan.voyages}
        roots = defaultdict(list)
        for run in self.runs:
            if run["graph"] == "chaos_voyage" and run["root_id"] == run["id"]:
                roots[json.loads(run["data"])["key"]].append(run)
        self.figures["runs"] = len(self.runs)
        self.hold(set(planned) ^ set(roots), "runs are lost or unknown")
        self.hold([key for key, rows in roots.items() if len(rows) > 1], "runs are there more than once")
        self.hold([f"{key} is {rows[0]['state']} at {rows[0]['node']}: {rows[0]['error']}"
                   for key, rows in roots.items() if rows[0]["state"] != planned[key].state],
                  "runs did not end as they had to")
        wrong = []
        for key, rows in roots.items():
            data = json.loads(rows[0]["data"])
            wanted = {"lap": planned[key].item["laps"], "port": "port", "starboard": "starboard", "winner": "swift",
                      "cargo": CARGO, "survey": "sounded", "signal": key + "!"}
            wanted |= {node: word for (voyage, node), word in self.people.verdicts.items() if voyage == key}
            wrong += [f"{key} has {name} {data.get(name)!r}, not {value!r}" for name, value in wanted.items()
                      if data.get(name) != value]
        self.hold(wrong, "loops, joins or answers are not as they had to be")
        self.hold([run["id"] for run in self.runs if run["state"] not in ("completed", "failed", "cancelled")],
                  "runs have not ended")
        self.hold([run["id"] for run in self.runs if run["tenant_id"] not in self.tenants], "runs of another tenant")
        self.roots = {rows[0]["id"]: planned[key] for key, rows in roots.items() if key in planned}

    def check_steps_and_waits(self):
        left, last, wrong = defaultdict(Counter), Counter(), []
        for step in self.steps:
            if step["number"] != last[step["run_id"]] + 1:
                wrong.append(f"{step['run_id']} step {step['number']}")
            last[step["run_id"]] = step["number"]
            # An edge out of the graph is called "".
            if step["next"] is not None:
                left[step["run_id"]][step["node"]] += 1
        self.hold(wrong, "steps are not numbered without gaps")
        self.hold([f"{voyage.key}: {dict(left[run])}" for run, voyage in self.roots.items()
                   if dict(left[run]) != voyage.steps()], "nodes were not left as often as they had to be")
        self.hold([wait["id"] for wait in self.waits if wait["closed_at"] is None], "waits are open still")
        met = Counter((wait["run_id"], wait["node"]) for wait in self.waits if wait["outcome"] == "met")
        self.hold([f"{run} {node}" for (run, node), count in met.items() if count > 1], "waits were met twice")
        self.hold([wait for wait, count in self.people.answers.items() if count > 1],
                  "two answers to one question were taken")

    def check_events(self):
        """Each change of each run is told once, in order."""
        states, steps, wrong = {}, Counter(), []
        for event in self.events:
            told = json.loads(event["payload"])
            run, state = told["run_id"], told["state"]
            if state not in NEXT_STATES.get(states.get(run), set()) or told["steps"] < steps[run]:
                wrong.append(f"{run}: {state} with {told['steps']} steps after {states.get(run)} with {steps[run]}")
            states[run], steps[run] = state, told["steps"]
        self.figures["events"] = len(self.events)
        self.hold(wrong, "events are not in the order of the changes")
        self.hold([run["id"] for run in self.runs if states.get(run["id"]) != run["state"]],
                  "the last event of a run is not its end")

    def check_schedules(self):
        made = Counter()
        for job in self.jobs:
            if job["kind"] == "ChaosTick":
                made[job["tenant_id"], json.loads(job["payload"])["name"]] += 1
        ticked, wrong = Counter((row["tenant_id"], row["name"]) for row in self.ticks), []
        every_us = {name: seconds * 1_000_000 for name, seconds in self.people.every_s.items()}
        for schedule in self.schedules:
            place = schedule["tenant_id"], schedule["name"]
            due = ((schedule["last_due_at"] or schedule["anchored_at"]) - schedule["anchored_at"])
            wanted = due // every_us[schedule["name"]]
            if not wanted == made[place] == ticked[place] or schedule["last_error"]:
                wrong.append(f"{schedule['name']}: {wanted} times due, {made[place]} made, {ticked[place]} done; "
                             f"{schedule['last_error']}")
        self.figures["firings of schedules"] = sum(ticked.values())
        self.hold(wrong, "schedules did not fire once each time")
        self.hold(["none"] if len(self.schedules) != len(self.people.schedules) else [], "schedules are lost")

    def check_places(self):
        self.hold([f"{row['concurrency_key']}: {row['taken']}" for row in self.places],
                  "places of concurrency keys are taken still")

    def check_audit(self):
        """What was made has its line, once; each tenant's chain of lines is as it was made."""
        lines = sum(row["action"] in ("chaos_make_jobs", "chaos_make_runs") and not row["code"] for row in self.audit)
        self.hold([f"{lines} lines of {self.people.batches} batches"] if lines != self.people.batches else [],
                  "what was made is not in the audit once")
        verdicts = self.machines.command("audit", "verify")["chains"]
        self.hold([verdict["fault"] for verdict in verdicts if verdict["fault"]], "the audit was altered")
        self.figures["audit lines"] = sum(verdict["lines"] + verdict["unsealed"] for verdict in verdicts)

    def check_processes(self):
        log = self.machines.logs()
        for what in ("AddressSanitizer", "runtime error:", "its rows were refused", "UNIQUE", "unique con"):
            self.hold([line[:300] for line in log.splitlines() if what in line], f"logs say '{what}'")
        deaths = self.machines.deaths
        aborted = deaths[-signal.SIGABRT]
        self.figures["processes that jobs ended"] = aborted
        self.hold([aborted] if aborted > self.plan.crashes_max() else [], "more processes died than jobs end")
        starts = [line for line in log.splitlines() if "the node ends" in line]
        # It was started while PostgreSQL was away, and started again.
        self.hold([line[:300] for line in starts if "not reachable at the moment" not in line], "nodes did not start")
        allowed = {-signal.SIGABRT} | ({1} if len(starts) >= deaths[1] else set())
        self.hold([f"{status}: {count}" for status, count in deaths.items() if status not in allowed],
                  "processes ended by themselves with a status")
        self.figures["failed rounds"] = len(re.findall("flow: a round failed", log))
        self.figures["leases lost"] = len(re.findall("was taken over by another", log))
        self.figures["abandoned after an error"] = len(re.findall("is abandoned:", log))
        if not self.machines.postgres:
            self.hold([] if self.machines.database.is_sound() else ["integrity_check"], "the file is damaged")

    def check_people(self):
        self.hold(self.people.failures, "the API did not do what was asked")
        counts = self.people.api.counts
        self.hold([f"{counts[500]} times"] if counts[500] else [], "requests were answered with 500")
        self.figures["requests"] = ", ".join(f"{status}: {count}" for status, count in sorted(
            counts.items(), key=lambda row: str(row[0])))
