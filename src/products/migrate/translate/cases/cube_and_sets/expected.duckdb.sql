select
    'sets' as kind,
    t.a,
    upper(case when grouping(lower(rtrim(t.b, ' '))) = 0 then min(t.b) end) as b,
    cast(sum(t.v) as integer) as v,
    cast(grouping(t.a) as integer) as ga,
    cast(grouping(lower(rtrim(t.b, ' '))) as integer) as gb
from dbo.t as t
group by grouping sets (t.a, lower(rtrim(t.b, ' ')), ())
union all
select
    'cube' as column_1,
    t.a,
    upper(case when grouping(lower(rtrim(t.b, ' '))) = 0 then min(t.b) end) as column_3,
    cast(sum(t.v) as integer) as column_4,
    cast(grouping(t.a) as integer) as column_5,
    cast(grouping(lower(rtrim(t.b, ' '))) as integer) as column_6
from dbo.t as t
group by cube (t.a, lower(rtrim(t.b, ' ')))
union all
select
    'old' as column_1,
    t.a,
    cast(null as varchar) as column_3,
    cast(sum(t.v) as integer) as column_4,
    cast(grouping(t.a) as integer) as column_5,
    0 as column_6
from dbo.t as t
group by rollup (t.a)
having sum(t.v) > 3
union all
select
    'by' as column_1,
    t.v % 2 as column_2,
    cast(null as varchar) as column_3,
    cast(count(*) as integer) as column_4,
    0 as column_5,
    0 as column_6
from dbo.t as t
group by t.v % 2
union all
select
    'all' as column_1,
    cast(null as integer) as column_2,
    cast(null as varchar) as column_3,
    cast(sum(v) as integer) as column_4,
    0 as column_5,
    0 as column_6
from dbo.t as t
union all
select
    'none' as column_1,
    cast(null as integer) as column_2,
    cast(null as varchar) as column_3,
    cast(count(*) as integer) as column_4,
    0 as column_5,
    0 as column_6
from dbo.t as t
where a > 99
