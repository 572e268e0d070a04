select 1
go
SELECT 2
GO 3
  Go  -- a comment
SELECT 'a
GO
b'
/* a comment /* nested
GO
*/ */ SELECT 3 /* GO */
GO
SELECT 1 AS go
go;
EXEC p
