-- Keys that a tenant's secrets are encrypted with, each itself encrypted with a master key that is not in the database.
-- The newest encrypts; the others are there for what they encrypted.
CREATE TABLE secret_data_keys (
    tenant_id     TEXT   NOT NULL,
    id            TEXT   NOT NULL,
    master_key_id TEXT   NOT NULL,
    wrapped       TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
)
-- sqlite: WITHOUT ROWID
;
