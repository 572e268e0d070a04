CREATE TABLE a (k char(4) NOT NULL, v int NOT NULL)
CREATE TABLE b (k varchar(4) NOT NULL, w int NOT NULL)
GO
CREATE VIEW result AS
SELECT a.k + '|' AS padded, a.v, b.w, ROW_NUMBER() OVER (PARTITION BY b.k ORDER BY a.v) AS place, RANK() OVER (ORDER BY b.k) AS text_rank
FROM a INNER JOIN b ON a.k = b.k
