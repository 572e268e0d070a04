SELECT 1, -1, 1.5, .5, 1., 1e10, 2.5E-3, 0x1F, 0x, $12.50, £3, 'it''s', N'Zürich', '', NULL, 12345678901234567890,
    'one \
line', @x, @@ROWCOUNT, {d '2020-01-31'}, {ts '2020-01-31 10:00:00'}, {fn NOW()}, {fn CONVERT(1, SQL_INTEGER)}
SELECT [a b], [a]]b], "c d", "e""f", #t.id, ##g.id, [#odd], $IDENTITY, tables.$ROWGUID, Größe, _under@#$, ñ
