select
    a // nullif(b, 0) as guarded,
    a // 2 as literal,
    a % b as rest
from dbo.t as t
where b <> 0
