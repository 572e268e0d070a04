select
    base."Order ID" as "Order ID",
    base.x,
    base."select",
    base.x * 2 as twice,
    b.y as label,
    b.x + (
        select max(b.x) as column_1
        from dbo.b as b
    ) as inner_x,
    (
        select cast(count(*) as integer) as column_1
        from dbo.b as b
        where b.y > base.x
    ) as outer_x
from dbo.base as base
cross join dbo.b as b
where base.x = b.x
    and b.y > 0
