CREATE TABLE t (id int NOT NULL, x varchar(5) NULL, n int NULL, d decimal(5, 2) NULL)
GO
CREATE VIEW result AS
SELECT id, ISNULL(x, 'longer text') AS first_type, COALESCE(x, 'longer text') AS any_type, ISNULL(n, 1.9) AS int_type, COALESCE(n, 1.9) AS decimal_type, ISNULL(d, 1) AS d1, NULLIF(n, 0) AS not_zero,
       IIF(n > 0, 'yes', 'no') AS positive, CHOOSE(n, 'one', 'two') AS chosen, CONCAT(x, n) AS joined, ROW_NUMBER() OVER (ORDER BY n) AS nulls_first, ROW_NUMBER() OVER (ORDER BY n DESC) AS nulls_last
FROM t
