CREATE TABLE events (
    tenant_id  TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    type       TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    payload    TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
)
-- sqlite: WITHOUT ROWID
;
CREATE INDEX events_by_subject ON events (tenant_id, subject, id);
