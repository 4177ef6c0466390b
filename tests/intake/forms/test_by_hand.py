"""Forms as they lie before us: what no generator makes, each value at its cell."""

from datetime import date

import pytest
from form_reading import form, says

from jiandang.register.cells import Raw


def test_values_before_their_unit_words_and_options_of_a_cell_each() -> None:
    register = form(
        ["贫困户登记表"],
        ["睢宁", "县(市、区)", "官山", "乡(镇)", "柳河", "村", "二", "组"],
        ["户编号", "320324105201001", "", "", "户主姓名", "张三丰"],
        ["家庭人口", 3.0, "人", "劳动力", 2.0, "人", "耕地面积", 4.5, "亩"],
        ["主要致贫原因", "□因病", "☑因残", "□因学"],
        ["饮水是否安全", "是", "√", "否", "", "有无卫生厕所", "有", "", "无", "√"],
        ["危房等级", "A级", "B级", "C级", "D级"],
        ["", "", "", "√", ""],
        ["户主签字", "张三丰", "", "调查人", "李四、王五", "", "调查日期", "2016年3月5日"],
    )
    assert says(register, "household", "county", "town", "village", "group", "size", "arable") == [
        ("睢宁", "A2"), ("官山", "C2"), ("柳河", "E2"), ("二", "G2"), (3, "B4"), (4.5, "H4"),
    ]  # fmt: skip
    assert says(register, "household", "cause", "water_safe", "toilet", "danger_grade") == [
        ("因残", "B5"), (True, "B6"), (False, "G6"), ("C级", "B7"),
    ]  # fmt: skip
    assert register.observations == []


def test_a_second_band_of_members_and_opinions_in_boxes() -> None:
    register = form(
        ["农户申请书"],
        ["户主姓名", "赵大", "", "户编号", "320324105201003", "", "家庭住址", "王庄村3组"],
        ["家庭人口", 2.0, "", "主要致贫原因", "因病", "", "人均纯收入（元）", 2900.0],
        ["序号", "姓名", "性别", "与户主关系", "身份证号", "文化程度"],
        [1.0, "赵大", "男", "户主", "320324196203191150", "初中"],
        [2.0, "钱二", "女", "配偶", "320324196409251243", "小学"],
        [3.0, "不填"],
        ["序号", "姓名", "健康状况", "劳动能力", "是否参加新农合"],
        [1.0, "赵大", "健康", "普通劳动力", "是"],
        [2.0, "钱二", "残疾", "无劳动力", "否"],
        ["民主评议", "评议时间：2016年3月5日", "", "应到", 45.0, "人", "实到", 40.0],
        ["", "同意38票，反对1票，弃权1票"],
        ["乡镇审核意见", "情况属实，同意上报。"],
        ["", "（盖章）"],
        ["", "2016年3月14日"],
    )
    assert register.tables["member"]["name"].to_list() == ["赵大", "钱二"]
    assert says(register, "member", "education", "health", "medical_insurance") == [
        ("初中", "F5"), ("健康", "C9"), (True, "E9"),
    ]  # fmt: skip
    assert says(register, "procedure", "delegates", "votes_for", "votes_against") == [
        (45, "E11"), (38, "B12"), (1, "B12"),
    ]  # fmt: skip
    (reviewed,) = says(register, "procedure", "town_reviewed")
    assert (str(reviewed[0]), reviewed[1]) == ("2016-03-14", "B15")
    assert register.observations == []


def test_the_helper_who_came_last_and_the_year_of_the_policy() -> None:
    register = form(
        ["扶贫手册"],
        ["编号：", "320324105201003", "", "户主姓名：", "孙大山"],
        ["联系电话：", "", "", "家庭人口：", 1.0],
        ["脱贫属性", "☑未脱贫 □已脱贫"],
        ["家庭成员"],
        ["姓名", "性别", "与户主关系", "证件号码"],
        ["孙大山", "男", "户主", "320324196203191150"],
        [""],
        ["帮扶责任人情况"],
        ["帮扶责任人", "单位", "职务", "联系电话", "帮扶起始时间"],
        ["李一", "教育局", "科长", "13852030117", "2015.03"],
        ["李二", "教育局", "局长", "13852030118", "2016.03"],
        ["收入情况", "", "2014年", "2015年", "2016年"],
        ["工资性收入", "元", 100.0, 200.0, ""],
        ["人均纯收入", "元", 1100.0, 1200.0, ""],
        ["住房面积", "80平方米", "饮水是否安全", "是"],
        ["户主签名：孙大山"],
    )
    assert says(register, "household", "helper", "helper_phone", "helper_since") == [
        ("李二", "A12"), ("13852030118", "D12"), ("2016-03", "E12"),
    ]  # fmt: skip
    assert says(register, "household", "wage", "income_year", "phone", "house_area") == [
        (200.0, "D14"), (2015, "D13"), (None, "B3"), (80.0, "B16"),
    ]  # fmt: skip


def test_a_name_and_a_number_that_changed_places_end_no_grid() -> None:
    register = form(
        ["贫困户登记表"],
        ["户编号", "320324105201001", "户主姓名", "赵大", "家庭人口", 2.0],
        ["主要致贫原因", "因病", "耕地面积", 2.0, "住房面积", 80.0],
        ["工资性收入", 1.0, "人均纯收入", 2.0, "农户属性", "低保户"],
        ["姓名", "性别", "证件号码", "与户主关系"],
        ["320324196203191150", "男", "赵大", "户主"],
        ["钱二1", "女", "320324196409251243", "配偶"],
    )
    assert register.tables["member"].height == 2


def test_a_title_that_speaks_of_measures_hides_no_rows_and_empty_values_take_no_neighbours() -> (
    None
):
    register = form(
        ["附件2"],
        ["☑贫困户帮扶计划明白卡/□贫困户后续帮扶计划"],
        ["户主姓名", "钱大", "家庭住址", "官山镇王庄村3组", "户编号", "320324105201003"],
        ["家庭成员数", 3.0, "贫困户属性", "", "联系电话", ""],
        ["耕地面积(亩)", "", "主要致贫原因", "①因病 ②因残 ③因学（②）", "住房面积", 80.0],
        ["帮扶措施", "①养殖 ②小额贷款"],
        ["帮扶责任人", "李一", "单位及职务", "教育局科员", "联系电话", "13852030117"],
        ["户主签字", "钱大"],
    )
    assert says(register, "household", "head_name", "cause", "helper_post", "helper_phone") == [
        ("钱大", "B3"), ("因残", "D5"), ("教育局科员", "D7"), ("13852030117", "F7"),
    ]  # fmt: skip
    assert says(register, "household", "household_type", "phone", "arable") == [
        (None, "D4"), (None, "F4"), (None, "B5"),
    ]  # fmt: skip


HEAD: list[Raw] = ["户编号", "320324105201001", "户主姓名", "赵大"]


def test_an_address_in_cells_has_its_values_before_the_unit_words() -> None:
    where = ("county", "town", "village", "group")
    below: list[list[Raw]] = [
        HEAD,
        ["家庭人口", 1.0, "农户属性", "低保户"],
        ["主要致贫原因", "因病", "人均纯收入", 2800.0],
    ]
    before = form(
        ["贫困户登记表"],
        ["家庭住址：", "江苏", "省", "徐州", "市", "睢宁", "县", "官山", "镇", "王庄", "村", "三"],
        *below,
    )  # fmt: skip
    assert says(before, "household", *where[:3]) == [
        ("睢宁", "F2"), ("官山", "H2"), ("王庄", "J2"),
    ]  # fmt: skip
    behind = form(["贫困户登记表"], ["县", "睢宁县", "乡(镇)", "官山镇", "村", "王庄村"], *below)
    assert says(behind, "household", *where[:3]) == [
        ("睢宁县", "B2"), ("官山镇", "D2"), ("王庄村", "F2"),
    ]  # fmt: skip
    in_a_line = form(["贫困户登记表"], ["睢宁县 县(市、区)官山 乡(镇)王庄 村 3 组"], *below)
    assert says(in_a_line, "household", *where) == [
        ("睢宁县", "A2"), ("官山", "A2"), ("王庄", "A2"), ("3", "A2"),
    ]  # fmt: skip


def test_the_day_on_which_help_began_stands_behind_the_phone() -> None:
    above: list[list[Raw]] = [
        ["扶贫手册"], HEAD, ["家庭人口", 1.0, "农户属性", "低保户"], ["主要致贫原因", "因病"],
        ["帮扶责任人"], ["姓名", "单位", "联系电话"],
    ]  # fmt: skip
    in_the_cell = form(
        *above,
        ["李一", "财政局", "13852030117 2015年3月"],
        ["李二", "财政局", "13852030118（2016.1起）"],
    )
    of_helper = ("helper", "helper_phone", "helper_since")
    assert says(in_the_cell, "household", *of_helper) == [
        ("李二", "A8"), ("13852030118", "C8"), ("2016-01", "C8"),
    ]  # fmt: skip
    beside = form(*above, ["李一", "财政局", "13852030117", "2015年3月"])
    assert says(beside, "household", *of_helper) == [
        ("李一", "A7"), ("13852030117", "C7"), ("2015-03", "D7"),
    ]  # fmt: skip
    of_none = form(*above, ["李一", "财政局", "13852030117", "已调走"])
    assert says(of_none, "household", *of_helper[:2]) == [("李一", "A7"), ("13852030117", "C7")]
    assert ("household", "helper_since") not in of_none.sheets[0].columns


@pytest.mark.parametrize("blank", ["_", "＿", "__"])
def test_a_sentence_with_all_its_blanks_and_the_signature_in_it(blank: str) -> None:
    register = form(
        ["申 请 书"],
        ["户编号：320324105201001", "", "户主姓名：赵大"],
        [
            "我家住_3_组，家庭人口_4_人，其中有劳动力_1_人。2015年家庭人均纯收入_2800_元，因_病_原因，"
            "申请列为低收入农户。申请人（签字）_赵大_ 2016年_2_月_25_日".replace("_", blank)
        ],
        ["农户属性", "低保户", "耕地面积", 2.0],
        [f"民主评议：应到{blank}45{blank}人，实到（ 40 ）人，同意—38—票"],
    )
    assert [value for value, _ in says(register, "household", "group", "size", "cause")] == [
        "3", 4, "因病",
    ]  # fmt: skip
    votes = says(register, "procedure", "delegates", "delegates_present", "votes_for")
    assert votes == [(45, "A5"), (40, "A5"), (38, "A5")]
    signed, applied = says(register, "procedure", "application_signed", "applied")
    assert (signed, str(applied[0])) == (("赵大", "A3"), "2016-02-25")
    unsigned = form(
        ["申请书"],
        ["户编号：320324105201001", "", "户主姓名：赵大"],
        ["家住三组，家庭人口4人，其中有劳动力1人。2015年家庭人均纯收入2800元，特申请。"],
        ["申请人（签字）：        年    月    日"],
        ["联系电话", "13852012345", "农户属性", "低保户"],
    )
    assert says(unsigned, "procedure", "application_signed") == [(None, "A4")]
    assert says(unsigned, "household", "group", "size") == [("三", "A3"), (4, "A3")]


def test_choices_whose_answer_stands_in_the_cell_behind_the_options() -> None:
    register = form(
        ["贫困户登记表"],
        HEAD,
        ["农户属性", "①一般贫困户 ②低保户 ③五保户", "②", "", "是否危房", "是/否", "否"],
        ["主要致贫原因", "1.因病 2.因残 3.因学", 2.0, "", "有无卫生厕所", "有（ ）无（√）"],
        ["其他致贫原因", "因学（√）因灾（ ）缺水（ ）", "", "", "入户路类型", "水泥路", "无"],
    )
    asked = ("household_type", "dangerous", "cause", "toilet", "other_causes", "road_type")
    assert says(register, "household", *asked) == [
        ("低保户", "C3"), (False, "G3"), ("因残", "C4"), (False, "F4"), ("因学", "B5"),
        ("水泥路", "F5"),
    ]  # fmt: skip
    assert register.observations == []


def test_rows_right_below_the_members_that_are_about_land_and_house_are_nobody() -> None:
    register = form(
        ["入户调查表"],
        [*HEAD, "家庭人口", 2.0],
        ["姓名", "性别", "与户主关系", "身份证号", "健康状况", "劳动能力"],
        ["赵大", "男", "户主", "320324196203191150", "健康", "普通劳动力"],
        ["钱二", "2", "孙女的", "320324196409251243", "好的", "？"],
        ["耕地", "水田", 2.0, "旱地", 1.5, "合计", 3.5],
        ["住房", "结构", "砖瓦", "间数", 3.0, "面积", 80.0],
        ["贫困原因", "因病", "人均纯收入", 2800.0],
    )
    assert register.tables["member"]["name"].to_list() == ["赵大", "钱二"]
    assert says(register, "household", "cause", "per_capita") == [("因病", "B8"), (2800.0, "D8")]


def visit(number: int, head: str, code: str) -> list[list[Raw]]:
    """A visit form: the address without a label, the answer to a list of options behind 选项."""
    return [
        ["贫困户入户核查表"],
        ["官山镇 王庄村 二组", "", "", "", "户编号", f"32032410520100{number}"],
        ["户主姓名", head, "身份证号", "320324196203191150", "联系电话", "13852012345"],
        ["家庭人口", 1.0, "户别", "1.一般贫困户 2.低保贫困户（2）"],
        ["贫困原因", "1.因病 2.因残 3.因学", "", "", "选项", code],
        ["序号", "姓名", "性别", "身份证号", "与户主关系", "健康状况"],
        [1.0, head, "男", "320324196203191150", "户主", "健康"],
        [""],
        ["耕地面积", 2.0, "住房面积", 80.0, "人均纯收入", 2800.0],
        [""],
    ]


def test_forms_with_their_address_beside_a_lone_label_are_no_transposed_register() -> None:
    forms = [visit(i, f"赵{name}", "123"[i % 3]) for i, name in enumerate("一二三四五六")]
    register = form(*(row for rows in forms for row in rows))
    assert len(register.tables["household"]) == len(register.tables["member"]) == 6
    asked = ("village", "group", "head_name", "household_type", "cause")
    assert says(register, "household", *asked) == [
        ("王庄村", "A2"), ("二组", "A2"), ("赵一", "B3"), ("低保贫困户", "D4"), ("因病", "F5"),
    ]  # fmt: skip
    assert register.tables["household"]["cause"].to_list() == ["因病", "因残", "因学"] * 2
    assert register.observations == []


@pytest.mark.parametrize("count", [1, 4, 7])
def test_many_forms_with_an_address_behind_the_code_are_no_transposed_register(count: int) -> None:
    rows: list[list[Raw]] = []
    for i in range(count):
        rows += [
            ["农户申请审批表"],
            ["户编号", f"32032410520100{i}", "", "睢宁县官山镇王庄村二组"],
            ["户主姓名", f"赵{i}", "身份证号", "320324196203191150", "家庭人口", 2.0],
            ["申请书", f"家住二组，家庭人口2人。人均纯收入2{i}00元，因病致贫，特申请。"],
            ["民主评议", "应到代表45人，实到40人，同意37票，反对1票，弃权2票。2016年3月5日"],
        ]
    register = form(*rows)
    households = register.tables["household"]
    assert households["household_id"].to_list() == [f"32032410520100{i}" for i in range(count)]
    assert households["cause"].to_list() == ["因病"] * count
    assert register.tables["procedure"]["votes_for"].to_list() == [37] * count


def above(number: int, head: str, *bands: list[list[Raw]]) -> list[list[Raw]]:
    """A form whose labels all stand above their values."""
    return [
        ["低收入农户登记卡"],
        ["户编号", "户主姓名", "身份证号", "家庭人口", "联系电话", "农户属性"],
        [f"32032410520100{number}", head, "320324196203191150", 1.0, "13852012345", "低保户"],
        *(row for band in bands for row in band),
        ["姓名", "性别", "身份证号", "与户主关系", "健康状况", "劳动能力"],
        [head, "男", "320324196203191150", "户主", "健康", "普通劳动力"],
    ]


SECOND: list[list[Raw]] = [
    ["主要致贫原因", "耕地面积(亩)", "联系方式备注", "人均纯收入(元)", "是否危房"],
    ["因病", 3.5, "", 2800.0, "否"],
]


@pytest.mark.parametrize("bands", [[], [SECOND]])
@pytest.mark.parametrize("signed", [[], [["户主签字：赵大"]]])
@pytest.mark.parametrize("count", [1, 3])
def test_all_labels_above_their_values(
    bands: list[list[list[Raw]]], signed: list[list[Raw]], count: int
) -> None:
    pages: list[list[list[Raw]]] = [
        [*above(i, f"赵{i}", *bands), *signed, [""]] for i in range(count)
    ]
    register = form(*(row for page in pages for row in page))
    assert len(register.tables["household"]) == len(register.tables["member"]) == count
    assert says(register, "household", "head_name", "head_id", "size", "household_type") == [
        ("赵0", "B3"), ("320324196203191150", "C3"), (1, "D3"), ("低保户", "F3"),
    ]  # fmt: skip
    if bands:
        assert says(register, "household", "cause", "arable", "per_capita", "dangerous") == [
            ("因病", "A5"), (3.5, "B5"), (2800.0, "D5"), (False, "E5"),
        ]  # fmt: skip
    assert register.observations == []


def test_ticks_written_in_words_and_a_ticked_option_with_a_remark() -> None:
    register = form(
        ["贫困户登记表"],
        [*HEAD, "家庭人口", 1.0],
        ["主要致贫原因", "□因病 对因残 □因学", "", "农户属性", "V低保户 □五保户"],
        ["是否危房", "☑是（已备案） □否", "", "耕地面积", 2.0],
    )
    assert says(register, "household", "cause", "household_type", "dangerous") == [
        ("因残", "B3"), ("低保户", "E3"), (True, "B4"),
    ]  # fmt: skip
    assert register.observations == []


@pytest.mark.parametrize("between", [" ", "\n", ""])
def test_days_in_chinese_numerals_in_sentences(between: str) -> None:
    register = form(
        ["农户申请书"],
        [*HEAD, "家庭人口", 1.0],
        ["申请人（签字）：赵大" + between + "二〇一六年三月二日"],
        ["村级公示", "二○一六年三月六日至三月十三日公示，无异议"],
        ["联系电话", "13852012345", "农户属性", "低保户", "耕地面积", 2.0],
    )
    asked = ("application_signed", "applied", "village_notice_start", "village_notice_end")
    assert says(register, "procedure", *asked) == [
        ("赵大", "A3"), (date(2016, 3, 2), "A3"), (date(2016, 3, 6), "B4"),
        (date(2016, 3, 13), "B4"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "12月28日至1月5日公示，无异议",
        "公示时间：12月28日至1月5日",
        "2015年12月28日至1月5日公示",
        "12月28日至2016年1月5日公示",
    ],
)
def test_a_notice_across_new_year_begins_in_the_year_before(said: str) -> None:
    register = form(
        ["农户申请书"],
        [*HEAD, "家庭人口", 1.0],
        ["村级公示", said],
        ["联系电话", "13852012345", "农户属性", "低保户", "耕地面积", 2.0],
    )
    assert says(register, "procedure", "village_notice_start", "village_notice_end") == [
        (date(2015, 12, 28), "B3"), (date(2016, 1, 5), "B3"),
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["编号", "户内编号", "成员序号"])
def test_members_may_be_numbered_under_a_word_for_codes(word: str) -> None:
    rows = above(1, "赵大")
    rows[-2:] = [[word, *rows[-2]], [1.0, *rows[-1]]]
    register = form(*rows)
    assert register.files[0].remarks == []
    assert register.tables["member"]["name"].to_list() == ["赵大"]
    assert register.tables["household"]["household_id"].to_list() == ["320324105201001"]


@pytest.mark.parametrize("line", ["三、收入", "收入情况", "帮扶措施", "备注"])
def test_a_section_line_right_below_is_no_value_and_nobody(line: str) -> None:
    register = form(
        ["贫困户登记表"],
        ["户编号", "320324105201001", "", "户主姓名", "赵大"],
        ["姓名", "性别", "身份证号", "与户主关系"],
        ["赵大", "男", "320324196203191150", "户主"],
        [line],
        ["工资性收入", "", "", "人均纯收入", ""],
        [line],
        ["开户银行", "", "", "银行账号", ""],
        [line],
        ["姓名", "单位", "职务", "联系电话"],
        [line],
        ["户主签字：赵大"],
    )
    assert says(register, "member", "name") == [("赵大", "A4")]
    asked = ("wage", "per_capita", "bank", "account", "helper")
    assert [value for value, _ in says(register, "household", *asked)] == [None] * 5
    assert register.observations == []


def test_a_name_alone_below_the_members_and_a_value_alone_below_its_labels() -> None:
    register = form(
        ["贫困户登记表"],
        ["户编号", "户主姓名", "联系电话"],
        ["320324105201001", "赵大", ""],
        ["姓名", "性别", "身份证号", "与户主关系"],
        ["赵大", "男", "320324196203191150", "户主"],
        ["李二"],
        ["开户银行", "耕地面积"],
        ["农商行"],
        ["户主签字：赵大", "", "调查时间：2016年3月1日"],
    )
    assert register.tables["member"]["name"].to_list() == ["赵大", "李二"]
    assert says(register, "household", "bank") == [("农商行", "A8")]


@pytest.mark.parametrize(
    ("printed", "code", "read"),
    [
        # T001: the province's own list has 5中专, and the printed note has one word twice.
        ("1文盲、半文盲，2小学，3初中，4高中，5大专，6大专以上，7学龄年儿童", 5.0, "中专"),
        ("1文盲、半文盲，2小学，3初中，4高中，5大专，6大专以上，7学龄年儿童", 6.0, "大专及以上"),
        # A county's own list counts, though it has one word twice.
        ("1小学，2初中，3高中，4大专，5本科以上", 4.0, "大专及以上"),
        ("1小学，2初中，3高中，4大专，5大学", 3.0, "高中"),
    ],
)
def test_a_printed_list_that_differs_from_the_provinces_in_one_word(
    printed: str, code: float, read: str
) -> None:
    register = form(
        ["脱贫奔小康低收入农户登记表"],
        ["户编号：320324105203001", "", "", "户主姓名：高崇礼"],
        ["姓名", "性别", "文化程度", "劳动力状况"],
        ["高崇礼", "男", code, "普通劳动力"],
        ["家庭人口(人)", 1.0, "承包耕地面积(亩)", 2.5],
        ["贫困原因", "因病", "联系电话", "13852012345"],
        [f"注：①文化程度：{printed}；"],
    )
    assert register.tables["member"]["education"].to_list() == [read]
