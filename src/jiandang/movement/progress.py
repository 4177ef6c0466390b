"""Progress against the goals of the round: what is done, and what is missing, for each county."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from jiandang.policy import Policy
from jiandang.register.tables import COLUMNS
from jiandang.register.village import EIGHT
from jiandang.report.movement import CountyProgress, ExitYear, Number, WeakVillages

c = pl.col

_OUT_OF_POVERTY = "已脱贫"


@dataclass
class Counted:
    """What is counted in a county; the counts of its parts add up."""

    registered: Counter[str] = field(default_factory=Counter)
    poor: Counter[str] = field(default_factory=Counter)
    exits: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    incomes: Counter[str] = field(default_factory=Counter)
    villages: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)

    def add(self, other: "Counted") -> None:
        self.registered += other.registered
        self.poor += other.poor
        self.incomes += other.incomes
        self.villages += other.villages
        self.missing += other.missing
        for year, counts in other.exits.items():
            self.exits[year] += counts


ByCounty = dict[str, Counted]  # by the six digits of its code, else by its name


def is_reached(year: int | pl.Expr) -> pl.Expr:
    """Whether a village is called 达标: it says so, or the year in which it was to be is over."""
    return pl.coalesce(c.reached, c.goal_year < year).fill_null(False)


def counted_of(tables: Mapping[str, pl.DataFrame], policy: Policy, year: int) -> ByCounty:
    """What a register has to show for the goals, by county, in `year`."""
    counted: ByCounty = defaultdict(Counted)
    _count_households(counted, tables, policy)
    _count_villages(counted, tables["village"], policy, year)
    return dict(counted)


def _county() -> pl.Expr:
    code = c.village_code12.str.slice(0, 6)
    return pl.coalesce(code, c.county, pl.lit("")).alias("of")


def _count_households(
    counted: ByCounty, tables: Mapping[str, pl.DataFrame], policy: Policy
) -> None:
    sizes = tables["member"].drop_nulls("household_id").group_by("household_id").len("members")
    homes = tables["household"].drop_nulls("household_id").unique("household_id", keep="first")
    homes = homes.join(sizes, on="household_id", how="left").with_columns(
        persons=pl.coalesce("members", "size", pl.lit(0)),
        is_out=(c.status == _OUT_OF_POVERTY).fill_null(False),
        year=c.exited.str.slice(0, 4).cast(pl.Int64, strict=False),
    )
    groups = homes.group_by(_county(), "is_out", "year").agg(
        households=pl.len(),
        persons=c.persons.sum(),
        known=c.per_capita.is_not_null().sum(),
        reached=(c.per_capita >= policy.income_line).sum(),
    )
    for row in groups.iter_rows(named=True):
        own = counted[row["of"]]
        numbers = Counter(households=row["households"], persons=row["persons"])
        own.registered += numbers
        own.incomes += Counter(known=row["known"], reached=row["reached"])
        if not row["is_out"]:
            own.poor += numbers
        elif row["year"] is not None:
            own.exits[row["year"]] += numbers


def _count_villages(counted: ByCounty, villages: pl.DataFrame, policy: Policy, year: int) -> None:
    """Weak villages, and those that were: they say that they have 达标."""
    weak = villages.with_columns(is_reached=is_reached(year)).filter(
        c.weak_village.fill_null(False) | c.is_reached
    )
    weak = weak.select(
        _county(), "village", "is_reached", "collective_income", *EIGHT,
        has_all=pl.all_horizontal(c(name).fill_null(False) for name in EIGHT),
        known=pl.all_horizontal(c(name).is_not_null() for name in EIGHT),
    )  # fmt: skip
    for row in weak.iter_rows(named=True):
        own, income = counted[row["of"]], row["collective_income"]
        own.villages += Counter(
            registered=1,
            income_known=income is not None,
            income_reached=income is not None and income >= policy.village_income,
            reached=row["is_reached"],
            has_all=row["has_all"],
            eight_known=row["known"],
            **{name: bool(row[name]) for name in EIGHT},
        )
        if not row["is_reached"]:
            own.missing.append(row["village"] or "")


def progress_of(
    parts: Iterable[ByCounty], policy: Policy, show: Callable[[str | None], str | None]
) -> list[CountyProgress]:
    """The sum of the parts by county, and of all where there are several counties."""
    together: ByCounty = defaultdict(Counted)
    everything = Counted()
    for part in parts:
        for county, counted in part.items():
            together[county].add(counted)
            everything.add(counted)
    progress = [
        _progress(
            show(policy.county_codes.get(code, code) or None),
            code in policy.goals.leaving,
            counted,
            policy,
            exits=policy.goals.exits if len(together) == 1 else {},
            show=show,
        )
        for code, counted in sorted(together.items())
    ]
    if len(progress) != 1:
        progress.append(
            _progress(
                None,
                False,
                everything,
                policy,
                exits=policy.goals.exits,
                weak_villages=policy.goals.weak_villages,
                show=show,
            )
        )
    return progress


def _progress(
    county: str | None,
    leaves: bool,
    counted: Counted,
    policy: Policy,
    *,
    exits: Mapping[str, int],
    weak_villages: int | None = None,
    show: Callable[[str | None], str | None],
) -> CountyProgress:
    """The progress of a county, with the goals that are its own, or of all counties together."""
    villages = counted.villages
    years = sorted({*counted.exits, *map(int, exits)})
    by_year = [
        ExitYear(
            year=year,
            exited=_number(counted.exits.get(year, Counter())),
            goal=exits.get(str(year)),
        )
        for year in years
    ]
    weak = WeakVillages(
        planned=weak_villages,
        registered=villages["registered"],
        income_known=villages["income_known"],
        income_reached=villages["income_reached"],
        reached=villages["reached"],
        has={COLUMNS["village"][name].heading: villages[name] for name in EIGHT},
        has_all=villages["has_all"],
        eight_known=villages["eight_known"],
        missing=sorted(show(name) or "" for name in counted.missing),
    )
    found = CountyProgress(
        county=county,
        leaves=leaves,
        registered=_number(counted.registered),
        poor=_number(counted.poor),
        income_known=counted.incomes["known"],
        income_reached=counted.incomes["reached"],
        exits=by_year,
        weak_villages=weak,
        outlook=[],
    )
    return found.model_copy(update={"outlook": _outlook(found, policy)})


def _number(counts: Counter[str]) -> Number:
    return Number(households=counts["households"], persons=counts["persons"])


def _eight(weak: WeakVillages) -> str:
    """How many villages have all eight, and of how many not all of them are said."""
    if not weak.some_known:
        return "没有新“八有”各列，看不出"
    unsaid = weak.registered - weak.eight_known
    return f"新“八有”齐全的 {weak.has_all} 个" + (f"，没有填全的 {unsaid} 个" if unsaid else "")


def _outlook(found: CountyProgress, policy: Policy) -> list[str]:
    """What is done and what is missing for the goal year and for the year behind it."""
    goal, last = policy.goal_year, policy.goals.last_year
    out = found.registered.households - found.poor.households
    said = [
        f"{goal} 年达标：已脱贫 {out} 户，"
        + (
            f"还有 {found.poor.households} 户 {found.poor.persons} 人未脱贫"
            if found.poor.households
            else "没有未脱贫的户"
        )
    ]
    weak = found.weak_villages
    if weak.registered:
        short = weak.registered - weak.income_reached
        said.append(
            f"经济薄弱村 {weak.registered} 个，集体收入达到 {policy.village_income:g} 万元的 "
            f"{weak.income_reached} 个，还差 {short} 个；" + _eight(weak)
        )
    below = found.income_known - found.income_reached
    said.append(
        f"{last} 年巩固：填了人均纯收入的 {found.income_known} 户里，"
        f"达到 {policy.income_line:g} 元的 {found.income_reached} 户，不到的 {below} 户"
    )
    if found.leaves:
        done = not found.poor.households and not weak.missing
        said.append(
            "退出重点县：登记的户和经济薄弱村都已达标"
            if done
            else "退出重点县：还不具备，先完成上面所缺的"
        )
    return said
