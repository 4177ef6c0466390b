"""Several owners in one cell of a list: 陈永（共有人：陈艳敏） with both numbers, 陈永等2人."""

import re
from collections.abc import Iterator

import polars as pl

from jiandang.matching.keys import BETWEEN_OWNERS, number_keys
from jiandang.patterns import regex
from jiandang.register.resident_id import WELL_FORMED
from jiandang.register.resident_id_columns import masked_ends

c = pl.col

# Between the names of several owners; a blank may as well stand within one.
_BETWEEN_NAMES = r"[、,，;；/\\|&_\n()（）]"
_BETWEEN = tuple(map(re.compile, (f"{_BETWEEN_NAMES}|[和与]", rf"{_BETWEEN_NAMES}|[\s和与]")))
# What stands beside a name, and is none of it: 1.陈永50% 2.陈艳敏50%, 陈永、陈艳敏各占二分之一.
_DIGIT = "[0-9一二三四五六七八九十]"
_SHARE = regex(
    r"(?:各?占)?(?:份额)?[:：]?"
    rf"(?:[0-9]+(?:[.][0-9]+)?[%％]|[0-9]+/[0-9]+|{_DIGIT}+分之{_DIGIT}+)(?:份额)?"
)
_PLACE_AMONG = regex(r"[0-9]{1,2}[.．·、)）](?![0-9])|[①-⑳]")
# What stands before a name or for one: 共有人：陈艳敏, （按份共有）.
_ROLE = regex(
    "^(?:(?:房屋|不动产)?(?:所有权?|产权|权利|购房|买受|共有)(?:所有)?(?:权利?)?人|配偶|夫妻?|妻子?"
    r"|丈夫|户主|本人|(?:按份|共同|夫妻|单独)?共有|与|及)[:：\s]*"
)
# 陈永等2人: others are not named.
_AND_OTHERS = regex("等(?:[0-9一二三四五六七八九十两]+)?[人户位名]?$")
_BETWEEN_LETTERS = r"[\s·•・.．]"
# What none but these have, other than a plain name.
_MAY_BE_SEVERAL = f"{_BETWEEN_NAMES}|{_BETWEEN_LETTERS}|[和与等0-9①-⑳]|分之|{_ROLE.pattern}"
# Of more owners than a house has heirs nobody tells whose number it is by all of their names.
_MOST_OWNERS = 50
# The beginning of one that is hidden in part, and all of it: of 18 characters, so that where no
# sign stands between two it is known where one ends; else of as many as there are.
_MASKED = "[0-9]{3,14}(?:[*＊×]{2,}|X{3,})"
_MASKED_WHOLE = "|".join(
    f"[0-9]{{{shown}}}(?:[*＊×]{{{hidden}}}|X{{{hidden}}})"
    + (f"[0-9]{{{18 - shown - hidden - 1}}}[0-9X]" if shown + hidden < 18 else "")
    for shown in range(3, 15)
    for hidden in range(3, 19 - shown)
)
_NUMBER = regex(
    rf"[0-9]{{17}}[0-9X]|(?<![0-9])[0-9]{{15}}(?![0-9])"
    rf"|{_MASKED_WHOLE}|{_MASKED}[0-9]{{0,10}}X?"
)
_DIGITS = regex("[0-9]")
# No single number is longer: two owners stand in the cell.
LONGEST = 24


def each_owner(people: pl.DataFrame) -> pl.DataFrame:
    """People with `number`, what tells them, from `row`, `name`, `id_number`: a row for each owner.

    Where several stand in a cell `owners` is all that it says. Of names that cannot be told apart
    each has all of them in one; where numbers are more than names it is not said whose they are.
    """
    people = people.with_columns(
        number_keys(people["id_number"]).alias("number"), owners=pl.lit(None, pl.String)
    )
    # One number alone that is wrong stays as it is.
    several = c.id_number.str.len_chars() > LONGEST
    beside = c.id_number.str.contains("[0-9]{15}.*[^0-9X]|[^0-9X].*[0-9]{15}")
    beside |= c.id_number.str.contains("[*＊×][0-9]*X?[^0-9X*＊×]")
    odd = people.filter(c.number.is_null() & c.id_number.is_not_null()).filter(several | beside)
    if odd.is_empty():
        return people
    owners: list[tuple[object, ...]] = []
    for row, name, cell, *_ in odd.iter_rows():
        found = _numbers_in(cell)
        ways = _splits(name or "")
        together = name if len(found) < len(ways[0]) <= _MOST_OWNERS else None
        parts = next((names for names in ways if len(names) == len(found)), [together] * len(found))
        owners += [
            (row, own, number, number, name) for own, number in zip(parts, found, strict=True)
        ]
        if not found:
            owners.append((row, name, cell, None, None))
    each = pl.DataFrame(owners, schema=people.schema, orient="row")
    each = each.with_columns(number_keys(each["id_number"]).alias("number"))
    others = people.join(odd, on="row", how="anti", maintain_order="left")
    return pl.concat([others, each]).sort("row", maintain_order=True)


def _numbers_in(cell: str) -> list[str]:
    """The numbers in a cell; none in a short one where other digits stand beside the number."""
    text = cell.upper()
    found = _NUMBER.findall(text)
    rest = _AND_OTHERS.sub("", _NUMBER.sub("", text))
    return [] if len(cell) <= LONGEST and _DIGITS.search(rest) else found


def with_owners(kept: pl.DataFrame) -> pl.DataFrame:
    """Rows of a list with `owners`: each name that the cell has, between marks; null for one.

    Where others are not named nobody can say that a number is of somebody of another name.
    """
    cells = pl.coalesce("owners", "name")
    # Nearly all are of one, and look it: only of the others is more asked.
    names = kept.select(cells.filter(cells.str.contains(_MAY_BE_SEVERAL)).unique()).to_series()
    joined: dict[str, str | None] = {}
    is_open = set()
    for cell in names:
        own, has_others = owners_in(cell)
        if has_others:
            is_open.add(cell)
        if has_others or own != [cell]:
            each = {*own, *(part for parts in _splits(cell) for part in parts)}
            joined[cell] = BETWEEN_OWNERS + BETWEEN_OWNERS.join(sorted(each)) + BETWEEN_OWNERS
    unsaid = cells.is_in(list(is_open)) if is_open else pl.lit(False)
    return kept.with_columns(
        owners=cells.replace_strict(joined, default=None, return_dtype=pl.String),
        name=pl.when(~unsaid.fill_null(False)).then("name"),
    )


def owners_in(cell: str) -> tuple[list[str], bool]:
    """The names in a cell, and whether there are others that it does not name."""
    return _splits(cell)[0], any(_AND_OTHERS.search(part) for part in _BETWEEN[0].split(cell))


def _splits(cell: str) -> list[list[str]]:
    """The names in a cell, where blanks are in a name, and where they are between names."""
    ways, cell = [], _PLACE_AMONG.sub(BETWEEN_OWNERS, _SHARE.sub("", cell))
    for between in _BETWEEN:
        parts = (_AND_OTHERS.sub("", _ROLE.sub("", part.strip())) for part in between.split(cell))
        plain = (re.sub(_BETWEEN_LETTERS, "", part) for part in parts)
        ways.append([part for part in plain if part])
    return ways


def ends_of(people: pl.DataFrame) -> Iterator[pl.Series]:
    """What masked numbers show of their beginning and end, as `begins` and `ends`."""
    # Nearly all are whole numbers: only of the others is more asked.
    others = people.select((~c.id_number.eq_missing(c.number)).arg_true()).to_series()
    begins, ends = masked_ends(c.id_number)
    shown = people[others, ["id_number"]].select(begins=begins, ends=ends)
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, people.height)
    for own in shown:
        yield nothing.alias(own.name).scatter(others, own)


def with_numbers_in(numbers: pl.Series, others: pl.Series) -> pl.Series:
    """The numbers; where one is none, that which stands in another column, as G and the number."""
    inside = others.str.replace("^[Gg]", "").str.to_uppercase()
    is_masked = inside.str.contains(f"^{_MASKED}").fill_null(False) & numbers.is_null()
    is_joint = (numbers.str.len_chars() > LONGEST).fill_null(False)
    is_none = number_keys(numbers).is_null() & ~is_joint
    begins = inside.str.contains(f"^{WELL_FORMED}").fill_null(False)
    return inside.zip_with((is_none & begins) | is_masked, numbers)
