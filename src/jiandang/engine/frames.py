"""The columns that rules see: the register's, and derived ones that are made when needed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property
from itertools import combinations

import polars as pl

from jiandang.engine.derived import Cell
from jiandang.engine.plan import Plan
from jiandang.engine.resolution import Step
from jiandang.register.notice import Notice
from jiandang.register.place import plain_village
from jiandang.register.register import OF_HOUSEHOLDS, Observation, Register
from jiandang.register.tables import COLUMNS

_PEOPLE = (
    "household_id", "county", "town", "village", "name", "head_name", "relation", "person_id",
    "id_number",
)  # fmt: skip
_FEW = 1000
_KEY = ".key"
_PEOPLE_SCHEMA = {"ref": pl.Int64, **dict.fromkeys(_PEOPLE, pl.String)}


class Frames:
    """The tables of a register under a plan, growing by the derived columns that are asked for."""

    def __init__(self, register: Register, plan: Plan, today: date) -> None:
        self.register = register
        self.plan = plan
        self._apart: dict[tuple[str, str], bool] = {}
        self._numbers_of: dict[str, pl.Series] = {}
        self._today = today
        self._made = set(plan.resolution.inventory.given)
        self._frames = {
            name: frame.with_columns(pl.lit(today).alias("today"))
            for name, frame in register.tables.items()
        }

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self._frames[table]

    def beside(self, register: Register, plan: Plan) -> "Frames":
        """The frames of the same rows in a register that has more columns, or tables beside.

        What has been made of them is not made again.
        """
        frames = Frames(register, plan, self._today)
        made: dict[str, list[pl.Series]] = defaultdict(list)
        for table, name in self._made - frames._made:
            made[table].append(self._frames[table][name])
        for table, columns in made.items():
            frames._frames[table] = frames._frames[table].with_columns(columns)
        frames._made |= self._made
        return frames

    def are_apart(self, one: str, other: str) -> bool:
        """Whether two tables have no household in common, though both have some."""
        pair = (min(one, other), max(one, other))
        if pair not in self._apart:
            first, second = (self._numbers(table) for table in pair)
            self._apart[pair] = not (
                first.is_empty()
                or second.is_empty()
                # Nearly always one of the first will do.
                or second.is_in(first.head(_FEW).implode()).any()
                or second.is_in(first.implode()).any()
            )
        return self._apart[pair]

    @cached_property
    def some_are_apart(self) -> bool:
        """Whether any two tables of households have none in common."""
        return any(self.are_apart(*pair) for pair in combinations(OF_HOUSEHOLDS, 2))

    @cached_property
    def unnumbered(self) -> frozenset[str]:
        """The tables that have rows, and no household's number in any."""
        rows = {table: self._frames[table] for table in OF_HOUSEHOLDS if table in self._frames}
        return frozenset(
            table
            for table, frame in rows.items()
            if frame.height
            and "household_id" in frame.columns
            and frame["household_id"].null_count() == frame.height
        )

    def _numbers(self, table: str) -> pl.Series:
        """The households' numbers in the table's own sheets, else in all that have its columns."""
        if table not in self._numbers_of:
            frame = self[table]
            numbers = pl.Series(dtype=pl.String)
            if "household_id" in frame.columns:
                numbers = frame["household_id"]
                if "own" in frame.columns and frame["own"].any():
                    numbers = numbers.filter(frame["own"])
            self._numbers_of[table] = numbers.drop_nulls()
        return self._numbers_of[table]

    def noticed(self, notice: Notice | None) -> list[Observation]:
        """What reading noticed of this kind."""
        return self._by_notice.get(notice, []) if notice else []

    def forget_noticed(self) -> None:
        """Let go of what reading noticed: what rules have found of it is kept by the hits."""
        self.register.observations.clear()
        self._by_notice.clear()

    @cached_property
    def _by_notice(self) -> dict[Notice, list[Observation]]:
        seen: dict[Notice, list[Observation]] = defaultdict(list)
        for each in self.register.observations:
            seen[each.notice].append(each)
        return dict(seen)

    def ensure(self, cells: Iterable[Cell]) -> None:
        """Add the derived columns among `cells` to the frames."""
        wanted = set(cells) - self._made
        for step in self.plan.resolution.steps(wanted, self._made) if wanted else ():
            self._frames[step.table] = self._with_columns(step)
            self._made.update((step.table, name) for name in step.expressions)

    def people(self, refs: Collection[int]) -> pl.DataFrame:
        """Who stands in the rows of the sheets with these references, and where they live.

        `name` is the head's where the row is a household's; `member` is a member's alone.
        """
        found = []
        for table in COLUMNS if refs else ():
            names = [name for name in _PEOPLE if name in self[table].columns]
            found.append(self[table].filter(pl.col("ref").is_in(refs)).select("ref", *names))
            # They stand in the other rows too from which theirs has been put together.
            together = self[table].filter(pl.col("others").list.len() > 0)
            others = together.select(pl.col("others").alias("ref"), *names).explode("ref")
            found.append(others.filter(pl.col("ref").is_in(refs)))
        found = [rows.with_columns(pl.col("^relation$").cast(pl.String)) for rows in found]
        together = pl.concat([pl.DataFrame(schema=_PEOPLE_SCHEMA), *found], how="diagonal")
        people = together.unique("ref", keep="first", maintain_order=True)
        name = pl.coalesce("name", "head_name")
        return people.with_columns(name, member="name").drop("head_name")

    @cached_property
    def people_noticed(self) -> pl.DataFrame:
        """The `people` of all rows in which reading noticed something."""
        return self.people({each.ref for each in self.register.observations})

    def _with_columns(self, step: Step) -> pl.DataFrame:
        frame = self._frames[step.table]
        made = [expression.alias(name) for name, expression in step.expressions.items()]
        if step.source is None:
            return frame.with_columns(made)
        source = self._frames[step.source]
        if step.on is None:
            return frame.hstack(_by_village(frame, source, made))
        own, other = step.on
        asked = pl.col(other).is_not_null()
        if frame.height < source.height:  # most groups are of no row: a list has few of the people
            asked = pl.col(other).is_in(frame[own].drop_nulls().implode())
        grouped = source.lazy().filter(asked).group_by(other).agg(made)
        keys = frame.lazy().select(pl.col(own).alias(other))
        joined = keys.join(grouped, on=other, how="left", maintain_order="left").drop(other)
        return frame.hstack(_collected(joined))


def _by_village(frame: pl.DataFrame, source: pl.DataFrame, made: list[pl.Expr]) -> pl.DataFrame:
    """The columns, aggregated from the rows of `source` of the same village as each row of `frame`.

    Where both sides have codes, villages are matched by code, else by their name in the town
    (a code may be wrong); where one side has none, by name.
    """
    code, plain = pl.col("village_code12"), plain_village(pl.col("village"))
    coded = frame["village_code12"].is_not_null()
    has_codes = source["village_code12"].null_count() < source.height
    if not (has_codes and coded.any()):
        return _by_key(frame, source, made, plain)
    found = _by_key(frame, source, made, code)
    # Mostly all villages have their codes on both sides: then no other way is gone.
    if any(found.filter(coded).null_count().row(0)):
        by_town = _by_key(frame, source, made, pl.concat_str(code.str.slice(0, 9), plain))
        found = found.select(pl.coalesce(each, by_town[each.name]) for each in found)
    if not coded.all():
        by_name = _by_key(frame, source, made, plain)
        found = found.select(
            pl.when(coded).then(each).otherwise(by_name[each.name]).alias(each.name)
            for each in found
        )
    return found


def _by_key(
    frame: pl.DataFrame, source: pl.DataFrame, made: list[pl.Expr], key: pl.Expr
) -> pl.DataFrame:
    """The columns, aggregated from the rows of `source` with the key of each row of `frame`."""
    grouped = source.lazy().group_by(key.alias(_KEY)).agg(made).drop_nulls(_KEY)
    joined = (
        frame.lazy()
        .select(key.alias(_KEY))
        .join(grouped, on=_KEY, how="left", maintain_order="left")
    )
    return _collected(joined.drop(_KEY))


def _collected(frame: pl.LazyFrame) -> pl.DataFrame:
    """One call of Polars for all of it; in memory, where the rows of a group keep their order."""
    return frame.collect(engine="in-memory")
