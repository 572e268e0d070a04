select
    'from_to' as kind,
    price
from (
    select id, price, f, u
    from dbo.p
    where f < timestamp '2024-01-01 00:00:00'
        and u > timestamp '2023-01-01 00:00:00'
    union all
    select id, price, f, u
    from dbo.ph
    where f < timestamp '2024-01-01 00:00:00'
        and u > timestamp '2023-01-01 00:00:00'
) as p
union all
select
    'between' as column_1,
    price
from (
    select id, price, f, u
    from dbo.p
    where f <= timestamp '2024-01-01 00:00:00'
        and u > timestamp '2023-01-01 00:00:00'
    union all
    select id, price, f, u
    from dbo.ph
    where f <= timestamp '2024-01-01 00:00:00'
        and u > timestamp '2023-01-01 00:00:00'
) as p
union all
select
    'contained' as column_1,
    price
from (
    select id, price, f, u
    from dbo.p
    where f >= timestamp '2022-01-01 00:00:00'
        and u <= timestamp '2024-01-01 00:00:00'
    union all
    select id, price, f, u
    from dbo.ph
    where f >= timestamp '2022-01-01 00:00:00'
        and u <= timestamp '2024-01-01 00:00:00'
) as p
