"""SJ 时间节点关: every step by its date, every date within the round."""
