"""The headings of register.md and of public forms, each with the column that it names."""

import polars as pl
import pytest

from jiandang.formats.grid import Grid
from jiandang.headings.text import heading_key, year_of
from jiandang.headings.vocabulary import Meaning, Vocabulary, meaning_of
from jiandang.intake.heading_rows import read_heading
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")

# table → column → headings, as forms print them. A column's own heading and aliases of the models
# are tested by the names that forms have for it, one block a table.
FORMS = {
    "member": {
        "county": "县(市、区) 县 县区 县名称 所在县",
        "town": "乡(镇) 乡镇 镇(街道) 镇 所在乡镇 镇街",
        "village": (
            "行政村 村 村名 行政村名 所在村 所属村 所属行政村 村(居)委会 村（居）委会 村居委会 "
            "村(社区)"
        ),
        "group": "村民小组 组名 自然村 村组 组别 所在组",
        "village_code": "村码 行政区划代码 区划代码",
        "household_id": (
            "户编号 户码 农户编码 户号 建档立卡号 家庭编号 户编码 户代码 户码* 家庭户编号"
        ),
        "person_id": "人编号 人员编号",
        "name": "姓名 名字 成员姓名 家庭成员姓名 A4姓名 贫困人口姓名",
        "sex": "性别 A5性别",
        "id_number": (
            "证件号码 身份证号 身份证号码 公民身份号码 公民身份证号码 身份证件号码 证件号 身份证 "
            "公民身份证号 居民身份证号 A6公民身份号码或残疾号码 身份证号码(18位)"
        ),
        "disability_card": "残疾证号 残疾人证号 残疾人证号码",
        "birth_date": "出生日期 出生年月",
        "age": "年龄 年龄(周岁)",
        "relation": "与户主关系 家庭关系 户主或与户主关系 与户主的关系 与户主之关系 A7与户主关系",
        "nation": "民族 A8民族 民族成份 民族成分",
        "education": "文化程度 学历 受教育程度 A9文化程度",
        "student": "在校生状况 在校生否 A10在校生 是否在校生",
        "health": "健康状况 身体状况 健康情况 身体健康状况 A11健康状况 健康状态",
        "labour": "劳动能力 劳动技能 劳动力状况 A12劳动能力",
        "work": "务工状况 务工区域 打工状况 A13务工状况 务工地点",
        "work_months": "务工时间(月) 务工时间 务工月数 打工月数 打工时间",
        "medical_insurance": "医疗保险 是否参加新农合 是否参加城乡居民基本医疗保险 参加医保",
        "pension_insurance": "养老保险 是否参加城乡居民基本养老保险 是否参加新农保 参加养老保险"
        " 参保养老保险",
        "illness_insurance": "大病保险 参加大病保险",
        "soldier": "现役军人 是否现役军人",
        "party": "政治面貌",
        "id_type": "证件类型 证件类别",
        "dibao": "享受低保 低保人口 是否享受农村低保",
        "benefit": "低保残疾金(元) 领取低保金、残疾金(元)* 领取低保、五保、残疾金额(元)",
        "public_payroll": "财政供养 是否财政供养人员",
        "vehicle": "机动车 是否有机动车",
        "flat": "商品房 有无商品房",
        "business": "工商登记 是否有工商登记",
    },
    "household": {
        "head_name": "户主姓名 户主 户主姓名* 姓名 户主名字",
        "head_id": "户主证件号码 户主身份证号码 户主身份证号码* 户主身份证 身份证号 证件号码",
        "size": "家庭人口 人口 人数 家庭人数 家庭人口数 人口* 家庭人口(人) 家庭人口总数",
        "labour_count": "劳动力人数 劳动力 劳动力(人)",
        "phone": "联系电话 电话号码 手机号码",
        "household_type": "农户属性 贫困户属性 户类型 农户属性* A2贫困户属性(单选)",
        "standard": "识别标准 A1识别标准(单选)",
        "cause": "主要致贫原因 致贫原因 贫困原因* 致贫主要原因 A3a主要致贫原因(单选)",
        "other_causes": "其他致贫原因 A3b其他致贫原因(最多选2项)",
        "status": "脱贫属性",
        "identified": "识别时间 识别年度",
        "exited": "脱贫时间 脱贫年度",
        "arable": "耕地面积(亩) 承包耕地面积(亩)* 承包耕地面积",
        "irrigated": "有效灌溉面积(亩) 有效灌溉面积",
        "transferred": "流转面积(亩)",
        "forest": "林地面积 林地面积(亩)",
        "returned": "退耕还林面积(亩)",
        "fruit": "林果面积",
        "pasture": "牧草地面积(亩)",
        "water_area": "水面面积",
        "road_distance": "与村主干路距离(公里) 距村主干路距离",
        "road_type": "入户路类型",
        "production_power": "是否通生产用电",
        "tv": "是否通广播电视",
        "fuel": "主要燃料类型",
        "cooperative": "是否加入合作社 是否加入农民专业合作组织",
        "house_area": "住房面积(㎡) 住房面积(m2)* 住房面积(平方米) 住房面积",
        "dangerous": "是否危房 危房户",
        "danger_grade": "危房等级",
        "water_short": "饮水是否困难",
        "water_safe": "饮水是否安全 是否解决安全饮用水",
        "electricity": "是否通生活用电",
        "toilet": "有无卫生厕所",
        "bank": "开户银行",
        "account": "银行账号 银行卡号 一卡通账号",
        "income_year": "收入年度 年份*",
        "wage": "工资性收入(元) 工资性收入",
        "business_income": "生产经营性收入(元)",
        "property_income": "财产性收入",
        "transfer": "转移性收入(元)",
        "dibao_money": "其中：低保金 低保金(元)",
        "wubao_money": "五保金 特困供养金",
        "pension": "养老保险金(元)",
        "ecology": "生态补偿金",
        "family_planning": "计划生育金",
        "other_transfer": "其他转移性收入(元)",
        "cost": "生产经营性支出(元)",
        "net_income": "家庭纯收入(元) 1.全年家庭纯收入",
        "per_capita": (
            "人均纯收入(元) 家庭人均收入(元)* 家庭人均纯收入 年人均纯收入 年人均收入 "
            "2.家庭人均纯收入 人均年收入 农民人均纯收入(元/人)"
        ),
        "total": "家庭总收入(元)* 家庭总收入",
        "planting": "种植业(元)* 种植业纯收入",
        "breeding": "养殖业(元)* 养殖业纯收入",
        "labour_income": "务工(元)* 务工收入",
        "benefits": "领取低保、五保、养老收入(元)* 低保、五保、养老收入",
        "subsidies": "补贴性收入(元)* 补贴性收入",
        "other_income": "其他收入(元)* 其他收入",
        "helper": "帮扶责任人 帮扶人姓名 挂钩帮扶人 帮扶干部",
        "helper_unit": "帮扶单位 挂钩帮扶单位",
        "helper_post": "帮扶人职务",
        "helper_phone": "帮扶人电话 帮扶人电话号码 挂钩帮扶人电话",
        "helper_since": "帮扶开始时间",
    },
    "allocation": {
        "code": "区划代码 代码",
        "place": "名称 单位名称 单位 行政村 村名 乡镇/行政村 乡(镇)/村 乡镇(行政村)",
        "town": "乡镇 乡(镇) 镇(街道)",
        "level": "级别",
        "planned_households": "计划户数 分解户数 任务户数 指标(户)",
        "planned_persons": "计划人数 任务人数 指标(人)",
        "officer": "责任人",
    },
    "procedure": {
        "applied": "申请日期",
        "application_signed": "申请人签字",
        "appraised": "评议日期 民主评议日期",
        "delegates": "应到代表",
        "delegates_present": "实到代表",
        "votes_for": "同意票",
        "village_notice_start": "村公示开始 村级公示开始",
        "objection": "异议情况",
        "town_reviewed": "乡镇审核日期",
        "county_approved": "县级审批日期",
        "county_notice_end": "县级公告结束 县级公示结束",
        "cadre_relative": "村干部亲属",
        "cadre_relative_filed": "备案情况",
    },
    "survey": {
        "surveyed": "调查日期 入户日期",
        "surveyor_1": "调查人1 调查人①",
        "surveyor_2": "调查人2",
        "surveyors": "调查人",
        "head_signed": "户主签字",
        "reviewer": "审核人",
        "entered": "录入日期",
        "entry_clerk": "录入人",
        "proofreader": "校对人",
    },
    "village": {
        "village_code": "村码",
        "rural_households": "农村户数",
        "rural_population": "农村人口",
        "weak_village": "是否经济薄弱村",
        "collective_income": "村集体经营性收入(万元)",
        "goal_year": "达标年度",
    },
}
NAMED = [
    (table, column, heading)
    for table, columns in FORMS.items()
    for column, headings in columns.items()
    for heading in headings.split()
]


@pytest.mark.parametrize(("table", "column", "heading"), NAMED, ids=lambda value: str(value))
def test_headings_of_forms(table: str, column: str, heading: str) -> None:
    meaning = Vocabulary().meaning(heading_key(heading), [table])
    assert meaning is not None
    assert meaning.column == column


@pytest.mark.parametrize("text", ["备注1", "收入_2015", "住房面积m2"])
def test_what_is_no_code_behind_a_name_stays(text: str) -> None:
    assert heading_key(text) == text


# What forms put around a name.
AROUND = [
    *(
        "*{}",
        "★{}",
        "♦{}",
        "✦{}",
        "➤{}",
        "→{}",
        "\uf06c{}",
        "※{}※",
        "{}*",
        "{}♥",
        "{}？",
        "{}。",
        "{}……",
    ),
    *("{}①", "{}¹", "①{}①", "{}*1", "{}/1", "{}(1)", "{}[注1]", "1.{}", "1、{}", "1-{}", "1_{}"),
    *(
        "1.1{}",
        "1-1{}",
        "01{}",
        "（一）1.{}",
        "(1){}",
        "【1】{}",
        "№1{}",
        "⒈{}",
        "㈠{}",
        "Ⅰ.{}",
        "Ⅰ{}",
    ),
    *(
        "IV、{}",
        "A1{}",
        "A-1{}",
        "A1-2{}",
        "A01.1{}",
        "C101{}",
        "AAC003{}",
        "AAC003 {}",
        "A01_{}",
        "C1-{}",
        "{}_A1",
        "{}|AAC003",
    ),
    *("必填 {}", "必填*{}", "*必填项*{}", "{}注1", "{}※注2"),
    *(
        "甲、{}",
        "必填:{}",
        "{}-必填",
        "{}【必填】",
        "【{}】",
        "[{}]",
        "（{}）",
        "〈{}〉",
        "「{}」",
        "“{}”",
    ),
    *("【1.{}】", "*【{}】*", "【{}】①"),
]
BY_NAME = {
    "姓名": "name", "户编号": "household_id", "务工时间(月)": "work_months",
    "县(市、区)": "county", "住房面积(㎡)": "house_area", "人均纯收入(元)": "per_capita",
}  # fmt: skip


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("name", BY_NAME)
def test_marks_numbers_and_brackets_around_a_heading(around: str, name: str) -> None:
    words, heading = Vocabulary(), around.format(name)
    meaning = words.meaning(heading_key(heading), ["member", "household"])
    assert meaning is not None and meaning.column == BY_NAME[name]
    assert words.knows(heading) or words.knows(heading_key(heading))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("(乡)镇", "(乡)镇"),
        ("(县)(市)", "(县)(市)"),
        ("((县)", "((县)"),
        ("0-6岁儿童", "0-6岁儿童"),
        ("调查人②", "调查人②"),  # the second of two
        ("A.是", "A.是"),
        ("√姓名", "√姓名"),  # a tick is an answer
        ("备注", "备注"),
    ],
)
def test_what_belongs_to_a_heading_stays(text: str, key: str) -> None:
    assert heading_key(text) == key


@pytest.mark.parametrize(
    "heading",
    [
        "序号", "备注", "填报单位", "常住人口", "户籍人口", "帮扶措施", "水田", "签名", "Remarks",
        "低保证号", "残疾等级", "调查人3", "姓名2",
    ],
)  # fmt: skip
def test_headings_of_the_countys_own(heading: str) -> None:
    assert Vocabulary().meaning(heading_key(heading), FORMS) is None


@pytest.mark.parametrize(
    ("heading", "column", "year"),
    [
        ("2015年工资性收入", "wage", 2015),
        ("2015年度家庭纯收入（元）", "net_income", 2015),
        ("2015人均纯收入", "per_capita", 2015),
        ("人均纯收入（2015年）", "per_capita", 2015),
        ("人均纯收入2015年", "per_capita", 2015),
        ("15年人均纯收入", "per_capita", 2015),
        ("2015年全年财产性收入", "property_income", 2015),
        ("上年度人均纯收入", "per_capita", None),
        ("上年人均可支配收入", None, None),
        ("去年转移性收入", "transfer", None),
        ("2015年底计划", None, 2015),
    ],
)
def test_headings_that_name_a_year(heading: str, column: str | None, year: int | None) -> None:
    meaning = meaning_of([heading], ["household"], Vocabulary())
    assert (meaning and meaning.column) == column
    assert year_of([heading]) == year


@pytest.mark.parametrize(
    ("years", "own", "taken"),
    [
        ((2014, 2015), 2015, 1),
        ((2015, 2014), 2015, 0),
        ((2013, 2014), 2015, 1),
        ((2014, 2015, 2016), 2015, 1),
        ((2016, 2015), 0, 0),
    ],
)
def test_years_side_by_side(years: tuple[int, ...], own: int, taken: int) -> None:
    """Over or under the name of the column, or in it."""
    for texts in (["人均纯收入", "{}年"], ["{}年度", "人均纯收入"], ["{}年人均纯收入"]):
        stacks = {n: [text.format(year) for text in texts] for n, year in enumerate(years)}
        stacks |= {9 + n: [text] for n, text in enumerate(["户编号", "户主姓名", "家庭人口"])}
        heading = read_heading(stacks, Vocabulary(income_year=own), 0, len(texts) - 1)
        assert heading.columns[Meaning("household", "per_capita")] == taken
        assert heading.repeated == {}
        assert set(heading.unknown) == {*range(len(years))} - {taken}
        assert heading.other_years == (
            {} if years[taken] == own or not own else {taken: years[taken]}
        )


@pytest.mark.parametrize("own", [2015, 0])
def test_the_year_before_beside_the_years_own(own: int) -> None:
    texts = ["户编号", "户主姓名", "家庭人口", "上年度人均纯收入", "本年度人均纯收入(元)"]
    stacks = {n: [text] for n, text in enumerate(texts)}
    heading = read_heading(stacks, Vocabulary(income_year=own), 0, 0)
    assert heading.columns[Meaning("household", "per_capita")] == 4
    assert heading.unknown == {3: "上年度人均纯收入"}
    assert heading.repeated == {}
    assert heading.other_years == {}
    # Alone it is the column, and the year before may well be the register's.
    alone = read_heading({n: stacks[n] for n in range(4)}, Vocabulary(income_year=own), 0, 0)
    assert alone.columns[Meaning("household", "per_capita")] == 3
    assert alone.other_years == {}


def test_an_unknown_heading_is_not_said_to_be_near_to_itself() -> None:
    vocabulary = Vocabulary()
    assert vocabulary.nearest("证件号吗") == "证件号码"
    assert vocabulary.nearest("人均收人") == "人均纯收入(元)"
    assert vocabulary.nearest("致贫原因说明") == "主要致贫原因"
    # The last word says of what a column is.
    assert vocabulary.nearest("低收入户数") == vocabulary.nearest("低保户") == ""
    assert vocabulary.nearest("证件号码") == ""


GROUPED: list[Raw] = ["行政村", "户编号", "户主姓名", "农户属性", "人均纯收入(元)"]
OF_HEAD: list[Raw] = ["王庄村", "320324105201001", "张三", "一般贫困户", 3000.0]


def grouped(group: str, parts: list[Raw], values: list[Raw]) -> pl.DataFrame:
    """The household of a sheet whose last columns stand below one text, in two rows."""
    gap: list[Raw] = [""] * len(GROUPED)
    heading = [*GROUPED, group, *[""] * (len(parts) - 1)]
    first = len(GROUPED)
    merged = [(0, first, 0, first + len(parts) - 1)]
    grid = Grid("农户", [heading, [*gap, *parts], [*OF_HEAD, *values]], merged)
    return register_of([grid], POLICY).tables["household"]


@pytest.mark.parametrize(
    ("group", "parts", "values", "column", "value"),
    [
        ("家庭纯收入（元）", ["2013年", "2014年", "2015年"], [1.0, 2.0, 3.0], "net_income", 3),
        ("家庭纯收入（元）", ["2015年度", "2014年度"], [3.0, 2.0], "net_income", 3),
        ("家庭纯收入（元）", [2014.0, 2015.0], [2.0, 3.0], "net_income", 3),
        ("家庭纯收入（元）", ["上年", "本年"], [2.0, 3.0], "net_income", 3),
        ("家庭纯收入（元）", ["本年度", "上年度"], [3.0, 2.0], "net_income", 3),
        ("工资性收入（元）", ["前年", "去年", "当年"], [1.0, 2.0, 3.0], "wage", 3),
        ("耕地面积（亩）", ["上年", "本年"], [2.0, 3.0], "arable", 3),
        # What there was at the year's end is no sum of the year.
        ("家庭纯收入（元）", ["上年末", "本年末"], [2.0, 3.0], "net_income", None),
        ("家庭人口", ["总数", "男", "女"], [3.0, 1.0, 2.0], "size", 3),
        ("家庭人口", ["男", "女", "合计"], [1.0, 2.0, 3.0], "size", 3),
        ("家庭人口", ["总人口", "劳动力"], [3.0, 2.0], "size", 3),
        # Which of them, or their sum, is meant cannot be told.
        ("家庭人口", ["男", "女"], [1.0, 2.0], "size", None),
        ("致贫原因", ["主要原因", "其他原因"], ["因病", "因残"], "cause", "因病"),
        # Of somebody else.
        ("包村干部", ["姓名", "电话"], ["蒋秀莲", "13912340000"], "phone", None),
        ("户主基本情况", ["身份证号", "电话"], ["", "13912340000"], "phone", "13912340000"),
    ],
)
def test_what_stands_below_one_text(
    group: str, parts: list[Raw], values: list[Raw], column: str, value: object
) -> None:
    found = grouped(group, parts, values)
    assert found["head_name"].to_list() == ["张三"]
    assert found[column].to_list() == [value]


def test_a_first_row_below_repeated_headings_is_no_row_of_years() -> None:
    rows: list[list[Raw]] = [[*GROUPED, "", *GROUPED], [*OF_HEAD, "", *OF_HEAD]]
    found = register_of([Grid("农户", rows)], POLICY)
    assert found.tables["household"].height == 2


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("建档立卡编号", "household_id"),
        ("村小组", "group"),
        ("生产队", "group"),
        ("就读年级", "student"),
        ("族别", "nation"),
        ("农户姓名", "head_name"),
        ("农户类别", "household_type"),
        ("全家人口", "size"),
        ("家庭经营收入", "business_income"),
        ("转移收入", "transfer"),
        ("财产收入", "property_income"),
        ("全年纯收入", "net_income"),
        ("致困原因", "cause"),
        ("电话/手机", "phone"),
        ("劳力人数", "labour_count"),
        ("耕地亩数", "arable"),
        ("现住房面积", "house_area"),
    ],
)
def test_more_words_of_counties(heading: str, column: str) -> None:
    meaning = Vocabulary().meaning(heading_key(heading), ["member", "household"])
    assert meaning is not None
    assert meaning.column == column


@pytest.mark.parametrize("text", ["低保元", "享受低保元", "户主姓名元", "家庭人口亩"])
def test_a_unit_of_another_kind_behind_a_heading_makes_it_another(text: str) -> None:
    stacks = {n: [each] for n, each in enumerate(["户编号", "户主姓名", "人口", text])}
    assert read_heading(stacks, Vocabulary(), 0, 0).unknown == {3: text}


@pytest.mark.parametrize("over", ["帮扶责任人", "帮扶人", "帮扶情况"])
@pytest.mark.parametrize(
    "below",
    [
        ("帮扶人姓名", "帮扶单位", "帮扶人电话"),
        ("帮扶责任人", "帮扶单位", "帮扶人联系方式"),
    ],
)
def test_what_names_the_helper_itself_below_him(over: str, below: tuple[str, ...]) -> None:
    stacks = {0: ["户编号"], 1: ["户主姓名"], **{2 + i: [over, t] for i, t in enumerate(below)}}
    heading = read_heading(stacks, Vocabulary(), 0, 1)
    found = [meaning.column for meaning, column in heading.columns.items() if column > 1]
    assert found == ["helper", "helper_unit", "helper_phone"]
    assert not heading.unknown


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("纯收入", "人均纯收入"), {"net_income": 2, "per_capita": 3}),
        (("人均纯收入", "纯收入"), {"net_income": 3, "per_capita": 2}),
        (("家庭纯收入", "人均"), {"net_income": 2, "per_capita": 3}),
        (("纯收入", "人均"), {"net_income": 2, "per_capita": 3}),
        (("纯收入(元)", "人均(元)"), {"net_income": 2, "per_capita": 3}),
        (("纯收入", "备注"), {}),  # may be of a head
        (("住房面积", "人均"), {"house_area": 2}),
    ],
)
def test_incomes_that_are_told_by_each_other(texts: tuple[str, str], found: dict[str, int]) -> None:
    stacks = {0: ["户编号"], 1: ["户主姓名"], 2: [texts[0]], 3: [texts[1]]}
    columns = read_heading(stacks, Vocabulary(), 0, 0).columns
    assert {meaning.column: at for meaning, at in columns.items() if at > 1} == found


def test_two_helpers_are_no_column_twice() -> None:
    """The first is read; the second is a column of the county's own."""
    texts = ["户编号", "户主姓名", "家庭人口", "帮扶责任人", "帮扶单位", "帮扶责任人", "帮扶单位"]
    heading = read_heading({n: [text] for n, text in enumerate(texts)}, Vocabulary(), 0, 0)
    assert heading.columns[Meaning("household", "helper")] == 3
    assert heading.repeated == {}
    assert heading.unknown == {5: "帮扶责任人", 6: "帮扶单位"}


NAMES_OF_CLERKS = {
    "household_type": "属性 贫困户性质 农户性质 户性质 贫困属性 贫困类别 贫困户分类",
    "cause": "主要原因 致贫的主要原因 主要致贫因素 致贫因素 贫困主要原因",
    "village": "村庄",
    "head_name": "农户户主姓名 家庭户主",
    "head_id": "户主身份号",
    "size": "成员人数",
    "labour_count": "劳动力人口数 劳动力数量 有劳动力人数",
    "phone": "户主手机 户主手机号 户主手机号码 户主联系方式 移动电话 联系手机",
    "status": "脱贫状况",
    "identified": "识别年份 认定年度 认定日期 建档日期 建档年度",
    "exited": "脱贫年份",
    "arable": "家庭承包耕地面积 实有耕地面积",
    "road_distance": "距村主干路 到村主干路距离 离主干道距离 距主干路",
    "dangerous": "是否为危房 是否属于危房",
    "danger_grade": "危房鉴定等级",
    "account": "银行卡账号 惠农一卡通账号 存折账号",
    "helper": "帮扶人名称 结对帮扶人姓名 帮扶负责人",
    "helper_phone": "帮扶人手机 帮扶人手机号 帮扶责任人手机 帮扶责任人电话号码",
    "helper_since": "帮扶起始时间 帮扶开始日期",
    "relation": "与户主的亲属关系 与户主称谓 户主或户主关系",
    "education": "教育水平 最高学历",
    "birth_date": "生日",
    "entry_clerk": "录入人员",
    "proofreader": "校对人员",
    "reviewer": "审核人员",
}
# Words that may mean several columns, or none of them.
NO_HEADINGS = (
    "户ID 男 女 类别 土地面积 家庭收入 可支配收入 返贫原因 其他原因 是否脱贫 危房情况 账户"
)


@pytest.mark.parametrize(("column", "headings"), NAMES_OF_CLERKS.items())
def test_words_of_clerks(column: str, headings: str) -> None:
    order = ["household", "member", "procedure", "survey"]
    means = {h: meaning_of([h], order, Vocabulary()) for h in headings.split()}
    assert {h: m and m.column for h, m in means.items()} == dict.fromkeys(means, column)


@pytest.mark.parametrize("heading", NO_HEADINGS.split())
def test_words_that_say_too_little(heading: str) -> None:
    order = ["household", "member", "procedure", "survey"]
    assert meaning_of([heading], order, Vocabulary()) is None
