SELECT CAST(a AS decimal(10, 2)), TRY_CAST(a AS varchar(max)), CONVERT(varchar(10), a, 120), CONVERT(date, a),
    TRY_CONVERT(int, a), PARSE('1' AS int USING 'en-US'), TRY_PARSE('1' AS datetime2(3)), CAST(a AS double precision),
    CAST(b AS national character varying(20)), CAST(c AS dbo.Flag), CAST(d AS xml(DOCUMENT dbo.Schemas))
SELECT CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' ELSE 'z' END, CASE WHEN a > 1 AND b IS NULL THEN 1 END
SELECT IIF(a > b, a, b), COALESCE(a, b, 0), NULLIF(a, ''), ISNULL(a, 0), LEFT(a, 3), RIGHT(a, 3), COUNT(*), COUNT(DISTINCT a)
SELECT CURRENT_TIMESTAMP, USER, SYSTEM_USER, CURRENT_USER, SESSION_USER, dbo.f(1), db.dbo.f(), GETDATE()
SELECT TRIM(a), TRIM('x' FROM a), TRIM(LEADING '0' FROM a), TRIM(BOTH 'ab' FROM LOWER(a))
SELECT JSON_OBJECT('a': 1, 'b': x NULL ON NULL), JSON_ARRAY(1, NULL ABSENT ON NULL), CONTAINS((a, b), 'x'), FREETEXT(*, 'y')
SELECT STRING_AGG(name, ', ') WITHIN GROUP (ORDER BY name DESC), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x) OVER (PARTITION BY y)
SELECT ROW_NUMBER() OVER (ORDER BY (SELECT NULL)), SUM(x) OVER (), LAG(x, 1, 0) IGNORE NULLS OVER (PARTITION BY a, b ORDER BY c DESC, d),
    SUM(x) OVER (ORDER BY d ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), AVG(x) OVER (ORDER BY d ROWS 6 PRECEDING),
    LAST_VALUE(x) OVER (ORDER BY d RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING),
    MAX(x) OVER (ORDER BY d ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), SUM(x) OVER w, SUM(x) OVER (w ROWS CURRENT ROW)
    FROM t WINDOW w AS (PARTITION BY a ORDER BY b)
SELECT NEXT VALUE FOR dbo.seq, NEXT VALUE FOR seq OVER (ORDER BY id)
SELECT doc.value('(/a/b)[1]', 'int'), t.doc.query('/a'), @x.exist('/a'), geography::Point(1, 2, 4326), hierarchyid::GetRoot(),
    node.GetLevel(), place.STDistance(@p), geography::STGeomFromText('POINT(1 2)', 4326).Lat, CAST(x AS xml).value('.', 'nvarchar(max)'),
    OrgNode.GetAncestor(1).ToString(), dbo.value(1), dbo.MyType::Null
