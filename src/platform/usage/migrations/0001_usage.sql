CREATE TABLE request_counts (
    tenant_id     TEXT   NOT NULL,
    day           TEXT   NOT NULL,
    credential_id TEXT   NOT NULL,
    endpoint      TEXT   NOT NULL,
    status        BIGINT NOT NULL,
    requests      BIGINT NOT NULL,
    total_us      BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, day, credential_id, endpoint, status)
);

CREATE TABLE billable_usage (
    tenant_id  TEXT   NOT NULL,
    meter      TEXT   NOT NULL,
    event_key  TEXT   NOT NULL,
    quantity   BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, meter, event_key)
);
CREATE INDEX billable_usage_by_time ON billable_usage (tenant_id, meter, created_at);
