select
    id,
    rank() over (partition by lower(rtrim(g, ' ')) order by v nulls first) as place,
    dense_rank() over (partition by lower(rtrim(g, ' ')) order by v nulls first) as dense,
    percent_rank() over (partition by lower(rtrim(g, ' ')) order by v nulls first) as share,
    cume_dist() over (partition by lower(rtrim(g, ' ')) order by v nulls first) as cumulated,
    lead(v) over (partition by lower(rtrim(g, ' ')) order by id) as following,
    lead(v, 2, -1) over (partition by lower(rtrim(g, ' ')) order by id) as second_next,
    lag(v ignore nulls) over (partition by lower(rtrim(g, ' ')) order by id) as last_known,
    last_value(v) over (partition by lower(rtrim(g, ' ')) order by id rows between current row and unbounded following) as last_of_all,
    min(v) over (partition by lower(rtrim(g, ' '))) as least,
    cast(sum(v) over (partition by lower(rtrim(g, ' ')) order by id range between unbounded preceding and current row) as integer) as running,
    row_number() over (partition by lower(rtrim(g, ' ')) order by v desc nulls last, id) as number,
    cast(count(v) over (partition by lower(rtrim(g, ' ')) order by id rows between 1 preceding and current row) as integer) as pair
from dbo.t as t
