"""Invented lists of five departments for the sample township, with hits that are known.

Each has some of the township's people, whose hits the manifest names, and many who are in no
register: among these are namesakes, and people born on one day with somebody of the township.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from generators.layout import Cell, Row
from generators.people import Invention, with_check
from generators.township import Household, Register

_SEED = 20160220
_OTHER_COUNTIES = ("320322", "320381", "341323")
_STRANGERS = 60


@dataclass(frozen=True)
class Hit:
    """Somebody of the township who is planted in a list, and the rule that tells of it."""

    rule: str
    household: str
    name: str


@dataclass
class List:
    """A list as a sheet: the rows above the heading, one or two heading rows, the rows below."""

    file: str
    sheet: str
    above: list[list[str]]
    heading: list[list[str]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)


def build_lists(register: Register, seed: int = _SEED) -> list[List]:
    """The lists for a township, the same at every run."""
    return [*_Builder(register, seed).lists()]


class _Builder:
    def __init__(self, register: Register, seed: int) -> None:
        self.homes, self.random = register.households, Random(seed)
        self.invent = Invention(seed)

    def lists(self) -> Iterator[List]:
        yield self.low_income()
        yield self.disability()
        yield self.vehicles()
        yield self.deaths()
        yield self.posts()

    def low_income(self) -> List:
        """Of 民政: heads alone, in two heading rows; all who are registered so but one."""
        found = List(
            "民政局低保名单.xlsx",
            "农村低保",
            [["官山镇农村居民最低生活保障名单（截至2016年2月20日）"]],
            [
                [
                    *["序号", "户主姓名", "身份证号码", "村名", "低保证号", "保障人数"],
                    "",
                    "领取金额",
                    "起始年月",
                ],
                ["", "", "", "", "", "重点保障", "残疾", "家庭补差", ""],
            ],
            merged=[(1, 5, 1, 6)],
        )
        listed = [home for home in self.homes if home.record["农户属性"] == "低保贫困户"]
        absent = listed[-1]
        alone = self._plain_homes()[:2]
        for home in [*listed[:-1], *alone]:
            head, members = home.head, len(home.members)
            money = home.record["低保金(元)"] or 3600
            self._add(
                found,
                head,
                home.village,
                "3203240012",
                members,
                0,
                float(str(money)) / 12,
                "2014-01",
            )
        found.hits = [Hit("BD102", str(home.record["户编号"]), _name(home.head)) for home in alone]
        found.hits.append(Hit("BD101", str(absent.record["户编号"]), _name(absent.head)))
        self._strangers(found, lambda: ("下邳村", "3203240099", 2, 0, 310.0, "2013-07"))
        return found

    def disability(self) -> List:
        """Of 残联: by the card's number; two healthy members have one."""
        found = List(
            "残联持证名单.xlsx",
            "持证残疾人",
            [["睢宁县持证残疾人名单"], ["数据日期：2016年1月31日"]],
            [["姓名", "残疾证号", "残疾类别", "残疾等级", "发证日期", "状态"]],
        )
        kinds = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
        for home in self.homes:
            for member in home.members:
                card = str(member["残疾证号"] or "")
                if card:
                    kind, grade = kinds[int(card[18]) - 1], f"{'一二三四'[int(card[19]) - 1]}级"
                    found.rows.append([member["姓名"], card, kind, grade, "2011-05-06", "正常"])
        for home in self._plain_homes()[2:4]:
            member = home.head
            card = f"{member['证件号码']}43"
            found.rows.append([member["姓名"], card, "肢体", "三级", "2012-08-09", "正常"])
            found.hits.append(Hit("BD122", str(home.record["户编号"]), _name(member)))
        for name, number in self._people():
            found.rows.append([name, f"{number}34", "言语", "四级", "2010-03-04", "正常"])
        return found

    def vehicles(self) -> List:
        """Of the traffic police: codes for headings; a car, two of one owner, a motorcycle."""
        found = List(
            "车管所2016-02-15.xlsx",
            "VEH_INFO",
            [],
            [["XH", "SYR", "SFZMHM", "HPZL", "HPHM", "CLLX", "SYXZ", "CCDJRQ", "ZT"]],
        )
        one, two, cycle = self._plain_homes()[4:7]
        self._add(
            found, one.head, "小型汽车", "苏C1A001", "小型轿车", "非营运", "2013-05-06", "正常"
        )
        for number in (1, 2):
            day = f"2012-0{number}-15"
            self._add(
                found, two.head, "小型汽车", f"苏C2B00{number}", "小型轿车", "非营运", day, "正常"
            )
        day = "2010-04-05"
        self._add(
            found, cycle.head, "普通摩托车", "苏C3C001", "普通二轮摩托车", "非营运", day, "正常"
        )
        found.hits = [Hit("BD161", str(h.record["户编号"]), _name(h.head)) for h in (one, two)]
        car = ("小型汽车", "苏C9Z999", "小型轿车", "非营运", "2014-06-07", "正常")
        self._strangers(found, lambda: car)
        return found

    def deaths(self) -> List:
        """Of 公安: one who died before, and one after the reference date."""
        found = List(
            "公安死亡注销名单.xlsx",
            "死亡注销",
            [["官山派出所死亡注销人员（截至2016年3月1日）"]],
            [["序号", "姓名", "公民身份号码", "死亡日期", "死亡注销类别"]],
        )
        earlier, later = [home.members[1] for home in self.homes if len(home.members) > 3][:2]
        self._add(found, earlier, "2015-06-18", "正常死亡")
        self._add(found, later, "2016-02-03", "正常死亡")
        found.hits = [Hit("BD141", str(m["户编号"]), _name(m)) for m in (earlier, later)]
        self._strangers(found, lambda: ("2015-11-12", "正常死亡"))
        return found

    def posts(self) -> List:
        """Of 编办: no numbers, so that namesakes are counted, and nobody is in doubt."""
        found = List(
            "编办实名制.xlsx",
            "在编人员",
            [["睢宁县机关事业单位在编人员"]],
            [["姓名", "个人身份", "进入本单位时间", "在编类型", "单位名称"]],
        )
        for home in self.homes[::15]:
            found.rows.append([home.head["姓名"], "干部", "2008-09", "事业编制", "官山镇中心小学"])
        for name, _ in self._people():
            found.rows.append([name, "干部", "2010-07", "行政编制", "官山镇人民政府"])
        return found

    def _plain_homes(self) -> list[Household]:
        """Households that are in no list of 民政, whose head is in good health and has no card."""
        return [
            home
            for home in self.homes
            if home.record["农户属性"] == "一般贫困户"
            and home.head["健康状况"] == "健康"
            and all(member["享受低保"] == "否" for member in home.members)
        ]

    def _add(self, found: List, person: Row, *more: Cell) -> None:
        number = len(found.rows) + 1
        numbered = found.heading[0][0] in ("序号", "XH")
        about: list[Cell] = [person["姓名"], person["证件号码"]]
        found.rows.append([*([number] if numbered else []), *about, *more])

    def _strangers(self, found: List, more: Callable[[], Sequence[Cell]]) -> None:
        for name, number in self._people():
            self._add(found, {"姓名": name, "证件号码": number}, *more())

    def _people(self) -> Iterator[tuple[str, str]]:
        """People of no register: half of them have the name of somebody who is in it."""
        members = [member for home in self.homes for member in home.members]
        for number in range(_STRANGERS):
            born = self.invent.birth_date(1945, 1990)
            sex = "男" if number % 2 else "女"
            county = _OTHER_COUNTIES[number % 3] if number % 4 else "320324"
            name = self.invent.name(self.invent.surname(), sex, born)
            if number % 2:
                namesake = self.random.choice(members)
                name, known = _name(namesake), namesake["出生日期"]
                if number % 6 == 1 and isinstance(known, date):
                    # Born on one day with the namesake, and yet another person.
                    first = f"{county}{known:%Y%m%d}{901 + number % 60:03}"
                    yield name, with_check(first)
                    continue
            yield name, self.invent.resident_id(born, sex, county)


def _name(person: Row) -> str:
    return str(person["姓名"])
