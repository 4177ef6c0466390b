"""The kinds of forms: how a household is written on each, in all the ways that clerks have."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle

from form_paper import Choice, Household, Paper, boxes

from jiandang.register.cells import Raw

CAUSES = ["因病", "因残", "因学", "因灾", "缺土地", "缺水", "缺技术", "缺劳力", "缺资金", "其他"]
TYPES = ["一般贫困户", "低保户", "五保户", "低保贫困户"]
ROADS = ["泥土路", "砂石路", "水泥路", "沥青路"]
YES_NO = ["是", "否"]


@dataclass(frozen=True)
class Person:
    name: str
    sex: str
    id_number: str
    relation: str
    education: str = "初中"
    student: str = "非在校生"
    health: str = "健康"
    labour: str = "普通劳动力"


@dataclass(frozen=True)
class Family:
    """A household as it is, before it is written on paper."""

    code: str
    people: tuple[Person, ...]
    phone: str = "13852012345"
    kind: str = "一般贫困户"
    cause: str = "因病"
    other_causes: tuple[str, ...] = ("缺技术",)
    arable: float = 4.2
    road: str = "水泥路"
    safe_water: bool = True
    wage: float = 7240
    per_capita: float = 3380.5
    group: str = "二组"
    helper: str = "周敬贤"
    helper_phone: str = "13852030117"

    @property
    def head(self) -> Person:
        return self.people[0]


def families(number: int, town: str = "105") -> list[Family]:
    """So many households, all different."""
    names = cycle(["田广成", "卞守义", "顾长明", "仝德厚", "袁凤英", "李志强", "欧阳春"])
    found = []
    for i, head in zip(range(number), names, strict=False):
        head = head if i < 7 else f"{head}{'甲乙丙丁'[i // 7 - 1]}"
        people = [Person(head, "男", f"32032419620319{1000 + i:04d}", "户主", health="残疾")]
        people += [Person(f"吴{head[-1]}芹", "女", f"32032419640925{2000 + i:04d}", "配偶")]
        people += [Person(f"{head[0]}家乐", "男", f"32032419900111{3000 + i:04d}", "之子")][: i % 2]
        found.append(
            Family(
                f"320324{town}201{i + 1:03d}",
                tuple(people),
                phone=f"138520{12345 + i}",
                kind=TYPES[i % 4],
                cause=CAUSES[i % 9],
                other_causes=(CAUSES[(i + 1) % 9],),
                arable=1.5 + i,
                road=ROADS[i % 4],
                safe_water=i % 3 > 0,
                wage=1000.0 * i + 240,
                per_capita=3000.5 + i,
                group=f"{'一二三四五六七'[i % 7]}组",
            )
        )
    return found


@dataclass
class Writer:
    """Writes the rows of a form from `row` and `left` on; `label` decorates the labels."""

    paper: Paper
    household: Household
    row: int = 0
    left: int = 0
    width: int = 12
    choice: Choice = boxes
    label: Callable[[str], str] = field(default=lambda text: text)

    def title(self, text: str) -> None:
        self.paper.write(self.row, self.left, text, self.width)
        self.row += 1

    def blank(self, rows: int = 1) -> None:
        self.row += rows

    def true(self, table: str, column: str, value: object, at: str) -> None:
        self.household.values[table, column] = (value, at)

    def line(self, *parts: tuple[str, Sequence[tuple[str, str, object]]]) -> None:
        """Texts side by side that hold values in themselves."""
        size = self.width // len(parts)
        for i, (text, values) in enumerate(parts):
            at = self.paper.write(self.row, self.left + i * size, text, size)
            for table, column, value in values:
                self.true(table, column, value, at)
        self.row += 1

    def pairs(
        self, *items: tuple[str, str, str, Raw, object], inside: bool = False, table_: str = ""
    ) -> None:
        """Labels and values side by side: (label, table, column, cell, typed value) each."""
        size = self.width // len(items)
        for i, (text, table, column, raw, value) in enumerate(items):
            column_at = self.left + i * size
            if inside:
                at = self.paper.write(self.row, column_at, f"{self.label(text)}：{raw}", size)
            else:
                half = max(size // 2, 1)
                self.paper.write(self.row, column_at, self.label(text), half)
                at = self.paper.write(self.row, column_at + half, raw, size - half)
            self.true(table, column, value, at)
        self.row += 1

    def over(self, *items: tuple[str, str, str, Raw, object]) -> None:
        """A row of labels over a row of their values."""
        size = self.width // len(items)
        for i, (text, table, column, raw, value) in enumerate(items):
            column_at = self.left + i * size
            self.paper.write(self.row, column_at, self.label(text), size)
            at = self.paper.write(self.row + 1, column_at, raw, size)
            self.true(table, column, value, at)
        self.row += 2

    def members(
        self, people: Sequence[Person], headings: Sequence[tuple[str, str]], ruled: int = 6,
        numbered: bool = False,
    ) -> None:  # fmt: skip
        """The members' grid: (heading, column) each, `ruled` rows of which some stay empty."""
        start = self.left + numbered
        if numbered:
            self.paper.write(self.row, self.left, "序号")
            for i in range(max(ruled, len(people))):
                self.paper.write(self.row + 1 + i, self.left, float(i + 1))
        for i, (heading, _) in enumerate(headings):
            self.paper.write(self.row, start + i, self.label(heading))
        for n, person in enumerate(people):
            truth = {}
            for i, (_, column) in enumerate(headings):
                value = getattr(person, column)
                at = self.paper.write(self.row + 1 + n, start + i, value)
                truth["member", column] = (value, at)
            self.household.people.append(truth)
        self.row += 1 + max(ruled, len(people))

    def yes_no(self, text: str, column: str, value: bool) -> tuple[str, str, str, Raw, object]:
        return (text, "household", column, self.choice(YES_NO, ["是" if value else "否"]), value)

    def one_of(
        self, text: str, column: str, options: Sequence[str], value: str
    ) -> tuple[str, str, str, Raw, object]:
        return (text, "household", column, self.choice(options, [value]), value)


GRID = [
    ("姓名", "name"), ("性别", "sex"), ("公民身份号码", "id_number"), ("与户主关系", "relation"),
    ("文化程度", "education"), ("在校生状况", "student"), ("健康状况", "health"),
    ("劳动能力", "labour"),
]  # fmt: skip


def national(writer: Writer, family: Family, *, title: str = "贫困户登记表") -> None:
    """F1 贫困户登记表: three blocks, choices in wide cells, two grids of persons."""
    national_front(writer, family, title=title)
    national_back(writer, family)


def national_front(writer: Writer, family: Family, *, title: str = "贫困户登记表") -> None:
    writer.title(title)
    place = [
        ("household", "county", "睢宁县"), ("household", "town", "官山镇"),
        ("household", "village", "栗园村"), ("household", "group", family.group),
    ]  # fmt: skip
    address = (
        f"江苏省（区、市）徐州市（地、州、盟）睢宁县（市、区、旗）官山镇（乡）栗园村{family.group}"
    )
    writer.line(
        (f"家庭住址：{address}", place),
        (f"户编号：{family.code}", [("household", "household_id", family.code)]),
    )
    writer.title("一、基本情况")
    writer.pairs(
        ("户主姓名", "household", "head_name", family.head.name, family.head.name),
        ("联系电话", "household", "phone", family.phone, family.phone),
    )
    writer.pairs(writer.one_of("A2贫困户属性(单选)", "household_type", TYPES, family.kind))
    writer.title("家庭成员")
    writer.members(family.people, GRID)
    writer.title("二、致贫原因")
    writer.pairs(writer.one_of("A3a主要致贫原因(单选)", "cause", CAUSES, family.cause))
    others = "、".join(family.other_causes)
    text = writer.choice(CAUSES, family.other_causes)
    writer.pairs(("A3b其他致贫原因(最多选两项)", "household", "other_causes", text, others))


def national_back(writer: Writer, family: Family) -> None:
    at = writer.paper.write(writer.row, writer.left, "三、收入情况（2015年）", writer.width)
    writer.true("household", "income_year", 2015, at)
    writer.row += 1
    writer.pairs(
        ("工资性收入(元)", "household", "wage", family.wage, family.wage),
        ("其中：低保金(元)", "household", "dibao_money", 0.0, 0.0),
        ("家庭人均纯收入(元)", "household", "per_capita", family.per_capita, family.per_capita),
    )
    writer.title("四、生产生活条件")
    writer.pairs(
        ("耕地面积(亩)", "household", "arable", family.arable, family.arable),
        writer.one_of("入户路类型", "road_type", ROADS, family.road),
        writer.yes_no("饮水是否安全", "water_safe", family.safe_water),
    )
    writer.title("五、易地扶贫搬迁")
    writer.pairs(("是否搬迁户(单选)", "x", "x", "□是 ☑否", None))
    del writer.household.values["x", "x"]
    writer.title("六、帮扶责任人")
    texts = [
        ("姓名", "helper", family.helper, family.helper), ("性别", "", "男", None),
        ("单位名称", "helper_unit", "睢宁县水务局", "睢宁县水务局"),
        ("职务", "helper_post", "科员", "科员"),
        ("联系电话", "helper_phone", family.helper_phone, family.helper_phone),
        ("开始时间", "helper_since", "2016年3月", "2016-03"),
    ]  # fmt: skip
    for i, (heading, column, text, value) in enumerate(texts):
        writer.paper.write(writer.row, writer.left + 2 * i, heading, 2)
        at = writer.paper.write(writer.row + 1, writer.left + 2 * i, text, 2)
        if column:
            writer.true("household", column, value, at)
    writer.row += 2
    writer.line(
        (f"户主签字：{family.head.name}", [("survey", "head_signed", family.head.name)]),
        (
            "调查人签字：陶永刚、贺小兰",
            [("survey", "surveyor_1", "陶永刚"), ("survey", "surveyor_2", "贺小兰")],
        ),
        ("填表日期：2016年3月18日", [("survey", "surveyed", "2016-03-18")]),
    )


def provincial(writer: Writer, family: Family) -> None:
    """F2 登记表 T001: values before their words, codes as numbers, years across."""
    writer.title("脱贫奔小康低收入农户登记表")
    group = family.group.removesuffix("组")
    writer.line(
        (
            f"睢宁县 县(市、区)  官山 乡(镇)  柳河 村  {group} 组",
            [
                ("household", "county", "睢宁县"), ("household", "town", "官山"),
                ("household", "village", "柳河"), ("household", "group", group),
            ],
        ),
        ("表号：T001表", []),
    )  # fmt: skip
    code = family.code
    writer.line(
        (
            f"县码：{code[:6]}   乡(镇)：{code[6:9]}   村码：{code[9:12]}   户码：{code[12:]}",
            [
                ("household", "household_id", code),
                ("household", "village_code", code[:12]),
            ],
        )
    )
    writer.title("一、低收入农户基本情况")
    health = {"健康": 1, "残疾": 5}
    texts: list[tuple[str, str, Callable[[Person], Raw]]] = [
        ("姓名", "name", lambda p: p.name),
        ("性别\n1男2女", "sex", lambda p: 1.0 if p.sex == "男" else 2.0),
        ("在校生\n1是2否", "student", lambda p: 2.0),
        ("文化程度", "education", lambda p: 3.0),
        ("身体状况", "health", lambda p: float(health[p.health])),
        ("劳动力状况", "labour", lambda p: 1.0),
    ]
    for i, (heading, _, _) in enumerate(texts):
        writer.paper.write(writer.row, writer.left + i, heading)
    for n, person in enumerate(family.people):
        truth = {}
        for i, (_, column, raw) in enumerate(texts):
            at = writer.paper.write(writer.row + 1 + n, writer.left + i, raw(person))
            truth["member", column] = (getattr(person, column), at)
        writer.household.people.append(truth)
    head = writer.household.people[0]["member", "name"]
    writer.household.values["household", "head_name"] = head
    writer.row += 6
    size = float(len(family.people))
    writer.pairs(
        ("家庭人口(人)", "household", "size", size, len(family.people)),
        ("承包耕地面积(亩)", "household", "arable", family.arable, family.arable),
    )
    row = writer.row
    kinds = {"一般贫困户": 1, "低保户": 2, "五保户": 3, "低保贫困户": 1}
    writer.paper.write(row, writer.left, "农户属性(单选)1扶贫户,2低保户,3五保户", 6)
    at = writer.paper.write(row, writer.left + 6, float(kinds[family.kind]))
    kind = "一般贫困户" if kinds[family.kind] == 1 else family.kind
    writer.true("household", "household_type", kind, at)
    writer.paper.write(row, writer.left + 7, "联系电话", 2)
    at = writer.paper.write(row, writer.left + 9, family.phone, 3)
    writer.true("household", "phone", family.phone, at)
    printed = ["因灾", "因病", "因残", "因学", "缺技术", "缺劳力", "缺资金", "其它"]
    cause = family.cause if family.cause in printed else "其他"
    number = float(printed.index("其它" if cause == "其他" else cause) + 1)
    listed = ",".join(f"{i}{text}" for i, text in enumerate(printed, 1))
    writer.paper.write(row + 1, writer.left, f"贫困原因(单选):{listed}", 9)
    at = writer.paper.write(row + 1, writer.left + 9, number, 3)
    writer.true("household", "cause", cause, at)
    writer.row += 2
    writer.pairs(
        ("户主身份证号", "household", "head_id", family.head.id_number, family.head.id_number)
    )
    writer.pairs(
        ("挂钩帮扶人", "household", "helper", family.helper, family.helper),
        ("联系电话", "household", "helper_phone", family.helper_phone, family.helper_phone),
        ("单位职务", "household", "helper_post", "水务局科员", "水务局科员"),
    )
    years(writer, family)


def years(writer: Writer, family: Family, last: int = 2016) -> None:
    """Income with years across; the policy's year is the one before the last."""
    first = writer.row
    writer.paper.write(first, writer.left, "二、脱贫进程", 1, 4)
    writer.paper.write(first, writer.left + 1, "指标名称", 3)
    for i, year in enumerate(range(last - 3, last + 1)):
        at = writer.paper.write(first, writer.left + 5 + i, f"{year}年")
        if year == last - 1:
            writer.true("household", "income_year", year, at)
    items = [("家庭总收入", "total"), ("其中：种植业", "planting"), ("家庭人均收入", "per_capita")]
    for n, (text, column) in enumerate(items, 1):
        writer.paper.write(first + n, writer.left + 1, text, 3)
        writer.paper.write(first + n, writer.left + 4, "元")
        for i in range(3):
            value = 1000.0 * n + 100 * i + family.per_capita
            at = writer.paper.write(first + n, writer.left + 5 + i, value)
            if i == 2:
                writer.true("household", column, value, at)
    writer.paper.write(first + 4, writer.left, "农  户  签  名  (盖章)", 5)
    at = writer.paper.write(first + 4, writer.left + 7, family.head.name)
    writer.true("survey", "head_signed", family.head.name, at)
    writer.row = first + 5
    writer.title("注：①文化程度：1文盲、半文盲，2小学，3初中；")


def handbook(writer: Writer, family: Family) -> None:
    """F3 扶贫手册: three printed pages, only the first with the code."""
    writer.title("家 庭 情 况")
    writer.line(
        (f"编号：{family.code}", [("household", "household_id", family.code)]),
        ("填写日期：2016年3月20日", []),
    )
    writer.paper.write(writer.row, writer.left, "家庭住址", 2)
    at = writer.paper.write(writer.row, writer.left + 2, f"睢宁县官山镇大马庄村{family.group}", 10)
    writer.true("household", "village", "大马庄村", at)
    writer.true("household", "group", family.group, at)
    writer.row += 1
    size = float(len(family.people))
    writer.pairs(
        ("户主姓名", "household", "head_name", family.head.name, family.head.name),
        ("家庭人口", "household", "size", size, len(family.people)),
        ("识别时间", "household", "identified", "2016年3月", "2016-03"),
    )
    writer.pairs(writer.one_of("主要致贫原因", "cause", CAUSES, family.cause))
    writer.paper.write(writer.row, writer.left, "生产生活条件", 1, 2)
    writer.left, writer.width = writer.left + 1, 8
    writer.pairs(
        ("耕地面积(亩)", "household", "arable", family.arable, family.arable),
        writer.yes_no("饮水是否安全", "water_safe", family.safe_water),
    )
    writer.pairs(
        writer.yes_no("是否危房", "dangerous", False),
        ("危房等级", "household", "danger_grade", "", None),
    )
    writer.left, writer.width = writer.left - 1, 12
    writer.title("家 庭 成 员")
    writer.members(family.people, GRID)
    writer.title("帮 扶 责 任 人")
    for i, (heading, column, text, value) in enumerate(
        [
            ("姓名", "helper", family.helper, family.helper),
            ("单位", "helper_unit", "水务局", "水务局"), ("隶属关系", "", "县直", None),
            ("联系电话", "helper_phone", f"{family.helper_phone} 2016.03", family.helper_phone),
        ]
    ):  # fmt: skip
        writer.paper.write(writer.row, writer.left + 3 * i, heading, 3)
        at = writer.paper.write(writer.row + 1, writer.left + 3 * i, text, 3)
        if column:
            writer.true("household", column, value, at)
        if column == "helper_phone":
            writer.true("household", "helper_since", "2016-03", at)
    writer.row += 3
    writer.title("帮 扶 措 施")
    for i, text in enumerate(["项目名称", "帮扶单位", "资金(元)", "完成时限"]):
        writer.paper.write(writer.row, writer.left + 3 * i, text, 3)
    measure: list[Raw] = ["山羊养殖", "别的单位", 3000.0, "2016年10月"]
    for i, cell in enumerate(measure):
        writer.paper.write(writer.row + 1, writer.left + 3 * i, cell, 3)
    writer.row += 2
    writer.paper.write(writer.row, writer.left, "户主签字：", 2)
    at = writer.paper.write(writer.row, writer.left + 2, family.head.name, 2)
    writer.true("survey", "head_signed", family.head.name, at)
    writer.paper.write(writer.row, writer.left + 4, f"帮扶责任人签字：{family.helper}", 4)
    writer.row += 1


def card(writer: Writer, family: Family) -> None:
    """F4 明白卡: a card on the wall, without members."""
    writer.title("精准扶贫明白卡")
    writer.pairs(
        ("户主姓名", "household", "head_name", family.head.name, family.head.name),
        ("户编号", "household", "household_id", family.code, family.code),
        ("联系电话", "household", "phone", family.phone, family.phone),
    )
    writer.pairs(
        ("家庭住址", "household", "village", "睢宁县官山镇栗园村", "栗园村"),
        ("家庭成员数", "household", "size", float(len(family.people)), len(family.people)),
    )
    writer.pairs(
        writer.one_of("贫困户属性", "household_type", TYPES, family.kind),
        ("耕地面积(亩)", "household", "arable", family.arable, family.arable),
    )
    writer.title("帮扶措施：①发展养殖 ②小额贷款")


def application(writer: Writer, family: Family) -> None:
    """F5 申请、评议、审批 on one page: values in sentences."""
    writer.title("低收入农户申请评议审批表")
    writer.line(
        (f"户编号：{family.code}", [("household", "household_id", family.code)]),
        (
            f"睢宁县官山镇八里庙村{family.group}",
            [("household", "village", "八里庙村"), ("household", "group", family.group)],
        ),
    )
    number = family.head.id_number
    writer.over(
        ("户主姓名", "household", "head_name", family.head.name, family.head.name),
        ("身份证号", "household", "head_id", number, number),
        ("联系电话", "household", "phone", family.phone, family.phone),
    )
    writer.pairs(writer.one_of("主要致贫原因", "cause", CAUSES, family.cause))
    size = len(family.people)
    writer.paper.write(writer.row, writer.left, "家\n庭\n成\n员", 1, 5)
    writer.left += 1
    writer.members(family.people, GRID, ruled=4)
    writer.left -= 1

    def text(label: str, sentence: str, *values: tuple[str, str, object]) -> None:
        writer.paper.write(writer.row, writer.left, label)
        at = writer.paper.write(writer.row, writer.left + 1, sentence, 11)
        for table, column, value in values:
            writer.true(table, column, value, at)
        writer.row += 1

    p = "procedure"
    text(
        "农户申请",
        f"村委会：\n    我家住八里庙村{family.group}，家庭人口{size}人，其中有劳动力__1_人。"
        f"2015年家庭人均纯收入{family.per_capita}元，{family.cause}原因，生活困难，特申请，请核查批准。",
        ("household", "size", size), ("household", "labour_count", 1),
        ("household", "per_capita", family.per_capita),
    )  # fmt: skip
    text("", f"申请人（签字）：{family.head.name}（手印）        2016年3月2日",
         (p, "application_signed", family.head.name), (p, "applied", "2016-03-02"))  # fmt: skip
    text("民主评议",
         "经2016年3月5日村民代表会议评议，应到代表 45 人，实到 41 人，"
         "同意 38 票，不同意 2 票，弃权 1 票",
         (p, "appraised", "2016-03-05"), (p, "delegates", 45), (p, "delegates_present", 41),
         (p, "votes_for", 38), (p, "votes_against", 2), (p, "abstentions", 1))  # fmt: skip
    text("村级公示", "2016年3月6日至3月13日公示，公示期内：☑无异议 □有异议（      ）",
         (p, "village_notice_start", "2016-03-06"), (p, "village_notice_end", "2016-03-13"),
         (p, "objection", "无"))  # fmt: skip
    text("乡镇审核意见",
         "经入户核实，同意。（盖章） 2016年3月14日\n公示时间：2016年3月14日—2016年3月21日",
         (p, "town_reviewed", "2016-03-14"), (p, "town_notice_start", "2016-03-14"),
         (p, "town_notice_end", "2016-03-21"))  # fmt: skip
    text("县级审批意见", "同意。（盖章）  2016年3月21日\n公告时间：2016年3月21日至28日",
         (p, "county_approved", "2016-03-21"))  # fmt: skip


def visit(writer: Writer, family: Family) -> None:
    """F6 入户调查表: labels with colons, values in the cells of their labels."""
    writer.title("贫困户入户调查表")
    writer.pairs(
        ("户主姓名", "household", "head_name", family.head.name, family.head.name),
        ("户编号", "household", "household_id", family.code, family.code),
        inside=True,
    )
    writer.pairs(
        ("身份证号", "household", "head_id", family.head.id_number, family.head.id_number),
        ("联系电话", "household", "phone", family.phone, family.phone),
        inside=True,
    )
    writer.pairs(writer.one_of("户别", "household_type", TYPES, family.kind), inside=True)
    writer.pairs(writer.one_of("贫困原因", "cause", CAUSES, family.cause))
    writer.pairs(
        ("耕地", "x", "x", "", None),
        ("耕地面积", "household", "arable", family.arable, family.arable),
        writer.yes_no("是否解决安全饮用水", "water_safe", family.safe_water),
    )
    del writer.household.values["x", "x"]
    writer.members(family.people, GRID, numbered=True)
    writer.pairs(
        ("调查时间", "survey", "surveyed", "2016.3.18", "2016-03-18"),
        ("调查对象签名", "survey", "head_signed", family.head.name, family.head.name),
        ("调查人", "survey", "surveyor_1", "陶永刚 贺小兰", "陶永刚"),
    )
    _, at = writer.household.values["survey", "surveyor_1"]
    writer.true("survey", "surveyor_2", "贺小兰", at)


def monitoring(writer: Writer, family: Family) -> None:
    """F7 监测对象信息采集表: other words for the same things."""
    writer.title("监测对象信息采集表")
    writer.pairs(
        ("户主姓名", "household", "head_name", family.head.name, family.head.name),
        ("户编号", "household", "household_id", family.code, family.code),
    )
    writer.pairs(
        writer.one_of("户类型", "household_type", TYPES, family.kind),
        ("监测对象类别", "x", "x", "边缘易致贫户", None),
    )
    del writer.household.values["x", "x"]
    writer.pairs(writer.one_of("返贫致贫风险", "cause", CAUSES, family.cause))
    writer.pairs(
        ("最低生活保障金(元)", "household", "dibao_money", 120.0, 120.0),
        ("特困人员救助供养金(元)", "household", "wubao_money", 0.0, 0.0),
        ("养老金或离退休金(元)", "household", "pension", 1260.0, 1260.0),
    )
    writer.pairs(writer.yes_no("是否解决安全饮用水", "water_safe", family.safe_water))
    writer.members(family.people, GRID)
    writer.line((f"户主签字：{family.head.name}", [("survey", "head_signed", family.head.name)]))


KINDS: tuple[Callable[[Writer, Family], None], ...] = (
    national, provincial, handbook, card, application, visit, monitoring,
)  # fmt: skip
