INSERT t VALUES (1, 'x', 1), (1, 'X', 2), (2, NULL, 4)
