INSERT t VALUES (1, 'a', 10), (2, 'A', NULL), (3, 'a ', 10), (4, 'a', 20), (5, 'b', 5)
