"""LR1 姓名、电话、账号、户编号."""

from cases_entry_duplicates import households_of_different_surnames, renumber_household
from cases_entry_identity import spouse
from town import Cell, Row, Town, breaks, spares

from generators.people import luhn_digit
from jiandang.report.model import Severity


@breaks("LR115")
def digit_in_a_name(town: Town) -> Cell:
    row = spouse(town)
    row["姓名"] += "1"
    return town.cell(row, "姓名")


@breaks("LR115")
def one_character(town: Town) -> Cell:
    row = spouse(town)
    row["姓名"] = row["姓名"][0]
    return town.cell(row, "姓名")


@breaks("LR115")
def remark_in_the_heads_name(town: Town) -> Cell:
    head = town.row("成员", 与户主关系="户主")
    head["姓名"] += "(已故)"
    return town.cell(head, "姓名")


@breaks("LR115")
def head_without_a_table_of_members(town: Town) -> Cell:
    del town.sheets["成员"]
    row = town.row("农户")
    row["户主姓名"] = "Wang"
    return town.cell(row, "户主姓名")


@breaks("LR115")
def head_with_a_note_behind_a_blank(town: Town) -> Cell:
    row = spouse(town)
    row["姓名"] = "钱国安 已故"
    return town.cell(row, "姓名")


@breaks("LR115")
def surveyor_as_a_number(town: Town) -> Cell:
    row = town.row("入户调查")
    row["调查人1"] = "12"
    return town.cell(row, "调查人1")


@breaks("LR115")
def reviewer_of_one_letter(town: Town) -> Cell:
    row = town.row("入户调查")
    row["审核人"] = "A"
    return town.cell(row, "审核人")


@breaks("LR115")
def helper_with_a_digit(town: Town) -> Cell:
    row = town.row("农户", 帮扶责任人=bool)
    row["帮扶责任人"] = "王3"
    return town.cell(row, "帮扶责任人")


@breaks("LR115")
def signed_with_a_number(town: Town) -> Cell:
    row = town.row("入户调查")
    row["户主签字"] = "12"
    return town.cell(row, "户主签字")


@breaks("LR115")
def second_surveyor_as_a_date(town: Town) -> Cell:
    row = town.row("入户调查")
    row["调查人2"] = "2016-03-05"
    return town.cell(row, "调查人2")


@breaks("LR115")
def helper_and_unit_exchanged(town: Town) -> Cell:
    row = town.row("农户", 帮扶责任人=bool)
    row["帮扶责任人"], row["帮扶单位"] = "县水利局", row["帮扶责任人"]
    return town.cell(row, "帮扶责任人")


@breaks("LR115")
def officer_of_one_character(town: Town) -> Cell:
    row = town.row("任务分解", 级别="村")
    row["责任人"] = row["责任人"][0]
    return town.cell(row, "责任人")


@spares("LR115")
def clerk_by_account_and_helper_with_post(town: Town) -> None:
    town.row("入户调查")["录入人"] = "zhangsan"
    home = town.row("农户", 帮扶责任人=bool)
    home["帮扶责任人"] = f"{home['帮扶责任人']}(农委)"


@breaks("LR132", severity=Severity.INFO)
def two_helpers(town: Town) -> Cell:
    for home in town.rows("农户")[:3]:
        home |= {"帮扶责任人": "周敬贤 李华", "帮扶人电话": "13900000021"}
    return town.cell(town.rows("农户")[0], "帮扶责任人")


@breaks("LR132", severity=Severity.INFO)
def two_reviewers(town: Town) -> Cell:
    row = town.row("入户调查")
    row["审核人"] = "周敬贤 李华"
    return town.cell(row, "审核人")


@spares("LR132")
def helpers_with_a_sign_between_them(town: Town) -> None:
    for home, name in zip(town.rows("农户"), ("周敬贤、李华", "买买提·艾力"), strict=False):
        home |= {"帮扶责任人": name, "帮扶人电话": None}


@spares("LR115")
def name_with_a_dot(town: Town) -> None:
    spouse(town)["姓名"] = "阿依古丽·买买提"


@spares("LR115")
def rare_characters(town: Town) -> None:
    spouse(town)["姓名"] = "王𠮷䶮"


@breaks("LR116")
def phone_of_ten_digits(town: Town) -> Cell:
    row = town.row("农户")
    row["联系电话"] = row["联系电话"][:-1]
    return town.cell(row, "联系电话")


@breaks("LR116")
def second_number_wrong(town: Town) -> Cell:
    row = town.row("农户")
    row["联系电话"] += "/83801234"
    return town.cell(row, "联系电话")


@breaks("LR116")
def phone_of_a_member_of_ten_digits(town: Town) -> Cell:
    town.headings["成员"].append("联系电话")
    for row in town.sheets["成员"]:
        row["联系电话"] = town.household(row)["联系电话"]
    row = spouse(town)
    row["联系电话"] = "1385201234"
    return town.cell(row, "联系电话")


@spares("LR116")
def landline(town: Town) -> None:
    town.row("农户")["联系电话"] = "0516-83801234"


@spares("LR116")
def two_numbers(town: Town) -> None:
    town.row("农户")["联系电话"] += "、0516 83801234"[:1] + "051683801234"


@spares("LR116")
def no_phone_in_words(town: Town) -> None:
    town.row("农户")["联系电话"] = "无"


@breaks("LR117")
def phone_of_the_accountant(town: Town) -> Cell:
    rows = households_of_different_surnames(town, 6)
    for row in rows:
        row["联系电话"] = rows[0]["联系电话"]
    return town.cell(rows[0], "联系电话")


@breaks("LR117")
def phone_filled_down_a_village(town: Town) -> Cell:
    """Brothers and old people with it are not said to have been split (SB024, SB025)."""
    rows = town.rows("农户", 行政村="王庄村")
    for row in rows:
        row["联系电话"] = rows[0]["联系电话"]
    return town.cell(rows[0], "联系电话")


@spares("LR117")
def phone_of_five_households(town: Town) -> None:
    rows = households_of_different_surnames(town, 5)
    for row in rows:
        row["联系电话"] = rows[0]["联系电话"]


@breaks("LR118")
def account_too_short(town: Town) -> Cell:
    row = town.row("农户")
    row["银行账号"] = row["银行账号"][:11]
    return town.cell(row, "银行账号")


@breaks("LR118")
def wrong_check_digit(town: Town) -> Cell:
    row = town.row("农户")
    row["银行账号"] = row["银行账号"][:-1] + str((int(row["银行账号"][-1]) + 1) % 10)
    return town.cell(row, "银行账号")


@breaks("LR118")
def account_that_is_the_heads_number(town: Town) -> Cell:
    row = town.row("农户")
    row["银行账号"] = row["户主证件号码"]
    return town.cell(row, "银行账号")


@spares("LR118")
def passbook(town: Town) -> None:
    town.row("农户")["银行账号"] = "320324105201234567"


@spares("LR118")
def card_of_sixteen_digits(town: Town) -> None:
    town.row("农户")["银行账号"] = "622848000012345" + luhn_digit("622848000012345")


@breaks("LR120")
def number_of_another_village(town: Town) -> Cell:
    home = town.row("农户")
    renumber_household(town, home, "320324150201999")
    return town.cell(home, "户编号")


@breaks("LR120")
def letter_in_the_number(town: Town) -> Cell:
    home = town.row("农户")
    renumber_household(town, home, home["户编号"][:-1] + "A")
    return town.cell(home, "户编号")


@breaks("LR120")
def code_of_the_village_with_a_slip(town: Town) -> Cell:
    home = town.rows("农户", 行政村="王庄村")[5]
    home["村码"] = "320324105261"
    town.policy["quota_tolerance"] = 0.5
    (found,) = town.findings(select=["LR120"])
    assert found.expected == "320324105201"
    return town.cell(home, "村码")


@breaks("LR120")
def number_of_the_household_with_a_slip(town: Town) -> Cell:
    home = town.rows("农户", 行政村="王庄村")[5]
    renumber_household(town, home, "320324105261006")
    (found,) = town.findings(select=["LR120"])
    assert found.expected == "320324105201006"
    return town.cell(home, "户编号")


def as_of_another_village(town: Town, homes: int) -> list[Row]:
    """So many households of a village that was merged into another keep their numbers."""
    moved = town.rows("农户", 行政村="柳湾村")[:homes]
    for home in moved:
        home |= {"村码": "320324105201", "行政村": "王庄村"}
        for member in town.members(home):
            member |= {"村码": "320324105201", "行政村": "王庄村"}
        town.row("识别程序", 户编号=home["户编号"])["行政村"] = "王庄村"
    town.policy["quota_tolerance"] = 0.9
    return moved


@breaks("LR120")
def numbers_of_a_village_merged_into_another(town: Town) -> Cell:
    homes = as_of_another_village(town, 10)
    (found,) = town.findings(select=["LR120"])
    assert "本村 10 户的户编号都以 320324105202 开头，村码却是 320324105201" in found.message
    return town.cell(homes[0], "户编号")


@spares("LR120")
def longer_numbers(town: Town) -> None:
    for home in town.rows("农户"):
        renumber_household(town, home, home["村码"] + "000" + home["户编号"][-3:])


@spares("LR120")
def no_village_code(town: Town) -> None:
    for sheet in ("成员", "农户"):
        town.headings[sheet].remove("村码")


# -- helpers who are no persons (LR115) --------------------------------------------------------


@breaks("LR115", severity=Severity.SUSPECT)
def a_bureau_helps(town: Town) -> Cell:
    home = town.row("农户")
    home["帮扶责任人"] = "县农业局"
    return town.cell(home, "帮扶责任人")


@breaks("LR115", severity=Severity.SUSPECT)
def a_director_helps(town: Town) -> Cell:
    home = town.row("农户")
    home["帮扶责任人"] = "刘主任"
    return town.cell(home, "帮扶责任人")


@spares("LR115")
def helpers_whose_names_end_like_an_office(town: Town) -> None:
    for home, name in zip(town.rows("农户"), ("马站", "钱中心", "王部长林", "丁所"), strict=False):
        home |= {"帮扶责任人": name, "帮扶人电话": None}


@breaks("LR118")
def an_account_in_place_of_the_bank(town: Town) -> Cell:
    home = town.row("农户")
    home["开户银行"] = home["银行账号"]
    return town.cell(home, "开户银行")
