select
    id,
    n
from dbo.t as t
qualify rank() over (order by n desc nulls last) <= 2
order by n desc nulls last
