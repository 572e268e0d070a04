CREATE TABLE n (a int NOT NULL, b int NOT NULL, s smallint NOT NULL, t tinyint NOT NULL, g bigint NOT NULL, f bit NOT NULL)
GO
CREATE VIEW result AS
SELECT a / b AS quotient, a % b AS remainder, -a / 2 AS negative, a / 4 * 4 AS chained, 100 / (a * 2) AS grouped,
       s + 1 AS past_smallint, t + 1 AS past_tinyint, -t AS negative_tinyint, g * 2 AS doubled, a & 3 AS bits_and, a | 8 AS bits_or,
       a ^ 2 AS bits_xor, ~a AS bits_not, f + 1 AS bit_sum, s / t AS narrow, 7 / 2 AS literals, -7 / 2 AS negative_literals
FROM n
