"""An invented township of 睢宁县 whose register breaks no rule of the catalogue.

Every number that a rule compares is derived from the others (net income from its parts, the quota
from the count of members, the labour force from the labour column), so that the register is right
by construction and not by repair.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle

from generators import layout
from generators.families import FAMILIES, Family
from generators.layout import Column, Row
from generators.livelihood import Land, income, settle, whole
from generators.members import LABOURERS, member_rows
from generators.people import HOME_COUNTY, Invention

COUNTY, TOWN, TOWN_CODE = "睢宁县", "官山镇", "320324105"
_HOUSEHOLDS_PER_HELPER = 4
_OFFICES = (
    ("官山镇人民政府", "科员"),
    ("睢宁县农业委员会", "科长"),
    ("睢宁县水利局", "副科长"),
    ("睢宁县教育局", "科员"),
    ("官山镇农业技术推广站", "站长"),
)


@dataclass(frozen=True)
class Village:
    code: str
    name: str
    groups: tuple[str, ...]
    households: int
    appraised: date
    notice: date
    delegates: int


@dataclass(eq=False)
class Household:
    """One household's rows in the four tables that speak of it."""

    village: str
    members: list[Row]
    record: Row
    procedure: Row
    survey: Row

    @property
    def head(self) -> Row:
        return self.members[0]


@dataclass(eq=False)
class Register:
    households: list[Household]
    quota: list[Row]
    villages: list[Row]
    # A household of a village outside the plan, kept apart for the fault RW003.
    unplanned: Household
    extra_columns: dict[str, tuple[Column, ...]] = field(default_factory=dict)

    def sheets(self) -> dict[str, list[Row]]:
        """The rows of each table, in the order of the sheets."""
        return {
            layout.MEMBERS: [member for home in self.households for member in home.members],
            layout.HOUSEHOLDS: [home.record for home in self.households],
            layout.QUOTA: self.quota,
            layout.PROCEDURE: [home.procedure for home in self.households],
            layout.SURVEY: [home.survey for home in self.households],
            layout.VILLAGES: self.villages,
        }


# The appraisals and notices leave no day to spare before the deadlines of the policy.
_SUNDAY, _MONDAY = date(2016, 3, 6), date(2016, 3, 7)
VILLAGES = (
    Village("320324105201", "王庄村", ("一组", "二组", "三组"), 28, date(2016, 3, 5), _SUNDAY, 45),
    Village("320324105202", "柳湾村", ("一组", "二组"), 24, _SUNDAY, _MONDAY, 39),
    Village("320324105203", "陈桥村", ("东组", "西组"), 23, _MONDAY, _MONDAY, 36),
)
_UNPLANNED = Village("320324105204", "孟集村", ("一组",), 1, _SUNDAY, _MONDAY, 33)
# Households and people of the village, 经济薄弱村 or not, collective income, year of the goal.
_VILLAGE_FACTS = (
    (812, 3246, "是", 6.8, 2018),
    (655, 2597, "是", 9.5, 2018),
    (604, 2388, "否", 23.6, 2016),
)


def build_register(seed: int = 20160329) -> Register:
    return _Builder(seed).register()


class _Builder:
    def __init__(self, seed: int) -> None:
        self.invent = Invention(seed)
        self.random = self.invent.random
        self.reviewer, self.clerk, self.proofreader = (self.invent.official() for _ in range(3))
        self.surveyors: list[tuple[str, str]] = []
        self.helper: Row = {}
        self.helped = 0

    def register(self) -> Register:
        families = [family for family in FAMILIES for _ in range(family.times)]
        self.random.shuffle(families)
        causes = {family: cycle(family.causes) for family in FAMILIES}
        deal = iter(families)
        households: list[Household] = []
        for village in VILLAGES:
            self.surveyors = [
                (self.invent.official(), self.invent.official()) for _ in village.groups
            ]
            for number in range(1, village.households + 1):
                family = next(deal)
                households.append(self.household(village, number, family, next(causes[family])))
        assert next(deal, None) is None, "every family has found its village"
        unplanned = self.household(_UNPLANNED, 1, FAMILIES[0], "缺技术")
        return Register(households, self.quota(households), _village_rows(), unplanned)

    def household(self, village: Village, number: int, family: Family, cause: str) -> Household:
        place: Row = {
            "县(市、区)": COUNTY,
            "乡(镇)": TOWN,
            "行政村": village.name,
            "村民小组": self.random.choice(village.groups),
            "村码": village.code,
            "户编号": f"{village.code}{number:03d}",
        }
        members = member_rows(self.invent, place, family)
        return Household(
            village.name,
            members,
            self.record(place, members, family, cause),
            self.procedure(village, place),
            self.survey(place, number),
        )

    def record(self, place: Row, members: list[Row], family: Family, cause: str) -> Row:
        """The household's row in table 2."""
        size = len(members)
        others = [other for other in ("缺技术", "缺资金", "交通条件落后") if other != cause]
        others = self.random.sample(others, self.random.choice((0, 1, 1, 2)))
        dangerous = self.invent.chance(0.15)
        land = Land.drawn(self.invent, size, family)
        record: Row = {
            **place,
            "户主姓名": members[0]["姓名"],
            "户主证件号码": members[0]["证件号码"],
            "家庭人口": size,
            "劳动力人数": sum(member["劳动能力"] in LABOURERS for member in members),
            "联系电话": self.invent.phone(),
            "农户属性": family.household_type,
            "识别标准": "省定标准",
            "主要致贫原因": cause,
            "其他致贫原因": "、".join(others) or None,
            "脱贫属性": "未脱贫",
            "识别时间": date(2016, 3, 21),
            "脱贫时间": None,
            **land.row(),
            "与村主干路距离(公里)": self.random.randrange(1, 16) / 10,
            "入户路类型": self.random.choice(("泥土路", "砂石路", "砂石路", "水泥路")),
            "是否通生产用电": "是",
            "是否通广播电视": "是" if self.invent.chance(0.95) else "否",
            "主要燃料类型": self.random.choice(("柴草", "柴草", "煤炭", "清洁能源")),
            "是否加入合作社": "是" if family.farms and self.invent.chance(0.2) else "否",
            "住房面积(㎡)": self.random.randrange(36, 60) + 18 * size,
            "是否危房": "是" if dangerous else "否",
            "危房等级": self.random.choice(("C级", "D级")) if dangerous else None,
            "饮水是否困难": "否",
            "饮水是否安全": "是",
            "是否通生活用电": "是",
            "有无卫生厕所": "是" if self.invent.chance(0.4) else "否",
            "开户银行": "江苏睢宁农村商业银行",
            "银行账号": self.invent.account(),
            "收入年度": 2015,
            **income(self.invent, members, family, land),
            **self.next_helper(),
        }
        settle(record)
        return record

    def next_helper(self) -> Row:
        """The helper of the next household; each has four."""
        if self.helped % _HOUSEHOLDS_PER_HELPER == 0:
            unit, post = self.random.choice(_OFFICES)
            self.helper = {
                "帮扶责任人": self.invent.official(),
                "帮扶单位": unit,
                "帮扶人职务": post,
                "帮扶人电话": self.invent.phone(),
                "帮扶开始时间": date(2016, 3, self.random.randint(22, 28)),
            }
        self.helped += 1
        return dict(self.helper)

    def procedure(self, village: Village, place: Row) -> Row:
        present = village.delegates - self.random.choice((3, 4, 5))
        against, abstained = self.random.randint(0, 2), self.random.randint(0, 3)
        relative, objection = self.invent.chance(0.03), self.invent.chance(0.03)
        return {
            "行政村": place["行政村"],
            "户编号": place["户编号"],
            "申请日期": date(2016, 2, 16) + timedelta(days=self.random.randint(0, 16)),
            "申请人签字": "是",
            "评议日期": village.appraised,
            "应到代表": village.delegates,
            "实到代表": present,
            "同意票": present - against - abstained,
            "反对票": against,
            "弃权票": abstained,
            "村公示开始": village.notice,
            "村公示结束": village.notice + timedelta(days=7),
            "异议情况": "邻户反映其子在外务工" if objection else "无",
            "异议处理结果": "经复核，收入属实，异议不成立" if objection else None,
            "乡镇审核日期": date(2016, 3, 14),
            "乡镇公示开始": date(2016, 3, 14),
            "乡镇公示结束": date(2016, 3, 21),
            "县级审批日期": date(2016, 3, 21),
            "县级公示开始": date(2016, 3, 21),
            "县级公示结束": date(2016, 3, 28),
            "村干部亲属": "是" if relative else "否",
            "备案情况": "是" if relative else None,
        }

    def survey(self, place: Row, number: int) -> Row:
        surveyed = date(2016, 2, 22) + timedelta(days=self.random.randint(0, 16))
        first, second = self.surveyors[number % len(self.surveyors)]
        return {
            "户编号": place["户编号"],
            "调查日期": surveyed,
            "调查人1": first,
            "调查人2": second,
            "户主签字": "手印" if self.invent.chance(0.2) else "是",
            "审核人": self.reviewer,
            "录入日期": surveyed + timedelta(days=self.random.randint(1, 14)),
            "录入人": self.clerk,
            "校对人": self.proofreader,
        }

    def quota(self, households: list[Household]) -> list[Row]:
        """Plans that differ a little from the register, as real ones do, and add up."""
        rows: list[Row] = []
        for village, more, persons_more in zip(VILLAGES, (1, -1, 1), (2, -2, 1), strict=True):
            homes = [home for home in households if home.village == village.name]
            planned = len(homes) + more, sum(len(home.members) for home in homes) + persons_more
            officer = self.invent.official()
            rows.append(quota_row(village.code, village.name, "村", *planned, officer))
        planned = sum(whole(r["计划户数"]) for r in rows), sum(whole(r["计划人数"]) for r in rows)
        town = quota_row(TOWN_CODE, TOWN, "乡", *planned, self.invent.official())
        county = quota_row(HOME_COUNTY, COUNTY, "县", *planned, self.invent.official())
        return [county, town, *rows]


def quota_row(code: str, name: str, level: str, homes: int, persons: int, officer: str) -> Row:
    return {
        "区划代码": code,
        "名称": name,
        "级别": level,
        "计划户数": homes,
        "计划人数": persons,
        "责任人": officer,
    }


def _village_rows() -> list[Row]:
    return [
        {
            "村码": village.code,
            "行政村": village.name,
            "农村户数": households,
            "农村人口": population,
            "是否经济薄弱村": weak,
            "村集体经营性收入(万元)": collective_income,
            "达标年度": year,
        }
        for village, (households, population, weak, collective_income, year) in zip(
            VILLAGES, _VILLAGE_FACTS, strict=True
        )
    ]
