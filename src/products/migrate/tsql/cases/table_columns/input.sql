CREATE TABLE [Sales].[Everything] (
    [Id] int IDENTITY(1, 1) NOT FOR REPLICATION NOT NULL,
    a bigint IDENTITY (-5, 10), b decimal(10, 2) NULL, c numeric(5), d varchar(max) COLLATE Latin1_General_CI_AS NOT NULL,
    e nvarchar(50) NULL DEFAULT (N''), f datetime2(7) CONSTRAINT DF_f DEFAULT (SYSUTCDATETIME()) WITH VALUES,
    g uniqueidentifier ROWGUIDCOL NOT NULL DEFAULT NEWSEQUENTIALID(), h [dbo].[Flag] NOT NULL, i xml (CONTENT dbo.Schemas),
    j AS (b * 2) PERSISTED NOT NULL, k AS isnull(d, '') + 'x', l AS CONCAT(a, c) PERSISTED,
    m int SPARSE NULL, n xml COLUMN_SET FOR ALL_SPARSE_COLUMNS, o varbinary(max) FILESTREAM,
    p nvarchar(10) MASKED WITH (FUNCTION = 'partial(1, "xx", 0)') NULL,
    q varchar(20) ENCRYPTED WITH (COLUMN_ENCRYPTION_KEY = K1, ENCRYPTION_TYPE = DETERMINISTIC, ALGORITHM = 'AEAD') NULL,
    timestamp, r rowversion, s hierarchyid, t geography, u sql_variant, v sysname, w double precision, x char varying(5),
    y int NOT NULL CONSTRAINT CK_y CHECK (y > 0) CONSTRAINT FK_y REFERENCES dbo.other (id) ON DELETE CASCADE ON UPDATE NO ACTION UNIQUE,
    z int PRIMARY KEY NONCLUSTERED WITH (FILLFACTOR = 80) ON [PRIMARY] INDEX ix_z,
    [name with blanks] int CONSTRAINT nn NOT NULL DEFAULT ((0)), "quoted" int DEFAULT NEXT VALUE FOR dbo.seq,
) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]
CREATE TABLE plain (id int)
