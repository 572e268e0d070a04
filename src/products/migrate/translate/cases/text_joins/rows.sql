INSERT a VALUES ('GB', 1), ('gb', 2), ('US', 3), ('FR', 4)
INSERT b VALUES ('gb', 10), ('us', 20)
