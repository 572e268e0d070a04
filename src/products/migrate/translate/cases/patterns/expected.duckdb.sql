select
    x,
    case when regexp_full_match(rtrim(x, ' '), '(?is)cc[0-9][0-9]') then 1 else 0 end as digits,
    case when regexp_full_match(x, '(?is)[^a-c].*') then 1 else 0 end as not_class,
    case when x ilike '50!%%' escape '!' then 1 else 0 end as escaped,
    case when regexp_full_match(rtrim(x, ' '), '(?is)[\[]x\]') then 1 else 0 end as bracket,
    case when x ilike '_b%' then 1 else 0 end as second,
    cast(case when not regexp_matches(x, '(?is)^(.*?)[0-9]') then 0 else length(regexp_extract(x, '(?is)^(.*?)[0-9]', 1)) + 1 end as integer) as first_digit,
    cast(case when not regexp_matches(x, '(?is)^()cc') then 0 else length(regexp_extract(x, '(?is)^()cc', 1)) + 1 end as integer) as anchored,
    case when x not ilike '%c%' then 1 else 0 end as without
from dbo.t as t
