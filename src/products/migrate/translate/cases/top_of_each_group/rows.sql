INSERT t VALUES (1, 'a', 5), (2, 'A', 7), (3, 'b', NULL), (4, 'b ', 3)
