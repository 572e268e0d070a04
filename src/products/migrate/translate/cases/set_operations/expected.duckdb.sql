select
    'except' as op,
    upper(rtrim(e.x, ' ')) as x,
    e.n
from (
    select distinct on (lower(rtrim(kept.x, ' ')), kept.n)
        kept.x,
        kept.n
    from (
        select
            x,
            n
        from dbo.a as a
    ) as kept
    where not exists (
        select 1
        from (
            select
                x,
                cast(n as integer) as n
            from dbo.b as b
        ) as other (x, n)
        where lower(rtrim(kept.x, ' ')) is not distinct from lower(rtrim(other.x, ' '))
            and kept.n is not distinct from other.n
    )
) as e
union all
select
    'intersect' as column_1,
    upper(rtrim(i.x, ' ')) as column_2,
    i.n
from (
    select distinct on (lower(rtrim(kept.x, ' ')), kept.n)
        kept.x,
        kept.n
    from (
        select
            x,
            n
        from dbo.a as a
    ) as kept
    where exists (
        select 1
        from (
            select
                x,
                cast(n as integer) as n
            from dbo.b as b
        ) as other (x, n)
        where lower(rtrim(kept.x, ' ')) is not distinct from lower(rtrim(other.x, ' '))
            and kept.n is not distinct from other.n
    )
) as i
union all
select
    'union' as column_1,
    upper(rtrim(u.x, ' ')) as column_2,
    u.n
from (
    select distinct on (lower(rtrim(combined.x, ' ')), combined.n)
        combined.x,
        combined.n
    from (
        select
            x,
            n
        from dbo.a as a
        union all
        select
            x,
            cast(n as integer) as n
        from dbo.b as b
    ) as combined
) as u
