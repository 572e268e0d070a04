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

CREATE TABLE usage_meters (
    tenant_id   TEXT    NOT NULL,
    id          TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    event_name  TEXT    NOT NULL,
    aggregation TEXT    NOT NULL,
    property    TEXT,
    group_by    TEXT    NOT NULL,
    unit        TEXT    NOT NULL,
    is_billable BOOLEAN NOT NULL,
    created_at  BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
);

-- A tenant's row is held while events are taken, and moved on when its meters change: so each event is counted by
-- exactly the meters that were there.
CREATE TABLE usage_books (
    tenant_id     TEXT   NOT NULL,
    meters_number BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
);

-- The events as they came: what bills stand on.
CREATE TABLE usage_events (
    tenant_id   TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    subject     TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    properties  TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX usage_events_by_age ON usage_events (tenant_id, received_at);

-- What each meter counted in an hour, or in the whole day once its hours were folded into the first. Numbers are a
-- whole part and billionths, each a sum; `moment` is each value times the seconds from the bucket's start; `peak` sorts
-- as what it holds.
CREATE TABLE usage_rollups (
    tenant_id         TEXT   NOT NULL,
    meter_id          TEXT   NOT NULL,
    subject           TEXT   NOT NULL,
    bucket_at         BIGINT NOT NULL,
    groups            TEXT   NOT NULL,
    events            BIGINT NOT NULL,
    whole             BIGINT NOT NULL,
    billionths        BIGINT NOT NULL,
    moment_whole      BIGINT NOT NULL,
    moment_billionths BIGINT NOT NULL,
    peak              TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, meter_id, subject, bucket_at, groups)
)
-- sqlite: WITHOUT ROWID
;

CREATE TABLE usage_unique_values (
    tenant_id TEXT   NOT NULL,
    meter_id  TEXT   NOT NULL,
    subject   TEXT   NOT NULL,
    bucket_at BIGINT NOT NULL,
    groups    TEXT   NOT NULL,
    value     TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, meter_id, subject, bucket_at, groups, value)
)
-- sqlite: WITHOUT ROWID
;

CREATE TABLE usage_quotas (
    tenant_id  TEXT    NOT NULL,
    quota      TEXT    NOT NULL,
    period_at  BIGINT  NOT NULL,
    used       BIGINT  NOT NULL,
    is_warned  BOOLEAN NOT NULL,
    is_reached BOOLEAN NOT NULL,
    PRIMARY KEY (tenant_id, quota, period_at)
);
