-- What a tenant says is its own. `token` is what its TXT record has to say; `failures` are the checks in a row that did
-- not find it.
CREATE TABLE domains (
    tenant_id   TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    token       TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    failures    BIGINT NOT NULL,
    fault       TEXT   NOT NULL,
    created_by  TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    checked_at  BIGINT,
    verified_at BIGINT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
);

-- global: a domain is one tenant's at most, and a request is for a host before its tenant is known
CREATE TABLE verified_domains (
    name      TEXT   NOT NULL PRIMARY KEY,
    tenant    TEXT   NOT NULL,
    domain_id TEXT   NOT NULL,
    check_at  BIGINT NOT NULL
);
CREATE INDEX verified_domains_by_tenant ON verified_domains (tenant);
CREATE INDEX verified_domains_by_check ON verified_domains (check_at);
