INSERT INTO dbo.t (a, [b c]) VALUES (1, 'x'), (-2, NULL), (DEFAULT, N'y' + 'z')
INSERT t VALUES (1, GETDATE(), CAST(N'2020-01-01T00:00:00.000' AS DateTime), 0xFF)
INSERT t DEFAULT VALUES
INSERT INTO t SELECT * FROM u UNION ALL SELECT * FROM w
INSERT t (a) (SELECT a FROM u)
INSERT TOP (5) INTO @rows (a) OUTPUT inserted.a, inserted.b AS c INTO #log (x, y) OUTPUT inserted.a VALUES (1)
INSERT INTO t WITH (TABLOCK) (a) EXEC dbo.p @x = 1
INSERT t EXECUTE ('SELECT 1')
INSERT INTO OPENQUERY(linked, 'SELECT a FROM t') VALUES (1)
insert "Categories" ("CategoryID", "Name") values (1, 'Beverages')
