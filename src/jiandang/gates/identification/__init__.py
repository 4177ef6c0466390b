"""SB 识别程序关: every step was taken, in order and by enough people; the household qualifies."""

from jiandang.gates import derived  # noqa: F401  (defines the columns that the rules use)
from jiandang.gates.identification import (  # noqa: F401  (importing registers the rules)
    meeting,
    qualification,
    steps,
)
