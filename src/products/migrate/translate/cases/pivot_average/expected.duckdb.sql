select
    upper(p.y) as y,
    p."1" as mean_1,
    p."2" as mean_2,
    q."1" as n_1,
    q."2" as n_2
from (
    select
        min(s.y) as y,
        cast(sum(s.v) filter (where s.k = 1) // count(s.v) filter (where s.k = 1) as integer) as "1",
        cast(sum(s.v) filter (where s.k = 2) // count(s.v) filter (where s.k = 2) as integer) as "2"
    from (
        select
            y,
            k,
            v
        from dbo.t as t
    ) as s
    group by lower(rtrim(s.y, ' '))
) as p
inner join (
    select
        min(r.y) as y,
        cast(count(r.v) filter (where r.k = 1) as integer) as "1",
        cast(count(r.v) filter (where r.k = 2) as integer) as "2"
    from (
        select
            y,
            k,
            v
        from dbo.t as t
    ) as r
    group by lower(rtrim(r.y, ' '))
) as q
    on lower(rtrim(q.y, ' ')) = lower(rtrim(p.y, ' '))
