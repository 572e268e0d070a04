CREATE TABLE t (g int NOT NULL, i int NULL, s smallint NULL, p decimal(9, 2) NULL, m money NULL, x varchar(10) NULL)
GO
CREATE VIEW result AS
SELECT g, COUNT(*) AS n, COUNT(i) AS n_i, AVG(i) AS avg_i, SUM(i) AS sum_i, SUM(s) AS sum_s, AVG(p) AS avg_p, SUM(p) AS sum_p, AVG(m) AS avg_m,
       MIN(x) AS min_x, UPPER(RTRIM(MAX(x))) AS max_x, COUNT(DISTINCT x) AS n_x, COUNT_BIG(*) AS big
FROM t GROUP BY g
