INSERT t VALUES (-7, 2.55, 0.5, 1.5, -1.25, '-4', NULL)
