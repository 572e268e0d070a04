select
    id,
    case when lower(rtrim(x, ' ')) >= 'b' and lower(rtrim(x, ' ')) <= 'd' then 1 else 0 end as text_between,
    case when n >= 1 and n <= 5 then 1 else 0 end as between_two,
    case when not (n >= 1 and n <= 5) then 1 else 0 end as outside,
    case when n in (1, 7) then 1 else 0 end as in_list,
    case when n not in (1, null) then 1 else 0 end as not_in_null,
    case when n not in (
        select u.n
        from dbo.u as u
    ) then 1 else 0 end as not_in_query,
    case when exists (
        select 1
        from dbo.u as u
        where u.n = t.n
    ) then 1 else 0 end as has_one,
    case when not exists (
        select 1
        from dbo.u as u
        where lower(rtrim(u.x, ' ')) = lower(rtrim(t.x, ' '))
    ) then 1 else 0 end as has_none,
    case when n > all (
        select u.n
        from dbo.u as u
        where u.n is not null
    ) then 1 else 0 end as above_all,
    case when n >= any (
        select u.n
        from dbo.u as u
    ) then 1 else 0 end as above_any,
    case when n = any (
        select u.n
        from dbo.u as u
    ) then 1 else 0 end as is_some,
    case when x is not null
    and not n = 3 then 1 else 0 end as negated,
    case when lower(rtrim(x, ' ')) is distinct from 'b' then 1 else 0 end as differs,
    case when n is not distinct from null then 1 else 0 end as same_null,
    case when b = true then 1 else 0 end as is_true,
    case when b <> cast('true' as boolean) then 1 else 0 end as is_false,
    case when d >= date '2024-02-01' then 1 else 0 end as since,
    case when g = cast('6f9619ff-8b86-d011-b42d-00c04fc964ff' as uuid) then 1 else 0 end as is_guid,
    case when rtrim(x, ' ') ilike pattern then 1 else 0 end as like_data,
    case when rtrim(x, ' ') ilike '%' || lower('B') || '%' then 1 else 0 end as like_sum,
    case when lower(rtrim(x, ' ')) > 'b' then 1 else 0 end as text_greater,
    case when n < 2.5 then 1 else 0 end as mixed,
    case when lower(rtrim(x, ' ')) = 'c'
    or n = 7
    and b = true then 1 else 0 end as precedence,
    case
        when n = 3 then 'three'
        when n = 7 then 'seven'
    end as word,
    cast(case
        when n > 5 then 1.5
        when n > 2 then 2
        else null
    end as decimal(11, 1)) as widened
from dbo.t as t
