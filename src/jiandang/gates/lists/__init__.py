"""BD 部门比对: the register against other departments' lists. A list makes a doubt, no error."""
