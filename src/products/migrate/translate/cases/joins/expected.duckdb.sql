select
    'inner' as kind,
    a.id as a,
    b.id as b,
    cast(null as integer) as c
from dbo.a as a
inner join dbo.b as b
    on b.a = a.id
union all
select
    'left' as column_1,
    a.id,
    b.id as id_2,
    c.id as id_3
from dbo.a as a
left join dbo.b as b
    on b.a = a.id
    and b.y > 1
left join dbo.c as c
    on c.b = b.id
union all
select
    'right' as column_1,
    a.id,
    b.id as id_2,
    cast(null as integer) as column_4
from dbo.a as a
right join dbo.b as b
    on b.a = a.id
union all
select
    'full' as column_1,
    a.id,
    b.id as id_2,
    cast(null as integer) as column_4
from dbo.a as a
full join dbo.b as b
    on b.a = a.id
union all
select
    'cross' as column_1,
    a.id,
    c.id as id_2,
    cast(null as integer) as column_4
from dbo.a as a
cross join dbo.c as c
union all
select
    'nested' as column_1,
    a.id,
    b.id as id_2,
    c.id as id_3
from dbo.a as a
left join (
    dbo.b as b
    inner join dbo.c as c
        on c.b = b.id
)
    on b.a = a.id
union all
select
    'comma' as column_1,
    a.id,
    b.id as id_2,
    c.id as id_3
from dbo.a as a
cross join (
    dbo.b as b
    inner join dbo.c as c
        on c.b = b.id
)
where a.id = b.a
union all
select
    'self' as column_1,
    l.id,
    r.id as id_2,
    cast(null as integer) as column_4
from dbo.b as l
inner join dbo.b as r
    on r.y > l.y
union all
select
    'text' as column_1,
    l.id,
    r.id as id_2,
    cast(null as integer) as column_4
from dbo.a as l
inner join dbo.a as r
    on lower(rtrim(r.x, ' ')) = lower(rtrim(l.x, ' '))
    and r.id > l.id
union all
select
    'derived' as column_1,
    a.id,
    v.n,
    w.total
from dbo.a as a
inner join (
    select
        b.a as a_id,
        cast(sum(b.y) as integer) as total
    from dbo.b as b
    group by b.a
) as w
    on w.a_id = a.id
inner join (values
    (1, 'one'),
    (2, 'two')
) as v (n, word)
    on v.n = a.id
union all
select
    'filter' as column_1,
    a.id,
    cast(null as integer) as column_3,
    cast(null as integer) as column_4
from dbo.a as a
inner join dbo.b as b
    on b.a = a.id
union all
select
    'multiplied' as column_1,
    a.id,
    cast(null as integer) as column_3,
    cast(null as integer) as column_4
from dbo.a as a
left join dbo.b as b
    on b.a = a.id
left join dbo.c as c
    on c.id > 0
union all
select
    'last' as column_1,
    a.id,
    b.id as id_2,
    cast(null as integer) as column_4
from dbo.a as a
inner join dbo.b as b
    on b.a = a.id
inner join dbo.c as c
    on c.b = b.id
