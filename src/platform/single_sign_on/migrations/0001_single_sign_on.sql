-- `roles` and `domains` are JSON lists. The client's secret is sealed (kernel/secrets) in the tenant's scope.
CREATE TABLE identity_providers (
    tenant_id            TEXT    NOT NULL,
    id                   TEXT    NOT NULL,
    name                 TEXT    NOT NULL,
    issuer               TEXT    NOT NULL,
    client_id            TEXT    NOT NULL,
    sealed_client_secret TEXT    NOT NULL,
    is_enabled           BOOLEAN NOT NULL,
    creates_accounts     BOOLEAN NOT NULL,
    default_role         TEXT    NOT NULL,
    role_claim           TEXT,
    roles                TEXT    NOT NULL,
    domains              TEXT    NOT NULL,
    is_enforced          BOOLEAN NOT NULL,
    created_at           BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- Whom a provider knows by which subject (OpenID Connect Core section 5.7): the address may change hands.
CREATE TABLE provider_identities (
    tenant_id  TEXT   NOT NULL,
    issuer     TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    user_id    TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, issuer, subject)
);
CREATE INDEX provider_identities_by_user ON provider_identities (tenant_id, user_id);

-- global: whose provider an address leads to is asked before a tenant is known
CREATE TABLE provider_domains (
    domain      TEXT NOT NULL,
    tenant      TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    PRIMARY KEY (domain, tenant, provider_id)
);
CREATE INDEX provider_domains_by_tenant ON provider_domains (tenant, provider_id);

-- Sign-ins that were begun. State, nonce and the verifier of PKCE follow from the token, which is not stored.
-- global: they are found by the hash of the token before a tenant is known
CREATE TABLE provider_sign_ins (
    token_hash  TEXT   NOT NULL PRIMARY KEY,
    tenant      TEXT   NOT NULL,
    provider_id TEXT   NOT NULL,
    expires_at  BIGINT NOT NULL
);
CREATE INDEX provider_sign_ins_by_end ON provider_sign_ins (expires_at);
