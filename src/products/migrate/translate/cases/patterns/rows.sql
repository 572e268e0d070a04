INSERT t VALUES ('CC10'), ('cc1'), ('50% off'), ('[x]'), ('abc'), (NULL)
