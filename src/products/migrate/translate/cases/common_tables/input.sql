CREATE TABLE t (id int NOT NULL, x varchar(5) NOT NULL)
GO
CREATE VIEW result AS
WITH first_one AS (SELECT id, x FROM t WHERE id > 1), counted (word, n) AS (SELECT f.x, COUNT(*) FROM first_one AS f GROUP BY f.x), twice AS (SELECT word, n * 2 AS n FROM counted)
SELECT UPPER(RTRIM(c.word)) AS word, c.n, d.n AS doubled FROM counted AS c INNER JOIN twice AS d ON d.word = c.word
