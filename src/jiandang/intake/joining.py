"""Rows of one household, or of one person, that stand in several sheets, put together.

The provincial templates put a household's form into one file and its income into another. Two
sheets complement each other where neither has more in common with the other than it adds, where
one of them alone names the heads of its households, or has their numbers, where one alone has form
pages, or where both have, of two forms. A list of some people (students, disabled) or households (a
public list) is of those in the register, and so is a sheet that was copied (`repeated_sheets`). Any
other number that stands twice is a double, which is left as it is (LR121, LR108).
"""

from collections.abc import Iterator, Sequence, Set

import polars as pl

from jiandang.intake.named_rows import (
    PLAIN_GROUP,
    SOLE_HEAD,
    names_alone,
    numbered_by_names,
    with_sole_heads,
)
from jiandang.intake.repeated_sheets import (
    PLAIN_VILLAGE,
    TELLING,
    SheetKind,
    copies_in,
    forms_of,
    lists_of_some,
    tell_copies,
    with_plain_village,
)
from jiandang.register.cells import as_word
from jiandang.register.notice import Notice
from jiandang.register.place import says_same
from jiandang.register.register import APART, Observation, SheetTable, in_sheets, sheet_number
from jiandang.register.tables import PLACE_COLUMNS, own_columns

# The columns by whose equal values rows are about one household or person, the surest first.
_KEYS = {
    "household": (("household_id",), ("head_id",), (PLAIN_VILLAGE, SOLE_HEAD)),
    "member": (
        ("household_id", "id_number", "name"),
        ("household_id", "id_number"),
        ("household_id", "name"),
        ("id_number",),
        (PLAIN_VILLAGE, "name", "birth_date"),
        (PLAIN_VILLAGE, "name", "sex"),
        (PLAIN_VILLAGE, "name"),
    ),
    "procedure": (("household_id",),),
    "survey": (("household_id",),),
}
# Where two households have got one number, all of these differ.
_WHO = ("head_name", "head_id", "size")
# A household may stand in several lists and have an income for several years.
_LISTING = ("list_level", "income_year")
# The columns that say whence a row is, in place of values.
ROWS = ("ref", "others", "apart", "bad")
# Sums of money are rounded to the cent, and by some to the yuan's tenth.
_NEAR = 0.05


Joined = tuple[pl.DataFrame, list[Observation]]


def join_sheets(
    table: str, frame: pl.DataFrame, sheets: Sequence[SheetTable], members: pl.DataFrame
) -> Joined:
    """The rows of a table, those of sheets that complement each other put together.

    `members` tell the numbers of households whose sheets have none.
    """
    if frame.is_empty() or table not in _KEYS:
        return frame, []
    forms = forms_of(sheets)
    its = {
        number: SheetKind(
            _columns_of(sheet, table), sheet.is_form, form=forms.get((sheet.file, sheet.sheet), 0)
        )
        for number, sheet in enumerate(sheets)
        if sheet.table == table
    }
    copies = copies_in(table, frame, sheets, its)
    its |= {number: its[number]._replace(copy=n) for n, number in enumerate(copies, start=1)}
    lists = lists_of_some(table, frame, its, sheets)
    # Whoever is in a list or a copy as well stands first where the register has him.
    kinds = sorted(dict.fromkeys(its.values()), key=lambda kind: (kind.copy, kind in lists))
    kind_of = {number: kinds.index(kind) for number, kind in its.items()}
    fits = _complements(table, kinds, lists)
    seen: list[Observation] = []
    by_name = table == "household" and any(map(names_alone, kinds))
    if by_name:
        fitting = {
            kind: {other for n, other in enumerate(kinds) if bits >> n & 1}
            for kind, bits in zip(kinds, fits, strict=True)
        }
        frame, seen = numbered_by_names(frame, sheets, its, fitting, members)
    if not any(fits):
        return frame, seen
    kind = sheet_number().replace_strict(kind_of, return_dtype=pl.Int64)
    rows = frame.with_columns(kind.alias("kind")).with_row_index("row")
    if by_name:
        rows = with_sole_heads(rows, sheets)
    elif lists:
        rows = with_plain_village(rows, sheets)
    pairs = _pairs(table, rows, kinds, fits, lists)
    if pairs.is_empty():
        return frame, seen
    rows = rows.join(pairs, on="row", how="left", maintain_order="left")
    joined = rows.filter(pl.col("first").is_null()).with_columns(pl.col("row").alias("first"))
    seen += tell_copies(table, sheets, copies)
    for number in range(1, len(kinds)):
        extra = rows.filter(pl.col("first").is_not_null() & (pl.col("kind") == number))
        if not extra.is_empty():
            seen += differences(table, joined, extra, "first")
            joined = absorb(joined, extra, "first", sheets)
    return joined.select(frame.columns), seen


def _columns_of(sheet: SheetTable, table: str) -> frozenset[str]:
    """What a sheet says of a table; where heads tell the numbers, these as well."""
    told = {"household_id"} if sheet.is_told_by_heads else set[str]()
    return sheet.columns_of(table) | told


def _complements(table: str, kinds: Sequence[SheetKind], lists: Set[SheetKind]) -> list[int]:
    """For each kind of sheet, as bits, the other kinds that it complements."""
    adding = [kind.columns - {*PLACE_COLUMNS, *TELLING[table]} for kind in kinds]
    return [
        sum(
            1 << other
            for other, its in enumerate(adding)
            if kinds[other] != kinds[number]
            and (
                kinds[other].columns == kinds[number].columns
                or (kinds[other] in lists) != (kinds[number] in lists)
                or (own | its and _adds(table, kinds[number], kinds[other], own, its))
            )
        )
        for number, own in enumerate(adding)
    ]


def _adds(table: str, kind: SheetKind, other: SheetKind, own: Set[str], theirs: Set[str]) -> bool:
    return (
        2 * len(own & theirs) <= min(len(own), len(theirs))
        or _names_heads(table, kind) != _names_heads(table, other)
        or (kind.is_form, kind.form) != (other.is_form, other.form)
        or (table == "household" and (_is_named_of(kind, other) or _is_named_of(other, kind)))
    )


def _is_named_of(kind: SheetKind, other: SheetKind) -> bool:
    """Whether households stand there by their heads' names alone, and have numbers in the other."""
    return names_alone(kind) and "household_id" in other.columns


def _names_heads(table: str, kind: SheetKind) -> bool:
    return table != "household" or not kind.columns.isdisjoint(("head_name", "head_id"))


def _pairs(
    table: str,
    rows: pl.DataFrame,
    kinds: Sequence[SheetKind],
    fits: Sequence[int],
    lists: Set[SheetKind],
) -> pl.DataFrame:
    """Which row (`row`) belongs to which earlier one (`first`)."""
    # The village is there only where somebody is told by it.
    keys = [key for key in _KEYS[table] if {*key} <= {*rows.columns}]
    names = [*dict.fromkeys(name for key in keys for name in key)]
    names += [n for n in (*_LISTING, *_WHO, PLAIN_GROUP) if n in rows.columns and n not in names]
    known = rows.select("row", "kind", *names)
    # The bits of the kinds from which a row has been put together so far.
    homes = known.clear().with_columns(bits=pl.lit(None, dtype=pl.Int64))
    found: list[pl.DataFrame] = []
    unnumbered = sum(1 << n for n, kind in enumerate(kinds) if "household_id" not in kind.columns)
    for number, kind in enumerate(kinds):
        open_ = known.filter(pl.col("kind") == number)
        pairs = []
        for key in keys:
            of_lists = PLAIN_VILLAGE in key and table == "member"
            if homes.is_empty() or (of_lists and kind not in lists):
                continue
            free = homes.filter((pl.col("bits") & ~pl.lit(fits[number])) == 0)
            # By a person alone only where a sheet has no numbers of households, or its own.
            if "household_id" not in key and "household_id" in kind.columns and kind not in lists:
                free = free.filter((pl.col("bits") & ~pl.lit(unnumbered)) == 0)
            pair = _matches(open_, free, key)
            pairs.append(pair)
            open_ = open_.join(pair, on="row", how="anti", maintain_order="left")
            homes = _taken(homes, pair, number)
        found += pairs
        homes = pl.concat([homes, open_.with_columns(bits=pl.lit(1 << number, pl.Int64))])
    return pl.concat(found) if found else rows.select("row", first="row").clear()


def _matches(rows: pl.DataFrame, homes: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Each row with the first of `homes` that has its key; each of both once."""
    pairs = rows.drop_nulls(key).join(homes, on=[*key], suffix="!", maintain_order="left_right")
    of_heads = (PLAIN_GROUP, "head_id") if SOLE_HEAD in key else ()
    for name in (*_LISTING, *of_heads):
        if name in rows.columns:
            same = pl.col(name) == pl.col(f"{name}!")
            pairs = pairs.filter(same.fill_null(True))
    differ = [
        pl.col(name) != pl.col(f"{name}!")
        for name in _WHO
        if name in rows.columns and name not in key
    ]
    if differ:
        known = pl.sum_horizontal(each.is_not_null() for each in differ)
        pairs = pairs.filter(~((known > 1) & (known == pl.sum_horizontal(differ))))
    pairs = pairs.select("row", pl.col("row!").alias("first"))
    once = pairs.unique("row", keep="first", maintain_order=True)
    return once.unique("first", keep="first", maintain_order=True)


def _taken(homes: pl.DataFrame, pairs: pl.DataFrame, kind: int) -> pl.DataFrame:
    taken = pl.col("row").is_in(pairs["first"].implode())
    bits = pl.when(taken).then(pl.col("bits") | (1 << kind)).otherwise("bits")
    return homes.with_columns(bits.alias("bits"))


def absorb(
    own: pl.DataFrame, extra: pl.DataFrame, on: str, sheets: Sequence[SheetTable]
) -> pl.DataFrame:
    """The rows of `own`, their empty cells filled from the rows of `extra` with the same key.

    Keys are unique in `extra`.
    """
    values = _filled(own, extra, on)
    extra = extra.select(on, *ROWS, *values)
    joined = own.join(extra, on=on, how="left", suffix="!", maintain_order="left")
    joined = joined.with_columns(apart=_apart(joined, values, sheets))
    theirs = pl.concat_list(
        pl.concat_list(pl.col("ref!")).list.drop_nulls(), pl.col("others!").fill_null([])
    )
    others = pl.concat_list(pl.col("others").fill_null([]), theirs)
    return joined.with_columns(
        *(pl.coalesce(c, f"{c}!") for c in values),
        pl.when(pl.col("ref!").is_not_null()).then(others).otherwise("others").alias("others"),
        pl.concat_str("bad", "bad!", ignore_nulls=True).replace("", None).alias("bad"),
    ).select(own.columns)


def _filled(own: pl.DataFrame, extra: pl.DataFrame, on: str) -> list[str]:
    """The columns of values of which `extra` has one, or says where its empty cell stands."""
    shown = set(extra["apart"].explode().struct.field("column").drop_nulls())
    return [
        name
        for name in own.columns
        if name in extra.columns
        and name not in (on, *ROWS, "row", "kind")
        and (extra[name].null_count() < extra.height or name in shown)
    ]


def _apart(joined: pl.DataFrame, values: Sequence[str], sheets: Sequence[SheetTable]) -> pl.Series:
    """`apart` of the rows put together; see `Register`."""
    numbered = joined.with_row_index("at_row")
    entries = []
    theirs = numbered.select("at_row", "apart!").explode("apart!").unnest("apart!")
    theirs_of = set(theirs["column"].drop_nulls())
    # All columns are looked at in one go: few are filled at all.
    gaps = {
        name: pl.col(name).is_null()
        & (pl.lit(True) if name in theirs_of else pl.col(f"{name}!").is_not_null())
        for name in values
    }
    for name in _true_of(numbered, gaps):
        known = theirs.filter(pl.col("column") == name)
        gains = pl.col(f"{name}!").is_not_null()
        empty = numbered.filter(gaps[name])
        asked = [n for n, sheet in enumerate(sheets) if sheet.column(name) is not None]
        asks = in_sheets(asked)
        # An empty cell of theirs is theirs to show where no sheet before has the column.
        shown = empty.filter(gains | ~asks).select("at_row")
        known = known.join(shown, on="at_row", how="semi", maintain_order="left")
        there = empty.filter(gains & asks).join(known, on="at_row", how="anti")
        column = pl.lit(None, pl.Int64)
        there = there.select("at_row", column=pl.lit(name), ref="ref!", sheet_column=column)
        entries += [known, there]
    if not any(entry.height for entry in entries):
        return joined["apart"]
    listed = (
        pl.concat(entries)
        .group_by("at_row")
        .agg(pl.struct("column", "ref", "sheet_column").alias("more"))
    )
    more = numbered.join(listed, on="at_row", how="left", maintain_order="left")
    both = pl.concat_list(pl.col("apart").fill_null([]), "more")
    return more.select(
        pl.when(pl.col("more").is_null()).then("apart").otherwise(both).cast(APART)
    ).to_series()


def differences(
    table: str, own: pl.DataFrame, extra: pl.DataFrame, on: str, but: Sequence[str] = ()
) -> Iterator[Observation]:
    """Cells of `extra` that differ from what the row with the same key says, `but` some columns."""
    names = [*own_columns(table), *(n for n in PLACE_COLUMNS if n not in ("place", on))]
    names = [n for n in names if n in own.columns and n not in (*_LISTING, *but)]
    names = [n for n in names if extra[n].null_count() < extra.height]
    both = extra.select(on, "ref", "apart", *names).join(
        own.unique(on, keep="first", maintain_order=True).select(on, "ref", *names),
        on=on,
        suffix="!",
        maintain_order="left",
    )
    schema = both.schema
    differ = {name: _differ(name, schema[name]).fill_null(False) for name in names}
    for name in _true_of(both, differ):
        odd = both.filter(differ[name])
        cells = odd.select("ref", "apart", "ref!", name, f"{name}!").rows()
        for ref, apart, other_ref, value, other in cells:
            if isinstance(value, str) and says_same(name, value, other):
                continue
            places = {each["column"]: (each["ref"], each["sheet_column"]) for each in apart or ()}
            at, column = places.get(name, (ref, None))
            seen = {"value": as_word(value), "other": as_word(other), "where": other_ref}
            texts = (as_word(value), as_word(other))
            yield Observation(Notice.COPIES_DIFFER, ref, table, name, column, *texts, seen, at)


def _true_of(frame: pl.DataFrame, conditions: dict[str, pl.Expr]) -> list[str]:
    """The names of the conditions that are true in any row."""
    found = frame.select(each.any().alias(name) for name, each in conditions.items())
    return [name for name in conditions if found[name].any()]


def _differ(name: str, dtype: pl.DataType) -> pl.Expr:
    value, other = pl.col(name), pl.col(f"{name}!")
    differ: pl.Expr = (value - other).abs() > _NEAR if dtype == pl.Float64 else value != other
    return differ
