"""The faults of the faulty workbook: one rule broken each, in a household of its own.

Some rules of the catalogue are left out because nothing can break them alone at the check date of
2016-03-29: with no day to spare in the timetable, a late appraisal or notice makes the later steps
late too (SJ002-SJ004, SJ006), a date in the future is past its deadline as well (SJ010), a village
without households also misses its quota (RW002), and one 户编号 for two households makes all their
other columns disagree (LR121). RW011 takes more than one household to break.
"""

from dataclasses import dataclass
from datetime import date

from generators import edits as do
from generators import picks as pick
from generators.edits import Change, Edit, Spot, constant, put
from generators.families import ORDINARY
from generators.layout import HOUSEHOLDS, MEMBERS, QUOTA, Column, Row
from generators.livelihood import born, whole
from generators.picks import Suits, has, is_plain_adult, kin
from generators.township import Household, Register, quota_row


@dataclass(frozen=True)
class Fault:
    rule: str
    note: str
    edit: Edit
    suits: Suits = lambda home: True


@dataclass(frozen=True)
class Seeded:
    """A line of the manifest; {also} in its note stands for the address of `also`."""

    rule: str
    spot: Spot
    note: str
    also: Spot | None = None


def _of_adult(rule: str, note: str, heading: str, change: Change) -> Fault:
    edit = do.in_member(is_plain_adult, heading, change)
    return Fault(rule, note, edit, has(is_plain_adult))


def _of_card(rule: str, note: str, change: Change) -> Fault:
    return Fault(rule, note, do.in_member(pick.has_card, "残疾证号", change), has(pick.has_card))


def _in_procedure(
    rule: str, note: str, heading: str, value: str | date | None, suits: Suits = lambda home: True
) -> Fault:
    return Fault(rule, note, do.in_procedure(heading, value), suits)


def _had_to_apply(home: Household) -> bool:
    """Whether the household does not come from the lists of the civil-affairs office."""
    return home.record["农户属性"] == ORDINARY


_is_woman = pick.both(is_plain_adult, lambda member: member["性别"] == "女")
_works_well = pick.both(pick.has_card, lambda member: member["劳动能力"] == "普通劳动力")
_is_boy = pick.both(kin("之子"), pick.is_child)

FAULTS = (
    # ── 识别程序关 ──
    _in_procedure("SB001", "申请日期留空", "申请日期", None, _had_to_apply),
    _in_procedure("SB003", "评议日期留空", "评议日期", None, _had_to_apply),
    Fault("SB004", "应到代表改大，实到不足三分之二", do.few_delegates),
    Fault("SB005", "同意票改为不过半，票数合计不变", do.no_majority),
    Fault("SB006", "同意票少计一票，与实到代表不符", do.miscounted_votes),
    _in_procedure("SB007", "村公示开始留空", "村公示开始", None),
    Fault("SB008", "村公示结束提前三天", do.days_earlier("村公示结束", 3)),
    _in_procedure("SB009", "乡镇审核日期留空", "乡镇审核日期", None),
    _in_procedure("SB010", "乡镇公示开始留空", "乡镇公示开始", None),
    Fault("SB011", "乡镇公示结束提前到3月19日", do.days_earlier("乡镇公示结束", 2)),
    _in_procedure("SB012", "县级审批日期留空", "县级审批日期", None),
    _in_procedure("SB013", "县级公示开始留空", "县级公示开始", None),
    Fault("SB014", "县级公示结束提前到3月26日", do.days_earlier("县级公示结束", 2)),
    Fault("SB015", "评议日期改为申请日期前两天", do.appraised_before_applied),
    Fault(
        "SB016",
        "填有异议，没有处理结果",
        do.objection_without_result,
        lambda home: home.procedure["异议情况"] == "无",
    ),
    Fault(
        "SB018",
        "工资性收入改大（纯收入、人均随改），人均超过6000元",
        do.above_the_line,
        pick.can_rise_above_the_line,
    ),
    # ── 入户调查关 ──
    Fault("DC001", "调查日期留空", do.in_survey("调查日期", None)),
    Fault("DC002", "调查人2留空", do.in_survey("调查人2", None)),
    Fault("DC003", "调查人2改为调查人1", do.one_surveyor_twice),
    Fault("DC004", "户主签字改为否", do.in_survey("户主签字", "否")),
    Fault("DC007", "工资性收入多500元，纯收入未改", do.wrong_net_income, has(pick.is_working)),
    Fault("DC008", "人均纯收入多80元", do.wrong_per_capita),
    Fault("DC010", "其他转移性收入多900元，转移性收入未改", do.parts_above_transfer),
    Fault("DC011", "财产性收入改为-300（纯收入、人均随改）", do.negative_income),
    Fault("DC014", "一名成员改为省外务工6个月", do.work_without_wage, pick.lives_on_the_farm),
    Fault(
        "DC016",
        "低保金及成员低保残疾金改为0",
        do.no_low_income_aid,
        lambda home: bool(home.record["低保金(元)"]),
    ),
    Fault(
        "DC022",
        "主要致贫原因改为因病，家中无病人",
        do.in_record("主要致贫原因", "因病"),
        pick.is_spared("因病", pick.is_ill),
    ),
    Fault(
        "DC023",
        "主要致贫原因改为因残，家中无残疾人",
        do.in_record("主要致贫原因", "因残"),
        pick.is_spared("因残", pick.has_card),
    ),
    Fault(
        "DC024",
        "主要致贫原因改为因学，家中无在校生",
        do.in_record("主要致贫原因", "因学"),
        pick.is_spared("因学", pick.is_in_school),
    ),
    Fault(
        "DC028",
        "不是危房，危房等级填C级",
        do.in_record("危房等级", "C级"),
        lambda home: home.record["是否危房"] == "否",
    ),
    Fault(
        "DC032",
        "有残疾证的成员健康状况改为健康",
        do.in_member(_works_well, "健康状况", constant("健康")),
        has(_works_well),
    ),
    # ── 信息录入关 ──
    _of_adult("LR004", "性别留空", "性别", constant(None)),
    Fault("LR005", "住房面积填成文字", do.in_record("住房面积(㎡)", "待测量")),
    _of_adult("LR006", "文化程度填成代码表外的字", "文化程度", constant("初种")),
    _of_adult("LR101", "证件号码少一位（证件类型留空）", "证件号码", do.shortened),
    Fault(
        "LR102",
        "证件号码存成数字，末三位丢失（证件类型留空）",
        do.in_member(_is_woman, "证件号码", do.as_excel_number),
        has(_is_woman),
    ),
    _of_adult("LR103", "证件号码末位改错", "证件号码", do.wrong_check_character),
    _of_adult("LR104", "证件号码中的生日改为2月31日（校验码正确）", "证件号码", do.impossible_day),
    _of_adult("LR105", "证件号码前六位改为320399（校验码正确）", "证件号码", do.unknown_county),
    Fault(
        "LR106",
        "性别改反",
        do.in_member(kin("户主"), "性别", do.other_sex),
        pick.is_single,
    ),
    _of_adult("LR107", "出生日期改错一天", "出生日期", do.other_day),
    Fault("LR108", "双胞胎用了同一个证件号码", do.twins_with_one_number, pick.has_twins),
    _of_card("LR113", "残疾证号的类别改为9", do.impossible_category),
    _of_card("LR114", "残疾证号改错一位，与证件号码不符", do.other_serial),
    _of_adult("LR115", "姓名中有数字", "姓名", do.digit_in_name),
    Fault("LR116", "联系电话少一位", do.short_phone),
    Fault(
        "LR120",
        "户编号第7、8位颠倒（四张表同改），与村码不符",
        do.household_id_of_nowhere,
        pick.is_single,
    ),
    Fault(
        "LR122",
        "第二名成员的人编号与户主相同",
        do.repeated_person_id,
        lambda home: len(home.members) > 1,
    ),
    Fault(
        "LR201",
        "单人户的户主改为其他",
        do.in_member(kin("户主"), "与户主关系", constant("其他")),
        pick.is_single,
    ),
    Fault(
        "LR202",
        "户主的弟弟也填成户主",
        do.in_member(pick.sibling("男"), "与户主关系", constant("户主")),
        has(pick.sibling("男")),
    ),
    Fault("LR203", "家庭人口多一人（人均随改）", do.one_more_in_size),
    Fault(
        "LR208",
        "户主的妹妹也填成配偶",
        do.in_member(pick.sibling("女"), "与户主关系", constant("配偶")),
        has(pick.sibling("女")),
    ),
    Fault(
        "LR210",
        "未满16岁的孙子填成户主，祖母填成之祖母（户主姓名、证件号码随改）",
        do.child_as_head,
        pick.is_grandmother_with_child,
    ),
    Fault(
        "LR211",
        "户主的弟弟填成之子",
        do.in_member(pick.sibling("男"), "与户主关系", constant("之子")),
        has(pick.sibling("男")),
    ),
    Fault(
        "LR212",
        "男孩填成之女",
        do.in_member(_is_boy, "与户主关系", constant("之女")),
        has(_is_boy),
    ),
    Fault(
        "LR213",
        "一名成员的村民小组与本户其他成员不同",
        do.member_in_other_group,
        lambda home: len(home.members) > 2,
    ),
    Fault(
        "LR304",
        "学龄儿童填成非在校生",
        do.in_member(pick.is_schoolchild, "在校生状况", constant("非在校生")),
        pick.not_poor_for("因学", pick.is_schoolchild),
    ),
    Fault(
        "LR306",
        "未满16岁填成普通劳动力（劳动力人数随改）",
        do.child_labour,
        pick.not_poor_for("缺劳力", pick.is_child),
    ),
    Fault(
        "LR311",
        "务工时间填成14个月",
        do.in_member(pick.is_working, "务工时间(月)", constant(14)),
        has(pick.is_working),
    ),
    Fault("LR315", "主要致贫原因填了两项", do.two_main_causes, pick.has_one_cause),
    Fault("LR316", "其他致贫原因与主要致贫原因相同", do.cause_named_twice),
    # ── 时间节点关 ──
    _in_procedure("SJ001", "申请日期晚于3月4日", "申请日期", date(2016, 3, 5)),
    _in_procedure("SJ005", "县级公示结束晚于3月28日", "县级公示结束", date(2016, 3, 29)),
    Fault("SJ007", "录入日期晚于3月28日", do.in_survey("录入日期", date(2016, 3, 29))),
    Fault("SJ012", "收入年度填成2014", do.in_record("收入年度", 2014)),
)


def seed_faults(register: Register) -> list[Seeded]:
    """Seeds every fault and returns the manifest's lines, in the order of the rule codes."""
    spare = list(register.households)
    lines = [_one_person_twice(spare)]
    # The faults with the fewest households to choose from choose first.
    scarce = sorted(FAULTS, key=lambda fault: sum(map(fault.suits, register.households)))
    for fault in scarce:
        home = next(filter(fault.suits, spare), None)
        assert home is not None, f"no household is left for {fault.rule}"
        spare.remove(home)
        lines.append(Seeded(fault.rule, fault.edit(home), fault.note))
    lines += [*_quota_faults(register), _unplanned_village(register), _repeated_column(register)]
    gates = ("RW", "SB", "DC", "LR", "SJ")
    return sorted(lines, key=lambda line: (gates.index(line.rule[:2]), line.rule))


def _one_person_twice(spare: list[Household]) -> Seeded:
    """LR109: somebody takes the number and birthday of a person of another household."""
    for later in reversed(spare):
        for copy in filter(is_plain_adult, later.members):
            for earlier in spare[: spare.index(later)]:
                for person in filter(is_plain_adult, earlier.members):
                    same_sex = person["性别"] == copy["性别"]
                    if same_sex and pick.age(person) == pick.age(copy):
                        copy["出生日期"] = born(person)
                        spot = put(MEMBERS, copy, "证件号码", person["证件号码"])
                        spare.remove(later)
                        spare.remove(earlier)
                        note = "证件号码（及出生日期）与另一户成员{also}相同"
                        return Seeded("LR109", spot, note, Spot(MEMBERS, person, "证件号码"))
    raise AssertionError("no two members of one sex and age")


def _quota_faults(register: Register) -> list[Seeded]:
    """The sums are kept right for every fault but the one about sums, which comes last."""
    county, town, *villages = register.quota
    homes, persons = "计划户数", "计划人数"
    lines = [
        Seeded("RW004", _plan_more(persons, 15, villages[0], town, county), "计划人数多15人"),
        Seeded("RW005", _plan_more(homes, 7, villages[1], town, county), "计划户数多7户"),
        Seeded("RW010", put(QUOTA, villages[0], "责任人", None), "村的责任人留空"),
    ]

    repeated = dict(villages[2])
    for heading in (homes, persons):
        _plan_more(heading, whole(repeated[heading]), town, county)
    note = f"{repeated['名称']}重复一行（上级任务数随改）"
    lines.append(Seeded("RW007", Spot(QUOTA, repeated, "区划代码"), note))

    swapped = quota_row("320324106", "高集镇", "乡", 12, 5, "周建国")
    _plan_more(homes, 12, county)
    _plan_more(persons, 5, county)
    note = "另一个镇的户数与人数填反（上级任务数随改）"
    lines.append(Seeded("RW009", Spot(QUOTA, swapped, persons), note))

    register.quota += [repeated, swapped]
    lines.append(Seeded("RW001", _plan_more(homes, 3, county), "县计划户数比各镇之和多3户"))
    return lines


def _plan_more(heading: str, more: int, *rows: Row) -> Spot:
    """Raises a planned number in a row and in the rows above it; the spot is the first's."""
    for row in rows:
        row[heading] = whole(row[heading]) + more
    return Spot(QUOTA, rows[0], heading)


def _unplanned_village(register: Register) -> Seeded:
    register.households.append(register.unplanned)
    record = register.unplanned.record
    note = f"登记了任务表中没有的{record['行政村']}一户"
    return Seeded("RW003", Spot(HOUSEHOLDS, record, "行政村"), note)


def _repeated_column(register: Register) -> Seeded:
    for home in register.households:
        home.record["帮扶人姓名"] = home.record["帮扶责任人"]
    register.extra_columns[HOUSEHOLDS] = (Column("帮扶人姓名"),)
    note = "末列“帮扶人姓名”与“帮扶责任人”重复"
    return Seeded("LR002", Spot(HOUSEHOLDS, None, "帮扶人姓名"), note)
