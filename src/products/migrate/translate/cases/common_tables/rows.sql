INSERT t VALUES (1, 'a'), (2, 'A'), (3, 'a '), (4, 'b')
