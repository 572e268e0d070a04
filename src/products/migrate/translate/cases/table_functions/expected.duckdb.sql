select
    'split' as kind,
    t.id,
    s.value as word,
    s.ordinal as n
from dbo.t as t
cross join lateral (select unnest(string_split(t.list, ',')) as value, unnest(range(1, len(string_split(t.list, ',')) + 1)) as ordinal) as s
union all
select
    'outer' as column_1,
    t.id,
    s.value,
    cast(null as bigint) as column_4
from dbo.t as t
left join lateral (select unnest(string_split(t.list, ';')) as value) as s
    on true
union all
select
    'series' as column_1,
    t.id,
    cast(null as varchar) as column_3,
    cast(g.value as bigint) as value
from dbo.t as t
cross join lateral (select cast(unnest(generate_series(t.least, t.most, case when t.least > t.most then -1 else 1 end)) as integer) as value) as g
union all
select
    'steps' as column_1,
    0 as column_2,
    cast(null as varchar) as column_3,
    cast(value as bigint) as value
from (select cast(unnest(generate_series(10, 1, -4)) as integer) as value) as generate_series
union all
select
    'down' as column_1,
    0 as column_2,
    cast(null as varchar) as column_3,
    cast(value as bigint) as value
from (select cast(unnest(generate_series(2, 1, -1)) as integer) as value) as generate_series
union all
select
    'own' as column_1,
    t.id,
    cast(null as varchar) as column_3,
    cast(u.n as bigint) as n
from dbo.t as t
left join lateral (
    select g.value as n
    from (select cast(unnest(generate_series(1, 3)) as integer) as value) as g
    where g.value <= t.most
) as u
    on true
