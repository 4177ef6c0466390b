"""LR 信息录入关: the file says what it should, once, and in the right form."""
