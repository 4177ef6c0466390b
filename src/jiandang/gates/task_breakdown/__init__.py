"""RW 任务分解关: the quota adds up, and the register is of the places it names."""
