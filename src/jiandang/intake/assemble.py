"""Frames of single sheets → the six tables of the register.

Columns of a household, its procedure or its survey may stand in the members' sheet (or in the
household's), repeated in each row or filled in the head's row alone; here they become rows of
their own tables. Copies that differ within a household are noticed.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import polars as pl
from polars.dataframe.group_by import GroupBy

from jiandang.intake.heads import lines_of_homes
from jiandang.intake.joining import ROWS, Joined, absorb, differences, join_sheets
from jiandang.intake.named_homes import numbered_by_head
from jiandang.intake.named_rows import numbered_members, without_strangers
from jiandang.intake.numbering import told_apart
from jiandang.intake.places import fill_place_names
from jiandang.intake.unnumbered import stand_ins
from jiandang.intake.village_keys import with_village_keys
from jiandang.register.cells import as_word
from jiandang.register.notice import Notice
from jiandang.register.place import says_same
from jiandang.register.register import APART, OTHERS, Observation, SheetTable, sheet_number
from jiandang.register.tables import COLUMNS, EMBEDDABLE, PLACE_COLUMNS, STEP_TABLES, own_columns
from jiandang.register.village_names import whole_village

# In the rows of members these may be each one's own.
_EACH_OWN = ("phone",)
# Where so many rows are of households with several phones, each member has his own.
_OF_OWN = 0.1
# Of so many households it is the village that has two names.
_RENAMED = 3
# What the rows say themselves is kept beside what their household's row says.
_KEPT = {"member": (*_EACH_OWN, "head_name"), **dict.fromkeys(STEP_TABLES, ("head_name",))}

Frames = dict[str, list[pl.DataFrame]]


def assemble(
    sheets: Sequence[SheetTable], frames: Frames
) -> tuple[dict[str, pl.DataFrame], list[Observation]]:
    """The register's tables, and what is to be said of them: copies that differ, numbers."""
    raw = {name: _stack(parts) for name, parts in frames.items()}
    tables = {name: _typed(name, frame) for name, frame in raw.items()}
    for name in _KEPT:
        tables[name] = tables[name].with_columns(_each_own(name, raw[name]))
    apart, differing = told_apart(tables, sheets)
    for name, numbers in apart.items():
        raw[name] = raw[name].with_columns(numbers.alias(f"{name}.household_id"))
        # A number of which nobody can tell whose it is counts as one that cannot be read.
        is_lost = numbers.is_null() & tables[name]["household_id"].is_not_null()
        lost = pl.when(is_lost).then(pl.lit("|household_id|"))
        bad = pl.concat_str("bad", lost, ignore_nulls=True).replace("", None)
        tables[name] = tables[name].with_columns(numbers, bad.alias("bad"))
    found = stand_ins(tables, sheets)
    differing += found.seen
    for name, numbers in found.numbers.items():
        tables[name] = tables[name].with_columns(numbers)
        raw[name] = raw[name].with_columns(numbers.alias(f"{name}.household_id"))
    numbered, seen = numbered_members(tables["member"], tables["household"], sheets)
    if numbered is not tables["member"]:
        own = numbered["household_id"].alias("member.household_id")
        tables["member"], raw["member"] = numbered, raw["member"].with_columns(own)
    differing += seen
    _tell_by_heads(tables, sheets)
    for table in ("member", *EMBEDDABLE):
        tables[table], seen = join_sheets(table, tables[table], sheets, tables["member"])
        differing += seen
    tables["household"], seen = without_strangers(tables["household"], sheets)
    differing += seen
    raw["member"] = _under_their_numbers(raw["member"], tables["member"])
    _tell_by_heads(tables, sheets)
    if len(lines := lines_of_homes(raw["member"])):
        tables["member"] = tables["member"].filter(~pl.col("ref").is_in(lines.implode()))
    for table in EMBEDDABLE:
        for host in ("member", *EMBEDDABLE):
            if host == table or not any(s.table == host and table in s.embedded for s in sheets):
                continue
            frame, phones = _embedded_rows(raw[host], host, table, sheets), list[Observation]()
            if host == "member":
                if table == "household":
                    phones += _other_phones(tables[table], frame)
                one_each = _one_row_a_household(frame)
                differing.extend(_differences(frame, one_each, table))
                frame = one_each
            # Of the heads that rows of steps name the others, LR222 tells.
            but = _EACH_OWN if host == "member" else _KEPT.get(host, ())
            tables[table], more = _merge(table, tables[table], frame, sheets, but)
            differing += [*more, *phones]
    tables, seen = numbered_by_head(with_village_keys(tables, sheets))
    differing += seen
    for name, frame in tables.items():
        tables[name] = _with_origin(name, frame, sheets)
    numbers = tables["member"]["id_number"].unique().implode()
    listed = tables["household"]["head_id"].is_in(numbers)
    tables["household"] = tables["household"].with_columns(listed.alias("head_is_listed"))
    return tables, _renamed([*_once(differing)])


def _stack(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    frames = list(parts)
    if not frames:
        return pl.DataFrame(schema={"ref": pl.Int64, "bad": pl.String})
    return pl.concat(frames, how="diagonal", rechunk=True)


def _typed(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """All columns of the table, null where no sheet has them."""
    typed = frame.select(_typed_columns(table, tuple(frame.columns)))
    return fill_place_names(typed) if "county" in typed.columns else typed


@lru_cache(64)  # the files of a city are of few layouts
def _typed_columns(table: str, given: tuple[str, ...]) -> list[pl.Expr]:
    columns = []
    for name, column in COLUMNS[table].items():
        source = f"{table}.{name}"
        value = pl.col(source) if source in given else pl.lit(None)
        columns.append(value.cast(column.cell.dtype).alias(name))
    others = pl.lit(None, dtype=OTHERS).alias("others")
    apart = pl.col("apart") if "apart" in given else pl.lit(None, dtype=APART).alias("apart")
    bad = pl.col("bad").str.replace_all(f"|{table}.", "|", literal=True)
    return [*columns, pl.col("ref"), others, apart, bad]


def _tell_by_heads(tables: dict[str, pl.DataFrame], sheets: Sequence[SheetTable]) -> None:
    """Let sheets without 户编号 say whether their households are known by their heads."""
    for table in ("member", "household"):
        asked = {
            number: sheet
            for number, sheet in enumerate(sheets)
            if sheet.table == table and not sheet.is_form and not sheet.has(table, "household_id")
        }
        if asked:
            told = tables[table].filter(pl.col("household_id").is_not_null())
            having = {*told.select(sheet_number()).to_series()}
            for number, sheet in asked.items():
                sheet.is_told_by_heads = number in having


def _under_their_numbers(rows: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The rows of members; those that another sheet has too are of the household it names."""
    joined = members.select(pl.col("others").alias("ref"), number="household_id").explode("ref")
    joined = joined.drop_nulls()
    if joined.is_empty() or "member.household_id" not in rows.columns:
        return rows
    numbered = rows.join(joined, on="ref", how="left", maintain_order="left")
    number = pl.coalesce("number", "member.household_id")
    return numbered.with_columns(number.alias("member.household_id")).drop("number")


def _embedded_rows(
    host_frame: pl.DataFrame, host: str, table: str, sheets: Sequence[SheetTable]
) -> pl.DataFrame:
    """The rows of `host` sheets seen as rows of `table`, for sheets that embed it."""
    numbers = [i for i, s in enumerate(sheets) if s.table == host and table in s.embedded]
    frame = host_frame
    if len(numbers) < sum(s.table == host for s in sheets):
        frame = frame.filter(sheet_number().is_in(numbers))
    place = [
        pl.col(f"{host}.{name}").alias(f"{table}.{name}")
        for name in PLACE_COLUMNS
        if f"{host}.{name}" in frame.columns
    ]
    own = [c for c in frame.columns if c.startswith(f"{table}.")]
    is_head = (
        (pl.col("member.relation") == "户主").fill_null(False)
        if "member.relation" in frame.columns
        else pl.lit(False)
    )
    bad = pl.col("bad").str.replace_all(
        f"|{host}.household_id", f"|{table}.household_id", literal=True
    )
    where = [name for name in ("ref", "apart") if name in frame.columns]
    return _typed(table, frame.select(*own, *place, *where, bad)).with_columns(
        frame.with_columns(is_head.alias("is_head"))["is_head"],
        *(pl.lit(None, pl.String).alias(f"own_{name}") for name in _KEPT.get(table, ())),
    )


def _each_own(table: str, rows: pl.DataFrame) -> list[pl.Expr | pl.Series]:
    """What each row says for itself: the household's row has one value of them all."""
    return [
        rows[f"household.{name}"].alias(f"own_{name}")
        if f"household.{name}" in rows.columns
        else pl.lit(None, COLUMNS["household"][name].cell.dtype).alias(f"own_{name}")
        for name in _KEPT[table]
    ]


def _one_row_a_household(frame: pl.DataFrame) -> pl.DataFrame:
    """The head's row of each household, its empty cells filled from the first row that has one."""
    known = frame.filter(pl.col("household_id").is_not_null()).with_row_index("row")
    households = known.group_by("household_id", maintain_order=True)
    head = pl.col("row").filter(pl.col("is_head")).first()
    rows = households.agg(pl.coalesce(head, pl.col("row").first()))["row"]
    one_each = known[rows].drop("row", "is_head")
    # Most columns are filled in each head's row, or in none at all.
    values = [c for c in one_each.columns if c not in ("household_id", *ROWS)]
    gaps = [c for c in values if one_each[c].null_count() and known[c].null_count() < known.height]
    if gaps:
        one_each = _fill_gaps(one_each, households, gaps)
    faulty = known.drop_nulls("bad").group_by("household_id", maintain_order=True)
    bad = faulty.agg(pl.col("bad").str.join(""))
    return one_each.drop("bad").join(bad, on="household_id", how="left", maintain_order="left")


def _fill_gaps(one_each: pl.DataFrame, households: GroupBy, gaps: Sequence[str]) -> pl.DataFrame:
    """The rows of households with what other rows of theirs have; `gaps` are columns."""
    found = households.agg(pl.col(c).drop_nulls().first() for c in gaps)
    whole = one_each.with_columns(pl.coalesce(c, found[c]).alias(c) for c in gaps)
    used = [c for c in gaps if (one_each[c].is_null() & found[c].is_not_null()).any()]
    if not used:
        return whole
    refs = households.agg(
        pl.col("ref").filter(pl.col(c).is_not_null()).first().alias(c) for c in used
    )
    gap = (pl.when(one_each[c].is_null()).then(refs[c]).alias("ref") for c in used)
    entries = pl.concat(
        one_each.select("household_id", pl.lit(c).alias("column"), ref).drop_nulls()
        for c, ref in zip(used, gap, strict=True)
    )
    filled = entries.group_by("household_id").agg(
        others=pl.col("ref").unique(maintain_order=True),
        apart=pl.struct("column", "ref", sheet_column=pl.lit(None, pl.Int64)),
    )
    return whole.drop("others", "apart").join(
        filled, on="household_id", how="left", maintain_order="left"
    )


def _differences(frame: pl.DataFrame, one_each: pl.DataFrame, table: str) -> Iterator[Observation]:
    """Cells that differ from what the household's row says."""
    compared = [name for name in own_columns(table) if name not in _EACH_OWN]
    if table == "household":
        compared += [name for name in PLACE_COLUMNS if name != "household_id"]
    households = one_each.select("household_id").with_row_index("place")
    known = frame.drop_nulls("household_id")
    places = known.select("household_id").join(
        households, on="household_id", how="left", maintain_order="left"
    )["place"]
    for name in compared:
        # One column at a time: all of a city's would take as much memory again.
        values = known[name]
        if values.null_count() == len(values):
            continue
        said = one_each[name].gather(places)
        if values.equals(said):
            continue
        odd = ((values != said) & values.is_not_null()).fill_null(False).arg_true()
        cells = pl.DataFrame(
            {"ref": known["ref"], "place": places, "value": values, "said": said}
        ).with_columns(head=one_each["ref"].gather(places))
        for ref, value, expected, head in _odd_cells(cells, odd):
            if isinstance(value, str) and says_same(name, value, expected):
                continue
            seen = {"value": as_word(value), "other": as_word(expected), "where": head}
            yield Observation(
                Notice.COPIES_DIFFER,
                ref,
                table,
                name,
                value=as_word(value),
                expected=as_word(expected),
                seen=seen,
            )


def _odd_cells(cells: pl.DataFrame, odd: pl.Series) -> Iterator[tuple[int, Any, Any, int]]:
    """The cells that differ, with what the others say and where.

    Where all others of the household, two or more, say one other thing than its own row, it is
    that one which is odd.
    """
    of_homes = cells.filter(pl.col("place").is_in(cells["place"][odd].implode()))
    for _, home in of_homes.drop_nulls("value").group_by("place", maintain_order=True):
        others = home.filter(pl.col("value") != pl.col("said"))
        alone = home.filter(pl.col("value") == pl.col("said"))
        if alone.height == 1 < others.height and others["value"].n_unique() == 1:
            yield alone["ref"][0], alone["value"][0], others["value"][0], others["ref"][0]
        else:
            yield from others.select("ref", "value", "said", "head").iter_rows()


def _once(seen: Sequence[Observation]) -> Iterator[Observation]:
    """Without those of rows that differ from a cell that is itself odd beside another sheet's."""
    copies = [each for each in seen if each.notice == Notice.COPIES_DIFFER]
    told: dict[tuple[Any, str | None], Any] = {}
    for each in copies:
        told.setdefault((each.ref, each.column), each.seen["other"])
    done = set()
    for each in seen:
        if each.notice == Notice.COPIES_DIFFER:
            at = each.ref, each.column
            is_right = told.get((each.seen["where"], each.column)) == each.seen["value"]
            if is_right or (at, each.seen["other"]) in done:
                continue
            done.add((at, each.seen["other"]))
        yield each


def _merge(
    table: str,
    own: pl.DataFrame,
    embedded: pl.DataFrame,
    sheets: Sequence[SheetTable],
    but: Sequence[str],
) -> Joined:
    """Rows of the table's own sheets, filled from the embedded rows of the same household."""
    embedded = embedded.select(own.columns)
    if own.is_empty():
        return embedded, []
    extra = embedded.filter(pl.col("household_id").is_not_null()).unique(
        "household_id", keep="first", maintain_order=True
    )
    seen = list(differences(table, own, extra, "household_id", but))
    merged = absorb(own, extra, "household_id", sheets)
    rest = embedded.join(own, on="household_id", how="anti", maintain_order="left")
    return pl.concat([merged, rest]), seen


def _other_phones(homes: pl.DataFrame, members: pl.DataFrame) -> Iterator[Observation]:
    """The phones in the heads' rows that differ from their household's.

    On a sheet on which members have phones of their own the head's is his as well.
    """
    key = ["household_id", "phone"]
    own = homes.select(*key, "ref").drop_nulls(key)
    if own.is_empty() or members["phone"].null_count() == members.height:
        return
    heads = members.filter("is_head").drop_nulls(key).join(own, on=key, how="anti")
    heads = heads.join(own, on="household_id", how="semi", maintain_order="left")
    if heads.is_empty():
        return
    phones = members.drop_nulls(key).unique([*key]).with_columns(sheet=sheet_number())
    several = pl.col("household_id").is_duplicated()
    phones = phones.with_columns(several=several, share=several.mean().over("sheet"))
    of_home = phones.filter(~pl.col("several"), pl.col("share") < _OF_OWN)
    heads = heads.join(of_home, on="household_id", how="semi", maintain_order="left")
    heads = heads.unique("household_id", keep="first", maintain_order=True)
    yield from differences("household", own, heads.select(*key, "ref", "apart"), "household_id")


def _with_origin(table: str, frame: pl.DataFrame, sheets: Sequence[SheetTable]) -> pl.DataFrame:
    """`own`: whether the row stands in a sheet of the table, not on a card or in another's."""
    numbers = [i for i, s in enumerate(sheets) if s.table == table and not s.is_card]
    return frame.with_columns(sheet_number().is_in(numbers).alias("own"))


def _renamed(seen: list[Observation]) -> list[Observation]:
    """The same, but households of one village that a sheet calls otherwise are one.

    It is the village that has two names, and not each household that is in the wrong one.
    """
    homes: dict[tuple[str, ...], set[Any]] = {}
    for each in seen:
        if pair := _two_names(each):
            homes.setdefault(pair, set()).add(each.seen["where"])
    told: set[tuple[str, ...]] = set()
    rest = []
    for each in seen:
        pair = _two_names(each)
        count = len(homes.get(pair, ()))
        if count < _RENAMED:
            rest.append(each)
        elif pair not in told:
            told.add(pair)
            many = {**each.seen, "count": count}
            rest.append(each._replace(notice=Notice.VILLAGE_RENAMED, seen=many))
    return rest


def _two_names(each: Observation) -> tuple[str, ...]:
    """The table and the two names, or codes, of a village that copies differ in; else empty."""
    if each.notice != Notice.COPIES_DIFFER or each.column not in ("village", "village_code"):
        return ()
    return each.table, each.column, whole_village(each.value), whole_village(each.expected)
