select
    id,
    cast(sum(v) over (partition by g order by v) as integer) as peers,
    cast(sum(v) over (partition by g order by v, id rows between unbounded preceding and current row) as integer) as running,
    cast(sum(v) over (partition by g) // count(v) over (partition by g) as integer) as mean,
    lag(v, 1, 0) over (partition by g order by id) as previous,
    last_value(v) over (partition by g order by id) as so_far,
    first_value(v) over (partition by g order by id) as first_one,
    cast(count(*) over () as integer) as n,
    ntile(2) over (order by id) as half,
    cast(sum(v) over (order by id rows between 1 preceding and 1 following) as integer) as around
from dbo.t as t
