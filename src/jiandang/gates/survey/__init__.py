"""DC 入户调查关: someone went there, the family signed, the figures hold together."""

from jiandang.gates import derived  # noqa: F401  (defines the columns that the rules use)
from jiandang.gates.survey import (  # noqa: F401  (importing a module registers its rules)
    benefits,
    causes,
    columns,
    earnings,
    health,
    helpers,
    income,
    living,
    visit,
)
