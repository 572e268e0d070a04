CREATE TABLE t (id int NOT NULL, g varchar(5) NULL, v int NULL)
CREATE TABLE u (g varchar(5) NOT NULL, n int NOT NULL)
GO
CREATE VIEW result AS
SELECT UPPER(RTRIM(o.g)) AS g, COUNT(*) AS n, STUFF((SELECT ',' + CAST(i.id AS varchar(5)) FROM t AS i WHERE i.g = o.g ORDER BY i.id FOR XML PATH(''), TYPE).value('.', 'varchar(max)'), 1, 1, '') AS ids,
       STUFF((SELECT ',' + CAST(i.id AS varchar(5)) FROM t AS i WHERE i.g = o.g ORDER BY i.id FOR XML PATH(''), TYPE).value('.', 'varchar(4)'), 1, 1, '') AS cut_off,
       (SELECT MAX(u.n) FROM u WHERE u.g = o.g) AS most, (SELECT TOP 1 u.n FROM u WHERE u.g = o.g AND u.n > 99) AS none
FROM t AS o
GROUP BY o.g
HAVING EXISTS (SELECT 1 FROM u WHERE u.g = o.g) OR MAX(o.v) IS NULL
