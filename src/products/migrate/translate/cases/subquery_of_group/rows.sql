INSERT t VALUES (1, 'a', 1), (2, 'A ', 2), (3, 'b', 3), (4, NULL, NULL), (5, 'a', 5)
INSERT u VALUES ('A', 7), ('a', 8), ('z', 9)
