select distinct
    g,
    quantile_cont(cast(v as double), 0.5) over (partition by g) as middle,
    quantile_disc(v, 0.5) over (partition by g) as one_of_them,
    quantile_disc(v, 0.25) over (partition by g) as quarter
from dbo.t as t
