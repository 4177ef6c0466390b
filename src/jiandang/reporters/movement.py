"""The movement table and its lists in words: what all formats show of two dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jiandang.report.movement import (
    HANDED_IN_NAMES,
    LIST_NAMES,
    Balance,
    CountyProgress,
    Listing,
    Movement,
    MovementLine,
    Number,
)

UNSTATED = "未注明"
# In place of a number that nobody knows.
_NOT_HANDED_IN = "—"
# In the order of the columns; what else there is comes behind, what nobody gave a reason for last.
_INCREASES = ("新识别", "出生", "婚入", "迁入")
_DECREASES = ("死亡", "婚出", "迁出", "清退")
_POOR_INCREASES = ("新识别", "返贫", "增加")
_POOR_DECREASES = ("脱贫", "减少", "清退")

LIST_COLUMNS = (
    "变动", "县", "镇", "村", "户编号", "户主", "姓名", "证件号码", "上次", "本次",
)  # fmt: skip


@dataclass(frozen=True)
class Flow:
    """A column of a balance: a sign, and the reason."""

    sign: str
    reason: str

    @property
    def heading(self) -> str:
        end = {"+": "增", "-": "减"}[self.sign] if self.reason == UNSTATED else ""
        return f"{'' if end else self.sign}{self.reason}{end}"

    def of(self, balance: Balance) -> Number:
        flows = balance.increases if self.sign == "+" else balance.decreases
        return flows.get(self.reason, Number())


def registered_flows(lines: Iterable[MovementLine]) -> list[Flow]:
    """The columns of 在册: the usual reasons, and those that there are."""
    return _flows([line.registered for line in lines], _INCREASES, _DECREASES, UNSTATED)


def poor_flows(lines: Iterable[MovementLine]) -> list[Flow]:
    """The columns of 未脱贫."""
    return _flows([line.poor for line in lines], _POOR_INCREASES, _POOR_DECREASES)


def _flows(
    balances: Sequence[Balance], increases: Sequence[str], decreases: Sequence[str], *last: str
) -> list[Flow]:
    def reasons(usual: Sequence[str], found: Iterable[dict[str, Number]]) -> list[str]:
        others = sorted({reason for flows in found for reason in flows} - {*usual, *last})
        return [*usual, *others]

    ways = (
        [Flow("+", r) for r in reasons(increases, (b.increases for b in balances))],
        [Flow("-", r) for r in reasons(decreases, (b.decreases for b in balances))],
    )
    return [*ways[0], *ways[1], *(Flow(sign, r) for sign in "+-" for r in last)]


def flow_text(number: Number) -> str:
    """`1/3` for a household of three, `3` for three persons."""
    return f"{number.households}/{number.persons}" if number.households else str(number.persons)


def ends_text(line: MovementLine) -> tuple[str, str]:
    """期初 and 期末 of the registered, `28/72` for households and persons."""
    opening, closing = (
        _NOT_HANDED_IN if n is None else f"{n.households}/{n.persons}"
        for n in (line.registered.opening, line.registered.closing)
    )
    return opening, closing


def stocks_text(line: MovementLine) -> tuple[str, str]:
    """期初 and 期末 of the registered, `28户 72人`."""
    opening, closing = (
        _NOT_HANDED_IN if n is None else stock_text(n)
        for n in (line.registered.opening, line.registered.closing)
    )
    return opening, closing


def stock_text(number: Number) -> str:
    """`28户 72人`."""
    return f"{number.households}户 {number.persons}人"


def poor_text(line: MovementLine, flows: Sequence[Flow]) -> str:
    """The persons below the line, in one: `期初 189 + 新识别 5 - 脱贫 41 = 期末 153`."""
    parts = "".join(f" {f.sign} {f.reason} {f.of(line.poor).persons}" for f in flows)
    opening, closing = (
        _NOT_HANDED_IN if n is None else str(n.persons)
        for n in (line.poor.opening, line.poor.closing)
    )
    return f"期初 {opening}{parts} = 期末 {closing}"


def line_name(line: MovementLine) -> str:
    """What a line is of, and whether it was handed in once only."""
    once = HANDED_IN_NAMES[line.handed_in]
    return f"{line.name}（{once}）" if once else line.name


def listing_texts(listing: Listing) -> list[str]:
    """The texts of a row of a list, by `LIST_COLUMNS`."""
    return [
        text or ""
        for text in (
            listing.what, listing.county, listing.town, listing.village, listing.household,
            listing.head, listing.person, listing.id_number, listing.before, listing.now,
        )
    ]  # fmt: skip


def lists_by_kind(listings: Iterable[Listing]) -> dict[str, list[Listing]]:
    """The rows of each list by its name: 进, 出, 更正, 户变动."""
    lists: dict[str, list[Listing]] = {name: [] for name in LIST_NAMES.values()}
    for listing in listings:
        lists[LIST_NAMES[listing.list]].append(listing)
    return lists


def lists_by_village(movement: Movement) -> list[tuple[MovementLine, dict[str, list[Listing]]]]:
    """The lines of the villages, each with the lists of its own."""
    own: dict[tuple[str | None, ...], list[Listing]] = {}
    for listing in movement.lists:
        own.setdefault((listing.county, listing.town, listing.village), []).append(listing)
    return [
        (line, lists_by_kind(own.get((line.county, line.town, line.village), ())))
        for line in movement.lines
        if line.level == "village"
    ]


def progress_lines(progress: CountyProgress) -> list[str]:
    """What is done and what is missing, with the exits by year and the eight."""
    lines = [*progress.outlook]
    exits = "；".join(
        f"{each.year} 年 {stock_text(each.exited)}"
        + (f"（计划 {each.goal} 人）" if each.goal is not None else "")
        for each in progress.exits
    )
    if exits:
        lines.append(f"各年脱贫：{exits}")
    weak = progress.weak_villages
    if weak.some_known:
        each = "、".join(f"{name} {count}" for name, count in weak.has.items())
        lines.append(f"新“八有”，{weak.registered} 个村里有的：{each}")
    if weak.missing:
        lines.append(f"还没有达标的村：{'、'.join(weak.missing)}")
    return lines


def progress_name(progress: CountyProgress) -> str:
    return progress.county or "全部"
