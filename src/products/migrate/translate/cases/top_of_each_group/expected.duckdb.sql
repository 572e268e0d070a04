select
    id,
    v
from (
    select
        id,
        v,
        row_number() over (partition by lower(rtrim(g, ' ')) order by v desc nulls last, id) as order_1
    from dbo.t as t
) as ordered
qualify rank() over (order by order_1) <= 1
order by order_1
