"""Old identity numbers that what stands beside them contradicts: renewing these is a judgement."""

from collections.abc import Iterable

import polars as pl

from jiandang.intake.columns import CellRead
from jiandang.register.register import Register
from jiandang.register.resident_id import is_old
from jiandang.register.resident_id_columns import birth_date_expr, sex_expr, upgrade_expr
from jiandang.register.text import solid

c = pl.col

WHY_LEFT = "15位号码与登记的出生日期或性别不一致，请先按身份证核对"


def contradicted(register: Register) -> frozenset[str]:
    """The numbers of 15 digits of whose holder another birth date or sex is registered."""
    members = register.tables["member"].with_columns(new=upgrade_expr(c.id_number))
    born = birth_date_expr(c.new).dt.to_string("%Y-%m-%d")
    # As far as both go: a month may be all that is known.
    other_birth = ~born.str.starts_with(c.birth_date)
    other_sex = sex_expr(c.new) != c.sex.cast(pl.String)
    wrong = pl.any_horizontal(other_birth.fill_null(False), other_sex.fill_null(False))
    return frozenset(members.filter(wrong)["id_number"].drop_nulls())


def apart(
    cells: Iterable[CellRead], numbers: frozenset[str]
) -> tuple[list[CellRead], list[CellRead]]:
    """The cells without those of such numbers, and these, wherever they stand."""
    kept: list[CellRead] = []
    left: list[CellRead] = []
    for read in cells:
        number = solid(read.raw)
        (left if number in numbers and is_old(number) else kept).append(read)
    return kept, left
