select
    id,
    case when lower(rtrim(x, ' ')) = 'abc' then 1 else 0 end as eq,
    case when lower(rtrim(x, ' ')) <> lower(rtrim(y, ' ')) then 1 else 0 end as ne,
    case when lower(rtrim(x, ' ')) in ('abc', 'q') then 1 else 0 end as in_list,
    case when rtrim(z, ' ') = 'abc' then 1 else 0 end as cs,
    case when lower(rtrim(x, ' ')) = 'abc' then 'yes' else 'no' end as simple,
    case when lower(rtrim(x, ' ')) = 'abc' then null else x end as without,
    case when x ilike 'AB%' then 1 else 0 end as starts,
    case when rtrim(x, ' ') ilike 'abc' then 1 else 0 end as like_all,
    case when z like 'AB%' then 1 else 0 end as cs_like,
    case when exists (
        select 1
        from dbo.t as o
        where lower(rtrim(o.x, ' ')) = lower(rtrim(t.y, ' '))
            and o.id <> t.id
    ) then 1 else 0 end as has_twin,
    case when lower(rtrim(x, ' ')) in (
        select lower(rtrim(u.y, ' ')) as y
        from dbo.t as u
    ) then 1 else 0 end as in_query,
    case when rtrim(x, ' ') = 'abc' then 1 else 0 end as bin
from dbo.t as t
where x not ilike 'zz%'
    or x is null
