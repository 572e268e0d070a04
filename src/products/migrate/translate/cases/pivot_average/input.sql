CREATE TABLE t (y varchar(5) NOT NULL, k int NOT NULL, v int NULL)
GO
CREATE VIEW result AS
SELECT UPPER(p.y) AS y, p.[1] AS mean_1, p.[2] AS mean_2, q.[1] AS n_1, q.[2] AS n_2
FROM (SELECT y, k, v FROM t) AS s PIVOT (AVG(v) FOR k IN ([1], [2])) AS p
JOIN (SELECT y, k, v FROM t) AS r PIVOT (COUNT(v) FOR k IN ([1], [2])) AS q ON q.y = p.y
