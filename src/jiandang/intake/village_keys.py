"""By what rows of all tables are of one village: its code, else its name in the town."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

import polars as pl

from jiandang.register.place import village_of_number
from jiandang.register.register import OF_HOUSEHOLDS, SheetTable, sheet_number
from jiandang.register.resident_id_columns import is_identity_number_expr
from jiandang.register.village_names import whole_village

c = pl.col
_IDENTITY_NUMBER = 18  # digits


def with_village_keys(
    tables: Mapping[str, pl.DataFrame], sheets: Sequence[SheetTable]
) -> dict[str, pl.DataFrame]:
    """The tables with `village_key`, for grouping, and `village_code12`, the 12-digit code alone.

    Who names the village and not its code is of the one code that others give it. Where a sheet
    says for all its rows which village it is of, that stands in the households' numbers. An
    allocation's place and code are named like the others'. A village that a title or the name of
    a sheet or file gives is that of the rows, where these do not say.
    """
    coded = {name: _with_code(name, frame) for name, frame in tables.items()}
    codes = _codes(coded)
    keyed = {name: _with_key(frame, codes) for name, frame in coded.items()}
    told = {n: s.village_of_rows for n, s in enumerate(sheets) if s.village_of_rows}
    if not told:
        return keyed
    keys = _keys_of(keyed, {*told.values()})
    return {
        name: _with_told(frame, told, keys) if name in OF_HOUSEHOLDS else frame
        for name, frame in keyed.items()
    }


def _keys_of(tables: Mapping[str, pl.DataFrame], told: Set[str]) -> dict[str, str | None]:
    """The key of each village that is told, as its rows elsewhere have it; None for several."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for frame in tables.values():
        rows = frame.select("town", "village", "village_key").unique()
        for town, name, key in rows.drop_nulls(["village", "village_key"]).iter_rows():
            found[whole_village(name, town or "")].add(key)
    keys: dict[str, str | None] = {}
    for name in told:
        own = found.get(whole_village(name)) or {whole_village(name)}
        keys[name] = next(iter(own)) if len(own) == 1 else None
    return keys


def _with_told(
    frame: pl.DataFrame, told: Mapping[int, str], keys: Mapping[str, str | None]
) -> pl.DataFrame:
    """The rows that name no village with that of their sheet, unless these are of several."""
    sheet = sheet_number()
    of_sheet = sheet.replace_strict(told, default=None, return_dtype=pl.String)
    is_one = c.village_key.drop_nulls().n_unique().over(sheet) <= 1
    named = pl.coalesce("village", pl.when(is_one).then(of_sheet))
    key = named.replace_strict(keys, default=None, return_dtype=pl.String)
    return frame.with_columns(
        village=named,
        village_key=pl.coalesce("village_key", pl.when(c.village.is_null()).then(key)),
    )


def _with_code(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    code = c("code" if table == "allocation" else "village_code")
    code = pl.when(code.str.contains(r"^[0-9]{12}$")).then(code)
    if "household_id" in frame.columns:
        own = c.household_id
        has_prefix = own.str.contains(r"^[0-9]{15,20}$")
        # Somebody's own number begins with no village; nearly all registers have none so long.
        if (frame["household_id"].str.len_bytes() == _IDENTITY_NUMBER).any():
            has_prefix &= ~is_identity_number_expr(own)
        prefix = pl.when(has_prefix).then(own.str.slice(0, 12))
        code = pl.coalesce(code, prefix)
    if table == "allocation":
        place = pl.coalesce("place", "town")
        frame = frame.with_columns(place.alias("place"), place.alias("village"))
    return frame.with_columns(code.alias("village_code12"))


# A village by its town, or where that is not said by its name alone.
_Codes = dict[tuple[str | None, str], str | None]


def _codes(tables: Mapping[str, pl.DataFrame]) -> _Codes:
    """The code of each village that has but one; empty where no row wants any."""
    households = [tables[name] for name in ("member", "household")]
    has_code = any(f["village_code12"].null_count() < f.height for f in households)
    wanting = (
        (f["village_code12"].is_null() & f["village"].is_not_null()).any() for f in tables.values()
    )
    if not has_code or not any(wanting):
        return {}
    found: defaultdict[tuple[str | None, str], set[str]] = defaultdict(set)
    for frame in households:
        rows = frame.select("town", "village", "village_code12").unique()
        for town, name, code in rows.drop_nulls(["village", "village_code12"]).iter_rows():
            whole = whole_village(name, town or "")
            for key in ((town, whole), (None, whole)):
                found[key].add(code)
    return {key: own.pop() if len(own) == 1 else None for key, own in found.items()}


def _with_key(frame: pl.DataFrame, codes: _Codes) -> pl.DataFrame:
    if frame["village_code12"].null_count() == 0:
        return frame.with_columns(village_key="village_code12")
    wanting = c.village_code12.is_null() & c.village.is_not_null()
    names = frame.filter(wanting).select("town", "village").unique(maintain_order=True)
    found = []
    for town, name in names.iter_rows():
        whole = whole_village(name, town or "")
        found.append(codes.get((town, whole)) or f"{town or ''}{whole}")
    known = names.with_columns(pl.Series("key", found, dtype=pl.String))
    key = frame.select("town", "village").join(
        known, on=["town", "village"], how="left", nulls_equal=True, maintain_order="left"
    )["key"]
    keys = [c.village_code12, key]
    if "household_id" in frame.columns:
        keys.append(village_of_number(c.household_id))
    return frame.with_columns(village_key=pl.coalesce(keys))
