select
    upper(rtrim(g.x, ' ')) as label,
    g.total,
    (
        select cast(count(*) as integer) as column_1
        from (
            select distinct on (lower(rtrim(t.x, ' '))) t.x
            from dbo.t as t
        ) as d
    ) as kinds,
    (
        select cast(count(*) as integer) as column_1
        from (
            select distinct on (lower(rtrim(combined.x, ' ')))
                combined.x
            from (
                select t.x
                from dbo.t as t
                union all
                select 'ABC' as column_1
            ) as combined
        ) as u
    ) as united
from (
    select
        min(t.x) as x,
        cast(sum(t.n) as integer) as total
    from dbo.t as t
    group by lower(rtrim(t.x, ' '))
    having count(*) > 1
        or min(t.x) is null
) as g
