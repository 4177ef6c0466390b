"""A town true to life, of any size: larger and stranger than the sample, and all of it legal.

It was written from what clerks and villages do, not from the rules: a 错误 in it is the rule's own,
and 警告 and 疑点 should be few.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from generators import layout
from generators.families import WUBAO
from generators.layout import COST, INCOME, LAND, TRANSFERS, Row
from generators.lifelike_families import KINDS, Kind
from generators.lifelike_people import Neighbours, members_of
from generators.livelihood import BASE_PENSION, born, settle, whole
from generators.members import LABOURERS
from generators.people import HOME_COUNTY, age_on
from generators.township import quota_row

_VILLAGE_SIZE = 150  # registered households
_LINE = 6000
_INCOME_YEAR = date(2015, 1, 1)
_WITHOUT_OBJECTION = ("无", "无", "无", None, "无群众反映", "未发现异议", "无异议")
_OBJECTIONS = (
    ("邻户反映其子在外务工", "经入户复核，收入属实"),
    ("有人称其有存款", "村民小组核实，无存款"),
)


@dataclass
class Lifelike:
    """The rows by sheet, and for each 户编号 the kind of household that it is."""

    sheets: dict[str, list[Row]]
    kinds: dict[str, Kind] = field(default_factory=dict)


def lifelike_town(seed: int, households: int, town: str = "320324111") -> Lifelike:
    """The register of a town of that many households on 28 March 2016."""
    return _Town(seed, households, town).build()


class _Town:
    def __init__(self, seed: int, households: int, town: str) -> None:
        self.invent = Neighbours(seed)
        self.random: Random = self.invent.random
        self.households = households
        self.town = town
        self.name = f"{self.random.choice('岚凌王桃庆')}{self.random.choice('山城集园安')}镇"
        self.clerks = [self.invent.official() for _ in range(4)]
        self.guardian_account = ""
        self.neighbour_phone = ""
        self.helper: Row = {}
        self.helper_left = 0

    def build(self) -> Lifelike:
        sheets: dict[str, list[Row]] = {name: [] for name in layout.TABLES}
        kinds: dict[str, Kind] = {}
        queue = self._kinds()
        left, number = self.households, 0
        while left > 0:
            number += 1
            size = min(left, self.random.randint(_VILLAGE_SIZE - 40, _VILLAGE_SIZE + 40))
            if left - size < 30:
                size = left
            left -= size
            self._village(sheets, kinds, number, [next(queue) for _ in range(size)])
        self._quota(sheets)
        return Lifelike(sheets, kinds)

    def _kinds(self) -> Iterator[Kind]:
        """Each kind by its share; rare ones have at least one household. In random order."""
        total = sum(kind.share for kind in KINDS)
        dealt = [k for k in KINDS for _ in range(max(1, round(self.households * k.share / total)))]
        while len(dealt) < self.households:
            dealt.append(self.random.choice(KINDS[:3]))
        self.random.shuffle(dealt)
        return iter(dealt)

    def _village(
        self, sheets: dict[str, list[Row]], kinds: dict[str, Kind], number: int, own: list[Kind]
    ) -> None:
        random = self.random
        surname = random.choice("王李张刘陈朱杜魏")
        name = f"{surname}{random.choice('庄楼集圩湾桥洼沟')}{'东西南北前后'[number % 6]}村"
        code = f"{self.town}{200 + number:03d}"
        groups = [f"{han}组" for han in "一二三四五六七八"[: random.randint(3, 8)]]
        pairs = [(self.invent.official(), self.invent.official()) for _ in range(3)]
        reviewer = self.invent.official()
        days = sorted(random.sample([date(2016, 3, day) for day in range(4, 8)], 2))
        delegates = random.randint(35, 60)
        meetings = [(day, delegates - random.randint(1, 8)) for day in days]
        for place_in_village, kind in enumerate(own, 1):
            place: Row = {
                "县(市、区)": "睢宁县", "乡(镇)": self.name, "行政村": name,
                "村民小组": random.choice(groups), "村码": code,
                "户编号": f"{code}{place_in_village:03d}",
            }  # fmt: skip
            kinds[str(place["户编号"])] = kind
            members = members_of(self.invent, place, kind)
            sheets[layout.MEMBERS] += members
            sheets[layout.HOUSEHOLDS].append(self._record(place, members, kind))
            meeting = meetings[place_in_village > len(own) // 2]
            sheets[layout.PROCEDURE].append(self._procedure(place, kind, delegates, *meeting))
            sheets[layout.SURVEY].append(
                self._survey(place, members, random.choice(pairs), reviewer)
            )
        population = random.randint(1800, 4200)
        weak = random.random() < 0.4
        income = random.uniform(3, 17.5) if weak else random.uniform(18, 60)
        sheets[layout.VILLAGES].append(
            {
                "村码": code, "行政村": name, "农村户数": round(population / 3.7),
                "农村人口": population, "是否经济薄弱村": "是" if weak else "否",
                "村集体经营性收入(万元)": round(income, 1),
                "达标年度": random.choice((2016, 2017, 2018, 2019)) if weak else None,
            }
        )  # fmt: skip

    def _record(self, place: Row, members: list[Row], kind: Kind) -> Row:
        random, size = self.random, len(members)
        cause = random.choice(kind.causes)
        others = [c for c in ("缺技术", "缺资金", "缺劳力", "交通条件落后") if c != cause]
        dangerous = random.random() < 0.12
        land = self._land(size, kind)
        record: Row = {
            **place,
            "户主姓名": members[0]["姓名"],
            "户主证件号码": members[0]["证件号码"],
            "家庭人口": size,
            "劳动力人数": sum(member["劳动能力"] in LABOURERS for member in members),
            "联系电话": self._phone(kind),
            "农户属性": kind.household_type,
            "识别标准": "省定标准",
            "主要致贫原因": cause,
            "其他致贫原因": "、".join(random.sample(others, random.choice((0, 0, 1, 2)))) or None,
            "脱贫属性": "未脱贫",
            "识别时间": date(2016, 3, random.choice((21, 22, 28))),
            "脱贫时间": None,
            **land,
            "与村主干路距离(公里)": random.randrange(0, 19) / 10,
            "入户路类型": random.choice(("泥土路", "砂石路", "砂石路", "水泥路")),
            "是否通生产用电": random.choice(("是", "是", "是", "否")),
            "是否通广播电视": random.choice(("是",) * 9 + ("否",)),
            "主要燃料类型": random.choice(("柴草", "柴草", "煤炭", "清洁能源")),
            "是否加入合作社": "是" if kind.farms and random.random() < 0.15 else "否",
            "住房面积(㎡)": self._house(size, kind),
            "是否危房": "是" if dangerous else "否",
            "危房等级": random.choice(("C级", "D级")) if dangerous else None,
            "饮水是否困难": "否",
            "饮水是否安全": random.choice(("是",) * 9 + ("否",)),
            "是否通生活用电": "是",
            "有无卫生厕所": random.choice("是否"),
            "开户银行": "江苏睢宁农村商业银行",
            "银行账号": self._account(kind),
            "收入年度": 2015,
            **self._income(members, kind, land),
            **self._helper(),
        }
        settle(record)
        return record

    def _land(self, size: int, kind: Kind) -> Row:
        random = self.random
        gone = kind.household_type == WUBAO or "全家外地" in kind.marks
        arable = 0 if gone else random.randrange(8, 18) * size / 10
        if gone and kind.farms:
            arable = random.randrange(3, 7) * size / 10
        let = 0 if kind.farms else arable
        woods = random.randrange(2, 12) / 10 if random.random() < 0.1 else 0
        water = random.randrange(3, 30) / 10 if random.random() < 0.03 else 0
        sizes = (arable, round(arable * random.uniform(0.6, 1), 1), let, woods, 0, 0, 0, water)
        return {f"{land}面积(亩)": mu for land, mu in zip(LAND, sizes, strict=True)}

    def _house(self, size: int, kind: Kind) -> int:
        if "大宅" in kind.marks:
            return self.random.randrange(105, 160)
        if kind.household_type == WUBAO and self.random.random() < 0.08:
            return 0  # lives in the 敬老院
        return self.random.randrange(24, 66) + 16 * size

    def _phone(self, kind: Kind) -> str:
        if "同机" in kind.marks and self.neighbour_phone:
            return self.neighbour_phone
        if self.random.random() < 0.03:
            self.neighbour_phone = f"0516-8{self.random.randrange(10**7):07d}"
        else:
            self.neighbour_phone = self.invent.phone()
        return self.neighbour_phone

    def _account(self, kind: Kind) -> str:
        if "代领" in kind.marks:
            self.guardian_account = self.guardian_account or self.invent.account()
            shared, used = self.guardian_account, self.random.random() < 0.5
            self.guardian_account = "" if used else shared
            return shared
        if self.random.random() < 0.2:  # a passbook
            return f"3203240{self.random.randrange(10**12):012d}"
        return self.invent.account()

    def _income(self, members: list[Row], kind: Kind, land: Row) -> Row:
        random, size = self.random, len(members)
        mu = float(str(land["耕地面积(亩)"]))
        let = float(str(land["流转面积(亩)"]))
        farmed = 0 if "亲属代种" in kind.marks else mu - let
        transfers = self._transfers(members, kind, mu)
        rent = round(let * random.randrange(600, 1000, 50))
        small = "零工" in kind.marks
        if small:
            rent = random.choice((30, 48, 60))  # a share of the cooperative's
        business = round(farmed * random.randrange(900, 1700, 10))
        cost = round(business * random.uniform(0.35, 0.6))
        given = sum(transfers.values()) + rent + business - cost
        workers = [member for member in members if member["务工状况"]]
        above = "支出" in kind.marks
        target = random.triangular(2600, 5900, 4600) if not above else random.uniform(6100, 6900)
        wage = 0
        if workers:
            monthly = random.randrange(900, 2900, 50)
            wage = max(100 * round((target * size - given) / 100), 300 * len(workers))
            for worker in workers:
                months = min(12, max(1, round(wage / len(workers) / monthly)))
                worker["务工时间(月)"] = 6 if worker["在校生状况"] == "中职三年级" else months
        elif small:
            wage = random.choice((80, 90))  # a day's work for a neighbour
        elif given < 2200 * size:
            transfers["其他转移性收入(元)"] += round(
                random.randrange(2300, 3300) * size - given, -1
            )
        earnings = zip(INCOME, (wage, business, rent), strict=False)
        return {**dict(earnings), **transfers, COST: cost}

    def _transfers(self, members: list[Row], kind: Kind, mu: float) -> dict[str, int]:
        """Of benefits that began after the income year there is nothing yet."""
        random = self.random
        transfers = dict.fromkeys(TRANSFERS, 0)
        newly = "新批" in kind.marks
        for member, kin in zip(members, kind.members, strict=True):
            if member["享受低保"] == "是" and not newly:
                member["低保残疾金(元)"] = 12 * random.randrange(120, 225, 5)
                transfers["低保金(元)"] += whole(member["低保残疾金(元)"])
            if "五保" in kin.marks or (kind.household_type == WUBAO and not newly):
                transfers["五保金(元)"] += random.randrange(3600, 4400, 20)
            if age_on(_INCOME_YEAR, born(member)) >= 60 and member["养老保险"] == "是":
                older = 120 * (age_on(_INCOME_YEAR, born(member)) >= 80)
                transfers["养老保险金(元)"] += BASE_PENSION + older
        if "亡" in kind.marks and random.random() < 0.6:
            transfers["养老保险金(元)"] += 105 * random.randint(2, 10)  # to the one who died
        if len(members) == 2 and transfers["养老保险金(元)"] > 2000 and random.random() < 0.2:
            transfers["计划生育金(元)"] = 1920
        transfers["其他转移性收入(元)"] = round(mu * 105) + random.choice((0, 0, 50, 200))
        return transfers

    def _helper(self) -> Row:
        random = self.random
        if self.helper_left == 0:
            # A few have more than five households: the office is small.
            self.helper_left = random.choice((2, 3, 4, 4, 5, 5, 5, 7))
            earlier = random.random() < 0.1  # has helped since the round before
            since = date(random.randint(2012, 2015), 5, 1) if earlier else date(2016, 3, 28)
            self.helper = {
                "帮扶责任人": self.invent.official(),
                "帮扶单位": random.choice(
                    ("县人社局", "县水利局", f"{self.name}人民政府", "县中医院")
                ),
                "帮扶人职务": random.choice(("科员", "副科长", "站长", "医师")),
                "帮扶人电话": self.invent.phone(),
                "帮扶开始时间": since,
            }
        self.helper_left -= 1
        return dict(self.helper)

    def _procedure(self, place: Row, kind: Kind, delegates: int, met: date, present: int) -> Row:
        random = self.random
        against = random.choice((0, 0, 0, 1, 2, 4))
        abstained = random.choice((0, 0, 1, 2, 3))
        # Whose kin are among the delegates, they leave the room for this vote.
        recused = random.choice((1, 2)) if random.random() < 0.01 else 0
        objection, result = random.choice(_WITHOUT_OBJECTION), None
        if random.random() < 0.02:
            objection, result = random.choice(_OBJECTIONS)
        relative = random.random() < 0.02
        notice = met + timedelta(days=1)
        row: Row = {
            "行政村": place["行政村"], "户编号": place["户编号"],
            "申请日期": date(2016, 2, 15) + timedelta(days=random.randint(0, 17)),
            "申请人签字": "是", "评议日期": met, "应到代表": delegates, "实到代表": present,
            "同意票": present - against - abstained - recused, "反对票": against,
            "弃权票": abstained,
            "村公示开始": notice, "村公示结束": notice + timedelta(days=6),
            "异议情况": objection, "异议处理结果": result,
            "乡镇审核日期": date(2016, 3, 15), "乡镇公示开始": date(2016, 3, 15),
            "乡镇公示结束": date(2016, 3, 21), "县级审批日期": date(2016, 3, 22),
            "县级公示开始": date(2016, 3, 22), "县级公示结束": date(2016, 3, 28),
            "村干部亲属": "是" if relative else "否", "备案情况": "是" if relative else None,
        }  # fmt: skip
        if kind.household_type == WUBAO and random.random() < 0.2:
            # Taken from the civil-affairs office's list as they are.
            for heading in ("申请日期", "申请人签字", "评议日期"):
                row[heading] = None
            for heading in ("应到代表", "实到代表", "同意票", "反对票", "弃权票"):
                row[heading] = None
        return row

    def _survey(self, place: Row, members: list[Row], pair: tuple[str, str], reviewer: str) -> Row:
        random = self.random
        day = date(2016, 2, 22) + timedelta(days=random.randint(0, 16))
        clerk, reader = random.sample(self.clerks, 2)
        return {
            "户编号": place["户编号"], "调查日期": day, "调查人1": pair[0], "调查人2": pair[1],
            "户主签字": random.choice(("是", "是", "手印", members[0]["姓名"])), "审核人": reviewer,
            "录入日期": day + timedelta(days=random.randint(1, 17)),
            "录入人": clerk, "校对人": reader,
        }  # fmt: skip

    def _quota(self, sheets: dict[str, list[Row]]) -> None:
        homes = Counter(row["村码"] for row in sheets[layout.HOUSEHOLDS])
        persons = Counter(row["村码"] for row in sheets[layout.MEMBERS])
        rows = []
        for village in sheets[layout.VILLAGES]:
            code = village["村码"]
            more = self.random.randint(-2, 3)
            planned = homes[code] + more, persons[code] + 2 * more
            name, officer = str(village["行政村"]), self.invent.official()
            rows.append(quota_row(str(code), name, "村", *planned, officer))
        planned = sum(whole(r["计划户数"]) for r in rows), sum(whole(r["计划人数"]) for r in rows)
        sheets[layout.QUOTA] += [
            quota_row(HOME_COUNTY, "睢宁县", "县", *planned, self.invent.official()),
            quota_row(self.town, self.name, "乡", *planned, self.invent.official()),
            *rows,
        ]
