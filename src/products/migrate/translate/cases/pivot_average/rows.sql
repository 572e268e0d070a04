INSERT t VALUES ('a', 1, 1), ('A', 1, 2), ('a', 2, NULL), ('b', 2, 9)
