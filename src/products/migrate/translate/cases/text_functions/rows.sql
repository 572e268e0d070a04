INSERT t VALUES ('Hello', N'Häus', 'ab', NULL)
