INSERT t VALUES (1, 5), (2, 4), (3, 4), (4, NULL), (5, 1)
