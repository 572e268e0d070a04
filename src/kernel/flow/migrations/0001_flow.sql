-- Work that is not finished, of every tenant: a row is here exactly while its job has no outcome or its run has not
-- ended. `id` names either. `run_at` is when it may be taken; of work that is held it is the end of the lease, so that
-- what was abandoned becomes due by itself. `fence` grows with each claim, and what is written for the work asks for it.
-- `attempts` are those begun, the running one included; of a run they count its present node. `abandoned` counts claims
-- in a row whose holder vanished.
-- global: the ready index of all tenants' work is searched by queue, priority and time, never by tenant
CREATE TABLE flow_ready (
    id           TEXT    NOT NULL PRIMARY KEY,
    tenant       TEXT    NOT NULL,
    queue        TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    priority     BIGINT  NOT NULL,
    run_at       BIGINT  NOT NULL,
    owner        TEXT,
    fence        BIGINT  NOT NULL,
    attempts     BIGINT  NOT NULL,
    abandoned    BIGINT  NOT NULL,
    is_cancelled BOOLEAN NOT NULL
)
-- sqlite: WITHOUT ROWID
;
-- SQLite's one process keeps this order in memory.
-- postgres: CREATE INDEX flow_ready_by_turn ON flow_ready (queue, priority DESC, run_at);
-- postgres: ALTER TABLE flow_ready SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- `outcome` is empty while the job stands in flow_ready; `attempts` and `fence` are those it ended with.
CREATE TABLE flow_jobs (
    tenant_id   TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    queue       TEXT   NOT NULL,
    priority    BIGINT NOT NULL,
    unique_key  TEXT,
    payload     TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    outcome     TEXT,
    finished_at BIGINT,
    attempts    BIGINT NOT NULL,
    fence       BIGINT NOT NULL,
    last_error  TEXT,
    PRIMARY KEY (tenant_id, id)
)
-- sqlite: WITHOUT ROWID
;
CREATE UNIQUE INDEX flow_jobs_unfinished ON flow_jobs (tenant_id, kind, unique_key)
    WHERE unique_key IS NOT NULL AND outcome IS NULL;

CREATE TABLE flow_runs (
    tenant_id   TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    graph       TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    queue       TEXT   NOT NULL,
    priority    BIGINT NOT NULL,
    unique_key  TEXT,
    state       TEXT   NOT NULL,
    node        TEXT   NOT NULL,
    steps       BIGINT NOT NULL,
    data        TEXT   NOT NULL,
    error       TEXT,
    created_at  BIGINT NOT NULL,
    finished_at BIGINT,
    fence       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX flow_runs_unfinished ON flow_runs (tenant_id, graph, unique_key)
    WHERE unique_key IS NOT NULL AND finished_at IS NULL;

-- One row for each attempt at a node that came to an end.
CREATE TABLE flow_steps (
    tenant_id   TEXT   NOT NULL,
    run_id      TEXT   NOT NULL,
    number      BIGINT NOT NULL,
    node        TEXT   NOT NULL,
    attempt     BIGINT NOT NULL,
    started_at  BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    error       TEXT,
    changes     TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, run_id, number)
)
-- sqlite: WITHOUT ROWID
;
