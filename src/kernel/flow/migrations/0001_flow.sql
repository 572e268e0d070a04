-- Work that is not finished, of every tenant: a row is here exactly while its job has no outcome, its run has not
-- ended or its schedule exists. `id` names a job, a run or a schedule. `run_at` is when it may be taken; of work that is held it is the end of
-- the lease, so that what was abandoned becomes due by itself; of work that something else will wake it is far away.
-- `is_due` says that its time has come, as far as anybody has looked: what waits for a time does not stand in the way of
-- what may run. `fence` grows with each claim, and what is written for the work asks for it. `attempts` are those begun,
-- the running one included; of a run they count its present node. `abandoned` counts claims in a row whose holder
-- vanished. What has a concurrency key needs one of its places to run: it `has_place`, or `is_parked` until one is free.
-- global: the ready index of all tenants' work is searched by queue, priority and time, never by tenant
CREATE TABLE flow_ready (
    id                TEXT    NOT NULL PRIMARY KEY,
    tenant            TEXT    NOT NULL,
    queue             TEXT    NOT NULL,
    kind              TEXT    NOT NULL,
    priority          BIGINT  NOT NULL,
    run_at            BIGINT  NOT NULL,
    is_due            BOOLEAN NOT NULL,
    owner             TEXT,
    fence             BIGINT  NOT NULL,
    attempts          BIGINT  NOT NULL,
    abandoned         BIGINT  NOT NULL,
    is_cancelled      BOOLEAN NOT NULL,
    concurrency_key   TEXT,
    concurrency_limit BIGINT,
    has_place         BOOLEAN NOT NULL,
    is_parked         BOOLEAN NOT NULL
)
-- sqlite: WITHOUT ROWID
;
CREATE INDEX flow_ready_parked ON flow_ready (tenant, concurrency_key, priority, id) WHERE is_parked;
-- SQLite's one process keeps the order in memory.
-- postgres: CREATE INDEX flow_ready_by_turn ON flow_ready (queue, (-priority), tenant, run_at) WHERE is_due;
-- postgres: CREATE INDEX flow_ready_by_time ON flow_ready (queue, run_at) WHERE NOT is_due;
-- postgres: ALTER TABLE flow_ready SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- The places of a concurrency key that are taken; no row: none.
-- global: beside the ready index, of which it is a part
CREATE TABLE flow_places (
    tenant          TEXT   NOT NULL,
    concurrency_key TEXT   NOT NULL,
    taken           BIGINT NOT NULL,
    PRIMARY KEY (tenant, concurrency_key)
)
-- sqlite: WITHOUT ROWID
;

-- Queues of which nothing is taken for the time being.
-- global: queues serve all tenants
CREATE TABLE flow_paused_queues (
    queue     TEXT   NOT NULL PRIMARY KEY,
    paused_at BIGINT NOT NULL,
    paused_by TEXT   NOT NULL
)
-- sqlite: WITHOUT ROWID
;

-- `outcome` is empty while the job stands in flow_ready; `attempts` and `fence` are those it ended with. A key with a
-- period is unique within that period, whatever became of the job; another as long as the job is not finished.
-- `due_at` is of one that was cancelled before its first attempt was due, for when it is put back.
CREATE TABLE flow_jobs (
    tenant_id         TEXT   NOT NULL,
    id                TEXT   NOT NULL,
    kind              TEXT   NOT NULL,
    queue             TEXT   NOT NULL,
    priority          BIGINT NOT NULL,
    unique_key        TEXT,
    unique_period     BIGINT,
    concurrency_key   TEXT,
    concurrency_limit BIGINT,
    originator        TEXT   NOT NULL,
    payload           TEXT   NOT NULL,
    created_at        BIGINT NOT NULL,
    outcome           TEXT,
    finished_at       BIGINT,
    due_at            BIGINT,
    attempts          BIGINT NOT NULL,
    fence             BIGINT NOT NULL,
    last_error        TEXT,
    result            TEXT,
    PRIMARY KEY (tenant_id, id)
)
-- sqlite: WITHOUT ROWID
;
CREATE UNIQUE INDEX flow_jobs_unfinished ON flow_jobs (tenant_id, kind, unique_key)
    WHERE unique_key IS NOT NULL AND unique_period IS NULL AND outcome IS NULL;
CREATE UNIQUE INDEX flow_jobs_in_period ON flow_jobs (tenant_id, kind, unique_key, unique_period)
    WHERE unique_period IS NOT NULL;
-- Operators look through these over all tenants. Of what completes it has nothing, and so costs it nothing.
CREATE INDEX flow_jobs_given_up ON flow_jobs (tenant_id, id, outcome, kind, queue)
    WHERE outcome IN ('dead', 'cancelled');

-- A run that another started carries on for it, as one of the children of its wait; `until` is the node at which a
-- branch ends, and `root_id` the run that nobody started but a caller: itself, of most. `wait_id` is what it waits for.
CREATE TABLE flow_runs (
    tenant_id         TEXT   NOT NULL,
    id                TEXT   NOT NULL,
    graph             TEXT   NOT NULL,
    version           BIGINT NOT NULL,
    queue             TEXT   NOT NULL,
    priority          BIGINT NOT NULL,
    unique_key        TEXT,
    concurrency_key   TEXT,
    concurrency_limit BIGINT,
    originator        TEXT   NOT NULL,
    root_id           TEXT   NOT NULL,
    parent_wait_id    TEXT,
    branch            TEXT   NOT NULL,
    position          BIGINT NOT NULL,
    depth             BIGINT NOT NULL,
    until             TEXT   NOT NULL,
    forked_from       TEXT,
    forked_at_step    BIGINT,
    state             TEXT   NOT NULL,
    node              TEXT   NOT NULL,
    wait_id           TEXT,
    steps             BIGINT NOT NULL,
    first_node        TEXT   NOT NULL,
    input             TEXT   NOT NULL,
    data              TEXT   NOT NULL,
    error             TEXT,
    created_at        BIGINT NOT NULL,
    finished_at       BIGINT,
    fence             BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX flow_runs_unfinished ON flow_runs (tenant_id, graph, unique_key)
    WHERE unique_key IS NOT NULL AND finished_at IS NULL;
-- As flow_jobs_given_up; what has not ended is in it too, since the ready index knows neither states nor branches.
CREATE INDEX flow_runs_not_completed ON flow_runs (tenant_id, id, state, graph)
    WHERE state <> 'completed' AND parent_wait_id IS NULL;
CREATE INDEX flow_runs_of_root ON flow_runs (tenant_id, root_id, id);
CREATE INDEX flow_runs_of_wait ON flow_runs (tenant_id, parent_wait_id, position) WHERE parent_wait_id IS NOT NULL;

-- One row for each attempt at a node that came to an end; `next` is where it led.
CREATE TABLE flow_steps (
    tenant_id   TEXT   NOT NULL,
    run_id      TEXT   NOT NULL,
    number      BIGINT NOT NULL,
    node        TEXT   NOT NULL,
    next        TEXT,
    attempt     BIGINT NOT NULL,
    started_at  BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    error       TEXT,
    changes     TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, run_id, number)
)
-- sqlite: WITHOUT ROWID
;

-- What runs wait for or waited for. Of an event `name` is its type and `subject` its subject; of a question `question`
-- is what is asked. `answer` is what came: an event's payload or a person's answer. `open_children` and
-- `failed_children` count the runs that carry on for this one.
CREATE TABLE flow_waits (
    tenant_id       TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    run_id          TEXT   NOT NULL,
    node            TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    name            TEXT   NOT NULL,
    subject         TEXT   NOT NULL,
    question        TEXT   NOT NULL,
    opened_at       BIGINT NOT NULL,
    due_at          BIGINT,
    closed_at       BIGINT,
    outcome         TEXT,
    answer          TEXT,
    answered_by     TEXT,
    event_id        TEXT,
    children        BIGINT NOT NULL,
    open_children   BIGINT NOT NULL,
    failed_children BIGINT NOT NULL,
    is_any          BOOLEAN NOT NULL,
    PRIMARY KEY (tenant_id, id)
)
-- sqlite: WITHOUT ROWID
;
CREATE INDEX flow_waits_of_run ON flow_waits (tenant_id, run_id, id);
CREATE INDEX flow_waits_for_event ON flow_waits (tenant_id, subject, name) WHERE kind = 'event' AND closed_at IS NULL;
CREATE INDEX flow_waits_open ON flow_waits (tenant_id, kind, opened_at) WHERE closed_at IS NULL;

-- Each stands in flow_ready as long as it is here. It makes jobs of `job_kind` or runs of `graph` in `version`. Up to
-- `done_until` everything that was due is done with; `anchored_at` is when its times were given. `asked_at`: somebody
-- wants one made beside them. `input` is the payload or the state that a run begins with; what is `last_...` is all that
-- is kept of what it did.
CREATE TABLE flow_schedules (
    tenant_id         TEXT   NOT NULL,
    id                TEXT   NOT NULL,
    name              TEXT   NOT NULL,
    spec              TEXT   NOT NULL,
    job_kind          TEXT,
    graph             TEXT,
    version           BIGINT,
    input             TEXT   NOT NULL,
    queue             TEXT   NOT NULL,
    priority          BIGINT NOT NULL,
    concurrency_key   TEXT,
    concurrency_limit BIGINT,
    originator        TEXT   NOT NULL,
    created_at        BIGINT NOT NULL,
    changed_at        BIGINT NOT NULL,
    anchored_at       BIGINT NOT NULL,
    done_until        BIGINT NOT NULL,
    asked_at          BIGINT,
    paused_at         BIGINT,
    last_due_at       BIGINT,
    last_fired_at     BIGINT,
    last_job_id       TEXT,
    last_run_id       TEXT,
    last_error        TEXT,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX flow_schedules_by_name ON flow_schedules (tenant_id, name);
