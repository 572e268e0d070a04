CREATE TABLE t (id int NOT NULL, x varchar(10) NULL, y nvarchar(10) NULL, z varchar(10) COLLATE Latin1_General_CS_AS NULL)
GO
CREATE VIEW result AS
SELECT id, CASE WHEN x = 'ABC' THEN 1 ELSE 0 END AS eq, CASE WHEN x <> y THEN 1 ELSE 0 END AS ne, CASE WHEN x IN ('abc', 'q') THEN 1 ELSE 0 END AS in_list,
       CASE WHEN z = 'abc' THEN 1 ELSE 0 END AS cs, CASE x WHEN 'aBC' THEN 'yes' ELSE 'no' END AS simple, NULLIF(x, 'ABC') AS without,
       CASE WHEN x LIKE 'AB%' THEN 1 ELSE 0 END AS starts, CASE WHEN x LIKE 'abc' THEN 1 ELSE 0 END AS like_all, CASE WHEN z LIKE 'AB%' THEN 1 ELSE 0 END AS cs_like,
       CASE WHEN EXISTS (SELECT 1 FROM t AS o WHERE o.x = t.y AND o.id <> t.id) THEN 1 ELSE 0 END AS has_twin,
       CASE WHEN x IN (SELECT y FROM t AS u) THEN 1 ELSE 0 END AS in_query, CASE WHEN x COLLATE Latin1_General_BIN2 = 'abc' THEN 1 ELSE 0 END AS bin
FROM t
WHERE x NOT LIKE 'zz%' OR x IS NULL
