"""What several rules about two dates ask of their rows."""

import polars as pl

from jiandang.movement.elsewhere import ELSEWHERE

c = pl.col

# Whether a household is in both registers, and not in another part of the run now.
KEPT = (c.before_id.is_not_null() & (c.is_in != ELSEWHERE)).fill_null(False)
