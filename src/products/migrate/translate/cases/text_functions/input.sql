CREATE TABLE t (x varchar(20) NOT NULL, n nvarchar(20) NOT NULL, c char(5) NOT NULL, e varchar(5) NULL)
GO
CREATE VIEW result AS
SELECT LEN(x) AS len_x, LEN('a  ') AS len_literal, LEN(c) AS len_char, DATALENGTH(x) AS bytes, DATALENGTH(n) AS national_bytes, SUBSTRING(x, 2, 3) AS middle,
       SUBSTRING(x, 0, 3) AS from_zero, SUBSTRING(x, -1, 4) AS from_negative, LEFT(x, 2) AS l, RIGHT(x, 2) AS r, CHARINDEX('LO', x) AS at,
       CHARINDEX('l', x, 4) AS at_from, CHARINDEX('zz', x) AS nowhere, STUFF(x, 2, 3, 'yy') AS stuffed, STUFF(x, 1, 1, '') AS without_first,
       STUFF(x, 9, 1, 'q') AS outside, REPLACE(x, 'L', '-') AS replaced, REPLACE(x, 'LL', e) AS replaced_null, REPLICATE('ab', 2) AS twice, REPLICATE('ab', -1) AS never, SPACE(2) + '|' AS blanks, REVERSE(x) AS reversed,
       UPPER(x) AS up, LOWER(n) AS low, LTRIM('  a ') + '|' AS lt, RTRIM(' a  ') + '|' AS rt, TRIM('  a  ') + '|' AS tr, QUOTENAME('a]b') AS quoted,
       TRANSLATE('2*[3+4]', '[]', '()') AS translated, CONCAT(x, NULL, 'b') AS joined, CONCAT_WS('-', 'a', e, 'b') AS with_separator, x + e AS null_sum, ISNULL(e, 'toolong') AS short,
       STR(3.7, 5, 1) AS as_str, CHAR(65) AS codes, ASCII('A') AS code, x + n AS both
FROM t
