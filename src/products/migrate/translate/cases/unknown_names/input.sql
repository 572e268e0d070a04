CREATE TABLE t (x int NOT NULL)
CREATE TABLE u (x int NOT NULL)
GO
CREATE VIEW result AS SELECT y, x, m.z, sys_x.name FROM t CROSS JOIN u CROSS JOIN missing AS m CROSS JOIN sys.objects AS sys_x
