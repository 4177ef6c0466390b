"""Two registers → the register of both for the rules, and what moved between them."""

from dataclasses import dataclass

import polars as pl

from jiandang.engine.frames import Frames
from jiandang.engine.plan import plan_for
from jiandang.engine.words import Words
from jiandang.movement.balance import lines_of
from jiandang.movement.listing import listings_of
from jiandang.movement.people import Tables, people_of
from jiandang.movement.reasons import with_reasons
from jiandang.movement.together import together
from jiandang.register.register import Register
from jiandang.register.tables import CHANGES
from jiandang.report.movement import Listing, MovementLine
from jiandang.run.settings import Settings

_KNOWN_BY = [("member", "identity"), ("member", "born")]


@dataclass(frozen=True)
class Compared:
    """A register of two dates, the line of each of its villages, and who moved."""

    register: Register
    lines: list[MovementLine]
    lists: list[Listing]


def compare(
    before: Register, now: Register, changes: Register | None, settings: Settings
) -> Compared:
    """Match two registers; `changes` is 增减表 where there is one."""
    tables = [_tables(register, settings) for register in (before, now)]
    listed = (changes or now).tables[CHANGES]
    people, declared = with_reasons(people_of(*tables), listed)
    words = Words(settings.show_ids)
    both = together(before, now, changes, people, declared)
    return Compared(both, lines_of(people, words.public), listings_of(people, both, words))


def _tables(register: Register, settings: Settings) -> Tables:
    """The register's tables with what people are known by."""
    frames = Frames(register, plan_for(settings.policy, register, []), settings.as_of)
    frames.ensure(_KNOWN_BY)
    return {name: frames[name] for name in register.tables}
