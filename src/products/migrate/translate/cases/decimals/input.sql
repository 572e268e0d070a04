CREATE TABLE d (p decimal(9, 2) NOT NULL, q decimal(5, 3) NOT NULL, i int NOT NULL, m money NOT NULL, n money NOT NULL, f float NOT NULL)
GO
CREATE VIEW result AS
SELECT p + q AS plus, p - i AS minus_int, p * q AS times, p / q AS divided, i / q AS int_divided, p / i AS by_int, p % 2 AS modulo,
       2.0 / 3 AS cut_off, 1 / 3.0 AS third, 10.0 / 4.00 AS quarter, m + 1 AS money_plus, m / n AS money_divided, m * 0.1 AS tenth,
       m / 3 AS money_by_int, f / 4 AS real_quarter, i / 2.0 AS half, 100.0 * i / 7 AS percent_of, p * 2 AS twice
FROM d
