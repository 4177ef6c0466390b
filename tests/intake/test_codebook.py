"""Lists of codes beside the table that they are for: in notes, and on sheets of their own."""

from datetime import date

import polars as pl
import pytest

from generators.people import with_check
from jiandang.formats.grid import Grid
from jiandang.intake.codebook import lists_in, lists_of_sheet
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
Row = list[Raw]
# In another order than that of the national and the provincial forms.
LABOUR = ["无劳动力", "丧失劳动力", "弱劳动力或半劳动力", "普通劳动力", "技能劳动力"]
PRINTED = "1无劳动力 2丧失劳动力 3弱劳动力或半劳动力 4普通劳动力 5技能劳动力"
HEADINGS: Row = ["户编号", "姓名", "性别", "证件号码", "与户主关系", "劳动能力"]
PEOPLE: list[Row] = [
    ["320324105201001", "赵志强", "男", with_check("32032419600101011"), "户主", 4],
    ["320324105201001", "吴秀英", "女", with_check("32032419620101022"), "配偶", "1"],
    ["320324105201002", "周大伟", "男", with_check("32032419850101033"), "户主", "③"],
]
READ = ["普通劳动力", "无劳动力", "弱劳动力或半劳动力"]
ASIDE = ["劳动能力代码", PRINTED, "", ""]
Sheets = list[tuple[str, list[Row]]]


def sheet_of(name: str, *rows: Row) -> Sheets:
    return [(name, [*rows])]


PAIRS: list[Row] = [[n, word] for n, word in enumerate(LABOUR, 1)]
BESIDE: dict[str, Sheets] = {
    "heading, code and word": sheet_of(
        "代码说明", ["指标", "代码", "名称"], *(["劳动能力", *pair] for pair in PAIRS)
    ),
    "its heading once": sheet_of(
        "代码", ["指标", "代码", "名称"], ["劳动能力", *PAIRS[0]], *(["", *p] for p in PAIRS[1:])
    ),
    "numbered rows": sheet_of(
        "代码", ["序号", "指标", "代码", "名称"],
        *([n, "劳动能力", *pair] for n, pair in enumerate(PAIRS, 1)),
    ),
    "a title": sheet_of("表1", ["劳动能力代码表"], ["代码", "名称"], *PAIRS),
    "the sheet's name": sheet_of("劳动能力代码", ["代码", "名称"], *PAIRS),
    "headings": sheet_of("代码表", ["劳动能力代码", "劳动能力名称"], *PAIRS),
    "words first": sheet_of("字典", ["劳动能力", "代码"], *([w, n] for n, w in PAIRS)),
    "lists side by side": sheet_of(
        "字典", ["性别", "代码", "劳动能力", "代码"], ["男", 1, LABOUR[0], 1],
        ["女", 2, LABOUR[1], 2],
        *(["", "", word, n] for n, word in PAIRS[2:]),
    ),
    "lists below each other": sheet_of(
        "字典", ["性别"], [1, "男"], [2, "女"], ["劳动能力"], *PAIRS, ["健康状况"], [1, "健康"],
        [4, "残疾"],
    ),
    "a text": sheet_of("填表说明", ["项目", "代码"], ["劳动能力", PRINTED]),
    "one text": sheet_of("填表说明", ["一、性别：1男，2女；二、劳动能力：" + PRINTED]),
}  # fmt: skip


def members(*sheets: Grid) -> Register:
    return register_of(sheets, POLICY)


def table(*notes: Row, headings: Row = HEADINGS, guide: Row | None = None) -> Grid:
    return Grid("花名册", [headings, *([guide] if guide else []), *PEOPLE, *notes])


def labour(found: Register) -> list[str | None]:
    values: pl.Series = found.tables["member"]["labour"]
    return values.cast(pl.String).to_list()


@pytest.mark.parametrize("sheets", BESIDE.values(), ids=BESIDE.keys())
@pytest.mark.parametrize("is_first", [True, False])
def test_a_list_on_a_sheet_of_its_own(sheets: Sheets, *, is_first: bool) -> None:
    own = [Grid(name, rows) for name, rows in sheets]
    found = members(*own, table()) if is_first else members(table(), *own)
    assert labour(found) == READ


@pytest.mark.parametrize(
    "grid",
    [
        table(["注：劳动能力：" + PRINTED]),
        table(
            ["填表人：韩明凯"], ["说明：①性别：1男，2女；②劳动能力：" + PRINTED + "。③本表一式两份"]
        ),
        table(guide=["", "", "", "", "", PRINTED]),
        Grid("花名册", [["劳动能力代码：" + PRINTED], *table().rows]),
        Grid("花名册", [[*row, "", text] for row, text in zip(table().rows, ASIDE, strict=True)]),
    ],
    ids=["note", "several in a note", "below the heading", "title", "beside"],
)
def test_a_list_around_the_table(grid: Grid) -> None:
    assert labour(members(grid)) == READ


def test_a_code_that_the_list_lacks_is_not_read_by_another() -> None:
    found = members(table(["注：劳动能力：1无劳动力 4普通劳动力"]))
    assert labour(found) == ["普通劳动力", "无劳动力", None]
    report = check(found, POLICY, as_of=date(2016, 3, 29))
    assert [f.cell for f in report.findings if f.rule == "LR006"] == ["F4"]


def test_the_headings_own_list_counts_before_others() -> None:
    heading: Row = [*HEADINGS[:-1], "劳动能力(1普通劳动力3无劳动力4技能劳动力)"]
    found = members(table(["注：劳动能力：" + PRINTED], headings=heading))
    assert labour(found) == ["技能劳动力", "普通劳动力", "无劳动力"]


def test_heads_are_found_by_the_files_own_numbers() -> None:
    """A household goes to the next head, whatever number stands for him."""
    rows: list[Row] = [
        [number, name, sex, card, {"户主": 9, "配偶": 1}[str(relation)], "普通劳动力"]
        for number, name, sex, card, relation, _ in PEOPLE
    ]
    rows[1][0] = ""
    grid = Grid("花名册", [HEADINGS, *rows, ["注：与户主关系：1配偶 9户主"]])
    found = members(grid).tables["member"]
    assert found["household_id"].to_list() == [row[0] for row in PEOPLE]
    assert found["relation"].to_list() == ["户主", "配偶", "户主"]


@pytest.mark.parametrize(
    "text",
    [
        "健康状况填：健康、残疾",
        "家庭人口3人，健康状况1人残疾2人健康",
        "1.性别按身份证 2.姓名按户口簿",
        "与户主关系见附件1、附件2",
        "劳动能力：1甲 2乙",
    ],
)
def test_what_is_no_list(text: str) -> None:
    assert lists_in(text) == {}


def test_a_sheet_with_words_alone_has_no_list() -> None:
    words: list[Row] = [["劳动能力", "性别"], [LABOUR[0], "男"], [LABOUR[1], "女"]]
    assert lists_of_sheet(Grid("数据源", words)) == {}
    named: list[Row] = [["劳动能力", "代码"], ["韩明凯", 1], ["陆明", 2]]
    assert lists_of_sheet(Grid("数据源", named)) == {}


def test_a_sheet_of_long_texts_is_no_list_of_codes() -> None:
    options: list[Row] = [["劳动能力", ""], ["1", LABOUR[0]], ["2", LABOUR[1]]]
    assert lists_of_sheet(Grid("代码", options))
    long: list[Row] = [["x" * 30_000] * 60] * 10
    # In Excel a cell takes so much; the same one repeated costs a file nothing.
    assert lists_of_sheet(Grid("代码", [*options, *long])) == {}
