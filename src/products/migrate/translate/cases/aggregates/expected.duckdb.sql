select
    t.g,
    cast(count(*) as integer) as n,
    cast(count(t.i) as integer) as n_i,
    cast(sum(t.i) // count(t.i) as integer) as avg_i,
    cast(sum(t.i) as integer) as sum_i,
    cast(sum(t.s) as integer) as sum_s,
    cast((cast(cast(sum(t.p) as decimal(38, 2)) * 1000000 as hugeint) // count(t.p)) * 0.000001 as decimal(38, 6)) as avg_p,
    sum(t.p) as sum_p,
    cast((cast(cast(sum(t.m) as decimal(38, 4)) * 10000 as hugeint) // count(t.m)) * 0.0001 as decimal(19, 4)) as avg_m,
    arg_min(t.x, lower(rtrim(t.x, ' '))) as min_x,
    upper(rtrim(arg_max(t.x, lower(rtrim(t.x, ' '))), ' ')) as max_x,
    cast(count(distinct lower(rtrim(t.x, ' '))) as integer) as n_x,
    count(*) as big
from dbo.t as t
group by t.g
