CREATE TABLE t (d datetime NOT NULL, e date NOT NULL, f datetime2(3) NOT NULL, n int NOT NULL)
GO
CREATE VIEW result AS
SELECT DATEADD(month, 1, e) AS month_end, DATEADD(month, -1, '20240331') AS back, DATEADD(day, n, e) AS days, DATEADD(week, n, d) AS weeks, DATEADD(year, 1, CAST('20240229' AS date)) AS leap,
       DATEADD(quarter, 1, e) AS quarter, DATEADD(hour, n, d) AS hours, DATEADD(minute, -90, f) AS minutes, d + 1 AS tomorrow, d - 1 AS yesterday, d + 0.5 AS noon,
       DATEDIFF(day, '2024-01-06T23:59:00', '2024-01-07T00:01:00') AS midnight, DATEDIFF(week, '20240106', '20240107') AS sunday, DATEDIFF(week, '20240107', '20240113') AS same_week,
       DATEDIFF(month, '20240131', '20240201') AS month_edge, DATEDIFF(year, '20231231', '20240101') AS year_edge, DATEDIFF(quarter, e, f) AS quarters,
       DATEDIFF(hour, e, d) AS hours_between, DATEDIFF(minute, d, f) AS minutes_between, DATEDIFF(day, d, e) AS negative, DATEDIFF(second, d, f) AS seconds,
       CASE WHEN e < '20240201' THEN 1 ELSE 0 END AS before, CASE WHEN d = '2024-01-31 10:30' THEN 1 ELSE 0 END AS equal, CASE WHEN d BETWEEN e AND '20240201' THEN 1 ELSE 0 END AS inside
FROM t
