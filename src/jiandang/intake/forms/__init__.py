"""Form pages (登记表), one household a page: labels left, values right → the register's tables."""
