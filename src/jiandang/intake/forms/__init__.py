"""Form pages (登记表 of one household a page): labels left, values right → the register's tables."""
