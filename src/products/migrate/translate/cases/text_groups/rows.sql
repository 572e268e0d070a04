INSERT t VALUES ('abc', 1), ('ABC', 2), ('Abc  ', 3), (NULL, 4), ('x', 5)
