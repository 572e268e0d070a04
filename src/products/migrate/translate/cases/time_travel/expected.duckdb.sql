select
    'then' as "at",
    id,
    price
from (
    select id, price, f, u
    from dbo.p
    where f <= timestamp '2023-06-01 00:00:00'
        and u > timestamp '2023-06-01 00:00:00'
    union all
    select id, price, f, u
    from dbo.ph
    where f <= timestamp '2023-06-01 00:00:00'
        and u > timestamp '2023-06-01 00:00:00'
) as p
union all
select
    'all' as column_1,
    id,
    price
from (
    select id, price, f, u
    from dbo.p
    union all
    select id, price, f, u
    from dbo.ph
) as p
union all
select
    'now' as column_1,
    id,
    price
from dbo.p as p
