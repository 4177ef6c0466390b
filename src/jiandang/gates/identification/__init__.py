"""SB 识别程序关: every step was taken, in order and by enough people; the household qualifies."""
