CREATE TABLE t (d datetime NOT NULL, e date NOT NULL, f datetime2(7) NOT NULL, o time(0) NOT NULL, x varchar(20) NOT NULL)
GO
CREATE VIEW result AS
SELECT CONVERT(varchar(30), d) AS style_0, CONVERT(varchar(30), d, 1) AS style_1, CONVERT(varchar(30), d, 101) AS style_101, CONVERT(varchar(30), d, 103) AS style_103, CONVERT(varchar(30), d, 104) AS style_104,
       CONVERT(varchar(30), d, 106) AS style_106, CONVERT(varchar(30), d, 107) AS style_107, CONVERT(varchar(30), d, 108) AS style_108, CONVERT(varchar(30), d, 110) AS style_110, CONVERT(varchar(30), d, 111) AS style_111,
       CONVERT(char(8), d, 112) AS style_112, CONVERT(varchar(30), d, 113) AS style_113, CONVERT(varchar(30), d, 114) AS style_114, CONVERT(varchar(30), d, 120) AS style_120, CONVERT(varchar(30), d, 121) AS style_121,
       CONVERT(varchar(30), d, 126) AS style_126, CONVERT(varchar(10), d, 120) AS cut, CONVERT(varchar(6), d, 112) AS month_key, CONVERT(varchar(30), e) AS date_0, CONVERT(varchar(30), e, 120) AS date_120,
       CAST(f AS varchar(30)) AS precise, CAST(o AS varchar(30)) AS clock, CONVERT(char(12), e, 103) + '|' AS padded, CONVERT(date, x, 103) AS read_103, CONVERT(date, '20240131') AS read_iso, CAST(d AS date) AS only_date,
       CAST(d AS time(0)) AS only_time, FORMAT(d, 'yyyy-MM') AS formatted, FORMAT(d, 'dd MMM yyyy HH:mm', 'en-GB') AS named, CAST('2024-01-31 10:00' AS datetime) AS read_time, 'on ' + CONVERT(varchar(10), d, 103) AS joined
FROM t
