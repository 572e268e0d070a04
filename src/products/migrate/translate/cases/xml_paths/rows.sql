INSERT t VALUES (1, '<p:root xmlns:p="urn:p"><p:name>A &amp; B</p:name><item no="1"><price>2.50</price></item><item no="2"/></p:root>'), (2, NULL)
