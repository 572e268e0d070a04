INSERT t VALUES ('x', 1, 1), ('X', 1, 2), ('x', 2, 4), ('y', 1, 5)
