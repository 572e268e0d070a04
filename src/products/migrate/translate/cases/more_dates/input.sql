CREATE TABLE t (d datetime NOT NULL, e date NOT NULL, f datetime2(6) NOT NULL, o datetimeoffset(3) NOT NULL, h time(3) NOT NULL, x varchar(30) NOT NULL, n date NULL, k int NOT NULL)
GO
CREATE VIEW result AS
SELECT DATEDIFF_BIG(millisecond, e, f) AS big, DATEDIFF(week, '20240107', '20231230') AS weeks_back, DATEDIFF(week, e, f) AS weeks, DATEDIFF(millisecond, d, f) AS milliseconds, DATEDIFF(day, d, n) AS of_null,
       DATEDIFF(dayofyear, e, f) AS days, DATEDIFF(minute, h, '12:00') AS clock_minutes, DATETRUNC(year, f) AS year_start, DATETRUNC(quarter, e) AS quarter_start, DATETRUNC(week, d) AS week_start,
       DATETRUNC(iso_week, e) AS iso_week_start, DATETRUNC(hour, f) AS hour_start, DATETIME2FROMPARTS(2024, 2, 29, 1, 2, 3, 45, 2) AS made_2, SMALLDATETIMEFROMPARTS(2024, 2, 29, 1, 2) AS made_small,
       TIMEFROMPARTS(1, 2, 3, 4, 1) AS made_time, ISDATE(x) AS text_is, ISDATE('20240230') AS never, ISDATE(d) AS date_is, DATEPART(microsecond, f) AS micro, DATEPART(nanosecond, f) AS nano,
       DATEPART(week, '20240106') AS week_1, DATEPART(week, '20240107') AS week_2, DATEPART(weekday, '20240106') AS saturday, DATEPART(hour, h) AS of_time,
       MONTH(e) AS month_of, LEN(CAST(NEWID() AS varchar(36))) AS identifier_length, DATENAME(quarter, e) AS quarter_name, DATENAME(iso_week, e) AS week_name, EOMONTH(e, -1) AS last_month, EOMONTH(n) AS no_month, DATEADD(millisecond, 5, f) AS later, DATEADD(second, -k, d) AS earlier,
       DATEADD(year, k, e) AS years, DATEADD(quarter, k, d) AS quarters, DATEADD(week, -1, e) AS last_week, DATEADD(day, 1.9, e) AS cut_day, DATEADD(minute, 30, h) AS in_time, DATEADD(weekday, 2, e) AS plus_weekday,
       DATEADD(day, DATEDIFF(day, 0, d), 1) AS day_after, DATEADD(year, DATEDIFF(year, 0, d), 0) AS new_year, DATEADD(month, DATEDIFF(month, 0, e) + 1, 0) AS next_month,
       CASE WHEN GETDATE() > '20240101' AND CURRENT_TIMESTAMP > '20240101' AND SYSDATETIME() > '20240101' AND GETUTCDATE() > '20240101' AND SYSUTCDATETIME() > '20240101' THEN 1 END AS it_is_later,
       CASE WHEN CURRENT_DATE > '20240101' AND SYSDATETIMEOFFSET() > '20240101' THEN 1 END AS so_it_is, CAST(f AT TIME ZONE 'UTC' AS datetime2(3)) AS in_utc
FROM t
