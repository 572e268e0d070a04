-- What a tenant keeps for a shorter time than the installation does; null: as long.
CREATE TABLE tenant_retention (
    tenant_id   TEXT   NOT NULL,
    audit_days  BIGINT,
    events_days BIGINT,
    usage_days  BIGINT,
    changed_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
);
