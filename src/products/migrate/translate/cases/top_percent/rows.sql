INSERT t VALUES (5), (4), (3), (2), (1)
