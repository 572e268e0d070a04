INSERT t VALUES ('xyAbyx', N'é1', N'{"a":"v","o":{"b":1},"l":[1,"two"]}', 3, NULL, 0x0A0B)
