CREATE TABLE a ([Order ID] int NOT NULL, x int NOT NULL, [select] int NULL)
CREATE TABLE b (x int NOT NULL, y int NOT NULL)
GO
CREATE VIEW base AS SELECT * FROM a
GO
CREATE VIEW result AS
SELECT base.*, twice = base.x * 2, 'label' = b.y, b.x + (SELECT MAX(x) FROM b) AS inner_x, (SELECT COUNT(*) FROM b WHERE y > base.x) AS outer_x
FROM base, b WHERE base.x = b.x AND dbo.b.y > 0
