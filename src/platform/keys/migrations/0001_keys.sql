CREATE TABLE keys (
    tenant_id         TEXT    NOT NULL,
    id                TEXT    NOT NULL,
    audience          TEXT    NOT NULL,
    name              TEXT    NOT NULL,
    prefix            TEXT    NOT NULL,
    scopes            TEXT    NOT NULL,
    permissions       TEXT    NOT NULL,
    limits            TEXT    NOT NULL,
    allowed_addresses TEXT    NOT NULL,
    owner             TEXT,
    metadata          TEXT    NOT NULL,
    is_disabled       BOOLEAN NOT NULL,
    expires_at        BIGINT,
    last_used_at      BIGINT,
    revoked_at        BIGINT,
    created_by        TEXT    NOT NULL,
    created_at        BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX keys_live ON keys (tenant_id, audience) WHERE revoked_at IS NULL;
CREATE INDEX keys_by_owner ON keys (tenant_id, owner, id) WHERE owner IS NOT NULL;

-- global: a key of our API is found by its hash before its tenant is known
CREATE TABLE key_credentials (
    secret_hash TEXT NOT NULL PRIMARY KEY,
    tenant      TEXT NOT NULL,
    key_id      TEXT NOT NULL,
    works_until BIGINT
);
CREATE INDEX key_credentials_of_key ON key_credentials (key_id);

-- a key of a tenant's customer is looked for in that tenant alone
CREATE TABLE customer_key_secrets (
    tenant_id   TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    key_id      TEXT NOT NULL,
    works_until BIGINT,
    PRIMARY KEY (tenant_id, secret_hash)
);
CREATE INDEX customer_key_secrets_of_key ON customer_key_secrets (tenant_id, key_id);

CREATE TABLE key_credits (
    tenant_id         TEXT   NOT NULL,
    key_id            TEXT   NOT NULL,
    credits_remaining BIGINT NOT NULL,
    refill            TEXT,
    refills_at        BIGINT,
    PRIMARY KEY (tenant_id, key_id)
);

CREATE TABLE key_verifications (
    tenant_id     TEXT   NOT NULL,
    key_id        TEXT   NOT NULL,
    hour_at       BIGINT NOT NULL,
    outcome       TEXT   NOT NULL,
    verifications BIGINT NOT NULL,
    credits_spent BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, key_id, hour_at, outcome)
);
CREATE INDEX key_verifications_by_time ON key_verifications (tenant_id, hour_at);
