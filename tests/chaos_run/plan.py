"""What is to be done, and what must have come of it: both from the seed alone."""

import random
from dataclasses import dataclass, field

BATCH = 50  # items of one request
DOOMED_ATTEMPTS, PATIENT_ATTEMPTS = 3, 50  # as tests/chaos_server/chaos.hpp has them
FOR_EVER = 1_000_000
LANES = {"lane-1": 1, "lane-2": 2, "lane-3": 3}
FAR_MS = 30 * 24 * 3600 * 1000  # what is put off so far is cancelled
CARGO = 1 + 2 + 3 + 4
SCHEDULES_S = {"minutely": 60, "often": 45}  # not so often that a step of an hour and more brings 100 at once
CALM_JOBS = 40  # beside the poison

# Kind of job -> how many in a hundred.
SHARES = {"plain": 52, "fails_before": 10, "fails_after": 9, "told": 6, "discards": 4, "hopeless": 3, "lane": 9,
          "unique": 4, "delayed": 2, "cancelled": 1}
ENDINGS = {"done": 70, "doomed": 10, "overdue": 10, "stranded": 10}
STATE_OF_ENDING = {"done": "completed", "doomed": "failed", "overdue": "completed", "stranded": "cancelled"}


@dataclass
class Job:
    key: str
    tenant: int  # number of the tenant
    item: dict   # as /api/v1/chaos/jobs takes it
    outcome: str = "completed"
    sent: int = 1  # times; more than one of a unique job
    attempts_max: int = PATIENT_ATTEMPTS


@dataclass
class Voyage:
    key: str
    tenant: int
    item: dict

    @property
    def ending(self):
        return self.item["ending"]

    @property
    def state(self):
        return STATE_OF_ENDING[self.ending]

    def effects(self):
        names = [f"lap{number}" for number in range(1, self.item["laps"] + 1)]
        names += ["port", "starboard", "swift", "survey", "agreed"] + [f"crate{number}" for number in range(1, 5)]
        names += {"done": ["home"], "overdue": ["late"]}.get(self.ending, [])
        return [f"{self.key}/{name}" for name in names]

    def steps(self):
        """Node -> how often the root run left it for another."""
        nodes = {"lap": self.item["laps"]}
        nodes |= {name: 1 for name in ("part", "race", "load", "survey", "hail", "ask", "agreed")}
        nodes |= {"done": {"home": 1}, "overdue": {"overdue": 1, "late": 1}}.get(self.ending, {})
        return nodes


@dataclass
class Plan:
    jobs: list
    voyages: list
    calm: list = field(default_factory=list)  # the poison and those beside it, before any fault

    def effects(self):
        """key -> number of the tenant"""
        expected = {job.key: job.tenant for job in self.jobs + self.calm if job.outcome == "completed"}
        for voyage in self.voyages:
            expected |= {key: voyage.tenant for key in voyage.effects()}
        return expected

    def crashes_max(self):
        return sum(min(job.item["task"]["times"], job.attempts_max) for job in self.jobs + self.calm
                   if job.item["task"]["conduct"] == "crashes")


def make_job(key, tenant, conduct="plain", times=0, doomed=False, outcome="completed", **more):
    task = {"key": key, "conduct": conduct, "times": times, "lane": more.pop("lane", "")}
    job = Job(key, tenant, {"task": task, "is_doomed": doomed, **more}, outcome)
    if doomed:
        job.attempts_max = DOOMED_ATTEMPTS
    return job


def job_of(chance, kind, key, tenant):
    few = chance.randint(1, 3)
    priority = chance.choice((0, 0, 0, 5, -5))
    if kind in ("plain", "delayed"):
        delay_ms = chance.randint(500, 3000) if kind == "delayed" else 0
        return make_job(key, tenant, priority=priority, delay_ms=delay_ms)
    if kind in ("fails_before", "fails_after", "told"):
        return make_job(key, tenant, kind, few, priority=priority)
    if kind == "discards":
        return make_job(key, tenant, "discards", doomed=True, outcome="dead")
    if kind == "hopeless":
        return make_job(key, tenant, "fails_before", FOR_EVER, doomed=True, outcome="dead")
    if kind == "lane":
        lane = chance.choice(list(LANES))
        conduct = chance.choice(("plain", "plain", "fails_after"))
        return make_job(key, 0, conduct, few, lane=lane, lane_limit=LANES[lane], priority=priority)
    if kind == "unique":
        job = make_job(key, tenant, is_unique=True)
        job.sent = few
        return job
    return make_job(key, tenant, outcome="cancelled", delay_ms=FAR_MS)


def make_plan(seed, tenants, jobs, voyages, slow, crashes, poison):
    chance = random.Random(f"plan {seed}")
    kinds = chance.choices(list(SHARES), list(SHARES.values()), k=jobs)
    all_jobs = [job_of(chance, kind, f"{kind}-{number}", chance.randrange(tenants))
                for number, kind in enumerate(kinds)]
    special = [make_job(f"slow-{number}", chance.randrange(tenants), "slow") for number in range(slow)]
    special += [make_job(f"crash-{number}", chance.randrange(tenants), "crashes", 1) for number in range(crashes)]
    special += [make_poison(f"poison-{number}", chance.randrange(tenants)) for number in range(poison)]
    for job in special:
        all_jobs.insert(chance.randrange(len(all_jobs) + 1), job)
    endings = chance.choices(list(ENDINGS), list(ENDINGS.values()), k=voyages)
    all_voyages = [Voyage(f"voyage-{number}", chance.randrange(tenants),
                          {"key": f"voyage-{number}", "laps": chance.randint(1, 5), "ending": ending,
                           "times": chance.choice((0, 0, 1, 2))})
                   for number, ending in enumerate(endings)]
    calm = [make_job(f"calm-{number}", 0, doomed=True) for number in range(CALM_JOBS)]
    calm.insert(CALM_JOBS // 2, make_poison("calm-poison", 0))
    return Plan(all_jobs, all_voyages, calm)


def make_poison(key, tenant):
    return make_job(key, tenant, "crashes", FOR_EVER, doomed=True, outcome="dead")
