-- global: the list of tenants itself
CREATE TABLE tenants (
    id                  TEXT   NOT NULL PRIMARY KEY,
    name                TEXT   NOT NULL,
    slug                TEXT   NOT NULL UNIQUE,
    plan                TEXT   NOT NULL,
    status              TEXT   NOT NULL,
    status_before       TEXT,
    deletes_at          BIGINT,
    region              TEXT,
    billing_customer_id TEXT,
    settings            TEXT   NOT NULL,
    created_at          BIGINT NOT NULL
);
CREATE INDEX tenants_by_status ON tenants (status);

CREATE TABLE members (
    tenant_id  TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    user_id    TEXT    NOT NULL,
    role       TEXT    NOT NULL,
    is_active  BOOLEAN NOT NULL,
    invited_by TEXT,
    joined_at  BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, user_id)
);

-- global: which tenants a user belongs to, asked before any tenant is chosen
CREATE TABLE user_tenants (
    user_id TEXT NOT NULL,
    tenant  TEXT NOT NULL,
    PRIMARY KEY (user_id, tenant)
);
