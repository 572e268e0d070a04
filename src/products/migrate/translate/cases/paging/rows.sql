INSERT t VALUES (1, 'A'), (2, 'a'), (3, NULL), (4, 'b')
