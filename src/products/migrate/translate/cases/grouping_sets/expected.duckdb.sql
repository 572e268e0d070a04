select
    case when grouping(lower(rtrim(t.a, ' '))) = 1 then 'all' else upper(case when grouping(lower(rtrim(t.a, ' '))) = 0 then min(t.a) end) end as a,
    t.b,
    cast(grouping(lower(rtrim(t.a, ' ')), t.b) as integer) as level,
    cast(sum(t.v) as integer) as v
from dbo.t as t
group by rollup (lower(rtrim(t.a, ' ')), t.b)
