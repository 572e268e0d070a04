sp_help 'dbo.t'
EXEC sp_rename 'a', b
EXECUTE @status = [dbo].[p] 1, -2.5, N'x', @in, @out OUTPUT, @name = 'v', @other = @y OUT, @none = NULL, @d = DEFAULT WITH RECOMPILE
EXEC dbo.p;2
EXEC @procedure
EXEC ('SELECT ' + @columns + ' FROM t', 1) AT linked
EXEC p WITH RESULT SETS ((id int, name varchar(10)))
EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = N'Lines', @level0type = N'SCHEMA', @level0name = N'dbo'
EXECUTE AS USER = 'x'
REVERT
EXEC p
SELECT 'end'
