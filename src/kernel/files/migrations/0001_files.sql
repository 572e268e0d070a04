CREATE TABLE file_owners (
    tenant_id TEXT NOT NULL,
    file_id   TEXT NOT NULL,
    owner     TEXT NOT NULL,
    PRIMARY KEY (tenant_id, file_id, owner)
);
CREATE INDEX file_owners_by_owner ON file_owners (tenant_id, owner);
