with first_one as (
    select
        id,
        x
    from dbo.t as t
    where id > 1
),

counted as (
    select
        min(f.x) as word,
        cast(count(*) as integer) as n
    from first_one as f
    group by lower(rtrim(f.x, ' '))
),

twice as (
    select
        word,
        n * 2 as n
    from counted
)

select
    upper(rtrim(c.word, ' ')) as word,
    c.n,
    d.n as doubled
from counted as c
inner join twice as d
    on lower(rtrim(d.word, ' ')) = lower(rtrim(c.word, ' '))
