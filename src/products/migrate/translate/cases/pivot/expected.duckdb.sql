select
    y,
    A,
    b,
    c as renamed
from (
    select
        s.y,
        cast(sum(s.v) filter (where lower(rtrim(s.k, ' ')) = 'a') as integer) as A,
        cast(sum(s.v) filter (where lower(rtrim(s.k, ' ')) = 'b') as integer) as b,
        cast(sum(s.v) filter (where lower(rtrim(s.k, ' ')) = 'c') as integer) as c
    from (
        select
            y,
            k,
            v
        from dbo.t as t
    ) as s
    group by s.y
) as p
