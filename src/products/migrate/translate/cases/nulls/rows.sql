INSERT t VALUES (1, 'ab', 2, 0.5), (2, NULL, NULL, NULL), (3, 'c', 0, 2)
