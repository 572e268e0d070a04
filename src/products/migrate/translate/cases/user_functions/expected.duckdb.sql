select
    t.n,
    cast(year(cast(t.d - interval 3 months as date)) as integer) as fiscal,
    cast(cast(t.n as decimal(9, 2)) * cast(0.20 as decimal(4, 2)) as decimal(9, 2)) as tax,
    a.n as above,
    a.extra
from dbo.t as t
cross join lateral (
    select
        t_2.n,
        t_2.n - t.n as extra
    from dbo.t as t_2
    where t_2.n > t.n
) as a
