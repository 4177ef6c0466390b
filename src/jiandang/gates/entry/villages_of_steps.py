"""LR223: rows of steps and visits that name another village than their household is in."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.policy import Policy
from jiandang.register.place import TOWN_SUFFIX, plain_village
from jiandang.register.tables import STEP_TABLES
from jiandang.report.model import Severity

c = pl.col
# So many rows of a village that name another one are of a village with another name.
_RENAMED = 3

derived("household", needs="village").columns(plain_own_village=plain_village(c.village))

derived("household", over="village_key", needs="village").columns(
    # What most households call their village: it holds against one that is called otherwise.
    usual_village=c.plain_own_village.drop_nulls().mode().sort().first()
)

_NEEDS = "village household_id household.village"

derived(*STEP_TABLES, of="household", needs="household.village").columns(
    home_village=c.village.first(),
    plain_home_village=c.plain_own_village.first(),
    usual_home_village=c.usual_village.first(),
    home_village_key=c.village_key.first(),
    home_village_code=c.village_code12.first(),
    home_villages_town=c.town.first(),
)

derived(*STEP_TABLES, needs="village").columns(named_village=plain_village(c.village))


# Whether the row's village has neither the household's name nor the usual one.
derived(*STEP_TABLES, needs=_NEEDS).columns(
    is_called_otherwise=(c.named_village != c.plain_home_village)
    & (c.named_village != c.usual_home_village).fill_null(True)
)


@derived(*STEP_TABLES, needs=_NEEDS)
def is_elsewhere(policy: Policy) -> pl.Expr:
    """Whether the row names another village than the household's.

    Not the village's code, nor its name behind that of its town: 官山王庄.
    """
    # The few rows in doubt: to put texts together is dear.
    town = pl.when(c.is_called_otherwise).then(c.home_villages_town)
    short = town.str.replace(TOWN_SUFFIX, "")
    same = [
        c.named_village == pl.concat_str(before, own)
        for own in (c.plain_home_village, c.usual_home_village)
        for before in (town, short)
    ]
    is_code = c.named_village == c.home_village_code
    is_same = pl.any_horizontal(*(each.fill_null(False) for each in (*same, is_code)))
    return c.is_called_otherwise.fill_null(False) & ~is_same


@derived(*STEP_TABLES, needs=_NEEDS)
def names_other_village(policy: Policy) -> pl.Expr:
    """Whether the row does so and is the household's all the same.

    Of one that is another household's it is the number that is wrong, or the head (LR222).
    """
    is_anothers = c.contradicted.is_not_null() | c.names_other_head.fill_null(False)
    return c.is_elsewhere & ~is_anothers


# The rows of one village that name one other, and whether the register has a village of the name.
derived(*STEP_TABLES, needs=_NEEDS).columns(
    renaming=pl.when(c.names_other_village).then(
        pl.concat_str(c.home_village_key, c.named_village, separator="/")
    ),
    strange_village=pl.when(c.is_elsewhere).then(c.named_village),
)

derived(*STEP_TABLES, over="renaming", needs=_NEEDS).columns(
    rows_of_renaming=c.ref.len(), first_of_renaming=c.ref.min()
)

derived(*STEP_TABLES, of="household", on=("strange_village", "usual_village"), needs="").columns(
    homes_of_strange_village=c.ref.len()
)


@rule(
    "LR223",
    "程序或调查的行政村不是本户的",
    Severity.ERROR,
    "procedure",
    at="village",
    message="行政村填的是“{village}”，户编号 {household_id} 这一户在“{home_village}”{how:s}",
    basis="逻辑：一户只在一个村；户编号和行政村要是同一户的",
    needs=_NEEDS,
    optional=True,
)
def step_in_another_village(policy: Policy) -> Iterator[Violation]:
    """识别程序、入户调查的一行写着行政村，与它的户编号那一户所在的村不同。“王庄”“王庄村”算同名。
    登记表里没有的村名是警告；一个村有三行以上写成同一个别的村名的，可能是并村、改名，一张表报一次，是警告。

    改法：核对是行政村还是户编号写错了；并村、改名的，各张表改成一致。
    错例：户编号 320324105201018 这一户在王庄村，这一行写着柳湾村
    对例：户编号和行政村是同一户的
    理由：并村、改名。
    """
    many = c.rows_of_renaming >= _RENAMED
    known = c.homes_of_strange_village.is_not_null()
    for table in STEP_TABLES:
        # Whose head is badly written may be in the wrong village all the same.
        values: dict[str, Any] = {"table": table, "rests_on": "household_id village home_village"}
        yield Violation(c.names_other_village & ~many & known, how="", **values)
        yield Violation(
            c.names_other_village & ~many & ~known,
            severity=Severity.WARNING,
            how="，登记表里没有这个村名",
            **values,
        )
        yield Violation(
            c.names_other_village & many & (c.ref == c.first_of_renaming),
            severity=Severity.WARNING,
            how=pl.format("；这样的共 {} 行，请看是不是并村、改名", c.rows_of_renaming),
            **values,
        )
