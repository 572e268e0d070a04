CREATE TABLE invitations (
    tenant_id  TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    email      TEXT   NOT NULL,
    role       TEXT   NOT NULL,
    invited_by TEXT   NOT NULL,
    token_hash TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, email)
);

-- global: an invitation is found by the hash of its token before its tenant is known
CREATE TABLE invitation_tokens (
    token_hash    TEXT NOT NULL PRIMARY KEY,
    tenant        TEXT NOT NULL,
    invitation_id TEXT NOT NULL
);
