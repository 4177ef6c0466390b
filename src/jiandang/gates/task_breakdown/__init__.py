"""RW 任务分解关: the quota adds up, and the register is of the places it names."""

from jiandang.gates.task_breakdown import (  # noqa: F401  (importing a module registers its rules)
    places,
    quota,
    registered,
)
