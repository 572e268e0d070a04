-- What was counted last, as JSON; one row, whose id is 'stock'. `took_us` is what counting cost.
-- global: it is over all tenants
CREATE TABLE admin_stock (
    id         TEXT   NOT NULL PRIMARY KEY,
    counted_at BIGINT NOT NULL,
    took_us    BIGINT NOT NULL,
    stock      TEXT   NOT NULL
);
