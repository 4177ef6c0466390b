"""LR101, LR103-LR105, LR111, LR124, LR125: what 证件号码 must be.

All checks work on `identity`: of a disability card's number the first 18 characters, of an old
number of 15 digits its form of 18.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.shared import OTHER_PAPERS
from jiandang.policy import Policy
from jiandang.register.region_codes import county_codes
from jiandang.register.resident_id_columns import (
    birth_date_expr,
    has_right_check_expr,
    region_expr,
    upgrade_expr,
    well_formed_expr,
)
from jiandang.report.model import Severity

c = pl.col

_OLD = "^[0-9]{15}$"
# Cards that were issued again have two more characters, often B1.
_CARD = "^[0-9]{17}[0-9X][0-9]{2}(?:[0-9A-Z]{2})?$"
_FIRST_YEAR = 1900


def _of_heads(where: pl.Expr, **values: Any) -> Violation:
    """The same fault in 户主证件号码, unless it is told of the member who has this number."""
    return Violation(
        where & ~c.head_is_listed.fill_null(False),
        table="household",
        at="head_id",
        id_number=c.head_id,
        **values,
    )


@rule(
    "LR101",
    "证件号码位数错误",
    Severity.ERROR,
    "member",
    at="id_number",
    message="证件号码 {id_number} {problem}",
    basis="S-P 证件校验；S-N 登记表指标说明",
    needs="id_number|household.head_id",
)
def malformed_number(policy: Policy) -> Iterator[Violation]:
    """证件号码不是18位（残疾人证20或22位），或含有数字和末位X以外的字符。15位旧号另见 LR111。
    证件类型是护照、户口簿、出生证的，不按身份证的位数查。
    户主证件号码也查；成员表里有这个号码的，只在成员那里报。

    改法：按身份证或户口簿重新录入；没有号码的，按公安机关的证明办理。
    错例：32032419800101001（17位）
    对例：320324198001010015
    """
    other_papers = c.id_type.is_in(OTHER_PAPERS).fill_null(False)
    yield Violation(_is_malformed(c.id_number) & ~other_papers, problem=_malformed_how(c.id_number))
    yield _of_heads(_is_malformed(c.head_id), problem=_malformed_how(c.head_id))


def _is_malformed(number: pl.Expr) -> pl.Expr:
    well_formed = well_formed_expr(number).is_not_null()
    return ~(well_formed | number.str.contains(_OLD) | number.str.contains(_CARD))


def _malformed_how(number: pl.Expr) -> pl.Expr:
    length = number.str.len_chars()
    return (
        pl.when(length.is_in([15, 18, 20, 22]))
        .then(pl.lit("含有不应有的字符，只有第18位可以是X，其余应为数字"))
        .otherwise(pl.concat_str(pl.lit("是 "), length, pl.lit(" 位，应为18位")))
    )


@rule(
    "LR103",
    "证件号码校验码错误",
    Severity.ERROR,
    "member",
    at="id_number",
    message="证件号码 {id_number} 的校验码（第18位）与前17位不符，至少有一位录错",
    basis="GB 11643",
)
def wrong_check_character(policy: Policy) -> Iterator[Violation]:
    """第18位校验码与前17位按 GB 11643 算出的不一样，说明18位中至少有一位录错，不一定是末位。

    改法：对照身份证逐位核对，不要只改末位；身份证上确是这样的，请公安机关核实。
    错例：320324198001010016
    对例：320324198001010015
    凭证：公安机关证明号码属实的户籍证明。
    """
    # Of a row copied as it is, LR108 tells.
    copied = c.is_copied_row.fill_null(False)
    yield Violation(~has_right_check_expr(c.well_formed) & ~copied)
    yield _of_heads(~has_right_check_expr(c.head_well_formed))


@rule(
    "LR104",
    "证件号码中的出生日期错误",
    Severity.ERROR,
    "member",
    at="id_number",
    message="证件号码 {id_number} 中的出生日期{problem}",
    basis="GB 11643",
)
def impossible_birth(policy: Policy) -> Iterator[Violation]:
    """证件号码第7至14位不是真实存在的日期，或早于1900年、晚于检查日期。

    改法：对照身份证逐位核对。
    错例：32032419800231001X（2月31日）
    对例：320324198001010015
    凭证：公安机关证明号码属实的户籍证明。
    """
    born, head_born = c.id_birth, birth_date_expr(c.head_well_formed)
    yield Violation(_was_never(c.well_formed, born), problem=_never_why(born))
    yield _of_heads(_was_never(c.head_well_formed, head_born), problem=_never_why(head_born))


def _was_never(number: pl.Expr, day: pl.Expr) -> pl.Expr:
    impossible = day.is_null() | (day.dt.year() < _FIRST_YEAR) | (day > c.today)
    return number.is_not_null() & impossible


def _never_why(day: pl.Expr) -> pl.Expr:
    return (
        pl.when(day.dt.year() < _FIRST_YEAR)
        .then(pl.lit(f"早于{_FIRST_YEAR}年"))
        .when(day > c.today)
        .then(pl.lit("晚于检查日期"))
        .otherwise(pl.lit("在日历上不存在"))
    )


@rule(
    "LR105",
    "证件号码的地区代码不存在",
    Severity.WARNING,
    "member",
    at="id_number",
    message="证件号码 {id_number} 的前六位 {id_region} 不在历年的县级区划代码中",
    basis="GB/T 2260（1980年以来各年）",
)
def unknown_region(policy: Policy) -> Iterator[Violation]:
    """证件号码前六位在1980年以来各年的县级区划代码中都没有。个别真实号码的代码可能没有公布过。
    港澳台居民居住证的（810000、820000、830000）不算。

    改法：对照身份证核对前六位；身份证上确是这样的，说明即可。
    错例：320399198001010016
    对例：320324198001010015
    理由：身份证上确是这样。
    """
    head_region = region_expr(c.head_well_formed)
    yield Violation(_is_nowhere(c.id_region))
    yield _of_heads(_is_nowhere(head_region), id_region=head_region)


def _is_nowhere(region: pl.Expr) -> pl.Expr:
    # Placeholders are LR124's; people of 香港, 澳门 and 台湾 have numbers of their own.
    other = region.str.contains("^(?:11111|99999|8[123]0000)")
    return ~region.is_in(list(county_codes())) & ~other


@rule(
    "LR111",
    "15位旧证件号码",
    Severity.WARNING,
    "member",
    at="id_number",
    message="证件号码 {id_number} 是15位旧号，按规则升位后是 {expected:id}，请按身份证核对",
    basis="S-P 证件校验；GB 11643",
)
def old_number(policy: Policy) -> Iterator[Violation]:
    """证件号码是1999年以前的15位旧号。其余检查按升位后的18位号码进行。

    改法：改成身份证上的18位号码。
    错例：320324800101001
    对例：320324198001010015
    """
    yield Violation(c.id_number.str.contains(_OLD), expected=upgrade_expr(c.id_number))
    yield _of_heads(c.head_id.str.contains(_OLD), expected=upgrade_expr(c.head_id))


@rule(
    "LR124",
    "证件号码疑似占位",
    Severity.SUSPECT,
    "member",
    at="id_number",
    message="证件号码 {id_number} {why}，像是占位用的，请核实，以公安户籍信息为准",
    basis="两个核查系统的检查项",
)
def placeholder_number(policy: Policy) -> Violation:
    """证件号码含有99999，以999999或11111开头，或顺序码（第15至17位）是000，像是没有号码时占位用的。

    改法：请派出所核实；没有户口的，先办户口再登记。
    错例：111111198001010014
    对例：320324198001010015
    """
    starts = c.identity.str.contains("^(999999|11111)")
    nines = c.identity.str.contains("99999", literal=True)
    why = (
        pl.when(starts)
        .then(pl.lit("的前六位没有这样的地区"))
        .when(nines)
        .then(pl.lit("含有99999"))
        .otherwise(pl.lit("的顺序码是000"))
    )
    return Violation(starts | nines | (c.identity.str.slice(14, 3) == "000"), why=why)


@derived("member")
def id_rises(policy: Policy) -> pl.Expr:
    """Whether the number, or its first 17 digits, is that of the row above plus 1."""
    number = c.well_formed
    body = number.str.slice(0, 17).str.to_integer(dtype=pl.Int64, strict=False)
    whole = number.str.to_integer(dtype=pl.Int64, strict=False)
    neighbours = c.ref.diff() == 1
    return (neighbours & ((body.diff() == 1) | (whole.diff() == 1))).fill_null(False)


# A number for each run of rows in which every identity number is the one above plus 1.
derived("member").columns(id_run=c.id_rises.not_().cum_sum())

derived("member", over="id_run", needs="id_number").columns(
    id_run_length=c.id_rises.len(),
)

derived("member", needs="").columns(long_id_run=pl.when(c.id_run_length >= 3).then(c.id_run))

derived("member", over="long_id_run", needs="id_number").columns(
    # Born on one day in one household, with right check characters: triplets have such numbers.
    is_run_of_triplets=has_right_check_expr(c.well_formed).all(ignore_nulls=False)
    & (c.id_birth.n_unique() == 1)
    & (c.household_id.n_unique() == 1),
)


@rule(
    "LR125",
    "证件号码疑似下拉填充",
    Severity.ERROR,
    "member",
    at="id_number",
    message="从本行起连续 {count} 行的证件号码逐行加1{how}",
    basis="GB 11643：第18位是校验码，不会逐行加1；Excel 下拉填充的常见后果",
    per="id_run",
)
def filled_down(policy: Policy) -> Iterator[Violation]:
    """相邻三行以上的证件号码（或前17位）逐行加1。在 Excel 里下拉填充会造出这样的号码。
    同一户同一天出生、校验码都对的，可能是三胞胎，是疑点。

    改法：按身份证逐人重新录入。
    错例：320324198001010015、320324198001010016、320324198001010017
    对例：每人是自己的号码
    凭证：证明号码连续属实的户口簿（如多胞胎）。
    """
    run = (c.id_run_length >= 3) & c.id_number.is_not_null()
    triplets = c.is_run_of_triplets.fill_null(False)
    yield Violation(run & ~triplets, how="，是下拉填充出来的")
    yield Violation(
        run & triplets,
        severity=Severity.SUSPECT,
        is_fault=False,
        how="，都是本户同一天出生的；请核实是不是三胞胎",
    )
