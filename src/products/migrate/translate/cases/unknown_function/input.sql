CREATE TABLE t (x varchar(10) NOT NULL)
GO
CREATE VIEW result AS SELECT SOUNDEX(x) AS s, x.value('(/a)[1]', 'int') AS v, DIFFERENCE(x, 'a') AS d FROM t
