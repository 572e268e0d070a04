CREATE TABLE t (g int NOT NULL, x varchar(10) NULL)
GO
CREATE VIEW result AS
SELECT g, STRING_AGG(x, ', ') WITHIN GROUP (ORDER BY x DESC) AS aggregated,
       STUFF((SELECT ', ' + i.x FROM t AS i WHERE i.g = t.g ORDER BY i.x FOR XML PATH('')), 1, 2, '') AS by_xml,
       STUFF((SELECT ';' + i.x FROM t AS i WHERE i.g = t.g AND i.x > 'c' ORDER BY i.x FOR XML PATH(''), TYPE).value('.', 'varchar(max)'), 1, 1, '') AS by_value
FROM t GROUP BY g
