select
    t.g,
    string_agg(t.x, ', ' order by lower(rtrim(t.x, ' ')) desc nulls last) as aggregated,
    substring(nullif((
        select string_agg(', ' || i.x, '' order by lower(rtrim(i.x, ' ')) nulls first) as column_1
        from dbo.t as i
        where i.g = t.g
    ), ''), 3) as by_xml,
    substring(nullif((
        select string_agg(';' || i.x, '' order by lower(rtrim(i.x, ' ')) nulls first) as column_1
        from dbo.t as i
        where i.g = t.g
            and lower(rtrim(i.x, ' ')) > 'c'
    ), ''), 2) as by_value
from dbo.t as t
group by t.g
