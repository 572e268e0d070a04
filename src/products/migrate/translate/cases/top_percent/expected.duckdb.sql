select id
from dbo.t as t
qualify row_number() over (order by id) <= ceil(count(*) over () * 30 / 100.0)
order by id
