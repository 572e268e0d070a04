INSERT p (id, price, f, u) VALUES (1, 12, '2024-01-01', '9999-12-31 23:59:59.9999999')
INSERT ph (id, price, f, u) VALUES (1, 10, '2023-01-01', '2024-01-01')
