-- global: what operators changed of the plans
CREATE TABLE plan_changes (
    plan       TEXT   NOT NULL PRIMARY KEY,
    changes    TEXT   NOT NULL,
    changed_at BIGINT NOT NULL
);

-- what a tenant has otherwise than its plan
CREATE TABLE tenant_entitlements (
    tenant_id  TEXT   NOT NULL,
    changes    TEXT   NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
);
