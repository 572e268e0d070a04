CREATE TABLE t (id int NOT NULL, x varchar(10) NULL, n int NULL, b bit NULL, d date NULL, g uniqueidentifier NULL, pattern varchar(10) NULL)
CREATE TABLE u (n int NULL, x varchar(10) NULL)
GO
CREATE VIEW result AS
SELECT id, IIF(x BETWEEN 'B' AND 'd', 1, 0) AS text_between, IIF(n BETWEEN 1 AND 5, 1, 0) AS between_two, IIF(n NOT BETWEEN 1 AND 5, 1, 0) AS outside, IIF(n IN (1, 7), 1, 0) AS in_list, IIF(n NOT IN (1, NULL), 1, 0) AS not_in_null,
       IIF(n NOT IN (SELECT u.n FROM u), 1, 0) AS not_in_query, IIF(EXISTS (SELECT * FROM u WHERE u.n = t.n), 1, 0) AS has_one, IIF(NOT EXISTS (SELECT * FROM u WHERE u.x = t.x), 1, 0) AS has_none,
       IIF(n > ALL (SELECT u.n FROM u WHERE u.n IS NOT NULL), 1, 0) AS above_all, IIF(n >= ANY (SELECT u.n FROM u), 1, 0) AS above_any, IIF(n = SOME (SELECT u.n FROM u), 1, 0) AS is_some, IIF(x IS NOT NULL AND NOT (n = 3), 1, 0) AS negated,
       IIF(x IS DISTINCT FROM 'B', 1, 0) AS differs, IIF(n IS NOT DISTINCT FROM NULL, 1, 0) AS same_null, IIF(b = 1, 1, 0) AS is_true, IIF(b <> 'true', 1, 0) AS is_false, IIF(d >= '2024-02-01', 1, 0) AS since,
       IIF(g = '6f9619ff-8b86-d011-b42d-00c04fc964ff', 1, 0) AS is_guid, IIF(x LIKE pattern, 1, 0) AS like_data, IIF(x LIKE '%' + LOWER('B') + '%', 1, 0) AS like_sum, IIF(x > 'b', 1, 0) AS text_greater, IIF(n < 2.5, 1, 0) AS mixed, IIF(x = 'c' OR n = 7 AND b = 1, 1, 0) AS precedence,
       CASE n WHEN 3 THEN 'three' WHEN 7 THEN 'seven' END AS word, CASE WHEN n > 5 THEN 1.5 WHEN n > 2 THEN 2 ELSE NULL END AS widened
FROM t
