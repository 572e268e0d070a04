CREATE TABLE t (d datetime NOT NULL, e date NOT NULL)
GO
CREATE VIEW result AS
SELECT YEAR(d) AS y, DATEPART(quarter, d) AS q, DATEPART(mm, d) AS m, DATEPART(dayofyear, d) AS dy, DAY(d) AS dd, DATEPART(week, d) AS wk, DATEPART(iso_week, d) AS iso,
       DATEPART(weekday, d) AS wd, DATEPART(hour, d) AS hh, DATEPART(minute, d) AS mi, DATEPART(second, d) AS ss, DATEPART(millisecond, d) AS ms,
       DATENAME(month, d) AS month_name, DATENAME(weekday, e) AS day_name, DATENAME(year, d) AS year_name, EOMONTH(d) AS month_end, EOMONTH(e, 1) AS next_end,
       DATEPART(week, e) AS first_week, DATEPART(iso_week, e) AS last_iso, DATEFROMPARTS(2024, 2, 29) AS made,
       DATEADD(month, DATEDIFF(month, 0, d), 0) AS month_start, DATEADD(day, DATEDIFF(day, 0, d), 0) AS midnight, DATETIMEFROMPARTS(2024, 1, 2, 3, 4, 5, 600) AS made_time
FROM t
