CREATE TABLE t (id int NOT NULL, list varchar(50) NULL, least int NOT NULL, most int NOT NULL)
GO
CREATE FUNCTION dbo.upto (@n int) RETURNS TABLE AS RETURN (SELECT g.value AS n FROM GENERATE_SERIES(1, 3) AS g WHERE g.value <= @n)
GO
CREATE VIEW result AS
SELECT 'split' AS kind, t.id, s.value AS word, s.ordinal AS n FROM t CROSS APPLY STRING_SPLIT(t.list, ',', 1) AS s
UNION ALL SELECT 'outer', t.id, s.value, NULL FROM t OUTER APPLY STRING_SPLIT(t.list, ';') AS s
UNION ALL SELECT 'series', t.id, NULL, g.value FROM t CROSS APPLY GENERATE_SERIES(t.least, t.most) AS g
UNION ALL SELECT 'steps', 0, NULL, value FROM GENERATE_SERIES(10, 1, -4)
UNION ALL SELECT 'down', 0, NULL, value FROM GENERATE_SERIES(2, 1)
UNION ALL SELECT 'own', t.id, NULL, u.n FROM t OUTER APPLY dbo.upto(t.most) AS u
