"""Which row is what: data, and all that stands around it without being about anybody."""

from collections.abc import Sequence

import pytest

from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.layout import segments
from jiandang.intake.rows import Sorter
from jiandang.intake.segment import Kind
from jiandang.policy import load_policy
from jiandang.register.cells import ErrorValue, Raw
from jiandang.register.notice import Notice
from jiandang.register.register import Register, RowCounts, row_of
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
HEADINGS: list[Raw] = ["行政村", "户编号", "户主姓名", "姓名", "性别", "证件号码", "与户主关系"]
NUMBER = "320324105201001"
HEAD: list[Raw] = ["王庄村", NUMBER, "张三", "张三", "男", "320324198001010015", "户主"]
WIFE: list[Raw] = ["王庄村", NUMBER, "张三", "李四", "女", "320324198202020023", "配偶"]


def register(*rows: list[Raw], headings: list[Raw] = HEADINGS) -> Register:
    return register_of([Grid("成员", [list(headings), *(list(row) for row in rows)])], POLICY)


def counts(*rows: list[Raw]) -> RowCounts:
    found = register(*rows)
    (sheet,) = found.sheets
    assert sheet.rows.checked == found.tables["member"].height
    return sheet.rows


def cells(*texts: Raw) -> list[Raw]:
    return [*texts, *[""] * (len(HEADINGS) - len(texts))]


@pytest.mark.parametrize(
    "below",
    [
        cells("合计8户21人"),
        cells("合计：8户", "", "", "21人"),
        cells("共8户", "", "", "21人"),
        cells("王庄村小计", "2户"),
        cells("", "", "8户", "21人"),
        cells("总计", "", "", 21.0),
        cells("", "合计8户", "", "21人"),
        cells("合计（8户）", "", "", 21.0),
        cells("", "合计户数", "", 8.0),
        cells("村计", "", "", 21.0),
        cells("全村", "", "", 21.0),
        cells("本户小计", "", "", 3.0),
        cells("", "", "", "男12人", "女9人"),
    ],
)
def test_totals_in_any_cell(below: list[Raw]) -> None:
    found = counts(HEAD, WIFE, below)
    assert (found.checked, found.total, found.rejected) == (2, 1, 0)


@pytest.mark.parametrize("word", ["合  計", "總計", "全鎮平均", "填表人（簽字）："])
@pytest.mark.parametrize(
    "headings",
    [HEADINGS, ["行政村", "戶編號", "戶主姓名", "姓名", "性別", "證件號碼", "與戶主關係"]],
)
@pytest.mark.parametrize("place", [0, 3])
def test_sums_and_notes_in_traditional_writing(word: str, headings: list[Raw], place: int) -> None:
    below = cells(*[""] * place, word, "21人")
    found = register(HEAD, WIFE, below, headings=headings)
    assert found.tables["member"]["name"].to_list() == ["张三", "李四"]
    assert found.sheets[0].rows.rejected == 0


@pytest.mark.parametrize(
    "below",
    [
        cells("填表人（签字）：韩明凯", "", "", "审核人：邓艳"),
        cells("村会计签字：", "", "", "村主任签字："),
        cells("制表：韩明凯", "审核：邓艳", "", "日期：2016.3.11"),
        cells("", "", "", "村委会（公章）", "", "2016年3月11日"),
        cells("说明：1.本表一式两份"),
        cells("填表人：韩明凯", "", "", "联系电话：05168812345"),
        cells("", "", "", "王庄村村民委员会（盖章）"),
        cells("", "", "", "王庄村村委会", "", "2016年3月11日"),
        cells("包村干部", "蒋秀莲", "驻村第一书记", "陆明"),
        cells("其中：低保户", "", "2户", "3人"),
        cells("占全村比例", "", "", "3.2%"),
        cells("户均", "", "", 2.6),
        cells("", "", "", "第2户 户主：张三"),
    ],
)
def test_signatures_stamps_and_dates_are_nobody(below: list[Raw]) -> None:
    found = counts(HEAD, WIFE, below)
    assert (found.checked, found.note, found.rejected) == (2, 1, 0)


@pytest.mark.parametrize(
    ("below", "is_somebody"),
    [
        (cells("", "网格员", "", "李四"), False),
        (cells("", "监督员：", "", "李四"), False),
        (cells("村民小组长：", "李大海", "联系方式：", "13805225501"), False),
        (cells("", "户数：", "5", "人数：", "13"), False),
        # A word stands for a number that somebody has not got yet.
        (cells("王庄村", "新增", "", "李四"), True),
        (cells("", "新增", "", "李四", "女"), True),
        (cells("", "待补", "", "李四"), True),
        (cells("", "网格员", "", "李四", "", "320324198202020023"), True),
    ],
)
def test_a_word_for_a_number_beside_a_name(below: list[Raw], is_somebody: bool) -> None:
    found = counts(HEAD, WIFE, below)
    assert (found.checked, found.rejected) == (3 if is_somebody else 2, 0)


@pytest.mark.parametrize("word", ["合计", "总计", "小计", "共计", "本户计", "备注", "公章", "全部"])
def test_whoever_has_a_sex_and_a_relation_is_somebody(word: str) -> None:
    """Also where the ID number is missing, and that of the household."""
    for number in (NUMBER, ""):
        row: list[Raw] = ["王庄村", number, "张三", word, "女", "", "配偶"]
        for rows in ([HEAD, row, WIFE], [HEAD, WIFE, row]):
            found = counts(*rows)
            assert (found.checked, found.total, found.note) == (3, 0, 0)


@pytest.mark.parametrize("word", ["合计", "小计", "本户计"])
def test_a_total_of_one_family_or_of_the_women(word: str) -> None:
    totals: list[list[Raw]] = [
        ["王庄村", NUMBER, "", word, "", "", ""],
        ["", "", "", word, "女", "", 3.0],
    ]
    for total in totals:
        assert (counts(HEAD, WIFE, total).checked, counts(HEAD, WIFE, total).total) == (2, 1)


SIZES: list[Raw] = ["乡镇", "行政村", "户编号", "户主姓名", "证件号码", "家庭人口", "人均纯收入"]


def of_household(number: int, name: str, size: float, income: float, card: str = "") -> list[Raw]:
    return ["官山镇", "王庄村", f"320324105201{number:03}", name, card, size, income]


FAMILIES = [of_household(1, "张三", 3.0, 2500.0), of_household(2, "李四", 2.0, 3000.0)]


def foot(*cells: Raw, headings: list[Raw] = SIZES) -> RowCounts:
    (sheet,) = register(*FAMILIES, [*cells], headings=headings).sheets
    return sheet.rows


@pytest.mark.parametrize("column", [0, 1, 3])
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            "total",
            "全镇 总数 合计数 总共 共有 全部 ∑ 汇总数 汇总 全镇情况 王庄村计 总人数 全村汇总 户数",
        ),
        (
            "note",
            "人均 均值 镇平均水平 每户平均 平均 户均 中位数 最高 最低值 占比 占全镇比例 王庄村平均",
        ),
    ],
)
def test_a_row_of_figures_is_nobody(kind: str, words: str, column: int) -> None:
    for word in [*words.split(), f" {words[0]}　{words[1:].split()[0]} "]:
        row: list[Raw] = ["", "", "", "", "", 5.0, 2700.0]
        row[column] = word
        found = foot(*row)
        assert (word, found.checked, found.rejected, getattr(found, kind)) == (word, 2, 0, 1)


@pytest.mark.parametrize(
    "name", ["全国胜", "总平", "合春", "计小均", "共爱民", "最美", "高均", "汇泉"]
)
def test_a_name_with_such_a_word_in_it_is_somebodys(name: str) -> None:
    assert foot("", "", "", name, "", 3.0, 2700.0).checked == 3


@pytest.mark.parametrize("name", ["全部", "共有", "汇总", "人均", "总数"])
def test_whoever_has_a_number_is_somebody(name: str) -> None:
    rows: list[list[Raw]] = [
        ["", "", "", name, "320324198001010015", 3.0, 2700.0],
        ["", "", NUMBER, name, "", 3.0, 2700.0],
    ]
    for row in rows:
        assert foot(*row).checked == 3


def test_figures_beside_words_of_their_own_are_looked_at() -> None:
    for row in (
        ["", "", "", "全镇", "", "3人，外出1人", 2700.0],
        ["", "", "", "总数", "已搬走", 3.0, 2700.0],
        ["", "", "", "全部", "", "", ""],
    ):
        assert foot(*row).checked == 3


def test_sums_and_means_without_a_word() -> None:
    sums: list[Raw] = ["", "", "", "", "", 5.0, 5500.0]
    means: list[Raw] = ["", "", "", "", "", 2.5, 2750.0]
    found = register(*FAMILIES, sums, means, headings=SIZES).sheets[0].rows
    assert (found.checked, found.total, found.note, found.rejected) == (2, 1, 1, 0)
    as_texts: list[Raw] = ["", "", "", "", "", "5", "5,500.00"]
    assert foot(*as_texts).total == 1
    assert (foot("", "", "", "", "", 3.0, 2700.0).rejected, foot(*sums[:6], 1.0).total) == (1, 0)
    # One family's numbers are the sums of one family.
    rows: list[list[Raw]] = [FAMILIES[0], ["", "", "", "", "", 3.0, 2500.0]]
    assert register(*rows, headings=SIZES).sheets[0].rows.rejected == 1


@pytest.mark.parametrize(
    "role", ["村支书", "分管领导", "驻村工作队长", "填表人", "村主任", "包村干部"]
)
def test_who_signs_below_the_names_is_nobody_of_them(role: str) -> None:
    assert counts(HEAD, WIFE, ["", "", role, "王建国", "", "", ""]).note == 1
    assert counts(HEAD, WIFE, ["经办人", "", "王均", "", "赵六", "", "2016.3.20"]).note == 1
    rows: list[list[Raw]] = [
        ["", "", "村书记强", "王建国", "", "", ""],
        ["", "", role, "王建国", "男", "", "户主"],
    ]
    for row in rows:
        assert counts(HEAD, WIFE, row).checked == 3


FEET = [
    "本表由村“两委”填报，经镇扶贫办审核。",
    "以上情况属实。",
    "经办人 赵六 2016年3月",
    "（此页无正文）",
    "（完）",
    "完",
    "数据来源:2015年入户调查",
    "*残疾人以残疾证为准",
    "二〇一六年三月二十日",
    "官山镇人民政府",
    "————以下空白————",
    "以上人员均已公示",
    "填表人赵六",
    "王庄村村民委员会",
    "情况属实，同意上报！",
    "2016.3.20",
    "----",
    "※",
]


@pytest.mark.parametrize("text", FEET)
def test_what_is_no_name_is_nobody_where_nothing_stands_beside_it(text: str) -> None:
    found = counts(HEAD, WIFE, ["", "", "", text, "", "", ""])
    assert (found.checked, found.rejected) == (2, 0)
    assert foot("", "", "", text, "", "", "").checked == 2
    # With a village, a number or a sex it is somebody with an odd name.
    for column, said in ((0, "王庄村"), (1, NUMBER), (4, "男"), (5, "320324198001010015")):
        row: list[Raw] = ["", "", "", text, "", "", ""]
        row[column] = said
        found = counts(HEAD, WIFE, row)
        # Stroked out, a row of the household has nobody in it.
        is_spare = text == "----" and column < 2
        assert (found.checked, found.note) == ((2, 1) if is_spare else (3, 0))


@pytest.mark.parametrize(
    "name",
    [
        "王五",
        "王五（已故）",
        "王伟1",
        "张三、李四",
        "欧阳无忌",
        "阿卜杜热合曼",
        "买买提·吐尔逊·阿不都的",
        "王〇",
        "户主:张三",
        "未取名",
        "王小二（双胞胎之一，未上户）",
        "本善",
        "制表强",
        "男",
        "劳动力",
    ],
)
def test_an_odd_name_alone_in_its_row_is_somebodys(name: str) -> None:
    if name not in ("男", "劳动力"):
        assert foot("", "", "", name, "", "", "").checked == 3
    assert foot("", "王庄村", "", name, "", "", "").checked == 3


@pytest.mark.parametrize(
    "name",
    [
        "男性",
        "女",
        "平均年龄",
        "残疾人数",
        "劳动力",
        "其中：残疾",
        "低保户",
        "党员人数",
        "平均家庭人口",
    ],
)
def test_what_people_are_counted_by_is_no_name_of_a_figure(name: str) -> None:
    headings = [*SIZES[:5], "性别", "年龄", "劳动能力", "健康状况", "农户属性", "政治面貌"]
    of_zhang: list[Raw] = ["官山镇", "王庄村", NUMBER, "张三", "320324198001010015", "男", 36.0,
                           "普通劳动力", "残疾", "低保户", "群众"]  # fmt: skip
    blank: list[Raw] = [""] * 7
    for column in (6, 8):
        row = ["", "", "", name, *blank]
        row[column] = 9.0
        (sheet,) = register(of_zhang, row, headings=headings).sheets
        assert (name, sheet.rows.checked, sheet.rows.rejected) == (name, 1, 0)
        row[2] = "320324105201002"
        assert register(of_zhang, row, headings=headings).sheets[0].rows.checked == 2


@pytest.mark.parametrize("column", [0, 1, 3])
@pytest.mark.parametrize(
    "title",
    ["官山镇低收入农户识别程序登记表", "王庄村花名册（续）", "公示名单", "（续表）", "第2页 共3页"],
)
def test_a_title_in_the_middle_is_no_village(title: str, column: int) -> None:
    row = cells(*[""] * column, title)
    steps: list[Raw] = ["行政村", "申请日期", "评议日期", "公示开始", "公示结束"]
    village: list[Raw] = ["王庄村", "2016-2-21", "2016-2-25", "2016-3-1", "2016-3-8"]
    assert counts(HEAD, row, WIFE).note == 1
    (sheet,) = register(village, row[:5], village, headings=steps).sheets
    assert (sheet.table, sheet.rows.checked, sheet.rows.note) == ("procedure", 2, 1)


@pytest.mark.parametrize(
    "row",
    [
        cells("王庄村", "", "", "李四", "女", "320324198202020023"),
        cells("", "", "", "李四", "女", "", "配偶"),
        cells("备注：户口在外", "", "", "", "", "320324198202020023"),
        cells("王庄村", NUMBER, "户主：张三", "计生", "女", "320324198202020023"),
        cells("王庄村", NUMBER, "张三", "户口"),
        cells("王庄村", NUMBER, "王均", "王均"),
        cells("本村", "", "", "计全", "男", "", "第一书记"),
    ],
)
def test_what_is_about_somebody_is_no_note(row: list[Raw]) -> None:
    assert counts(HEAD, row, WIFE).checked == 3


@pytest.mark.parametrize(
    "guide",
    [
        ["AAR006", "AAC001", "AAB002", "AAB002", "AAB003", "AAB004", "AAB006"],
        ["xzc", "hbh", "hz_xm", "xm", "xb", "zjhm", "gx"],
        ["（填写示例）××村", "15位编码", "张三", "张三", "男", "18位身份证号码", "户主"],
        ["必填", "必填", "选填", "必填", "必填", "必填", "必填"],
        ["文本", "15位数字", "文本", "文本", "下拉选择", "18位数字", "下拉选择"],
        ["例：王庄村", NUMBER, "张三", "张三", "男", "320324198001010015", "户主"],
        ["如：王庄村", "如：320324105201001", "张三", "张三", "男", "320324198001010015", "户主"],
    ],
)
def test_rows_that_tell_how_to_fill_in(guide: list[Raw]) -> None:
    found = counts(guide, HEAD, WIFE)
    assert (found.checked, found.note) == (2, 1)


def test_a_first_row_of_data_is_no_guide() -> None:
    assert counts(HEAD).checked == 1
    assert counts(["王庄村", NUMBER, "", "张三", "", "", ""], WIFE).checked == 2


@pytest.mark.parametrize(
    "again",
    [
        HEADINGS,
        [f"*{text}" for text in HEADINGS],
        [f" {text} ：" for text in HEADINGS],
    ],
)
def test_headings_in_the_middle(again: list[Raw]) -> None:
    assert counts(HEAD, again, WIFE) == RowCounts(heading=2, checked=2)


@pytest.mark.parametrize(
    "prefilled",
    [
        cells("王庄村"),
        cells("王庄村", "", "", "", "", "", ErrorValue("#VALUE!")),
        cells("王庄村", "", 0.0, 0.0, ErrorValue("#N/A")),
        cells("王庄村", "", "", "", "男", "", "户主"),  # a list's first value, dragged down
        cells("王庄村", NUMBER),
        cells("", "", "", "", "N", "", "N"),
        cells("王庄村", "", "", "", "×", "", "/"),
    ],
)
def test_rows_filled_in_beforehand(prefilled: list[Raw]) -> None:
    found = register(HEAD, WIFE, *[prefilled] * 4)
    assert found.sheets[0].rows.rejected == 0
    assert (found.sheets[0].rows.checked, found.sheets[0].rows.note) == (2, 4)
    seen = [(o.notice, row_of(o.ref)) for o in found.observations]
    assert seen in ([(Notice.PREFILLED, 4)], [])  # a lone place is a remark


def test_rows_for_more_members_than_a_household_has_are_nobody() -> None:
    other = NUMBER[:-1] + "2"
    head: list[Raw] = ["王庄村", other, "王五", "王五", "男", "320324196505050034", "户主"]
    for spare in (
        cells("", NUMBER),
        cells("王庄村", NUMBER, "张三"),
        cells("王庄村", NUMBER, "张三", "/", "", "无", "—"),
        cells("", NUMBER, "", "", "男"),  # filled in beforehand in all of them
    ):
        found = register(HEAD, WIFE, *[spare] * 3, head)
        sheet = found.sheets[0].rows
        assert (sheet.checked, sheet.rejected, sheet.note) == (3, 0, 3)
        assert [(o.notice, row_of(o.ref)) for o in found.observations] == [(Notice.PREFILLED, 4)]


def test_rows_in_which_but_a_relation_is_printed_are_nobody() -> None:
    other = NUMBER[:-1] + "2"
    head: list[Raw] = ["王庄村", other, "王五", "王五", "男", "320324196505050034", "户主"]
    for place in (["", NUMBER, ""], ["王庄村", NUMBER, "张三"], ["", "", ""]):
        spare: list[list[Raw]] = [[*place, "", "", "", word] for word in ("之子", "之女", "之父")]
        found = register(HEAD, WIFE, *spare, head)
        sheet = found.sheets[0].rows
        assert (sheet.checked, sheet.rejected, sheet.note) == (3, 0, 3)
    # Where nobody is named in any row the relations are people's, who lack a name.
    unnamed = [[*row[:3], "", row[4], "", row[6]] for row in (HEAD, WIFE)]
    printed = cells("", NUMBER, "", "", "", "", "之子")
    found = register(*unnamed, *[printed] * 3)
    assert found.sheets[0].rows.checked == 5


def test_places_of_members_that_are_struck_out_are_nobodys() -> None:
    names = [f"成员{i}{name}" for i in range(1, 4) for name in ("姓名", "性别", "证件号码")]
    people: list[Raw] = ["张三", "男", "320324198001010015", "李四", "女", "320324198202020023"]
    for struck in (["/", "/", "/"], ["—", "", "—"], ["无", "无", "无"]):
        found = register(
            ["王庄村", NUMBER, *people, *struck], headings=["行政村", "户编号", *names]
        )
        assert found.tables["member"]["name"].to_list() == ["张三", "李四"]
    found = register(
        ["王庄村", NUMBER, *people, "/", "女", "/"], headings=["行政村", "户编号", *names]
    )
    assert found.tables["member"]["sex"].to_list() == ["男", "女", "女"]


@pytest.mark.parametrize("merged", [False, True])
def test_rows_over_which_the_household_is_merged(*, merged: bool) -> None:
    """Six rows are ruled for each household; what is said of it is merged over them."""
    homes = [["王庄村", NUMBER, "张三"], ["王庄村", NUMBER[:-1] + "2", "王五"]]
    rows: list[list[Raw]] = []
    for home, persons in zip(homes, ((HEAD[3:], WIFE[3:]), (["王五", *HEAD[4:]],)), strict=True):
        people = [[*own] for own in persons] + [[""] * 4] * (6 - len(persons))
        rows += [[*(["", "", ""] if merged and i else home), *own] for i, own in enumerate(people)]
    ranges = [(top, c, top + 5, c) for top in (1, 7) for c in range(3)] if merged else []
    found = register_of([Grid("成员", [[*HEADINGS], *rows], ranges)], POLICY)
    assert (found.sheets[0].rows.checked, found.sheets[0].rows.note) == (3, 9)
    told = [o for o in found.observations if o.notice is Notice.PREFILLED]
    assert [row_of(o.ref) for o in told] == [4]
    assert found.tables["member"]["household_id"].to_list() == [NUMBER, NUMBER, NUMBER[:-1] + "2"]


@pytest.mark.parametrize(
    "row",
    [
        cells("", NUMBER, "", "", "女"),  # once: somebody whose name has been forgotten
        cells("王庄村", NUMBER, "", "", "", "", "之子"),
        cells("王庄村", NUMBER[:-1] + "9", "赵六"),  # another household
    ],
)
def test_who_is_not_named_is_not_always_nobody(row: list[Raw]) -> None:
    assert counts(HEAD, WIFE, row, [*HEAD[:3], "张小三", *HEAD[4:]]).checked == 4


def test_rows_of_somebody_without_a_name_are_rejected() -> None:
    nobody = [cells("王庄村", "", "", "", sex, "", relation) for sex, relation in
              (("男", "之子"), ("女", "之女"), ("女", "之母"))]  # fmt: skip
    found = register(HEAD, WIFE, *nobody)
    assert found.sheets[0].rows.rejected == 3
    assert [o.notice for o in found.observations] == [Notice.EMPTY] * 3


EXPORT: list[Raw] = ["农户编码", "所在地区", "户主姓名", "性别", "年龄", "在校生", "低保人口"]


@pytest.mark.parametrize("marks", [("N", "", "", "N"), ("", "N", "", "XX"), ("0", "—", "", "无")])
@pytest.mark.parametrize("headings", [EXPORT, ["户编号", "行政村", "人口", *EXPORT[3:]]])
def test_the_marks_of_a_blank_form_are_nobody(marks: tuple[str], headings: list[Raw]) -> None:
    found = register(["", "", "", *marks], headings=headings)
    (sheet,) = found.sheets
    assert (sheet.rows.checked, sheet.rows.rejected, sheet.rows.note) == (0, 0, 1)
    assert found.observations == []
    # Whom a household's number or a name is in the row of is somebody, whatever else is marked.
    for about in ((NUMBER, "", ""), (NUMBER, "王庄村", "张三")):
        (sheet,) = register([*about, *marks], headings=headings).sheets
        assert (sheet.rows.checked, sheet.rows.note) == (1, 0)


@pytest.mark.parametrize("answers", [("男", "N", "", ""), ("", 36.0, "", "N"), ("", "", "是", "N")])
def test_an_answer_beside_the_marks_is_of_somebody(answers: tuple[Raw]) -> None:
    (sheet,) = register(["", "", "", *answers], headings=EXPORT).sheets
    assert (sheet.rows.rejected, sheet.rows.note) == (1, 0)


def test_a_sheet_is_known_by_what_is_known_of_it() -> None:
    own: list[Raw] = [f"自定列{letter}" for letter in "ABCDEFGHIJKLMNOP"]
    values: list[Raw] = [float(i) for i in range(len(own))]
    for keep in (3, 7):
        headings, row = [*HEADINGS[:keep], *own], [*HEAD[:keep], *values]
        found = register(row, headings=headings)
        assert len(found.sheets) == (1 if keep > 3 else 0)


# -- values from above ------------------------------------------------------------------------

FIRST_ONLY: list[Raw] = ["", "", "", *WIFE[3:]]


def numbers(*rows: list[Raw]) -> list[str | None]:
    return register(*rows).tables["member"]["household_id"].to_list()


def test_a_number_is_carried_to_the_next_household() -> None:
    other: list[Raw] = [
        "柳湾村",
        "320324105202001",
        "王五",
        "王五",
        "男",
        "320324197001010019",
        "户主",
    ]
    found = numbers(HEAD, FIRST_ONLY, other, FIRST_ONLY, FIRST_ONLY)
    assert found == [NUMBER, NUMBER, *["320324105202001"] * 3]
    # Another household whose number is missing begins with its head.
    for mark in range(3):
        head: list[Raw] = ["", "", "", "王五", "男", "320324197001010019", "户主"]
        head[mark] = other[mark]
        expected = [NUMBER, NUMBER, NUMBER if mark == 1 else None, None]
        if mark == 1:
            expected = [NUMBER, NUMBER, "320324105202001", "320324105202001"]
        assert numbers(HEAD, FIRST_ONLY, head, FIRST_ONLY) == expected


def test_a_second_head_of_the_household_is_no_other_household() -> None:
    second: list[Raw] = ["", "", "", "王五", "男", "320324197001010019", "户主"]
    assert numbers(HEAD, FIRST_ONLY, second, FIRST_ONLY) == [NUMBER] * 4


def test_a_number_passes_no_blank_row_and_no_total() -> None:
    for between in ([cells()], [cells("小计", "1户")], [cells("小计", "1户"), HEADINGS]):
        assert numbers(HEAD, FIRST_ONLY, *between, FIRST_ONLY) == [NUMBER, NUMBER, None]


@pytest.mark.parametrize(
    "before",
    [
        [],
        [cells()],
        [cells("成员登记表（续）")],
        [cells("王庄村成员登记表（续表）")],
        [cells("王庄村成员登记表 第2页")],
        [cells("本页小计", "2人")],
    ],
)
def test_a_number_passes_the_heading_of_a_next_page(before: list[list[Raw]]) -> None:
    assert numbers(HEAD, FIRST_ONLY, *before, HEADINGS, FIRST_ONLY) == [NUMBER] * 3
    assert numbers(HEAD, *before, HEADINGS, FIRST_ONLY, FIRST_ONLY) == [NUMBER] * 3


def test_below_the_title_of_another_village_nothing_is_of_the_household_above() -> None:
    other, own = ([cells(f"{name}成员登记表"), HEADINGS] for name in ("李庄村", "王庄村"))
    assert numbers(HEAD, FIRST_ONLY, *other, FIRST_ONLY) == [NUMBER, NUMBER, None]
    titled = [own[0], HEADINGS, HEAD, FIRST_ONLY]
    for between, last in ((own, NUMBER), (other, None), ([*own, FIRST_ONLY, *other], None)):
        grid = Grid("成员", [*map(list, [*titled, *between, FIRST_ONLY])])
        found = register_of([grid], POLICY)
        assert found.tables["member"]["household_id"].to_list()[-1] == last


def test_a_number_that_somebody_forgot_is_missing() -> None:
    lacking: list[Raw] = ["王庄村", "", "张三", *WIFE[3:]]
    assert numbers(HEAD, WIFE, WIFE, WIFE, lacking, WIFE) == [*[NUMBER] * 4, None, NUMBER]


@pytest.mark.parametrize(
    "mark",
    [
        *(
            "同上",
            "如上",
            "〃",
            "″",
            '"',
            "“",
            "--〃--",
            "同 上",
            "同  上",
            "同　上",
            "（同上）",
            "∥",
        ),
        *("同上户", "同", "’’", "↓", "〃 〃", "″ ″", '""', "“ ”", "〃〃〃", "-同-", "（同）", "↓↓"),
        *("〃 ", "　〃", " 同上 "),
    ],
)
def test_ditto(mark: str) -> None:
    row: list[Raw] = [mark, mark, mark, "李四", "女", "320324198202020023", "配偶"]
    found = register(HEAD, row, row, cells(), row)
    assert found.tables["member"]["village"].to_list()[:3] == ["王庄村"] * 3
    assert found.tables["member"]["household_id"].to_list()[:3] == [NUMBER] * 3
    # There is nothing above the first row behind a blank one.
    assert found.tables["member"]["household_id"].to_list()[3] != NUMBER
    seen = [o for o in found.observations if o.notice == Notice.DITTO]
    assert [(o.column, row_of(o.ref), o.seen["count"]) for o in seen] == [
        ("village", 3, 2),
        ("household_id", 3, 2),
        ("head_name", 3, 2),
    ]


@pytest.mark.parametrize("text", ["同意", "同上庄", "’", "上", "〃村"])
def test_what_is_no_ditto(text: str) -> None:
    found = register(HEAD, [text, *WIFE[1:]])
    assert Notice.DITTO not in {seen.notice for seen in found.observations}
    assert "王庄村" not in found.tables["member"]["village"].to_list()[1:]


def test_above_a_ditto_there_is_but_a_blank() -> None:
    found = register([*HEAD[:4], " ", *HEAD[5:]], [*WIFE[:4], "同上", *WIFE[5:]])
    assert Notice.DITTO not in {seen.notice for seen in found.observations}


def test_a_name_as_above_is_no_name() -> None:
    row: list[Raw] = [*WIFE[:3], "同上", "女", "同上", "配偶"]
    found = register(HEAD, row).tables["member"]
    assert found["name"].to_list() == ["张三", "同上"]
    assert found["id_number"].to_list() == ["320324198001010015", "同上"]


@pytest.mark.parametrize("form", ["({})", "（{}）", "第{}列", "{}", "{}栏"])
def test_a_row_of_column_numbers(form: str) -> None:
    numbers: list[Raw] = [form.format(number + 1) for number in range(len(HEADINGS))]
    found = counts(numbers, HEAD, WIFE)
    assert (found.checked, found.note) == (2, 1)


def test_a_row_of_circled_column_numbers() -> None:
    assert counts(list("①②③④⑤⑥⑦"), HEAD, WIFE).checked == 2


@pytest.mark.parametrize("text", ["以下空白", "（以下空白）", "以下无正文", "计 17 人"])
def test_an_end_mark_under_the_names_is_nobody(text: str) -> None:
    assert counts(HEAD, WIFE, ["", "", "", text, "", "", ""]).checked == 2


HOUSEHOLDS: list[Raw] = [
    "户编号",
    "行政村",
    "户主姓名",
    "家庭人口",
    "人均纯收入",
    "耕地面积",
    "种猪",
]
OF_ZHANG: list[Raw] = [NUMBER, "王庄村", "张三", 3.0, 0.3, 2.0, 1.0]


@pytest.mark.parametrize(
    "units",
    [
        ["", "", "", "(人)", "（元）", "", ""],
        ["", "", "", "人", "元", "亩", "头"],
        ["", "", "", "m²", "M2", "㎡", "平方米"],
        ["单位", "—", "—", "人", "元", "亩", "（口）"],
        ["", "", "计量单位：", "", "元", "", ""],
        ["", "", "", "（单位：人）", "(单位:元)", "［亩］", ""],
    ],
)
def test_a_row_of_units_is_nobody(units: list[Raw]) -> None:
    numbers: list[Raw] = [f"({i})" for i in range(1, 8)]
    for rows in ([units, OF_ZHANG], [units, numbers, OF_ZHANG], [numbers, units, OF_ZHANG]):
        found = register(*rows, headings=HOUSEHOLDS)
        assert [(s.rows.checked, s.rows.note) for s in found.sheets] == [(1, len(rows) - 1)]
        assert Notice.EMPTY not in [o.notice for o in found.observations]
    # On each page of a print-out.
    found = register(units, OF_ZHANG, HOUSEHOLDS, units, OF_ZHANG, headings=HOUSEHOLDS)
    assert (found.sheets[0].rows.checked, found.sheets[0].rows.note) == (2, 2)


@pytest.mark.parametrize("unit", ["万元", "(万元)", "（单位：万元）"])
def test_a_unit_in_a_row_of_its_own_is_that_of_its_column(unit: str) -> None:
    units: list[Raw] = ["", "", "", "人", unit, "公顷", ""]
    frame = register(units, OF_ZHANG, headings=HOUSEHOLDS).tables["household"]
    assert frame.select("size", "per_capita", "arable").row(0) == (3, 3000.0, 30.0)
    other = register(OF_ZHANG, headings=HOUSEHOLDS).tables["household"]
    assert other.select("per_capita", "arable").row(0) == (0.3, 2.0)


def test_a_unit_under_a_heading_that_is_merged_with_its_row() -> None:
    units: list[Raw] = ["", "", "", "", "(万元)", "", ""]
    merged = [(0, column, 1, column) for column in range(7) if column != 4]
    grid = Grid("农户", [HOUSEHOLDS, units, OF_ZHANG], merged)
    found = register_of([grid], POLICY)
    assert found.sheets[0].rows.heading == 2
    assert found.tables["household"]["per_capita"].to_list() == [3000.0]


@pytest.mark.parametrize(
    "row",
    [
        [NUMBER, "王庄村", "张三", "人", "元", "", ""],
        ["", "", "张", "人", "元", "", ""],
        ["", "", "", "人", "元", 3.0, ""],
        ["", "", "", "3人", "0.3万元", "", ""],
    ],
)
def test_what_is_no_row_of_units(row: list[Raw]) -> None:
    (sheet,) = register(row, OF_ZHANG, headings=HOUSEHOLDS).sheets
    assert (sheet.rows.checked + sheet.rows.rejected, sheet.rows.note) == (2, 0)


def test_rows_of_the_same_cells_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that was filled down to its last row has hundreds of thousands of them."""
    looked_at: list[object] = []
    real = Sorter._kind_of

    def noted(self: Sorter, row: Sequence[Raw]) -> Kind:
        looked_at.append(row)
        return real(self, row)

    monkeypatch.setattr(Sorter, "_kind_of", noted)
    head: list[Raw] = ["户编号", "姓名", "性别", "证件号码", "与户主关系", "村"]
    person: list[Raw] = ["320324101001001", "张明", "男", "320324198001010012", "户主", "王庄村"]
    blank: list[list[Raw]] = [["", "", "", "", "", "王庄村"], ["", "", "", "", "0", "王庄村"]]
    rows = [head, person, *blank * 500]
    [segment] = segments(Grid("a", rows), Vocabulary())
    assert len(looked_at) == 2
    told = {kind: len(numbers) for kind, numbers in segment.rows.items() if numbers}
    assert told == {Kind.DATA: 1, Kind.NOTE: 500, Kind.PREFILLED: 500}


def test_rows_filled_in_beforehand_with_the_kind_of_number() -> None:
    """身份证 heads a column elsewhere; below 证件类型 it is a value."""
    headings: list[Raw] = [*HEADINGS, "民族", "证件类型"]
    beforehand: list[Raw] = ["王庄村", "", "", "", "", "", "", "汉族", "身份证"]
    people: list[list[Raw]] = [[*HEAD, "汉族", "身份证"], [*WIFE, "汉族", "身份证"]]
    total: list[Raw] = ["合计", "", "", "2人", "", "", "", "", ""]
    found = register(*people, *[beforehand] * 4, total, headings=headings)
    assert found.sheets[0].rows == RowCounts(heading=1, checked=2, note=4, total=1)
    assert found.files[0].remarks == []


def test_rows_that_begin_as_another_list_and_are_none_are_told() -> None:
    found = register(HEAD, WIFE, cells(), cells("甲方", "身份证号码", "乙方"))
    (said,) = map(str, found.files[0].remarks)
    assert "“成员”第5行起还有 1 行" in said
    assert "没有读" in said
