CREATE TABLE t (y int NOT NULL, k varchar(5) NOT NULL, v int NOT NULL)
GO
CREATE VIEW result AS
SELECT y, [A], [b], c AS renamed FROM (SELECT y, k, v FROM t) AS s PIVOT (SUM(v) FOR k IN ([A], [b], c)) AS p
