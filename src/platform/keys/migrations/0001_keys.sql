CREATE TABLE keys (
    tenant_id           TEXT   NOT NULL,
    id                  TEXT   NOT NULL,
    name                TEXT   NOT NULL,
    prefix              TEXT   NOT NULL,
    scopes              TEXT   NOT NULL,
    requests_per_minute BIGINT,
    expires_at          BIGINT,
    last_used_at        BIGINT,
    revoked_at          BIGINT,
    created_by          TEXT   NOT NULL,
    created_at          BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX keys_live ON keys (tenant_id) WHERE revoked_at IS NULL;

-- global: a key is found by its hash before its tenant is known
CREATE TABLE key_credentials (
    secret_hash TEXT NOT NULL PRIMARY KEY,
    tenant      TEXT NOT NULL,
    key_id      TEXT NOT NULL UNIQUE
);
