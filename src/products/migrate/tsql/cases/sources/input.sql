SELECT * FROM a, b c, dbo.d AS e, db..f, server.db.dbo.g
SELECT * FROM a JOIN b ON a.id = b.id LEFT JOIN c ON c.id = b.id RIGHT OUTER JOIN d ON 1 = 1 FULL JOIN e ON e.id = a.id CROSS JOIN f
SELECT * FROM a INNER HASH JOIN b ON a.id = b.id LEFT OUTER MERGE JOIN c ON c.id = a.id INNER LOOP JOIN d ON d.id = a.id
SELECT * FROM a JOIN b JOIN c ON b.id = c.id ON a.id = b.id
SELECT * FROM a LEFT JOIN (b JOIN c ON b.id = c.id) ON a.id = b.id
SELECT * FROM ((SELECT 1 AS x) UNION ALL (SELECT 2)) AS u JOIN ((SELECT 3 AS y) v CROSS JOIN w) ON 1 = 1
SELECT * FROM (SELECT 1 AS a) d (x), (VALUES (1, 'a'), (2, DEFAULT)) AS v (id, name)
SELECT * FROM t CROSS APPLY dbo.f(t.id) AS f OUTER APPLY (SELECT TOP 1 * FROM u WHERE u.id = t.id ORDER BY u.at DESC) AS last
SELECT * FROM t WITH (NOLOCK) JOIN u AS v WITH (INDEX(ix_a, ix_b), UPDLOCK ROWLOCK) ON 1 = 1 JOIN w (NOLOCK) ON 1 = 1 JOIN x y (READPAST, INDEX = 3) ON 1 = 1
SELECT * FROM @rows AS r, #temp, ##global, STRING_SPLIT('a,b', ',') s, sys.fn_helpcollations()
SELECT * FROM doc.nodes('/a/b') AS n(c) CROSS APPLY n.c.nodes('d') AS m(e) CROSS APPLY @x.nodes('/f') o(p)
SELECT * FROM OPENJSON(@json, '$.items') WITH (id int '$.id', name nvarchar(50), tags nvarchar(max) '$.tags' AS JSON) AS j
SELECT * FROM OPENXML(@h, '/root/row', 2) WITH (id int '@id', name varchar(10) 'name') x
SELECT * FROM OPENROWSET(BULK 'a.csv', FORMAT = 'CSV', PARSER_VERSION = '2.0') WITH (id int 1, name varchar(20) COLLATE Latin1_General_BIN2 2) AS r
SELECT * FROM OPENQUERY(linked, 'SELECT 1') q, OPENDATASOURCE('MSOLEDBSQL', 'Server=x').db.dbo.t, CHANGETABLE(CHANGES dbo.t, @v) AS c
SELECT * FROM t FOR SYSTEM_TIME AS OF '2020-01-01' AS a, t FOR SYSTEM_TIME BETWEEN @a AND @b b, t FOR SYSTEM_TIME FROM @a TO @b c,
    t FOR SYSTEM_TIME CONTAINED IN (@a, @b) d, t FOR SYSTEM_TIME ALL e
SELECT * FROM t TABLESAMPLE SYSTEM (10 PERCENT) REPEATABLE (5), u AS v TABLESAMPLE (100 ROWS)
SELECT * FROM (SELECT y, q, amount FROM sales) AS s PIVOT (SUM(amount) FOR q IN ([Q1], [Q2])) AS p
SELECT * FROM p UNPIVOT (amount FOR q IN ([Q1], [Q2])) AS u WHERE u.amount > 0
SELECT * FROM CONTAINSTABLE(docs, (title, body), 'x', LANGUAGE 1033, 5) AS k
SELECT a.name FROM person a, likes, person b WHERE MATCH(a-(likes)->b)
