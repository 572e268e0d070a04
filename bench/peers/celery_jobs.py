#!/usr/bin/env python3
"""What Celery does on the Redis of the URL, in the two figures that bench/flow.py prints of Mainstay.

No-op tasks a second, published one by one while they are carried out (Celery has no batches), until the last was
acknowledged; and how long after its publication a task begins, at a steady rate. Prints one line of JSON. With `late`
a task is acknowledged when it is done, so that one whose worker dies is taken up again; otherwise as it is taken.
"""

import json
import os
import subprocess
import sys
import time

import redis
from celery import Celery

TASKS, PACED, RATE_PER_S, WORKERS = 5_000, 900, 300, 2

url = os.environ["CELERY_BENCH_REDIS"]
store = redis.Redis.from_url(url)
app = Celery("celery_jobs", broker=url)
app.conf.update(task_ignore_result=True, worker_prefetch_multiplier=50,
                task_acks_late=os.environ.get("CELERY_BENCH_ACKS") == "late")


@app.task
def no_op():
    pass


@app.task
def paced(number):
    store.rpush("begun", json.dumps([number, time.time()]))


def is_idle():
    return store.llen("celery") == 0 and store.hlen("unacked") == 0


def wait_until_idle():
    while not is_idle():
        time.sleep(0.01)


def tasks_per_s(producer):
    began = time.monotonic()
    for _ in range(TASKS):
        no_op.apply_async(producer=producer)
    wait_until_idle()
    return TASKS / (time.monotonic() - began)


def waits_us(producer):
    published, due = [], time.monotonic()
    for number in range(PACED):
        time.sleep(max(0, due - time.monotonic()))
        due += 1 / RATE_PER_S
        paced.apply_async((number,), producer=producer)
        published.append(time.time())
    while store.llen("begun") < PACED:
        time.sleep(0.01)
    begun = dict(map(json.loads, store.lrange("begun", 0, -1)))
    return sorted(max(0, begun[number] - published[number]) * 1e6 for number in range(PACED))


def main():
    worker = subprocess.Popen([sys.executable, "-m", "celery", "-A", "celery_jobs", "worker", "-P", "prefork", "-c", str(WORKERS),
                               "--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "ERROR"],
                              cwd=os.path.dirname(os.path.abspath(__file__)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with app.producer_pool.acquire(block=True) as producer:
            for _ in range(100):  # until its processes are there
                no_op.apply_async(producer=producer)
            wait_until_idle()
            rate, waits = tasks_per_s(producer), waits_us(producer)
    finally:
        worker.terminate()
        worker.wait(30)
    print(json.dumps({"no_op_jobs_per_s": rate} | {f"pickup_{name}_us": waits[int(share * (PACED - 1))]
                                                   for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))}))


if __name__ == "__main__":
    main()
