INSERT a VALUES (7, 1, NULL), (8, 2, 5), (9, 9, 9)
INSERT b VALUES (1, 10), (2, 20), (2, 0)
