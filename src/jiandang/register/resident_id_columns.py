"""The citizen identity number over whole columns: resident_id as Polars expressions.

`well_formed_expr` gives null where a number is malformed (wrong length, letters, full-width
digits): whether it is so is a rule of its own. What takes a number apart takes only what that has
let through. Disability-card numbers (残疾证号, 20 or 22 characters) begin with an identity number:
cut them to 18 first.
"""

import polars as pl

from jiandang.register.resident_id import CHECK_BASE, OLD, WELL_FORMED


def well_formed_expr(id_number: pl.Expr) -> pl.Expr:
    """The number where it is 17 digits and a digit or capital X, else null."""
    return pl.when(id_number.str.contains(f"^{WELL_FORMED}$")).then(id_number)


def check_character_expr(number: pl.Expr) -> pl.Expr:
    """The check character (校验码) the first 17 digits call for, whatever the 18th is."""
    return _check_character(number.str.slice(0, 17))


def has_right_check_expr(number: pl.Expr) -> pl.Expr:
    """Whether the 18th character is the check character of the first 17; null of none."""
    right: pl.Expr = check_character_expr(number) == number.str.slice(17, 1)
    return right


def birth_date_expr(number: pl.Expr) -> pl.Expr:
    """The date of birth; null where the calendar has no such day."""
    day = number.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    return pl.when(day.dt.year() >= 1).then(day)  # Polars has a year 0, the calendar has not


def is_identity_number_expr(number: pl.Expr) -> pl.Expr:
    """Whether it is the number of somebody who may be alive; never null.

    For where another number should stand: one of 18 digits may have a date in it by chance.
    """
    known = well_formed_expr(number)
    is_born = birth_date_expr(known).dt.year().is_between(1900, 2100)
    is_one: pl.Expr = (is_born & has_right_check_expr(known)).fill_null(False)
    return is_one


def sex_expr(number: pl.Expr) -> pl.Expr:
    """男 or 女 by the 17th digit."""
    odd = number.str.slice(16, 1).is_in(["1", "3", "5", "7", "9"])
    return pl.when(odd).then(pl.lit("男")).when(odd.not_()).then(pl.lit("女"))


def region_expr(number: pl.Expr) -> pl.Expr:
    """The county code (地区代码), the first six digits."""
    return number.str.slice(0, 6)


def upgrade_expr(id_number: pl.Expr) -> pl.Expr:
    """The 18-character form of a 15-digit number (旧号升位); null for every other."""
    old = pl.when(id_number.str.contains(f"^{OLD}$")).then(id_number)
    first17 = pl.concat_str(old.str.slice(0, 6), pl.lit("19"), old.str.slice(6))
    return first17 + _check_character(first17)


def old_digits_expr(number: pl.Expr) -> pl.Expr:
    """The 15 digits that the old number (旧号) of the holder of a well-formed number has.

    Of people born in 20xx too, whose number somebody has cut to 15 digits: of those the century
    is not told.
    """
    known = well_formed_expr(number)
    return known.str.slice(0, 6) + known.str.slice(8, 9)


def _check_character(first17: pl.Expr) -> pl.Expr:
    half_sum = first17.str.to_integer(base=CHECK_BASE, dtype=pl.Int64)
    # The largest, 17 nines, is 6.5e18 and fits in an Int64; twice that does not: reduce first.
    remainder = (1 - 2 * (half_sum % 11)) % 11
    return pl.when(remainder == 10).then(pl.lit("X")).otherwise(remainder.cast(pl.String))


def masked_ends(number: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """What a masked number (320324********0012) shows of its beginning and of its end.

    Either may be nothing. Of a disability card that is the identity number's, which begins it.
    """
    behind = r"(?:[*＊×xX]{2,}[0-9]{0,10}[0-9xX]|[*＊]{2,}(?:[0-9]{1,10}[*＊]+)?)"
    before = "[*＊×xX]{4,}[0-9]{2,10}[0-9xX]"
    plain = number.str.to_uppercase().str.replace("B[0-9]$", "")
    cut = pl.when(plain.str.len_chars().is_in([20, 22])).then(18)
    # Of several X at the end none is shown: a number has a single one.
    plain = plain.str.slice(0, cut).str.replace("X{2,}$", "**")
    is_masked = plain.str.contains(f"^(?:[0-9]{{3,}}{behind}|{before})$")
    known: pl.Expr = pl.when(is_masked).then(plain)
    return known.str.extract("^([0-9]*)"), known.str.extract("[*＊×X]([0-9]*[0-9X]?)$")
