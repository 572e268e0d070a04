-- A line is written once. `seal` is the number of the seal that holds it; none yet: it is younger than the last sealing.
CREATE TABLE audit_log (
    tenant_id       TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    actor_id        TEXT   NOT NULL,
    impersonator_id TEXT   NOT NULL,
    action          TEXT   NOT NULL,
    object_id       TEXT   NOT NULL,
    status          BIGINT NOT NULL,
    code            TEXT   NOT NULL,
    before          TEXT,
    after           TEXT,
    request_id      TEXT   NOT NULL,
    remote_address  TEXT   NOT NULL,
    user_agent      TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    seal            BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX audit_log_unsealed ON audit_log (tenant_id, id) WHERE seal IS NULL;
CREATE INDEX audit_log_of_seal ON audit_log (tenant_id, seal, id) WHERE seal IS NOT NULL;
CREATE INDEX audit_log_of_object ON audit_log (tenant_id, object_id, id) WHERE object_id <> '';

-- The chain of a tenant: `hash` is over the seal before and every line of this one. `lines` are those it was made over;
-- `pruned_at` says that they were removed since, as the retention asks.
CREATE TABLE audit_seals (
    tenant_id TEXT   NOT NULL,
    number    BIGINT NOT NULL,
    lines     BIGINT NOT NULL,
    hash      TEXT   NOT NULL,
    sealed_at BIGINT NOT NULL,
    pruned_at BIGINT,
    PRIMARY KEY (tenant_id, number)
)
-- sqlite: WITHOUT ROWID
;
