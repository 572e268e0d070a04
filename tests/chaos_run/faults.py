"""What is done to the machines and when, from the seed alone; and whoever does it."""

import random
import time
from dataclasses import dataclass

LEASE_MS = 1500
HOUR_S = 3600
LOOK_EVERY_S = 0.05

# fault -> what it is done to, and how long it lasts at least and at most, in seconds
FAULTS = {
    "kill": ("node", 0.1, 1.5),
    "stop": ("node", 1.2 * LEASE_MS / 1000, 2.5 * LEASE_MS / 1000),  # past the lease
    "terminate": ("node", 0.5, 1.0),
    "clock an hour ahead": ("clock", 1.0, 3.0),
    "clock an hour behind": ("clock", 1.0, 3.0),
    "clock 5 s ahead": ("clock", 1.0, 3.0),
    "clock 5 s behind": ("clock", 1.0, 3.0),
    "restart": ("postgres", 0.1, 1.0),
    "crash": ("postgres", 0.1, 1.0),
    "cut": ("postgres", 0.0, 0.0),
    "flush": ("redis", 0.0, 0.0),
    "kill redis": ("redis", 0.2, 2.0),
    "stop redis": ("redis", 0.5, 2.0),
}
KILLS = {"postgres": 2, "sqlite": 4}  # more than others

# What must hold of clocks (src/kernel/flow/engine.hpp): a node that is ahead may take what another holds, and then the
# receiver is told twice under one key, while one of the two writes rows; what a node that is behind holds may be taken
# from it likewise. What waits for a time comes early on the one and late after the other. Schedules fire once for each
# of their times, whoever fires them, and none fires anew for a clock that went back.
STEPS_S = {"clock an hour ahead": HOUR_S, "clock an hour behind": -HOUR_S, "clock 5 s ahead": 5, "clock 5 s behind": -5}


@dataclass(frozen=True)
class Fault:
    at_s: float
    kind: str
    node: int  # of a node or its clock
    lasts_s: float

    def __str__(self):
        where = f" node {self.node}" if FAULTS[self.kind][0] in ("node", "clock") else ""
        return f"{self.at_s:7.2f} s: {self.kind}{where}" + (f" for {self.lasts_s:.2f} s" if self.lasts_s else "")


def make_faults(seed, engine, seconds, nodes, pause_s):
    """Every kind once before any comes again; nothing befalls what suffers already."""
    chance = random.Random(f"faults {seed} {engine}")
    kinds = [kind for kind, (target, _, _) in FAULTS.items()
             if engine == "postgres" or target in ("node", "clock")]
    kinds += ["kill"] * KILLS[engine]
    faults, deck, free_at, at_s = [], [], {}, 0.0
    while True:
        at_s += chance.uniform(0.5, 1.5) * pause_s
        deck = deck or chance.sample(kinds, len(kinds))
        kind = deck.pop()
        target, least_s, most_s = FAULTS[kind]
        node = chance.randrange(nodes)
        lasts_s = chance.uniform(least_s, most_s)
        place = (target, node if target in ("node", "clock") else 0)
        begins = max(at_s, free_at.get(place, 0.0))
        if begins + lasts_s > seconds:
            return sorted(faults, key=lambda fault: fault.at_s)
        free_at[place] = begins + lasts_s + 0.2
        faults.append(Fault(begins, kind, node, lasts_s))


class Injector:
    """Of the thread that starts every process: they die with it."""

    def __init__(self, machines):
        self.machines = machines

    def run(self, faults):
        acts = [(fault.at_s, number, self.begin, fault) for number, fault in enumerate(faults)]
        acts += [(fault.at_s + fault.lasts_s, len(faults) + number, self.end, fault)
                 for number, fault in enumerate(faults)]
        began = time.monotonic()
        for at_s, _, act, fault in sorted(acts, key=lambda row: row[:2]):
            self.watch(lambda at_s=at_s: time.monotonic() - began >= at_s)
            act(fault)

    def watch(self, is_over):
        """Starts nodes that ended by themselves, until it is over."""
        while not is_over():
            self.machines.raise_the_dead()
            time.sleep(LOOK_EVERY_S)

    def watch_while(self, thread):
        self.watch(lambda: not thread.is_alive())

    def begin(self, fault):
        machines = self.machines
        node = machines.nodes[fault.node]
        if fault.kind == "kill":
            node.kill()
        elif fault.kind == "stop":
            node.freeze()
        elif fault.kind == "terminate":
            machines.note_end(node.terminate())
        elif fault.kind in STEPS_S:
            node.set_clock(STEPS_S[fault.kind])
        elif fault.kind == "restart":
            machines.postgres.stop("fast")
        elif fault.kind == "crash":
            machines.postgres.stop("immediate")
        elif fault.kind == "cut":
            machines.postgres.cut()
        elif fault.kind == "flush":
            machines.redis.flush()
        elif fault.kind == "kill redis":
            machines.redis.kill()
        elif fault.kind == "stop redis":
            machines.redis.freeze()

    def end(self, fault):
        machines = self.machines
        node = machines.nodes[fault.node]
        if fault.kind in ("kill", "terminate"):
            node.start()
        elif fault.kind == "stop":
            node.thaw()
        elif fault.kind in STEPS_S:
            node.set_clock(0)
        elif fault.kind in ("restart", "crash"):
            machines.postgres.start()
        elif fault.kind == "kill redis":
            machines.redis.start()
        elif fault.kind == "stop redis":
            machines.redis.thaw()
