select
    a // b as quotient,
    a % b as remainder,
    -a // 2 as negative,
    a // 4 * 4 as chained,
    100 // (a * 2) as grouped,
    cast(s as integer) + 1 as past_smallint,
    cast(t as integer) + 1 as past_tinyint,
    -cast(t as smallint) as negative_tinyint,
    g * 2 as doubled,
    a & 3 as bits_and,
    a | 8 as bits_or,
    xor(a, 2) as bits_xor,
    ~a as bits_not,
    cast(f as integer) + 1 as bit_sum,
    cast(s // t as smallint) as narrow,
    7 // 2 as literals,
    -7 // 2 as negative_literals
from dbo.n as n
