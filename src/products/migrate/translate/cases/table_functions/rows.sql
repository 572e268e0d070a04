INSERT t VALUES (1, 'a,B,', 2, 3), (2, NULL, 1, 0)
