-- A tenant's consent: until `expires_at`, or until it was revoked, operators may act as its people.
CREATE TABLE support_grants (
    tenant_id  TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    granted_by TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    revoked_by TEXT,
    PRIMARY KEY (tenant_id, id)
);
