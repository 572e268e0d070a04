CREATE TABLE a (id int NOT NULL, x varchar(5) NULL)
CREATE TABLE b (id int NOT NULL, a int NULL, y int NOT NULL)
CREATE TABLE c (id int NOT NULL, b int NOT NULL)
GO
CREATE VIEW result AS
SELECT 'inner' AS kind, a.id AS a, b.id AS b, NULL AS c FROM a JOIN b ON b.a = a.id
UNION ALL SELECT 'left', a.id, b.id, c.id FROM a LEFT OUTER JOIN b ON b.a = a.id AND b.y > 1 LEFT JOIN c ON c.b = b.id
UNION ALL SELECT 'right', a.id, b.id, NULL FROM a RIGHT JOIN b ON b.a = a.id
UNION ALL SELECT 'full', a.id, b.id, NULL FROM a FULL OUTER JOIN b ON b.a = a.id
UNION ALL SELECT 'cross', a.id, c.id, NULL FROM a CROSS JOIN c
UNION ALL SELECT 'nested', a.id, b.id, c.id FROM a LEFT JOIN (b INNER JOIN c ON c.b = b.id) ON b.a = a.id
UNION ALL SELECT 'comma', a.id, b.id, c.id FROM a, b JOIN c ON c.b = b.id WHERE a.id = b.a
UNION ALL SELECT 'self', l.id, r.id, NULL FROM b AS l JOIN b AS r ON r.y > l.y
UNION ALL SELECT 'text', l.id, r.id, NULL FROM a AS l JOIN a AS r ON r.x = l.x AND r.id > l.id
UNION ALL SELECT 'derived', a.id, v.n, w.total FROM a JOIN (SELECT b.a, SUM(y) FROM b GROUP BY b.a) AS w (a_id, total) ON w.a_id = a.id JOIN (VALUES (1, 'one'), (2, 'two')) AS v (n, word) ON v.n = a.id
UNION ALL SELECT 'filter', a.id, NULL, NULL FROM a JOIN b ON b.a = a.id
UNION ALL SELECT 'multiplied', a.id, NULL, NULL FROM a LEFT JOIN b ON b.a = a.id LEFT JOIN c ON c.id > 0
UNION ALL SELECT 'last', a.id, b.id, NULL FROM a JOIN b ON b.a = a.id JOIN c ON c.b = b.id
