INSERT t VALUES ('a', 1, 'a'), ('A ', 1, 'A'), ('a', 2, 'a '), (NULL, 2, 'b'), (NULL, 2, 'B')
