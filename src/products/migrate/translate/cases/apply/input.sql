CREATE TABLE c (id int NOT NULL)
CREATE TABLE o (id int NOT NULL, c int NOT NULL, v int NOT NULL)
GO
CREATE VIEW result AS
SELECT c.id, best.v AS best, total.s, side.k, side.w
FROM c
OUTER APPLY (SELECT TOP 1 o.v FROM o WHERE o.c = c.id ORDER BY o.v DESC) AS best
CROSS APPLY (SELECT SUM(o.v) AS s, COUNT(*) AS n FROM o WHERE o.c = c.id) AS total
CROSS APPLY (VALUES ('n', total.n), ('b', best.v)) AS side (k, w)
