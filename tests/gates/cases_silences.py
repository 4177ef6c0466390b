"""What silences what: for each entry of the table a town in which it matters.

A case breaks two rules by one cause: the first rule is told, the second is silent there.
"""

from collections.abc import Callable
from datetime import date

import cases_deadlines as deadlines
import cases_dynamic_figures as figures
import cases_entry_contact as contact
import cases_entry_duplicates as duplicates
import cases_entry_household as household
import cases_entry_identity as identity
import cases_entry_person as person
import cases_exchanged as exchanged
import cases_figures
import cases_heads_of_steps as heads_of_steps
import cases_identification as identification
import cases_kin_ages as kin_ages
import cases_left_empty as left_empty
import cases_officials as officials
import cases_slipped as slipped
import cases_survey as survey
import cases_survey_benefits as benefits
import cases_survey_income as income
import cases_survey_living as living
import cases_swapped as swapped
import cases_task_breakdown as task
import cases_village_facts as village_facts
from family_changes import family, years_later
from survey_edits import WAGE, couple, dibao_household, earn, earn_a_head, workers_family
from town import Row, Town

from generators.members import LABOURERS, be_born

Silencing = Callable[[Town], object]
SILENCES: list[tuple[str, str, Silencing]] = []


def silences(code: str, other: str) -> Callable[[Silencing], Silencing]:
    """The function breaks the rule `code`, and `other` for the same cause."""

    def decorate(function: Silencing) -> Silencing:
        SILENCES.append((code, other, function))
        return function

    return decorate


# One slip that breaks two rules.
silences("LR101", "LR127")(identity.one_digit_short)
silences("LR125", "LR106")(identity.filled_down)
silences("LR133", "LR106")(identity.numbers_exchanged)
silences("LR133", "LR107")(identity.numbers_exchanged)
silences("LR133", "LR207")(identity.numbers_exchanged)
silences("LR135", "LR106")(slipped.numbers_a_row_down)
silences("LR135", "LR107")(slipped.numbers_a_row_down)
silences("LR135", "LR207")(slipped.numbers_a_row_down)
silences("LR135", "LR004")(slipped.a_number_taken_out)
silences("LR137", "LR203")(swapped.size_and_labourers)
silences("LR137", "LR204")(swapped.size_and_labourers)
silences("LR138", "LR118")(swapped.bank_and_account)
silences("LR138", "SB015")(swapped.notices_of_village_and_town)
silences("LR135", "LR203")(slipped.sizes_a_row_down)
silences("LR135", "DC008")(slipped.averages_a_row_up)
silences("DC073", "DC012")(cases_figures.all_amounts_in_ten_thousands)
silences("LR128", "DC072")(kin_ages.helper_not_named_yet)
silences("DC057", "DC072")(officials.helper_with_a_neighbours_name)
silences("LR104", "LR107")(identity.born_after_the_check)
silences("LR103", "LR207")(household.heads_number_damaged)
silences("DC016", "DC067")(benefits.dibao_money_in_the_sum_alone)
silences("DC018", "DC067")(benefits.wubao_money_in_the_sum_alone)
silences("DC019", "DC067")(benefits.pension_of_one_among_the_parts)
silences("DC066", "DC033")(living.disabled_without_a_card_and_healthy)
silences("DC032", "LR314")(living.healthy_with_a_card_and_unable_to_work)
silences("LR121", "LR203")(duplicates.two_households_with_one_number)
silences("LR224", "LR207")(exchanged.numbers_of_two_households_exchanged)
silences("LR224", "LR130")(exchanged.members_exchanged_who_keep_their_own_numbers)
silences("LR225", "LR208")(exchanged.second_spouse_at_the_end_of_another_household)
silences("LR205", "SB001")(household.family_under_another_number)
silences("LR115", "LR207")(contact.remark_in_the_heads_name)
silences("LR202", "LR210")(household.everybody_is_a_head)
silences("LR208", "LR214")(household.daughter_in_law_as_spouse)
silences("LR210", "LR211")(household.little_son_as_head)
silences("LR302", "LR303")(person.old_student)
silences("LR303", "LR309")(person.grown_worker_in_junior_school)
silences("LR306", "LR204")(person.child_as_labourer_not_counted)
silences("LR314", "LR204")(person.healthy_invalid)
silences("LR310", "LR312")(person.invalid_with_months)
silences("LR312", "DC014")(person.months_without_place)
silences("LR313", "DC018")(person.able_wubao)
silences("DC045", "SB018")(benefits.rich_wubao_household_of_another_type)
silences("SJ016", "DC049")(deadlines.poor_household_that_is_said_to_be_out_of_poverty)
silences("DC044", "DC017")(benefits.both_benefits)
silences("DC037", "DC053")(survey.helper_of_the_family)
silences("DC048", "DC031")(living.out_of_poverty_short_of_water)
silences("RW009", "RW004")(task.households_and_persons_swapped)
silences("RW012", "RW023")(village_facts.few_households_of_many_people)
silences("RW024", "RW016")(village_facts.income_of_the_village_in_yuan)
silences("SB006", "SB005")(identification.no_majority_among_too_many_votes)
silences("DC007", "DC013")(income.wage_in_ten_thousands)
silences("DC007", "DC010")(income.transfers_short_of_a_nought)
silences("RW001", "RW004")(task.village_of_a_nought_too_many)
silences("RW001", "RW005")(task.village_off_its_target_by_what_the_sum_is_off)
silences("SB004", "SB036")(identification.too_few_delegates)
silences("SJ010", "SB015")(deadlines.reviewed_in_the_future)


# Two slips, of which the first makes the second doubtful.


@silences("DC008", "SB018")
def average_above_the_line_that_is_none(town: Town) -> None:
    identification.lacking_funds(town)["人均纯收入(元)"] = 6500


@silences("LR113", "DC032")
def false_card_of_someone_healthy(town: Town) -> None:
    identity.category_nine(town)
    living.healthy_with_a_card(town)


@silences("LR114", "DC032")
def card_of_another_of_someone_healthy(town: Town) -> None:
    identity.card_of_another(town)
    living.healthy_with_a_card(town)


@silences("LR120", "SB001")
def left_out_under_a_number_of_another_village(town: Town) -> None:
    contact.number_of_another_village(town)
    identification.left_out_of_the_procedure_table(town)


@silences("DT024", "DT017")
def dates_exchanged(town: Town) -> None:
    figures.income_three_times(town)
    assert town.earlier is not None
    for record in town.earlier.rows("农户"):
        record["收入年度"] = 2016


@silences("LR116", "SB024")
def brothers_with_one_short_phone(town: Town) -> None:
    contact.phone_of_ten_digits(town)
    identification.brothers_with_one_phone(town)


@silences("LR118", "LR119")
def short_account_of_the_neighbour(town: Town) -> None:
    contact.account_too_short(town)
    one, two = town.rows("农户")[:2]
    two["银行账号"] = one["银行账号"]


@silences("LR206", "LR004")
def removed_household_whose_row_is_left(town: Town) -> None:
    home = town.row("农户", 家庭人口=3)
    number = home["户编号"]
    for sheet in ("成员", "识别程序", "入户调查"):
        town.sheets[sheet] = town.rows(sheet, 户编号=lambda other: other != number)
    for heading in town.headings["农户"][8:]:
        home[heading] = None


@silences("LR403", "SJ011")
def entered_a_year_too_early(town: Town) -> None:
    visit = town.row("入户调查")
    visit["录入日期"] = visit["录入日期"].replace(year=2015)


@silences("LR014", "DC014")
def wage_of_a_worker_left_empty(town: Town) -> None:
    workers_family(town)[WAGE] = None


@silences("LR106", "LR212")
def daughter_whose_sex_is_mistyped(town: Town) -> None:
    household.sex_mistyped(town)
    household.boy_as_daughter(town)


def newborn(town: Town) -> dict[str, object]:
    """The row of a child that was born after the reference date."""
    deadlines.toddler(town, date(2016, 2, 14))
    return max(town.rows("成员"), key=lambda row: str(row["证件号码"])[6:14])


@silences("LR107", "SJ013")
def newborn_with_another_birthday(town: Town) -> None:
    newborn(town)["出生日期"] = "2014-05-06"


@silences("SJ013", "LR301")
def newborn_with_an_education(town: Town) -> None:
    newborn(town)["文化程度"] = "初中"


@silences("LR108", "LR212")
def brother_with_the_others_number_as_daughter(town: Town) -> None:
    elder, younger = duplicates.twins(town)
    younger["证件号码"] = elder["证件号码"]
    younger["与户主关系"] = "之女" if elder["性别"] == "男" else "之子"


@silences("LR109", "LR105")
def in_two_households_from_nowhere(town: Town) -> None:
    identity.region_that_never_was(town)
    duplicates.in_two_households(town)


@silences("LR201", "LR208")
def two_spouses_and_no_head(town: Town) -> None:
    family(town, "户主", "配偶")[0]["与户主关系"] = "配偶"


@silences("LR212", "LR215")
def father_as_husbands_mother(town: Town) -> None:
    mother = family(town, "户主", "配偶", "之女", "之母")[3]
    mother["与户主关系"] = "之公公"


@silences("LR215", "LR214")
def husbands_mother_beside_a_young_wife(town: Town) -> None:
    head, wife, _, mother = family(town, "户主", "配偶", "之女", "之母")
    mother["与户主关系"] = "之婆婆"
    be_born(wife, years_later(head["出生日期"], 21))


@silences("LR209", "LR214")
def far_younger_brother_as_spouse(town: Town) -> None:
    head, brother = family(town, "户主", "之兄弟姐妹")
    household.brother_as_spouse(town)
    be_born(brother, years_later(head["出生日期"], 21))


@silences("LR211", "LR214")
def son_nearly_as_old_and_a_young_wife(town: Town) -> None:
    head, wife, son = family(town, "户主", "配偶", "之子")
    be_born(son, years_later(head["出生日期"], 13))
    be_born(wife, years_later(head["出生日期"], 21))


@silences("LR203", "DC013")
def size_wrong_and_income_too_high(town: Town) -> None:
    record = dibao_household(town)
    record["家庭人口"] += 1
    earn_a_head(record, 30_001)


@silences("LR311", "LR312")
def fourteen_months_nowhere(town: Town) -> None:
    row = town.row("成员", 务工状况=None, 劳动能力="普通劳动力")
    row["务工时间(月)"] = 14


@silences("LR309", "LR312")
def schoolboy_at_work_without_a_place(town: Town) -> None:
    person.schoolboy_at_work(town)
    for pupil in town.rows("成员", 在校生状况=lambda stage: stage != "非在校生"):
        pupil["务工状况"] = None


@silences("LR317", "DC016")
def dibao_household_with_neither(town: Town) -> None:
    person.dibao_household_without_dibao(town)
    benefits.dibao_without_money(town)


@silences("DC011", "DC007")
def negative_property_and_wrong_sum(town: Town) -> None:
    income.negative_property_income(town)
    income.net_income_too_high(town)


@silences("DC009", "DC021")
def harvest_of_a_nought_too_many(town: Town) -> None:
    income.planting_of_a_nought_too_many(town)


@silences("DC010", "DC046")
def pension_of_a_nought_too_many(town: Town) -> None:
    record = couple(town)
    earn(record, 养老保险金=126)
    record["养老保险金(元)"] *= 10


@silences("RW007", "RW004")
def village_twice_with_another_quota(town: Town) -> None:
    copy = dict(task.village(town, "陈桥村"))
    copy["计划人数"] += 30
    town.sheets[task.QUOTA].append(copy)


@silences("SB015", "SB007")
def noticed_before_applied_without_end(town: Town) -> None:
    identification.noticed_before_applied(town)
    identification.village_notice_without_end(town)


@silences("LR222", "DC056")
def visits_exchanged_with_their_signatures(town: Town) -> None:
    rows = town.rows(heads_of_steps.VISITS)
    for row in rows:
        row["户主签字"] = town.household(row)["户主姓名"]
    first, second = rows[3], rows[4]
    first["户主签字"], second["户主签字"] = second["户主签字"], first["户主签字"]
    heads_of_steps.exchange(town, heads_of_steps.VISITS, 3, 4)


@silences("LR204", "LR308")
def able_man_without_labour_not_counted(town: Town) -> None:
    man = town.row("成员", 劳动能力="普通劳动力", 健康状况="健康", 务工状况=None)
    man["劳动能力"] = "无劳动力"


# A row copied as it is: its own faults, and what is counted over the household's rows.


def copy_child(town: Town) -> Row:
    """A row of the members copied to just below itself."""
    rows = town.sheets["成员"]
    child = town.row("成员", 与户主关系="之子", 劳动能力="普通劳动力")
    rows.insert(rows.index(child), dict(child))
    return child


@silences("LR108", "LR203")
def member_copied(town: Town) -> None:
    copy_child(town)


@silences("LR122", "LR203")
def member_copied_without_his_number(town: Town) -> None:
    copy_child(town)["证件号码"] = None


@silences("LR122", "LR004")
def member_copied_with_a_number_to_fill_in(town: Town) -> None:
    copy_child(town)["证件号码"] = None


def another_households(town: Town) -> tuple[Row, Row]:
    """A labourer put under a neighbour's number; the row, and the neighbour's in 农户."""
    son = town.row("成员", 与户主关系="之女", 劳动能力="普通劳动力", 务工状况=None)
    home = town.household(son)
    homes = town.rows("农户", 行政村=home["行政村"], 村民小组=home["村民小组"])
    other = next(each for each in homes if each is not home)
    son["户编号"] = other["户编号"]
    return son, other


@silences("LR130", "LR208")
def wife_under_a_couples_number(town: Town) -> None:
    wife = town.row("成员", 与户主关系="配偶")
    home = town.household(wife)
    others = town.rows("成员", 与户主关系="配偶", 行政村=home["行政村"])
    wife["户编号"] = next(each for each in others if each is not wife)["户编号"]


for _code, _other, _case in (
    ("SB031", "DC055", left_empty.steps_and_visit_of_nobody),
    ("DC038", "DC065", left_empty.one_digit_short_of_the_helpers_phone),
    ("DC053", "DC065", left_empty.phone_of_the_helper_that_is_the_familys),
):
    silences(_code, _other)(_case)


@silences("LR203", "DC046")
def the_pensioner_left_out(town: Town) -> None:
    """Nobody else is 60: it is the row that is lacking, and not a pension amiss."""
    grandmother = family(town, "户主", "配偶", "之女", "之母")[3]
    town.household(grandmother)["养老保险金(元)"] = 1320
    town.sheets["成员"].remove(grandmother)


@silences("LR204", "DC034")
def gravely_ill_and_counted(town: Town) -> None:
    """The one cell that makes 劳动力人数 wrong is told as that."""
    head = family(town, "户主", "配偶", "之子")[0]
    head.update(健康状况="患有大病", 劳动能力="普通劳动力", 残疾证号=None)
    home = town.household(head)
    others = [row for row in town.members(head)[1:] if row["劳动能力"] in LABOURERS]
    for row in town.members(head)[1:]:
        if row["劳动能力"] == "弱劳动力或半劳动力":
            row["劳动能力"] = "无劳动力"
    home["劳动力人数"] = len(others)
