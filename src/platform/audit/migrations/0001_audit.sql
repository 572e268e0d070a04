CREATE TABLE audit_log (
    tenant_id      TEXT   NOT NULL,
    id             TEXT   NOT NULL,
    actor_id       TEXT   NOT NULL,
    action         TEXT   NOT NULL,
    object_id      TEXT   NOT NULL,
    status         BIGINT NOT NULL,
    request_id     TEXT   NOT NULL,
    remote_address TEXT   NOT NULL,
    created_at     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
