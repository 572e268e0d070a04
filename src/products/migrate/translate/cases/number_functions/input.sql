CREATE TABLE t (i int NOT NULL, p decimal(9, 2) NOT NULL, f float NOT NULL, r real NOT NULL, m money NOT NULL, s varchar(9) NOT NULL, n int NULL)
GO
CREATE VIEW result AS
SELECT ABS(i) AS absolute, SIGN(i) AS sign_of, SIGN(f) AS sign_of_float, FLOOR(f) AS float_floor, FLOOR(i) AS int_floor, CEILING(m) AS money_up, FLOOR(m) AS money_down,
       ROUND(i, -1) AS int_tens, ROUND(p, 1, 1) AS cut, ROUND(i, -1, 1) AS int_cut, ROUND(p, 0, 1) AS whole_cut, EXP(0.0) AS e_0, LOG(1) AS log_1, LOG(8, 2) AS log_8_2, LOG10(100) AS log_100,
       SIN(0) AS sin_0, COS(0) AS cos_0, TAN(0) AS tan_0, ROUND(COT(0.5), 6) AS cot_half, ASIN(0) AS asin_0, ACOS(1) AS acos_1, ATAN(0) AS atan_0, ATN2(0, 1) AS atn2_0,
       ROUND(PI(), 4) AS pi_4, DEGREES(PI()) AS half_turn, DEGREES(1) AS int_degrees, RADIANS(180) AS int_radians, ROUND(RADIANS(180e0), 4) AS float_radians,
       SQUARE(i) AS square_of, SQRT(p + 1.5) AS root, POWER(i, 2) AS int_power, POWER(f, 2) AS float_power, POWER(m, 2) AS money_power, ABS(s) AS of_text,
       GREATEST(i, p, 1) AS greatest_of, LEAST(i, n) AS least_of, ABS(n) AS of_null, RAND() * 0 AS nothing, -p AS negated, +i AS same, ABS(r) AS of_real
FROM t
