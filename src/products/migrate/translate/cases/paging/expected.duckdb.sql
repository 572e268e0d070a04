select
    p.id,
    p.x
from (
    select
        id,
        x
    from dbo.t as t
    order by lower(rtrim(x, ' ')) nulls first, id desc
    limit 2
    offset 1
) as p
