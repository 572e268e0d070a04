CREATE TABLE t (x varchar(20) NULL)
GO
CREATE VIEW result AS
SELECT x, CASE WHEN x LIKE 'cc[0-9][0-9]' THEN 1 ELSE 0 END AS digits, CASE WHEN x LIKE '[^a-c]%' THEN 1 ELSE 0 END AS not_class,
       CASE WHEN x LIKE '50!%%' ESCAPE '!' THEN 1 ELSE 0 END AS escaped, CASE WHEN x LIKE '[[]x]' THEN 1 ELSE 0 END AS bracket,
       CASE WHEN x LIKE '_b%' THEN 1 ELSE 0 END AS second, PATINDEX('%[0-9]%', x) AS first_digit, PATINDEX('cc%', x) AS anchored,
       CASE WHEN x NOT LIKE '%c%' THEN 1 ELSE 0 END AS without
FROM t
