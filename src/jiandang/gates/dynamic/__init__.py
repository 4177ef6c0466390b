"""另查 动态管理: a register against an earlier one, over the register of both dates (movement/)."""
