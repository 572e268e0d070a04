CREATE TABLE d (p decimal(9, 3) NOT NULL, f float NOT NULL, m money NOT NULL)
GO
CREATE VIEW result AS
SELECT CAST(p AS int) AS cut, CAST(-p AS int) AS cut_negative, CAST(f AS int) AS float_cut, CAST(m AS int) AS money_rounded,
       CAST(p AS decimal(9, 1)) AS one_place, ROUND(p, 1) AS rounded, ROUND(p, 0) AS whole, ROUND(p, -1) AS tens, ROUND(p + 1.65, -1) AS not_twice, ROUND(p, 1, 1) AS truncated,
       ROUND(150, -2) AS hundreds, ROUND(f, 0) AS float_rounded, CEILING(p) AS up, FLOOR(-p) AS down, ABS(-p) AS absolute, SIGN(-p) AS sign_of,
       POWER(2, 10) AS kilo, POWER(2, -1) AS half_power, POWER(2.0, 3) AS decimal_power, SQRT(16) AS root, SQUARE(3) AS squared,
       CAST(5 AS bit) AS a_bit, CAST(0 AS bit) AS no_bit, CAST(1.005 AS decimal(10, 2)) AS half_up, CAST('12' AS int) + 1 AS from_text
FROM d
