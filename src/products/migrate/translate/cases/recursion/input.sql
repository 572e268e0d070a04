CREATE TABLE t (id int NOT NULL, parent int NULL, name nvarchar(10) NOT NULL)
GO
CREATE VIEW result AS
WITH tree (id, depth, path) AS (
    SELECT id, 0, CAST(name AS nvarchar(50)) FROM t WHERE parent IS NULL
    UNION ALL
    SELECT t.id, tree.depth + 1, CAST(tree.path + N'/' + t.name AS nvarchar(50)) FROM t JOIN tree ON tree.id = t.parent
)
SELECT id, depth, path FROM tree
