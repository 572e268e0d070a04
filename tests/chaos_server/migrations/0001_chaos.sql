-- One row for each effect. The key is the effect's own: an effect that happened twice could not be written.
CREATE TABLE chaos_effects (
    tenant_id TEXT   NOT NULL,
    id        TEXT   NOT NULL,
    node      TEXT   NOT NULL,
    attempt   BIGINT NOT NULL,
    made_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
-- One row for each firing of a schedule that came to a job which was done.
CREATE TABLE chaos_ticks (
    tenant_id TEXT   NOT NULL,
    id        TEXT   NOT NULL,
    name      TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
