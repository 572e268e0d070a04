INSERT t VALUES (1, 'abc', N'ABC ', 'abc'), (2, 'ABC', N'abc', 'ABC'), (3, 'abc ', N'other', 'abc '), (4, NULL, NULL, NULL), (5, 'xbc', N'none', 'xbc'),
 (6, 'ZZtop', N'q', 'q')
