select
    c.id,
    best.v as best,
    total.s,
    side.k,
    side.w
from dbo.c as c
left join lateral (
    select o.v
    from dbo.o as o
    where o.c = c.id
    order by o.v desc
    limit 1
) as best
    on true
cross join lateral (
    select
        cast(sum(o.v) as integer) as s,
        cast(count(*) as integer) as n
    from dbo.o as o
    where o.c = c.id
) as total
cross join lateral (values
    ('n', total.n),
    ('b', best.v)
) as side (k, w)
