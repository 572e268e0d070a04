CREATE TABLE t (g int NOT NULL, v int NULL, p decimal(9, 2) NULL, f float NULL, d date NULL, x varchar(5) NULL, u uniqueidentifier NULL)
GO
CREATE VIEW result AS
SELECT g, STDEV(v) AS sample, STDEVP(v) AS population, VAR(v) AS sample_square, VARP(v) AS population_square, COUNT_BIG(v) AS big, COUNT(DISTINCT v) AS kinds, SUM(DISTINCT v) AS once,
       AVG(DISTINCT v) AS mean_once, MIN(d) AS first_day, MAX(d) AS last_day, APPROX_COUNT_DISTINCT(x) AS about, SUM(f) AS float_sum, AVG(f) AS float_mean, MAX(p) AS most, COUNT(u) AS ids,
       SUM(CASE WHEN v > 2 THEN 1 ELSE 0 END) AS above, SUM(v) / COUNT(v) AS by_hand, MAX(v) - MIN(v) AS spread, COUNT(*) * 1.0 / 4 AS share
FROM t GROUP BY g
