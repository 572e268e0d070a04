CREATE TABLE t (x varchar(20) NOT NULL, n nvarchar(20) NOT NULL, j nvarchar(200) NOT NULL, k int NOT NULL, e varchar(5) NULL, b varbinary(4) NOT NULL)
GO
CREATE VIEW result AS
SELECT UNICODE(n) AS unicode_code, NCHAR(233) AS accented, CHAR(k + 67) AS from_number, ASCII(e) AS of_null, CONVERT(varchar(40), HASHBYTES('MD5', 'abc'), 2) AS md5,
       CONVERT(varchar(40), HASHBYTES('SHA1', 'abc'), 2) AS sha1, CONVERT(varchar(66), HASHBYTES('SHA2_256', 'abc'), 1) AS sha256, ISNUMERIC(x) AS text_is, ISNUMERIC('12.5') AS literal_is, ISNUMERIC(k) AS int_is,
       JSON_VALUE(j, '$.a') AS scalar, JSON_VALUE(j, '$.o') AS no_scalar, JSON_QUERY(j, '$.o') AS object, JSON_QUERY(j, '$.a') AS no_object, JSON_VALUE(j, 'lax $.missing') AS missing,
       JSON_VALUE(j, '$.l[1]') AS second_item, ISJSON(j) AS good, ISJSON(x) AS bad, LTRIM(x, 'xy') AS without_left, RTRIM(x, 'xy') AS without_right, TRIM('xy' FROM x) AS without_both,
       TRIM(LEADING 'x' FROM x) AS leading, {fn UCASE(x)} AS ucase, {fn LCASE('ABC')} AS lcase, DATALENGTH(b) AS bytes, DATALENGTH(k) AS int_bytes, DATALENGTH(e) AS null_bytes,
       SUBSTRING(x, k, 2) AS moving, SUBSTRING(x, 2, k) AS counted, SUBSTRING(x, k + 1, 0) AS nothing, LEFT(x, k) AS left_k, RIGHT(x, k - 9) AS right_less, REPLICATE('-', k) AS dashes, REPLICATE('-', k - 9) AS no_dashes,
       SPACE(k) + '|' AS spaces, STUFF(x, k, 1, e) AS stuffed_null, STUFF(x, 1, k, '_') AS stuffed_k, STUFF(x, 1, k - 9, '_') AS stuffed_back, STUFF(x, 2, -1, '_') AS stuffed_minus, STUFF(x, k, k, '+') AS stuffed_kk,
       CHARINDEX('Y', x, k) AS at_k, CHARINDEX('a', e) AS in_null, CHARINDEX('a', e, 2) AS in_null_from, QUOTENAME(x, '"') AS marked, QUOTENAME('a)b', '(') AS in_round,
       REPLACE(x, e, '') AS by_null, REPLACE(n, N'É', N'e') AS accents, TRANSLATE(x, 'XY', 'ab') AS translated, STR(k) AS str_k, STR(-2.345, 8, 2) AS str_places, CONCAT_WS(',', e, x, NULL, k) AS joined,
       CONCAT(k, '/', 1.50, NULL) AS mixed, LEN(N'né') AS national_length, UPPER(e) AS upper_null, N'a' + x AS national_sum
FROM t
