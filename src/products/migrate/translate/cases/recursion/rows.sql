INSERT t VALUES (1, NULL, N'a'), (2, 1, N'b'), (3, 2, N'c')
