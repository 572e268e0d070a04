select
    strftime(d, '%-m/%-d/%Y') as short_date,
    strftime(d, '%A, %B %-d, %Y') as long_date,
    strftime(d, '%Y%m%d') as key_date,
    strftime(d, '%A, %-d %B %Y %-I:%M %p') as named,
    strftime(d, '%y-%-m-%-d %-H:%-M:%-S') as short_parts,
    strftime(d, '%a %b %d at %I:%M:%S.%g') as quoted,
    format('{:,.2f}', round(n, 2)::double) as grouped,
    format('{:.1f}', round(n, 1)::double) as fixed,
    format('{:,.2f}', round(n, 2)::double) as custom,
    format('{:.0f}', round(n, 0)::double) as whole,
    format('{:,.1f}%', round(0.256 * 100, 1)::double) as percent_of,
    format('{:05d}', i) as padded,
    format('{:.1f}', round(i, 1)::double) as places
from dbo.t as t
