INSERT t VALUES (1, 'b'), (1, 'A'), (1, 'C'), (1, NULL), (2, 'z'), (3, NULL)
