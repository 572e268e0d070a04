INSERT a VALUES (1, 'k'), (2, 'K '), (3, NULL)
INSERT b VALUES (10, 1, 1), (11, 1, 2), (12, NULL, 3)
INSERT c VALUES (20, 11)
