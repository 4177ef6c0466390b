"""The members of a town true to life: names that repeat, numbers from anywhere, odd biographies."""

from datetime import date

from generators.families import DIBAO, DISABLED, SERIOUS, WUBAO, Kin
from generators.layout import Row
from generators.lifelike_families import Kind
from generators.members import LABOURERS
from generators.people import (
    HOME_COUNTY,
    REFERENCE_DATE,
    SCHOOL_DATE,
    Invention,
    age_on,
    with_check,
)

_FAR_COUNTIES = ("500235", "511322", "522427", "530627", "431226", "341322", "411481")
_HUSBANDS_KIN = {"之子", "之女", "之孙子", "之孙女", "之父", "之公公", "之兄弟姐妹", "其他"}
_TWICE = ["秀英", "桂英", "玉兰", "桂兰", "秀兰", "德福", "建国", "永祥"]


class Neighbours(Invention):
    """Draws people as a town has them: several bear one name, as namesakes do."""

    def name(self, surname: str, sex: str, born: date) -> str:
        if born.year < 1955 and self.chance(0.08):
            return surname + self.random.choice(_TWICE[:5] if sex == "女" else _TWICE[5:])
        self._names.clear()
        return super().name(surname, sex, born)

    def resident_id(self, born: date, sex: str, county: str = HOME_COUNTY) -> str:
        while True:
            serial = self.random.randrange(1, 400) * 2 - (sex == "男")
            first_17 = f"{county}{born:%Y%m%d}{serial:03d}"
            if first_17 not in self._numbers:
                self._numbers.add(first_17)
                return with_check(first_17)


def members_of(invent: Neighbours, place: Row, kind: Kind) -> list[Row]:
    """The rows of 成员; months and money are left to lifelike.py."""
    own = invent.surname()
    husbands = invent.surname(unlike=own) if kind.members[0].sex == "女" else own
    guests = invent.surname(unlike=own)
    rows: list[Row] = []
    born = REFERENCE_DATE
    for number, kin in enumerate(kind.members, 1):
        if "双胞胎" not in kin.marks:
            born = _birth_date(invent, kin)
        if kin.relation == "户主" or (
            kin.relation in _HUSBANDS_KIN and kind.members[0].sex == "男"
        ):
            surname = own
        elif kin.relation in _HUSBANDS_KIN:
            surname = husbands
        elif kin.relation in ("之女婿", "之外孙子", "之外孙女"):
            surname = guests
        else:
            surname = invent.surname(unlike=own)
        rows.append(
            {
                **place,
                "人编号": f"{place['户编号']}{number:02d}",
                "姓名": invent.name(surname, kin.sex, born),
                "性别": kin.sex,
                **_identity(invent, kin, kind, born),
                "出生日期": born,
                "年龄": age_on(REFERENCE_DATE, born),
                "与户主关系": kin.relation,
                "民族": invent.random.choice(("汉族",) * 49 + ("回族",)),
                **_biography(invent, kin, kind, born),
                **dict.fromkeys(("财政供养", "机动车", "商品房", "工商登记"), "否"),
            }
        )
    return rows


def _birth_date(invent: Neighbours, kin: Kin) -> date:
    if "无号" in kin.marks:
        return date(2015, 12, invent.random.randint(1, 28))
    if "早入园" in kin.marks:
        return date(2012, invent.random.randint(10, 12), invent.random.randint(1, 28))
    if kin.born == (1955, 1955):
        return date(1955, invent.random.randint(10, 12), invent.random.randint(1, 28))
    return invent.birth_date(*kin.born)


def _identity(invent: Neighbours, kin: Kin, kind: Kind, born: date) -> Row:
    if "护照" in kin.marks:
        number = f"C{invent.random.randrange(10**7):07d}" if invent.chance(0.5) else None
        return {"证件类型": "护照", "证件号码": number, "残疾证号": None}
    if "无号" in kin.marks:
        return {
            "证件类型": invent.random.choice(("出生证", None)),
            "证件号码": None,
            "残疾证号": None,
        }
    county = HOME_COUNTY
    if "全家外地" in kind.marks or "外地" in kin.marks:
        county = invent.random.choice(_FAR_COUNTIES)
    elif kin.relation in ("配偶", "之儿媳") and invent.chance(0.15):
        county = invent.other_county()
    number = invent.resident_id(born, kin.sex, county)
    card = None
    if DISABLED in kin.health and "未办证" not in kin.marks:
        category = 2 if "听障" in kin.marks else 3 if "言障" in kin.marks else None
        category = category or invent.random.choice((1, 4, 4, 5, 6))
        again = "B1" if invent.chance(0.1) else ""
        card = f"{number}{category}{kin.grade}{again}"
    return {"证件类型": "居民身份证", "证件号码": number, "残疾证号": card}


def _biography(invent: Neighbours, kin: Kin, kind: Kind, born: date) -> Row:
    age = age_on(REFERENCE_DATE, born)
    student = _student(invent, kin, born)
    grown = age >= 16 and student == "非在校生"
    labour = _labour(invent, kin, kind, age, grown)
    draws = "单人保" in kin.marks or (kind.household_type == DIBAO and "五保" not in kin.marks)
    return {
        "文化程度": _education(invent, born, student),
        "在校生状况": student,
        "健康状况": kin.health,
        "劳动能力": labour,
        "务工状况": _work(invent, kin),
        "务工时间(月)": 0 if labour in LABOURERS else None,
        "医疗保险": "否" if "无号" in kin.marks or "护照" in kin.marks else "是",
        "养老保险": "是" if grown and "护照" not in kin.marks else "否",
        "大病保险": "否" if "无号" in kin.marks or "护照" in kin.marks else "是",
        "现役军人": "是" if "现役" in kin.marks else "否",
        "政治面貌": "中共党员" if 1935 < born.year < 1965 and invent.chance(0.05) else "群众",
        "享受低保": "是" if draws else "否",
        "低保残疾金(元)": 0,
    }


def _labour(invent: Neighbours, kin: Kin, kind: Kind, age: int, grown: bool) -> str:
    able = "听障" in kin.marks or "言障" in kin.marks
    if not able and (kin.health == SERIOUS or kin.grade in (1, 2)):
        return "丧失劳动力" if age >= 16 else "无劳动力"
    if not grown or kind.household_type == WUBAO or not kin.marks.isdisjoint({"保洁", "五保"}):
        return "无劳动力"
    if age > 70 or (age > 60 and (not kind.farms or invent.chance(0.5))):
        return "无劳动力"
    if age > 65 or (kin.health != "健康" and not able):
        return "弱劳动力或半劳动力"
    return "技能劳动力" if invent.chance(0.06) else "普通劳动力"


def _work(invent: Neighbours, kin: Kin) -> str | None:
    if "在外" in kin.marks:
        return invent.random.choice(("县外省内务工", "省外务工", "省外务工"))
    if "务工" in kin.marks:
        return invent.random.choice(("乡(镇)内务工", "乡(镇)外县内务工", "县外省内务工"))
    if "保洁" in kin.marks:
        return "乡(镇)内务工"
    return "乡(镇)外县内务工" if "实习" in kin.marks else None


def _student(invent: Neighbours, kin: Kin, born: date) -> str:
    age = age_on(SCHOOL_DATE, born)
    if "早入园" in kin.marks:
        return "学前教育"
    if "休学" in kin.marks or not kin.marks.isdisjoint({"在外", "务工", "现役"}):
        return "非在校生"
    if "实习" in kin.marks:
        return "中职三年级"
    if "硕士" in kin.marks:
        return "硕士及以上"
    if "复员" in kin.marks:
        return "高职高专"
    if "大学" in kin.marks:
        return "大学本科" if age > 18 else "高职高专"
    if age < 3 or age > 18 or (age == 18 and invent.chance(0.6)):
        return "非在校生"
    if age < 6:
        return "学前教育" if age > 3 or invent.chance(0.6) else "非在校生"
    # One in twelve went to school a year later than the law has it at the latest.
    grade = max(1, age - 5 - invent.chance(0.08))
    if grade <= 6:
        return "小学"
    if grade <= 9:
        return ("七年级", "八年级", "九年级")[grade - 7]
    return f"{invent.random.choice(('中职', '普通高中'))}{'一二三'[min(grade, 12) - 10]}年级"


def _education(invent: Neighbours, born: date, student: str) -> str:
    if student == "学前教育" or age_on(SCHOOL_DATE, born) < 6:
        return "学龄前儿童"
    if student != "非在校生":
        by_school = {"小": "小学", "普": "高中", "中": "中专"} | dict.fromkeys("七八九", "初中")
        return by_school.get(student[0], "大专及以上")
    if born.year < 1950:
        return invent.random.choice(("文盲或半文盲", "文盲或半文盲", "小学", "初中"))
    if born.year < 1970:
        return invent.random.choice(("小学", "小学", "初中", "文盲或半文盲", "高中"))
    if born.year > 2000:
        return "小学"
    return invent.random.choice(("小学", "初中", "初中", "高中", "中专"))
