CREATE TABLE a (x varchar(5) NULL, n int NOT NULL)
CREATE TABLE b (x nvarchar(5) NULL, n smallint NOT NULL)
GO
CREATE VIEW result AS
SELECT 'except' AS op, UPPER(RTRIM(e.x)) AS x, e.n FROM (SELECT x, n FROM a EXCEPT SELECT x, n FROM b) AS e
UNION ALL
SELECT 'intersect', UPPER(RTRIM(i.x)), i.n FROM (SELECT x, n FROM a INTERSECT SELECT x, n FROM b) AS i
UNION ALL
SELECT 'union', UPPER(RTRIM(u.x)), u.n FROM (SELECT x, n FROM a UNION SELECT x, n FROM b) AS u
