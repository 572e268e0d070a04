-- Archives that were asked for. One is there once it has a file; until then, and where it came to nothing, its job says
-- how it stands.
CREATE TABLE tenant_exports (
    tenant_id   TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    job_id      TEXT   NOT NULL,
    file_id     TEXT,
    row_count   BIGINT,
    file_count  BIGINT,
    bytes       BIGINT,
    sha256      TEXT,
    created_by  TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    finished_at BIGINT,
    PRIMARY KEY (tenant_id, id)
);

-- Tenants that are being brought in. The tenant itself is made last and this row goes with it: what has a row here and
-- is not beaten for is what a killed import left, and is erased.
-- global: a tenant that is not there yet has no rows of its own
CREATE TABLE tenant_imports (
    imported   TEXT   NOT NULL PRIMARY KEY,
    import_id  TEXT   NOT NULL,
    started_at BIGINT NOT NULL,
    beat_at    BIGINT NOT NULL
);
