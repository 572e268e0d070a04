select
    'numbers' as kind,
    cast(count(*) as integer) as n
from (
    select distinct n
    from dbo.t as t
) as a
union all
select
    'texts' as column_1,
    cast(count(*) as integer) as column_2
from (
    select distinct on (lower(rtrim(x, ' ')), n)
        x,
        n
    from dbo.t as t
) as a
union all
select
    'exact' as column_1,
    cast(count(*) as integer) as column_2
from (
    select distinct on (rtrim(z, ' ')) z
    from dbo.t as t
) as a
union all
select
    'grouped' as column_1,
    cast(count(*) as integer) as column_2
from (
    select distinct on (lower(rtrim(x, ' '))) x
    from (
        select arg_max(t.x, lower(rtrim(t.x, ' '))) as x
        from dbo.t as t
        group by t.n
    ) as grouped
) as a
union all
select
    'first' as column_1,
    cast(count(*) as integer) as column_2
from (
    select distinct n
    from dbo.t as t
    order by n
    limit 1
) as a
