select
    'all' as kind,
    a.id
from (
    select id
    from dbo.t as t
) as a
union all
select
    'expression' as column_1,
    a.id
from (
    select id
    from dbo.t as t
    order by t.n desc, id
    limit (1 + 1)
) as a
union all
select
    'offset' as column_1,
    a.id
from (
    select id
    from dbo.t as t
    order by id
    limit all
    offset 2
) as a
union all
select
    'set' as column_1,
    a.id
from (
    select
        id
    from (
        select id
        from dbo.t as t
        where n = 1
        union
        select 9 as column_1
    ) as combined
    order by id desc
    limit 1
) as a
union all
select
    'place' as column_1,
    a.id
from (
    select
        id,
        n as sorted
    from dbo.t as t
    order by n desc, id desc
    limit 1
) as a
