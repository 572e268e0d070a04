CREATE TABLE t (a int NOT NULL, b int NOT NULL)
GO
CREATE VIEW result AS SELECT a / NULLIF(b, 0) AS guarded, a / 2 AS literal, a % b AS rest FROM t WHERE b <> 0
