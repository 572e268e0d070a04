CREATE TABLE t (id int NOT NULL, q1 int NULL, q2 int NULL)
GO
CREATE VIEW result AS
SELECT u.id, u.quarter, u.amount FROM t UNPIVOT (amount FOR quarter IN (q1, q2)) AS u
