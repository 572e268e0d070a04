INSERT a VALUES ('a', 1), ('A', 1), ('b', 2), (NULL, 3)
INSERT b VALUES (N'A ', 1), (NULL, 3), (N'c', 4)
