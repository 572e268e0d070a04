CREATE TABLE t (id int NOT NULL, doc xml NULL)
GO
CREATE VIEW result AS
SELECT t.id, t.doc.value('declare namespace p="urn:p"; (/p:root/p:name)[1]', 'nvarchar(20)') AS name, n.item.value('@no', 'int') AS no, n.item.value('(price)[1]', 'decimal(9, 2)') AS price
FROM t CROSS APPLY t.doc.nodes('/root/item') AS n (item)
