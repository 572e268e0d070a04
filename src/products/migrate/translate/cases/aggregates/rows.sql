INSERT t VALUES (1, 1, 30, 1, 0.5, 'Pear'), (1, 2, -30, 2, 0.5, 'apple'), (1, 2, -7, 2, 1, 'PEAR '), (2, -3, 1, 3, 2, 'b'), (2, NULL, 1, NULL, NULL, NULL),
 (3, NULL, NULL, NULL, NULL, NULL)
