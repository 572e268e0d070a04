select
    u.id,
    u.quarter,
    u.amount
from (
    select
        t.id,
        unpivoted.amount,
        unpivoted.quarter
    from dbo.t as t
    cross join lateral (values
        ('q1', t.q1),
        ('q2', t.q2)
    ) as unpivoted (quarter, amount)
    where unpivoted.amount is not null
) as u
