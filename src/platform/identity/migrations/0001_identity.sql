-- global: a person may work in several tenants
CREATE TABLE users (
    id                TEXT    NOT NULL PRIMARY KEY,
    email             TEXT    NOT NULL UNIQUE,
    name              TEXT    NOT NULL,
    password_hash     TEXT    NOT NULL,
    is_operator       BOOLEAN NOT NULL,
    status            TEXT    NOT NULL DEFAULT 'active',
    email_verified_at BIGINT,
    last_seen_at      BIGINT,
    created_at        BIGINT  NOT NULL
);
CREATE INDEX users_by_name ON users (lower(name), id);
CREATE INDEX users_by_status_and_email ON users (status, email);
CREATE INDEX users_by_status_and_name ON users (status, lower(name), id);
CREATE INDEX users_with_imported_hash ON users (substr(password_hash, 5, 2)) WHERE substr(password_hash, 1, 2) = '$2';
CREATE INDEX users_operators ON users (id) WHERE is_operator;

-- `token_hash` is that of a browser's cookie; of other clients that of the part of their refresh tokens which stays
-- the same for all of the session, and `refresh_hash` that of the part which is new with each. `operator_id` to
-- `grant_id`: an operator acts as the user, from which session of their own, where alone, and by whose consent.
-- global: sessions are found by the hash of their token, before the tenant is known
CREATE TABLE sessions (
    id               TEXT   NOT NULL PRIMARY KEY,
    kind             TEXT   NOT NULL,
    token_hash       TEXT   NOT NULL UNIQUE,
    refresh_hash     TEXT,
    provider_of      TEXT,
    operator_id      TEXT,
    operator_session TEXT,
    acts_in          TEXT,
    grant_id         TEXT,
    user_id          TEXT   NOT NULL REFERENCES users (id),
    created_at       BIGINT NOT NULL,
    authenticated_at BIGINT NOT NULL,
    last_used_at     BIGINT NOT NULL,
    expires_at       BIGINT NOT NULL,
    remote_address   TEXT   NOT NULL,
    user_agent       TEXT   NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);
CREATE INDEX sessions_by_operator_session ON sessions (operator_session) WHERE operator_session IS NOT NULL;
CREATE INDEX sessions_by_grant ON sessions (grant_id) WHERE grant_id IS NOT NULL;

-- Whose people come in by their tenant's single sign-on alone.
-- global: asked for whoever signs in, before a tenant is chosen
CREATE TABLE enforced_domains (
    domain TEXT NOT NULL,
    tenant TEXT NOT NULL,
    PRIMARY KEY (domain, tenant)
);
CREATE INDEX enforced_domains_by_tenant ON enforced_domains (tenant);

-- What signs access tokens. The private part is sealed (kernel/secrets) in the installation's scope.
-- global: access tokens are read before the tenant is known
CREATE TABLE token_signing_keys (
    id             TEXT   NOT NULL PRIMARY KEY,
    public_key     TEXT   NOT NULL,
    sealed_private TEXT   NOT NULL,
    created_at     BIGINT NOT NULL
);

-- global: there is no tenant yet
CREATE TABLE setup_tokens (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL
);

-- global: links in mails are found by the hash of their token; users are global
CREATE TABLE user_links (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    user_id    TEXT   NOT NULL REFERENCES users (id),
    purpose    TEXT   NOT NULL,
    email      TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX user_links_by_user ON user_links (user_id, purpose);
CREATE INDEX user_links_by_end ON user_links (expires_at);

-- Who signed up and has not shown yet that the address is theirs: there is no account until then.
-- global: there is no user yet
CREATE TABLE pending_sign_ups (
    token_hash    TEXT   NOT NULL PRIMARY KEY,
    email         TEXT   NOT NULL,
    name          TEXT   NOT NULL,
    password_hash TEXT   NOT NULL,
    organization  TEXT   NOT NULL,
    expires_at    BIGINT NOT NULL
);
CREATE INDEX pending_sign_ups_by_end ON pending_sign_ups (expires_at);

-- A second factor is in force from `confirmed_at` on. The seed is sealed (kernel/secrets) in the installation's scope.
-- `last_step` is that of the last code that was taken, as a code works once.
-- global: users are global
CREATE TABLE user_second_factors (
    user_id      TEXT   NOT NULL PRIMARY KEY REFERENCES users (id),
    sealed_seed  TEXT   NOT NULL,
    last_step    BIGINT NOT NULL,
    confirmed_at BIGINT,
    created_at   BIGINT NOT NULL
);

-- global: users are global
CREATE TABLE user_recovery_codes (
    user_id   TEXT NOT NULL REFERENCES users (id),
    code_hash TEXT NOT NULL,
    PRIMARY KEY (user_id, code_hash)
);
