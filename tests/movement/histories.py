"""Random histories of the sample towns: what happened between two registers, and the ledger of it.

No person and no household has part in two events, so that the ledger says what must be found.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from town import AS_OF, Row, Town
from towns import home as first_town
from towns import neighbour

from generators.people import with_check
from jiandang import check, load_policy
from jiandang.register.register import Register
from jiandang.report.model import Report
from jiandang.report.movement import Movement, Number

# The villages of the second town have names of their own.
_OTHER_NAMES = {"王庄村": "周庄村", "柳湾村": "吴湾村", "陈桥村": "郑桥村"}
_PLACE = ("乡(镇)", "行政村", "村码", "户编号")
_DIGITS = "零一二三四五六七八九"
# Part of the balance, its village, the reason.
Entry = tuple[str, str, str]


def two_towns() -> Town:
    """Two towns as one; who moves from the one to the other may move between files."""
    town, other = first_town(), neighbour()
    for sheet, rows in other.sheets.items():
        for row in rows:
            for heading, value in row.items():
                row[heading] = _OTHER_NAMES.get(value, value)
            if helper := row.get("帮扶责任人"):
                row["帮扶责任人"] = f"{helper}芳"  # who is a namesake in one register
        town.sheets[sheet] += rows
    return town


@dataclass
class History:
    """A register of two dates, the list of what happened between them, and the ledger.

    `registered` and `poor` count [households, persons] by ("increases" or "decreases", village,
    reason).
    """

    random: Random
    before: Town = field(default_factory=Town)
    now: Town = field(default_factory=Town)
    registered: dict[Entry, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    poor: dict[Entry, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    # What the lists 更正 and 户变动 must have, by what they call it and the village.
    listed: Counter[tuple[str, str]] = field(default_factory=Counter)
    touched: set[str] = field(default_factory=set)
    made: int = 0

    def __post_init__(self) -> None:
        """Some households are out of poverty from the beginning."""
        self.villages = {
            row["行政村"]: {key: row[key] for key in _PLACE[:-1]} for row in self.now.rows("农户")
        }
        for number in self.random.sample([r["户编号"] for r in self.now.rows("农户")], 12):
            for town in (self.before, self.now):
                town.row("农户", 户编号=number)["脱贫属性"] = "已脱贫"

    def compared(self, changes: Register | None) -> tuple[Movement, set[str]]:
        """What a check of both dates finds, and the rules that found anything."""
        report = self.report(changes)
        assert report.movement is not None
        return report.movement, {finding.rule for finding in report.findings}

    def report(self, changes: Register | None) -> Report:
        """A check of both dates by the rules about these."""
        policy = load_policy("xuzhou-2016")
        return check(
            self.now.register(policy),
            policy,
            as_of=AS_OF,
            select="DT",
            before=self.before.register(policy),
            changes=changes,
        )

    # -- who -----------------------------------------------------------------------------------

    def home(self, *, least: int = 1, most: int = 99, status: str = "") -> Row | None:
        """A household that has no part in any event yet, at random."""
        people = Counter(row["户编号"] for row in self.now.sheets["成员"])
        homes = [
            row
            for row in self.now.sheets["农户"]
            if row["户编号"] not in self.touched
            and least <= people[row["户编号"]] <= most
            and row["脱贫属性"] == (status or row["脱贫属性"])
        ]
        if not homes:
            return None
        home = self.random.choice(homes)
        self.touched.add(home["户编号"])
        return home

    def person(self, home: Row, **cells: object) -> Row:
        """Somebody new in a household."""
        self.made += 1
        like = self.now.members(home)[0]
        name = "赵" + "".join(_DIGITS[int(digit)] for digit in f"{self.made:02}")
        number = with_check(
            f"3203242016{self.made % 12 + 1:02}{self.made % 28 + 1:02}{self.made:03}"
        )
        row = {**like, "姓名": name, "证件号码": number, "出生日期": None, "残疾证号": None}
        row |= {"与户主关系": "其他", "人编号": f"{home['户编号']}{50 + self.made % 50}", **cells}
        self.now.sheets["成员"].append(row)
        return row

    def number(self, village: str) -> str:
        """A household's number that nobody has."""
        self.made += 1
        return f"{self.villages[village]['村码']}{500 + self.made}"

    # -- the ledger ----------------------------------------------------------------------------

    def enter(self, part: str, home: Row, reason: str, persons: int, households: int = 0) -> None:
        """In both balances, as far as the household is below the line."""
        count = Counter(households=households, persons=persons)
        self.registered[part, home["行政村"], reason] += count
        if home["脱贫属性"] != "已脱贫":
            usual = {"新识别", "清退"}
            other = "增加" if part == "increases" else "减少"
            self.poor[part, home["行政村"], reason if reason in usual else other] += count


Event = Callable[[History], None]


def _joins(history: History, reason: str) -> None:
    if home := history.home():
        history.now.change(history.person(home), "增加", reason)
        history.enter("increases", home, reason, 1)


def birth(history: History) -> None:
    _joins(history, "出生")


def marriage_in(history: History) -> None:
    _joins(history, "婚入")


def _leaves(history: History, reason: str) -> None:
    if home := history.home(least=2):
        row = history.now.members(home)[-1]
        history.now.sheets["成员"].remove(row)
        history.now.change(row, "减少", reason)
        history.enter("decreases", home, reason, 1)


def death(history: History) -> None:
    _leaves(history, "死亡")


def marriage_out(history: History) -> None:
    _leaves(history, "婚出")


def unstated(history: History) -> None:
    """Somebody left, and nobody says why."""
    if home := history.home(least=2):
        history.now.sheets["成员"].remove(history.now.members(home)[-1])
        history.enter("decreases", home, "未注明", 1)


def move(
    history: History, out: str = "迁出", into: str = "迁入", *, declared: bool = False
) -> None:
    """From a household of one village to that of another."""
    home, other = history.home(least=2), history.home()
    if home and other and home["行政村"] != other["行政村"]:
        row = history.now.members(home)[-1]
        if declared:
            history.now.change(row, "减少", out)
        row.update({key: other[key] for key in _PLACE})
        row["人编号"] = f"{other['户编号']}49"
        if declared:
            history.now.change(row, "增加", into)
        history.enter("decreases", home, out, 1)
        history.enter("increases", other, into, 1)


def declared_move(history: History) -> None:
    """Either village has it in its list."""
    move(history, declared=True)


def marriage_within(history: History) -> None:
    """From a registered household into another: either village says so."""
    move(history, "婚出", "婚入", declared=True)


def other_home(history: History) -> None:
    """Into another household of the village, which moves no sum of those registered."""
    home = history.home(least=2)
    other = home and history.home(status=home["脱贫属性"])
    if home and other and home["行政村"] == other["行政村"]:
        row = history.now.members(home)[-1]
        row.update({"户编号": other["户编号"], "人编号": f"{other['户编号']}48"})
        history.listed["换户", home["行政村"]] += 1


def new_head(history: History) -> None:
    """The head died, and the next one heads the household."""
    if home := history.home(least=2):
        head, heir = history.now.members(home)[:2]
        history.now.sheets["成员"].remove(head)
        heir["与户主关系"], home["户主姓名"] = "户主", heir["姓名"]
        history.listed["户主变更", home["行政村"]] += 1
        history.now.change(head, "减少", "死亡")
        history.enter("decreases", home, "死亡", 1)


def household_moves(history: History) -> None:
    if home := history.home():
        rows, old = history.now.members(home), dict(home)
        history.now.change(rows[0], "减少", "整户迁出")
        village = history.random.choice(
            [name for name in history.villages if name != home["行政村"]]
        )
        number = history.number(village)
        for row in (home, *rows):
            row.update({**history.villages[village], "户编号": number})
        for i, row in enumerate(rows):
            row["人编号"] = f"{number}{i:02}"
        history.now.change(rows[0], "增加", "整户迁入")
        history.listed["户编号改变", village] += 1
        history.touched.add(number)
        history.enter("decreases", old, "迁出", len(rows), 1)
        history.enter("increases", home, "迁入", len(rows), 1)


def split(history: History) -> None:
    """Two members of a household become one of their own."""
    if home := history.home(least=4):
        rows = history.now.members(home)[-2:]
        new = {**home, "户编号": history.number(home["行政村"]), "户主姓名": rows[0]["姓名"]}
        history.now.sheets["农户"].append(new)
        for i, row in enumerate(rows):
            row.update({"户编号": new["户编号"], "人编号": f"{new['户编号']}{i:02}"})
        history.touched.add(new["户编号"])
        history.listed["分户", home["行政村"]] += 1
        history.enter("increases", new, "分户", 0, 1)


def merger(history: History) -> None:
    """A household joins another one of the village."""
    home, other = history.home(most=2), history.home(least=3)
    if (
        home
        and other
        and (home["行政村"], home["脱贫属性"]) == (other["行政村"], other["脱贫属性"])
    ):
        for i, row in enumerate(history.now.members(home)):
            row.update({"户编号": other["户编号"], "人编号": f"{other['户编号']}{40 + i}"})
        history.now.sheets["农户"].remove(home)
        history.listed["并户", home["行政村"]] += 1
        history.enter("decreases", home, "并户", 0, 1)


def removal(history: History) -> None:
    """A whole household, of which the list names the head alone."""
    if home := history.home():
        rows = history.now.members(home)
        for row in rows:
            history.now.sheets["成员"].remove(row)
        history.now.sheets["农户"].remove(home)
        history.now.change(rows[0], "减少", "清退")
        history.enter("decreases", home, "清退", len(rows), 1)


def identified(history: History) -> None:
    if like := history.home():
        new = {**like, "户编号": history.number(like["行政村"]), "脱贫属性": "未脱贫"}
        history.now.sheets["农户"].append(new)
        own = {"户编号": new["户编号"]}
        head = history.person(like, **own, 与户主关系="户主")
        history.person(like, **own, 与户主关系="配偶")
        new["户主姓名"] = head["姓名"]
        history.now.change(head, "增加", "新识别")
        history.touched.add(new["户编号"])
        history.enter("increases", new, "新识别", 2, 1)


def _changes_status(history: History, old: str, new: str, part: str, reason: str) -> None:
    if home := history.home(status="已脱贫" if old == "已脱贫" else "未脱贫"):
        history.before.row("农户", 户编号=home["户编号"])["脱贫属性"] = old
        home["脱贫属性"] = new
        persons = len(history.now.members(home))
        history.listed[reason, home["行政村"]] += 1
        history.poor[part, home["行政村"], reason] += Counter(households=1, persons=persons)


def exit_(history: History) -> None:
    _changes_status(history, "未脱贫", "已脱贫", "decreases", "脱贫")


def return_(history: History) -> None:
    _changes_status(history, "已脱贫", "返贫", "increases", "返贫")


def exit_again(history: History) -> None:
    _changes_status(history, "返贫", "已脱贫", "decreases", "脱贫")


def correction(history: History) -> None:
    """Something of somebody who stays was wrong, older, hidden or not known before."""
    if home := history.home():
        row = history.now.members(home)[0]
        before = history.before.row("成员", 人编号=row["人编号"])
        number, name = row["证件号码"], row["姓名"]
        heading, value = history.random.choice(
            [
                ("证件号码", f"{number[:16]}{'1357'[history.made % 4]}0"),
                ("证件号码", f"{number[:6]}{number[8:17]}"),
                ("证件号码", f"{number[:6]}********{number[14:]}"),
                ("证件号码", None),
                ("姓名", f"{name[:-1]}错"),
                ("性别", "女" if row["性别"] == "男" else "男"),
                ("出生日期", row["出生日期"] + timedelta(days=1)),
            ]
        )
        before[heading] = value
        is_hidden = value is None or "*" in str(value)
        if not is_hidden:
            history.listed[heading, home["行政村"]] += 1


EVENTS: tuple[Event, ...] = (
    birth, marriage_in, death, marriage_out, unstated, move, declared_move, marriage_within,
    other_home, new_head, household_moves, split, merger, removal, identified, exit_, return_,
    exit_again, correction,
)  # fmt: skip


def known(number: Number | None) -> Number:
    """The number of a place that was handed in."""
    assert number is not None
    return number
