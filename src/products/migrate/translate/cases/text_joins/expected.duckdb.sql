select
    a.k || '|' as padded,
    a.v,
    b.w,
    row_number() over (partition by lower(rtrim(b.k, ' ')) order by a.v) as place,
    rank() over (order by lower(rtrim(b.k, ' '))) as text_rank
from dbo.a as a
inner join dbo.b as b
    on lower(rtrim(a.k, ' ')) = lower(rtrim(b.k, ' '))
