select
    upper(rtrim(min(o.g), ' ')) as g,
    cast(count(*) as integer) as n,
    substring(nullif((
        select string_agg(',' || left(cast(i.id as varchar), 5), '' order by i.id) as column_1
        from dbo.t as i
        where lower(rtrim(i.g, ' ')) = lower(rtrim(min(o.g), ' '))
    ), ''), 2) as ids,
    substring(nullif(left((
        select string_agg(',' || left(cast(i.id as varchar), 5), '' order by i.id) as column_1
        from dbo.t as i
        where lower(rtrim(i.g, ' ')) = lower(rtrim(min(o.g), ' '))
    ), 4), ''), 2) as cut_off,
    (
        select max(u.n) as column_1
        from dbo.u as u
        where lower(rtrim(u.g, ' ')) = lower(rtrim(min(o.g), ' '))
    ) as most,
    (
        select u.n
        from dbo.u as u
        where lower(rtrim(u.g, ' ')) = lower(rtrim(min(o.g), ' '))
            and u.n > 99
        limit 1
    ) as none
from dbo.t as o
group by lower(rtrim(o.g, ' '))
having exists (
        select 1
        from dbo.u as u
        where lower(rtrim(u.g, ' ')) = lower(rtrim(min(o.g), ' '))
    )
    or max(o.v) is null
