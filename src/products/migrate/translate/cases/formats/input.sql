CREATE TABLE t (d datetime NOT NULL, n decimal(12, 3) NOT NULL, i int NOT NULL)
GO
CREATE VIEW result AS
SELECT FORMAT(d, 'd') AS short_date, FORMAT(d, 'D') AS long_date, FORMAT(d, 'yyyyMMdd') AS key_date, FORMAT(d, 'dddd, d MMMM yyyy h:mm tt') AS named, FORMAT(d, 'yy-M-d H:m:s') AS short_parts, FORMAT(d, 'ddd MMM dd ''at'' hh:mm:ss.fff') AS quoted,
       FORMAT(n, 'N2') AS grouped, FORMAT(n, 'F1') AS fixed, FORMAT(n, '#,##0.00') AS custom, FORMAT(n, '0') AS whole, FORMAT(0.256, 'P1') AS percent_of, FORMAT(i, 'D5') AS padded, FORMAT(i, '0.0') AS places
FROM t
