"""The rows of table 1 for one family: who they are, what they attend, whether they work."""

from datetime import date

from generators.families import DIBAO, DISABLED, SERIOUS, Family, Kin
from generators.layout import WORK, Row
from generators.people import (
    HOME_COUNTY,
    REFERENCE_DATE,
    SCHOOL_DATE,
    Invention,
    age_on,
    with_check,
)

LABOURERS = {"普通劳动力", "技能劳动力"}
# Members of these relations bear the surname of the husband's family.
_HUSBANDS_KIN = {"之子", "之女", "之孙子", "之父", "之公公", "之兄弟姐妹"}
_SON_IN_LAWS_KIN = {"之女婿", "之外孙女"}


def member_rows(invent: Invention, place: Row, family: Family) -> list[Row]:
    head_surname = invent.surname()
    husband_surname = head_surname
    if family.members[0].sex == "女":
        husband_surname = invent.surname(unlike=head_surname)
    son_in_law_surname = invent.surname(unlike=head_surname)
    rows: list[Row] = []
    born = date.min
    for number, kin in enumerate(family.members, 1):
        if "双胞胎" not in kin.marks:
            born = invent.birth_date(*kin.born)
        if kin.relation == "户主":
            surname = head_surname
        elif kin.relation in _HUSBANDS_KIN:
            surname = husband_surname
        elif kin.relation in _SON_IN_LAWS_KIN:
            surname = son_in_law_surname
        else:
            surname = invent.surname(unlike=husband_surname)
        row = {
            **place,
            "人编号": f"{place['户编号']}{number:02d}",
            "姓名": invent.name(surname, kin.sex, born),
            "性别": kin.sex,
            **_person(invent, kin, born, family),
        }
        rows.append(row)
    return rows


def be_born(member: Row, born: date) -> None:
    """Another date of birth, in all the cells that say it."""
    number = str(member["证件号码"])
    member["证件号码"] = with_check(f"{number[:6]}{born:%Y%m%d}{number[14:17]}")
    member["出生日期"], member["年龄"] = born, age_on(REFERENCE_DATE, born)


def _person(invent: Invention, kin: Kin, born: date, family: Family) -> Row:
    from_afar = kin.relation in {"配偶", "之儿媳", "之女婿"} and invent.chance(0.25)
    county = invent.other_county() if from_afar else HOME_COUNTY
    number = invent.resident_id(born, kin.sex, county)
    category = invent.random.choice((1, 4, 4, 6))
    age = age_on(REFERENCE_DATE, born)
    student = _student(born, "大学" in kin.marks, vocational=invent.chance(0.3))
    grown = age >= 16 and student == "非在校生"
    labour = _labour(kin, age, grown, skilled=kin.works and invent.chance(0.25))
    dibao = family.household_type == DIBAO
    return {
        "证件类型": "居民身份证",
        "证件号码": number,
        "残疾证号": f"{number}{category}{kin.grade}" if DISABLED in kin.health else None,
        "出生日期": born,
        "年龄": age,
        "与户主关系": kin.relation,
        "民族": "回族" if invent.chance(0.02) else "汉族",
        "文化程度": _education(invent, born, student),
        "在校生状况": student,
        "健康状况": kin.health,
        "劳动能力": labour,
        "务工状况": invent.random.choice(WORK[:4]) if kin.works else None,
        # The months of those who work follow from their wages; see livelihood.py.
        "务工时间(月)": 0 if labour in LABOURERS else None,
        "医疗保险": "是",
        "养老保险": "是" if grown else "否",
        "大病保险": "是",
        "现役军人": "否",
        "政治面貌": _party(invent, born, student),
        "享受低保": "是" if dibao else "否",
        "低保残疾金(元)": 12 * invent.random.randrange(150, 215, 5) if dibao else 0,
        **dict.fromkeys(("财政供养", "机动车", "商品房", "工商登记"), "否"),
    }


def _labour(kin: Kin, age: int, grown: bool, *, skilled: bool) -> str:
    """弱劳动力或半劳动力 came into the national form only after 2016 and is not used."""
    if kin.health == SERIOUS or kin.grade in (1, 2):
        return "丧失劳动力"
    if not grown or age > 65:
        return "无劳动力"
    return "技能劳动力" if skilled else "普通劳动力"


def _student(born: date, college: bool, *, vocational: bool) -> str:
    """What a person of this birth date attends after the summer of 2015."""
    age = age_on(SCHOOL_DATE, born)
    if age < 3 or age > 22 or (age >= 18 and not college):
        return "非在校生"
    if age >= 18:
        return "大学本科" if age > 18 else "高职高专"
    if age < 6:
        return "学前教育"
    if age < 12:
        return "小学"
    if age < 15:
        return ("七年级", "八年级", "九年级")[age - 12]
    return f"{'中职' if vocational else '普通高中'}{'一二三'[age - 15]}年级"


def _education(invent: Invention, born: date, student: str) -> str:
    if age_on(SCHOOL_DATE, born) < 6:
        return "学龄前儿童"
    if student != "非在校生":
        by_school = {"小": "小学", "普": "高中", "中": "中专"}
        by_school |= dict.fromkeys("七八九", "初中")
        return by_school.get(student[0], "大专及以上")
    if born.year < 1950:
        return invent.random.choice(("文盲或半文盲", "文盲或半文盲", "小学"))
    if born.year < 1970:
        return invent.random.choice(("小学", "小学", "初中", "文盲或半文盲"))
    return invent.random.choice(("小学", "初中", "初中", "高中" if born.year < 1990 else "中专"))


def _party(invent: Invention, born: date, student: str) -> str:
    if student.startswith(("普通高中", "大学")):
        return "共青团员"
    return "中共党员" if 1945 < born.year < 1970 and invent.chance(0.06) else "群众"
