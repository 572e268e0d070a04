CREATE TABLE t (d date NOT NULL, n int NOT NULL)
GO
CREATE FUNCTION dbo.fiscal_year (@d date) RETURNS int AS BEGIN RETURN YEAR(DATEADD(month, -3, @d)) END
GO
CREATE FUNCTION dbo.tax (@amount decimal(9, 2), @rate decimal(4, 2) = 0.20) RETURNS decimal(9, 2) AS BEGIN RETURN @amount * @rate; END
GO
CREATE FUNCTION dbo.above (@least int) RETURNS TABLE AS RETURN (SELECT t.n, t.n - @least AS extra FROM t WHERE t.n > @least)
GO
CREATE VIEW result AS
SELECT t.n, dbo.fiscal_year(t.d) AS fiscal, dbo.tax(t.n, DEFAULT) AS tax, a.n AS above, a.extra FROM t CROSS APPLY dbo.above(t.n) AS a
