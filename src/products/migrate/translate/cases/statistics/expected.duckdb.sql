select
    t.g,
    stddev_samp(t.v) as sample,
    stddev_pop(t.v) as population,
    var_samp(t.v) as sample_square,
    var_pop(t.v) as population_square,
    count(t.v) as big,
    cast(count(distinct t.v) as integer) as kinds,
    cast(sum(distinct t.v) as integer) as once,
    cast(sum(distinct t.v) // count(distinct t.v) as integer) as mean_once,
    min(t.d) as first_day,
    max(t.d) as last_day,
    count(distinct lower(rtrim(t.x, ' '))) as about,
    sum(t.f) as float_sum,
    avg(t.f) as float_mean,
    max(t.p) as most,
    cast(count(t.u) as integer) as ids,
    cast(sum(case when t.v > 2 then 1 else 0 end) as integer) as above,
    cast(sum(t.v) // count(t.v) as integer) as by_hand,
    max(t.v) - min(t.v) as spread,
    cast((cast(cast(count(*) * 1.0 as decimal(38, 1)) * 1000000 as hugeint) // 4) * 0.000001 as decimal(18, 6)) as share
from dbo.t as t
group by t.g
