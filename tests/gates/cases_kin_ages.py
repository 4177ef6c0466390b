"""Ages of kin, of soldiers and party members; names that are none; lengths of accounts."""

from datetime import date

from family_changes import family, years_later
from survey_edits import workers_family
from town import Cell, Row, Town, breaks, spares

from generators.members import be_born
from jiandang.report.model import Severity

THREE_GENERATIONS = ("户主", "配偶", "之子", "之儿媳", "之孙子")


@breaks("LR217")
def mother_in_law_as_young_as_the_head(town: Town) -> Cell:
    head, _, mother, _ = family(town, "户主", "之公公", "之婆婆", "之子")
    be_born(mother, years_later(head["出生日期"], -7))
    return town.cell(mother, "与户主关系")


@breaks("LR217")
def daughter_in_law_as_old_as_the_head(town: Town) -> Cell:
    head, _, _, wife, _ = family(town, *THREE_GENERATIONS)
    be_born(wife, years_later(head["出生日期"], 7))
    return town.cell(wife, "与户主关系")


@breaks("LR217")
def brother_of_another_generation(town: Town) -> Cell:
    head, brother = family(town, "户主", "之兄弟姐妹")
    be_born(head, date(1956, 5, 12))
    town.household(head)["户主证件号码"] = head["证件号码"]
    be_born(brother, date(1987, 6, 15))
    return town.cell(brother, "与户主关系")


@breaks("LR217")
def nephew_older_than_the_head(town: Town) -> Cell:
    head, other = family(town, "户主", "之兄弟姐妹")
    be_born(head, date(1974, 5, 12))
    town.household(head)["户主证件号码"] = head["证件号码"]
    be_born(other, date(1957, 6, 15))
    other["与户主关系"] = "之侄儿" if other["性别"] == "男" else "之侄女"
    return town.cell(other, "与户主关系")


def _child_as_a_brother(town: Town, lead: int) -> Row:
    """A boy who is typed as a brother of his father, who is married."""
    head, _, _, child = family(town, "户主", "配偶", "之女", "之子")
    child["与户主关系"] = "之兄弟姐妹"
    be_born(head, years_later(child["出生日期"], -lead))
    town.household(head)["户主证件号码"] = head["证件号码"]
    return child


@breaks("LR217")
def child_typed_as_a_brother(town: Town) -> Cell:
    return town.cell(_child_as_a_brother(town, 25), "与户主关系")


@spares("LR217")
def brother_nineteen_years_younger(town: Town) -> None:
    _child_as_a_brother(town, 19)


@spares("LR217")
def mother_in_law_nine_years_older(town: Town) -> None:
    head, _, mother, _ = family(town, "户主", "之公公", "之婆婆", "之子")
    be_born(mother, years_later(head["出生日期"], -9))


@spares("LR217")
def nephew_some_years_older(town: Town) -> None:
    """幼叔长侄: the youngest brother's nephew is older than he."""
    head, other = family(town, "户主", "之兄弟姐妹")
    be_born(other, years_later(head["出生日期"], -5))
    other["与户主关系"] = "之侄儿" if other["性别"] == "男" else "之侄女"


@breaks("LR219")
def daughter_in_law_of_nineteen(town: Town) -> Cell:
    wife, child = family(town, *THREE_GENERATIONS)[3:]
    be_born(wife, date(1996, 5, 12))
    be_born(child, date(2014, 10, 3))
    child["在校生状况"] = "非在校生"
    return town.cell(wife, "与户主关系")


@spares("LR219")
def daughter_in_law_of_twenty(town: Town) -> None:
    wife, child = family(town, *THREE_GENERATIONS)[3:]
    be_born(wife, date(1995, 12, 31))
    be_born(child, date(2014, 10, 3))
    child["在校生状况"] = "非在校生"


def grown_son(town: Town) -> Row:
    return family(town, "户主", "配偶", "之子")[2]


def serve(row: Row) -> Row:
    row["现役军人"] = "是"
    return row


@breaks("LR318")
def soldier_of_seventy(town: Town) -> Cell:
    mother = family(town, "户主", "配偶", "之女", "之母")[3]
    return town.cell(serve(mother), "现役军人")


@breaks("LR318")
def soldier_at_school(town: Town) -> Cell:
    child = family(town, "户主", "配偶", "之女", "之子")[3]
    return town.cell(serve(child), "现役军人")


@breaks("LR318")
def disabled_soldier(town: Town) -> Cell:
    head = town.row("成员", 健康状况="残疾", 劳动能力="普通劳动力")
    return town.cell(serve(head), "现役军人")


@breaks("LR318")
def soldier_who_works_elsewhere(town: Town) -> Cell:
    son = grown_son(town)
    assert son["务工时间(月)"]
    return town.cell(serve(son), "现役军人")


@spares("LR318")
def soldier_of_twenty(town: Town) -> None:
    son = family(town, "户主", "配偶", "之子", "之儿媳", "之孙子")[3]
    be_born(son, date(1992, 5, 12))
    serve(son)


@breaks("LR319")
def party_member_at_school(town: Town) -> Cell:
    child = family(town, "户主", "配偶", "之女", "之子")[2]
    child["政治面貌"] = "中共党员"
    return town.cell(child, "政治面貌")


@breaks("LR319")
def league_member_of_fifty(town: Town) -> Cell:
    head = family(town, "户主", "配偶", "之子")[0]
    head["政治面貌"] = "共青团员"
    return town.cell(head, "政治面貌")


@spares("LR319")
def league_member_of_thirty(town: Town) -> None:
    town.row("成员", 年龄=30)["政治面貌"] = "共青团员"
    town.row("成员", 年龄=15)["政治面貌"] = "共青团员"


@breaks("LR320")
def insured_child(town: Town) -> Cell:
    child = family(town, "户主", "配偶", "之女", "之子")[3]
    child["养老保险"] = "是"
    return town.cell(child, "养老保险")


@spares("LR320")
def insured_at_sixteen(town: Town) -> None:
    town.row("成员", 年龄=16)["养老保险"] = "是"
    town.row("成员", 年龄=15)["养老保险"] = "是"


@breaks("LR128")
def called_son(town: Town) -> Cell:
    son = grown_son(town)
    son["姓名"] = "儿子"
    return town.cell(son, "姓名")


@breaks("LR128")
def called_somebody(town: Town) -> Cell:
    son = grown_son(town)
    son["姓名"] = "张某某"
    return town.cell(son, "姓名")


@breaks("LR128")
def called_after_her_husband(town: Town) -> Cell:
    wife = town.row("成员", 与户主关系="配偶")
    wife["姓名"] = "张德明之妻"
    return town.cell(wife, "姓名")


@breaks("LR128")
def helper_not_named_yet(town: Town) -> Cell:
    record = workers_family(town)
    record["帮扶责任人"] = "不详"
    return town.cell(record, "帮扶责任人")


@breaks("LR128")
def reviewer_for_a_test(town: Town) -> Cell:
    row = town.row("入户调查")
    row["审核人"] = "测试员"
    return town.cell(row, "审核人")


@spares("LR128")
def names_like_words(town: Town) -> None:
    for row, name in zip(
        town.rows("成员", 与户主关系="之子"), ("李之子", "孙子涵", "王宝宝"), strict=False
    ):
        row["姓名"] = name
    mother = family(town, "户主", "配偶", "之女", "之母")[3]
    mother["姓名"] = "王李氏"


def passbooks(town: Town) -> list[Row]:
    """Passbooks of one bank, all of 15 digits."""
    rows = town.rows("农户")[:12]
    for number, row in enumerate(rows):
        row["银行账号"] = f"3203241{10_000_000 + 654_321 * number}"
    return rows


@breaks("LR129")
def passbook_one_digit_short(town: Town) -> Cell:
    row = passbooks(town)[4]
    row["银行账号"] = row["银行账号"][:9] + row["银行账号"][10:]
    return town.cell(row, "银行账号")


@spares("LR129")
def passbook_of_another_kind(town: Town) -> None:
    passbooks(town)[4]["银行账号"] = "3203241234567"
    passbooks(town)[5]["银行账号"] = "320324123456789012"


@spares("LR129")
def passbook_of_another_bank(town: Town) -> None:
    row = passbooks(town)[4]
    row["银行账号"], row["开户银行"] = row["银行账号"][:-1], "中国邮政储蓄银行"


@breaks("LR128", severity=Severity.SUSPECT)
def pet_name(town: Town) -> Cell:
    row = town.row("成员", 与户主关系="之女")
    row["姓名"] = "二丫头"
    return town.cell(row, "姓名")


@breaks("LR128", severity=Severity.SUSPECT)
def surname_with_shi_alone(town: Town) -> Cell:
    row = town.row("成员", 与户主关系="之母")
    row["姓名"] = "刘氏"
    return town.cell(row, "姓名")


@spares("LR128")
def woman_with_the_surnames_of_both_families(town: Town) -> None:
    town.row("成员", 与户主关系="之母")["姓名"] = "王李氏"
