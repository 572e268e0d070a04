-- Mails that wait to be sent. A mail may bear a link that lets somebody in, so that its row goes once it was sent.
CREATE TABLE mails (
    tenant_id  TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    recipient  TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    html       TEXT   NOT NULL,
    begun_at   BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
