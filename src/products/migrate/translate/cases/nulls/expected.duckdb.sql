select
    id,
    coalesce(x, 'longe') as first_type,
    coalesce(x, 'longer text') as any_type,
    coalesce(n, cast(trunc(1.9) as integer)) as int_type,
    cast(coalesce(n, 1.9) as decimal(11, 1)) as decimal_type,
    coalesce(d, cast(1 as decimal(5, 2))) as d1,
    nullif(n, 0) as not_zero,
    case when n > 0 then 'yes' else 'no' end as positive,
    case n
        when 1 then 'one'
        when 2 then 'two'
    end as chosen,
    concat(x, cast(n as varchar)) as joined,
    row_number() over (order by n nulls first) as nulls_first,
    row_number() over (order by n desc nulls last) as nulls_last
from dbo.t as t
