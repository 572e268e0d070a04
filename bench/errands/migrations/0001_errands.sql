CREATE TABLE errands (
    tenant_id  TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
