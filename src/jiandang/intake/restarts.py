"""Where the numbers of households begin anew: in each group of a village, sheet or run of rows."""

from collections.abc import Mapping, Sequence

import polars as pl

from jiandang.register.notice import Notice
from jiandang.register.register import Observation, SheetTable, reference

c = pl.col

# What households are told by whose village nobody names.
_NO_VILLAGE = "（未注明村{}）"
_MOST = 0.5


def begin_anew(pairs: pl.DataFrame, within: Sequence[str], unit: str) -> pl.DataFrame:
    """The units most of whose numbers another unit has too: one that two have is a slip.

    `pairs` are distinct, of a unit and a number.
    """
    shared = pl.struct(*within, "number").is_duplicated()
    shares = pairs.with_columns(shared=shared).group_by(*within, unit, maintain_order=True)
    return shares.agg(c.shared.mean()).filter(c.shared > _MOST)


def by_group(known: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The rows of villages in which each group begins anew are told by the group as well."""
    heads = (
        pl.concat(
            frame.filter("is_head").select("label", "group", "number", table=pl.lit(name))
            for name, frame in known.items()
        )
        .drop_nulls()
        .unique(maintain_order=True)
    )
    of_groups = heads.group_by("table", "label", "group").agg(
        size=pl.len(), last=c.number.cast(pl.Int64, strict=False).max()
    )
    villages = of_groups.group_by("table", "label").agg(
        groups=pl.len(), from_one=(c("size") == c("last")).all()
    )
    twice = pl.struct("table", "label", "number").is_duplicated()
    shared = heads.with_columns(twice=twice).group_by("table", "label").agg(c.twice.mean())
    anew = (
        villages.join(shared, on=["table", "label"])
        .filter((c.groups > 1) & ((c.twice > _MOST) | ((c.twice > 0) & c.from_one)))["label"]
        .unique()
        .implode()
    )
    if anew.explode().is_empty():
        return dict(known)
    whole = pl.when(c.label.is_in(anew)).then(pl.format("{}{}组", "label", "group"))
    numbers = (
        pl.concat(frame.select("label", "number", only=whole) for frame in known.values())
        .drop_nulls()
        .unique()
    )
    only = numbers.filter(~pl.struct("label", "number").is_duplicated())
    return {
        name: frame.join(only, on=["label", "number"], how="left", maintain_order="left")
        .with_columns(label=pl.coalesce(whole, "only", "label"))
        .drop("only")
        for name, frame in known.items()
    }


def by_order(
    known: Mapping[str, pl.DataFrame], sheets: Sequence[SheetTable]
) -> tuple[dict[str, pl.DataFrame], list[Observation]]:
    """Where nobody names a village and numbers begin anew: told by the file, the sheet or the rows.

    That the village is wanted is said once.
    """
    layouts = {
        layout: number for number, layout in enumerate(dict.fromkeys(s.layout for s in sheets))
    }
    layout_of = {number: layouts[sheet.layout] for number, sheet in enumerate(sheets)}
    is_bare = c.label.is_null() & c.number.is_not_null()
    frames = {
        name: frame.with_columns(
            is_bare=is_bare,
            layout=c.page.replace_strict(layout_of, return_dtype=pl.Int64),
            block=_blocks().over("page"),
        )
        for name, frame in known.items()
        if frame.select(is_bare.any()).item()
    }
    if not frames:
        return dict(known), []
    for unit in (["file"], ["page"], ["page", "block"]):
        units = pl.concat(frame.filter("is_bare").select(unit) for frame in frames.values())
        nth = units.unique(maintain_order=True).with_row_index("unit", 1)
        told = {name: _told(frame, nth, unit) for name, frame in frames.items()}
        if any(map(_have_own_households, told.values())):
            pages = pl.concat(frame.filter("is_bare")["page"] for frame in told.values())
            first = min(pages.to_list())
            return {**known, **told}, [_wanted(sheets[first], first)]
    return dict(known), []


def by_runs(known: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Tables that name no village, beside others that do: told by the runs of their numbers.

    They are the villages' in their order, where there are as many and each has no other numbers.
    """
    named = pl.concat(frame.select("label", "number").drop_nulls() for frame in known.values())
    of_village: dict[str, set[str]] = {}
    for label, number in named.unique(maintain_order=True).iter_rows():
        of_village.setdefault(label, set()).add(number)
    found = dict(known)
    for name, frame in known.items():
        is_bare = frame["label"].is_null().all() and frame["number"].is_not_null().any()
        if len(of_village) < 2 or not is_bare:
            continue
        number = c.number.cast(pl.Int64, strict=False)
        runs = frame.with_columns(run=(number < number.shift()).fill_null(False).cum_sum())
        numbers = runs.group_by("run", maintain_order=True).agg(c.number.drop_nulls())["number"]
        own = [set(each) for each in numbers]
        if len(own) == len(of_village) and all(map(set.issubset, own, of_village.values())):
            labels = dict(enumerate(of_village))
            found[name] = runs.with_columns(
                label=c.run.replace_strict(labels, return_dtype=pl.String)
            ).drop("run")
    return found


def without_untold(
    known: Mapping[str, pl.DataFrame], sheets: Sequence[SheetTable]
) -> tuple[dict[str, pl.DataFrame], list[Observation]]:
    """The tables; where one names hardly a village and no head, without numbers that several have.

    Whose these are nobody can tell. That the village is wanted is said once for each table.
    """
    named = pl.concat(frame.select("label", "number").drop_nulls() for frame in known.values())
    several = named.unique().filter(c.number.is_duplicated())["number"].unique().implode()
    told, seen = dict(known), []
    for name, frame in known.items():
        is_untold = _is_bare(frame) & frame.select(c.number.is_in(several)).to_series()
        share = is_untold.mean()
        if isinstance(share, float) and share > _MOST and frame["who"].is_null().all():
            blank = pl.lit(None, pl.String)
            told[name] = frame.with_columns(
                pl.when(is_untold).then(blank).otherwise(each).alias(each)
                for each in ("number", "raw")
            )
            first = frame.filter(is_untold)["page"].min()
            assert isinstance(first, int)
            seen.append(_wanted(sheets[first], first))
    return told, seen


def _is_bare(frame: pl.DataFrame) -> pl.Series:
    return frame.select(c.label.is_null() & c.number.is_not_null()).to_series()


def _told(frame: pl.DataFrame, nth: pl.DataFrame, unit: Sequence[str]) -> pl.DataFrame:
    joined = frame.join(nth, on=[*unit], how="left", maintain_order="left")
    own = pl.when("is_bare").then(pl.format(_NO_VILLAGE, "unit"))
    return joined.with_columns(label=pl.coalesce("label", own))


def _have_own_households(frame: pl.DataFrame) -> bool:
    """Whether units of one layout have the same numbers for other heads, two numbers at least.

    Under the same heads they are the same households, in another list.
    """
    heads = frame.filter(c.is_bare & c.is_head).select("layout", "unit", "number", "who")
    heads = heads.drop_nulls().unique(maintain_order=True)
    several = [c.unit.n_unique().over("layout", "number", *who) > 1 for who in ([], ["who"])]
    shares = heads.with_columns(shared=several[0] & ~several[1]).group_by("layout", "unit")
    found = shares.agg(c.shared.mean(), size=c.number.n_unique())
    return found.filter((c.shared > _MOST) & (c("size") > 1)).height > 0


def _blocks() -> pl.Expr:
    """A number for each run of rows that begins with the first number of the sheet again."""
    is_next = c.number.ne_missing(c.number.shift())
    return (is_next & (c.number == c.number.first()).fill_null(False)).cum_sum()


def _wanted(sheet: SheetTable, number: int) -> Observation:
    return Observation(
        Notice.MISSING_COLUMN,
        reference(number, sheet.heading_row),
        sheet.table,
        sheet_column=sheet.column("household_id"),
        seen={
            "column": "行政村（或村码）",
            "hint": "；户编号从头编了不止一遍，没有村名分不清是哪一户，请加上行政村一列",
        },
    )
