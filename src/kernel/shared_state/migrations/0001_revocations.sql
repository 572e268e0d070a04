-- global: every node follows the revocations of all tenants
CREATE TABLE revocations (
    id         TEXT   NOT NULL PRIMARY KEY,
    subject    TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX revocations_by_age ON revocations (created_at);
