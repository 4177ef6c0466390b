"""DT012-DT016: what cannot change of the same persons and households."""

from collections.abc import Callable
from datetime import date

from town import Cell, Row, Town, breaks, spares
from two_dates import home_before, member, pair, somebody, whole_home

from generators.people import with_check
from jiandang.report.model import Severity

INFO = Severity.INFO
_NUMBER = with_check("32032419840716217")


@breaks("DT012", beside="DT002")
def number_of_another(town: Town) -> Cell:
    number = town.rows("农户")[4]["户编号"]
    record, rows = whole_home(town, number=number[-3:])
    before = town.earlier
    assert before is not None
    for sheet in ("农户", "成员"):
        own = [r for r in before.rows(sheet, 户编号=number) if r is not record and r not in rows]
        for row in own:
            before.sheets[sheet].remove(row)
    return town.cell(town.row("农户", 户编号=number), "户编号")


@spares("DT012")
def number_of_the_same(town: Town) -> None:
    town.before()


@breaks("DT013", beside="LR106")
def another_sex(town: Town) -> Cell:
    town.before()
    (row,) = town.members(town.row("农户", 家庭人口=1))
    row["性别"] = "男" if row["性别"] == "女" else "女"
    return town.cell(row, "性别")


@breaks("DT013")
def another_nation(town: Town) -> Cell:
    town.before()
    row = member(town)
    pair(town, row)["民族"] = "回族" if row["民族"] != "回族" else "汉族"
    return town.cell(row, "民族")


@breaks("DT013", severity=Severity.SUSPECT)
def another_number(town: Town) -> Cell:
    town.before()
    row = member(town)
    pair(town, row)["证件号码"] = _NUMBER
    return town.cell(row, "证件号码")


@breaks("DT013", severity=Severity.SUSPECT)
def another_name(town: Town) -> Cell:
    town.before()
    row = member(town)
    pair(town, row)["姓名"] = "王改名"
    return town.cell(row, "姓名")


@breaks("DT013", severity=INFO)
def a_number_that_holds_now(town: Town) -> Cell:
    town.before()
    row = member(town)
    number = row["证件号码"]
    pair(town, row)["证件号码"] = number[:-1] + ("0" if number[-1] != "0" else "1")
    return town.cell(row, "证件号码")


@breaks("DT013", severity=INFO)
def a_number_of_fifteen(town: Town) -> Cell:
    return _renewed(town, lambda day: day.year < 2000)


@breaks("DT013", severity=INFO)
def fifteen_digits_of_one_born_after_1999(town: Town) -> Cell:
    return _renewed(town, lambda day: day.year >= 2000)


def _renewed(town: Town, born: Callable[[date], bool]) -> Cell:
    """A member who had but the 15 digits of the number."""
    town.before()
    row = town.row("成员", 出生日期=born)
    _cut_to_15(pair(town, row))
    return town.cell(row, "证件号码")


@breaks("DT013", severity=Severity.SUSPECT, beside="LR111")
def eighteen_digits_cut_to_fifteen(town: Town) -> Cell:
    town.before()
    row = town.row("成员", 出生日期=lambda day: day.year < 2000)
    _cut_to_15(row)
    return town.cell(row, "证件号码")


@breaks("DT013", severity=Severity.SUSPECT)
def a_number_of_fifteen_of_somebody_else(town: Town) -> Cell:
    town.before()
    row = town.row("成员", 出生日期=lambda day: day.year < 2000)
    _cut_to_15(pair(town, row), end=str((int(row["证件号码"][16]) + 2) % 10))
    return town.cell(row, "证件号码")


def _cut_to_15(row: Row, end: str = "") -> None:
    """Its number as it was before 1999, with another last digit if one is given."""
    number = row["证件号码"]
    old = number[:6] + number[8:17]
    row["证件号码"] = old[: 15 - len(end)] + end


@breaks("DT013", severity=INFO)
def a_birth_date_as_in_the_number(town: Town) -> Cell:
    town.before()
    row = member(town)
    pair(town, row)["出生日期"] = date(1990, 1, 1)
    return town.cell(row, "出生日期")


@spares("DT013")
def a_number_that_was_hidden(town: Town) -> None:
    _hide_before(town)


@breaks("DT013", severity=INFO)
def a_number_that_is_not_the_hidden_one(town: Town) -> Cell:
    return town.cell(_hide_before(town, end="10"), "证件号码")


def _hide_before(town: Town, end: str = "") -> Row:
    """A member whose number was hidden in part; it ended with one of `end` that it has not now."""
    town.before()
    row = member(town)
    number = row["证件号码"]
    last = next((each for each in end if each != number[-1]), number[-1])
    pair(town, row)["证件号码"] = f"{number[:6]}********{number[14:17]}{last}"
    return row


@spares("DT013")
def a_name_with_a_dot(town: Town) -> None:
    town.before()
    row = member(town)
    name = row["姓名"]
    pair(town, row)["姓名"] = f"{name[0]}·{name[1:]}"


@spares("DT013")
def another_relation(town: Town) -> None:
    town.before()
    row = member(town)
    pair(town, row)["与户主关系"] = "之女"


@breaks("DT014")
def split_in_two(town: Town) -> Cell:
    town.before()
    home, other = town.rows("农户", 行政村="王庄村")[:2]
    before = town.earlier
    assert before is not None
    for sheet in ("农户", "入户调查", "识别程序"):
        before.sheets[sheet] = before.rows(sheet, 户编号=lambda own: own != other["户编号"])
    for row in before.members(other):
        row["户编号"] = home["户编号"]
        row["人编号"] = None
    return town.cell(other, "户编号")


@spares("DT014")
def split_for_a_reason(town: Town) -> None:
    split_in_two(town)
    home = town.rows("农户", 行政村="王庄村")[1]
    town.change(town.members(home)[0], "增加", "分家")


@spares("DT014")
def split_as_people_say_it(town: Town) -> None:
    split_in_two(town)
    home = town.rows("农户", 行政村="王庄村")[1]
    town.change(town.members(home)[0], "增加", "子女成家另立户口")


@spares("DT014")
@spares("DT001")
def split_as_those_say_who_stay(town: Town) -> None:
    split_in_two(town)
    home = town.rows("农户", 行政村="王庄村")[0]
    town.change(town.members(home)[0], "增加", "分户")


@breaks("DT014", beside="DT001")
def split_and_another_says_so(town: Town) -> Cell:
    cell = split_in_two(town)
    other = town.rows("农户", 行政村="王庄村")[2]
    town.change(town.members(other)[0], "增加", "分户")
    return cell


@spares("DT014")
@spares("DT001")
def merged_as_the_household_says_that_took_them(town: Town) -> None:
    merged_into_one(town)
    home = town.row("农户", 行政村="王庄村", 家庭人口=lambda size: size > 3)
    town.change(town.members(home)[0], "减少", "并户")


@breaks("DT014")
def merged_into_one(town: Town) -> Cell:
    record, rows = whole_home(town)
    before = town.earlier
    assert before is not None
    home = town.row("农户", 行政村="王庄村", 家庭人口=lambda size: size > 3)
    for row in before.members(home)[-2:]:
        row["户编号"], row["人编号"] = record["户编号"], None
    for row in rows:
        before.sheets["成员"].remove(row)
    return before.cell(record, "户编号")


@breaks("DT015")
def another_head(town: Town) -> Cell:
    town.before()
    head, wife = couple(town)
    pair(town, head)["与户主关系"], pair(town, wife)["与户主关系"] = "配偶", "户主"
    record = town.household(head)
    home_before(town, record)["户主姓名"] = wife["姓名"]
    return town.cell(record, "户主姓名")


def couple(town: Town) -> tuple[Row, Row]:
    wife = town.row("成员", 与户主关系="配偶")
    return town.members(wife)[0], wife


@breaks("DT015", beside="LR201")
def no_head_any_more(town: Town) -> Cell:
    town.before()
    record = town.row("农户", 家庭人口=1)
    (row,) = town.members(record)
    pair(town, row)["与户主关系"] = "其他"
    before = town.earlier
    assert before is not None
    dead = somebody(before, home_before(town, record), 与户主关系="户主")
    town.change(dead, "减少", "死亡")
    row["与户主关系"] = "其他"
    return town.cell(record, "户主姓名")


@spares("DT015")
def the_wife_after_the_head(town: Town) -> None:
    town.before()
    head, _ = couple(town)
    pair(town, head)["与户主关系"] = "配偶"
    before = town.earlier
    assert before is not None
    dead = somebody(before, home_before(town, town.household(head)), 与户主关系="户主")
    town.change(dead, "减少", "死亡")


@breaks("DT016")
def less_schooling(town: Town) -> Cell:
    town.before()
    row = town.row("成员", 文化程度="小学")
    pair(town, row)["文化程度"] = "初中"
    return town.cell(row, "文化程度")


@breaks("DT016")
def a_lower_form(town: Town) -> Cell:
    town.before()
    row = town.row("成员", 在校生状况="七年级")
    pair(town, row)["在校生状况"] = "八年级"
    return town.cell(row, "在校生状况")


@breaks("DT016")
def a_form_skipped(town: Town) -> Cell:
    town.before()
    row = town.row("成员", 在校生状况="九年级")
    pair(town, row)["在校生状况"] = "七年级"
    return town.cell(row, "在校生状况")


def years_between(town: Town, years: int) -> None:
    """The earlier register is of so many years ago."""
    policy = town.effective_policy()
    day = policy.reference_date
    earlier = day.replace(year=day.year - years)
    town.policy["dynamic"] = policy.dynamic.model_copy(update={"reference_date": earlier})


def still_in_form(town: Town, form: str) -> Row:
    """A pupil of the same form at either date; of all others nothing is known before."""
    pupil = town.row("成员", 在校生状况=form)
    for row in town.before().rows("成员"):
        if row["人编号"] != pupil["人编号"]:
            row["在校生状况"] = None
    return pupil


@breaks("DT016")
def in_the_same_form_after_two_years(town: Town) -> Cell:
    years_between(town, 2)
    return town.cell(still_in_form(town, "七年级"), "在校生状况")


@spares("DT016")
def in_the_same_form_after_a_year(town: Town) -> None:
    years_between(town, 1)
    still_in_form(town, "七年级")


@spares("DT016")
def at_primary_school_after_two_years(town: Town) -> None:
    years_between(town, 2)
    still_in_form(town, "小学")


@breaks("DT016")
def healthy_again(town: Town) -> Cell:
    town.before()
    row = town.row("成员", 健康状况="健康")
    pair(town, row)["健康状况"] = "残疾"
    return town.cell(row, "健康状况")


@breaks("DT016")
def able_again(town: Town) -> Cell:
    town.before()
    row = town.row("成员", 劳动能力="普通劳动力")
    pair(town, row)["劳动能力"] = "丧失劳动力"
    return town.cell(row, "劳动能力")


@spares("DT016")
def the_next_form(town: Town) -> None:
    town.before()
    row = town.row("成员", 在校生状况="八年级")
    pair(town, row)["在校生状况"] = "七年级"
    other = town.row("成员", 健康状况="健康")
    pair(town, other)["健康状况"] = "长期慢性病"
