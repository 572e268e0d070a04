CREATE TABLE idempotency_keys (
    tenant_id        TEXT   NOT NULL,
    credential_id    TEXT   NOT NULL,
    route            TEXT   NOT NULL,
    key              TEXT   NOT NULL,
    request_hash     TEXT   NOT NULL,
    status           BIGINT NOT NULL,
    body             TEXT   NOT NULL,
    secret_object_id TEXT,
    created_at       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, credential_id, route, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (tenant_id, created_at);
