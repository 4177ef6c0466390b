"""Sheets of people who are in no register are told to be unread; it is read by any name."""

from pathlib import Path

import openpyxl
import pytest

from jiandang.policy import load_policy
from jiandang.register.register import Register
from jiandang.register.resident_id import check_character
from jiandang.run.load import load

POLICY = load_policy("xuzhou-2016")
HOMES = ["320324105201001", "320324105201002"]
PEOPLE = [n + check_character(n) for n in ("32032419800101001", "32032419820202002")]
OTHERS = [n + check_character(n) for n in ("32032419500101003", "32032419520202004")]
FULL = ["行政村", "户编号", "户主姓名", "户主证件号码", "家庭人口", "农户属性", "主要致贫原因"]
FULL += ["人均纯收入(元)", "住房面积(㎡)"]
MEMBERS = ["行政村", "户编号", "姓名", "证件号码", "性别", "与户主关系", "民族", "文化程度"]
MEMBERS += ["健康状况", "劳动能力", "在校生状况", "务工状况", "联系电话"]


def home(number: str, name: str, who: str) -> list[object]:
    return ["王庄村", number, name, who, 1, "一般贫困户", "缺技术", 2000, 80]


def member(number: str, name: str, who: str) -> list[object]:
    own = ["王庄村", number, name, who, "男", "户主", "汉族", "小学"]
    return [*own, "健康", "普通劳动力", "非在校生", "", "13812345678"]


def read(path: Path, *more: tuple[str, list[list[object]]], register: bool = True) -> Register:
    book = openpyxl.Workbook()
    del book["Sheet"]
    known = list(zip(HOMES, ("张山", "李海"), PEOPLE, strict=True))
    own: list[tuple[str, list[list[object]]]] = [
        ("农户", [[*FULL], *(home(*each) for each in known)]),
        ("成员", [[*MEMBERS], *(member(*each) for each in known)]),
    ]
    for name, rows in (*(own if register else ()), *more):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path / "表.xlsx")
    return load(path / "表.xlsx", POLICY)


LIST: list[list[object]] = [
    ["行政村", "户主姓名", "户主证件号码", "家庭人口", "原因"],
    ["王庄村", "孙大海", OTHERS[0], 3, "有商品房"],
    ["王庄村", "马桂兰", OTHERS[1], 2, "死亡"],
]
PERSONS: list[list[object]] = [
    ["行政村", "姓名", "性别", "证件号码", "与户主关系"],
    ["王庄村", "孙大海", "男", OTHERS[0], "户主"],
]
OTHER_NAMES = (
    "已剔除 清退户 不符合条件 评议未通过 非贫困户 死亡人员 减少人员 一般农户 2015年脱贫户 拟退出 "
    "村干部名册 帮扶人名单"
)


@pytest.mark.parametrize("rows", [LIST, PERSONS])
@pytest.mark.parametrize("name", OTHER_NAMES.split())
def test_others_are_told_to_be_unread(tmp_path: Path, name: str, rows: list[list[object]]) -> None:
    register = read(tmp_path, (name, rows))
    (file,) = register.files
    assert {sheet.sheet for sheet in register.sheets} == {"农户", "成员"}
    assert file.unrecognised_sheets == (name,)
    (remark,) = (r for r in file.remarks if name in r)
    assert f"其中 {len(rows) - 1} 行没有检查；" in remark and "--" in remark


def test_a_title_tells_of_a_sheet_without_a_name(tmp_path: Path) -> None:
    register = read(tmp_path, ("Sheet3", [["官山镇识别剔除户名单"], *LIST]))
    assert register.files[0].unrecognised_sheets == ("Sheet3",)


@pytest.mark.parametrize("name", ["脱贫户", "2014年脱贫", "一般农户", "剔除后名单", "单人户"])
def test_a_register_may_be_called_so(tmp_path: Path, name: str) -> None:
    number = "320324105201003"
    rows: list[list[object]] = [[*FULL], home(number, "孙大海", OTHERS[0])]
    register = read(tmp_path, (name, rows))
    assert number in register.tables["household"]["household_id"]
    assert not register.files[0].unrecognised_sheets


def test_a_list_of_those_who_left_poverty_may_be_of_the_register(tmp_path: Path) -> None:
    rows: list[list[object]] = [["行政村", "户编号", "户主姓名"], ["王庄村", HOMES[0], "张山"]]
    register = read(tmp_path, ("已脱贫户", rows))
    assert not register.files[0].unrecognised_sheets
    assert register.tables["household"].height == 2


def test_members_of_households_that_nobody_has_are_unread(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["行政村", "户编号", "姓名", "性别", "证件号码", "与户主关系"],
        ["王庄村", "320324105201900", "孙大海", "男", OTHERS[0], "户主"],
    ]
    register = read(tmp_path, ("已脱贫户", rows))
    assert register.files[0].unrecognised_sheets == ("已脱贫户",)


def test_a_list_of_an_earlier_year_is_none_of_this(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["2014年低收入农户名单"],
        ["行政村", "户编号", "户主姓名", "家庭人口"],
        ["王庄村", HOMES[0], "张山", 3],
    ]
    register = read(tmp_path, ("2014", rows))
    assert register.files[0].unrecognised_sheets == ("2014",)
    assert any("--before" in remark for remark in register.files[0].remarks)


def test_an_income_of_an_earlier_year_completes_the_household(tmp_path: Path) -> None:
    rows: list[list[object]] = [["户编号", "家庭纯收入(元)"], [HOMES[0], 2000]]
    register = read(tmp_path, ("2014年收入", rows))
    assert register.tables["household"].height == 2


def test_a_file_of_nothing_else_says_what_it_is(tmp_path: Path) -> None:
    (file,) = read(tmp_path, ("死亡名单", PERSONS), register=False).files
    assert file.error_code == "nothing_recognised"
    assert file.error is not None and "；检查时用 --with 死亡=文件" in file.error


NAMES: list[list[object]] = [
    ["序号", "姓名", "性别", "年龄", "文化程度", "备注"],
    [1, "张山", "男", 47, "小学", ""],
    [2, "李海", "男", 33, "小学", ""],
]


def test_a_list_of_names_alone_is_told_to_be_unread(tmp_path: Path) -> None:
    """Nobody can tell who of the register they are, or where they live."""
    register = read(tmp_path, ("培训名单", NAMES))
    (file,) = register.files
    assert file.unrecognised_sheets == ("培训名单",)
    assert register.tables["member"].height == len(PEOPLE)
    (remark,) = (r for r in file.remarks if "培训名单" in r)
    assert "2 行没有检查；要一起检查的，请补上户编号和证件号码" in remark


def test_heads_without_a_place_are_told_to_be_unread(tmp_path: Path) -> None:
    rows: list[list[object]] = [["序号", "户主姓名", "家庭人口", "备注"], [1, "张山", 3, ""]]
    register = read(tmp_path, ("慰问", rows))
    assert register.files[0].unrecognised_sheets == ("慰问",)
    assert register.tables["household"].height == len(HOMES)


@pytest.mark.parametrize("name", ["王庄村培训名单", "培训名单"])
def test_names_whose_village_is_told_are_read(tmp_path: Path, name: str) -> None:
    title: list[list[object]] = [["官山镇王庄村培训人员名单"]]
    register = read(tmp_path, (name, NAMES if name.startswith("王庄村") else title + NAMES))
    assert not register.files[0].unrecognised_sheets
    assert register.tables["member"].height == len(PEOPLE)


def test_names_alone_are_read_where_there_is_no_other_register(tmp_path: Path) -> None:
    """What lacks is then told, column by column."""
    register = read(tmp_path, ("名单", NAMES), register=False)
    assert register.tables["member"].height == 2


@pytest.mark.parametrize("stem", ["2016年医保缴费名单", "工资表", "村干部名单", "财政供养人员"])
def test_a_list_of_a_department_is_no_register(tmp_path: Path, stem: str) -> None:
    book = openpyxl.Workbook()
    book["Sheet"].append(["序号", "姓名", "身份证号", "村", "联系电话", "金额"])
    book["Sheet"].append([1, "孙大海", OTHERS[0], "王庄村", "13805201000", 150])
    book.save(tmp_path / f"{stem}.xlsx")
    found = load(tmp_path / f"{stem}.xlsx", POLICY)
    assert not found.sheets
    assert "--with" in str(found.files)


def test_a_register_of_income_may_have_the_word_in_its_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book["Sheet"].append([*FULL])
    book["Sheet"].append(home(HOMES[0], "张山", PEOPLE[0]))
    book.save(tmp_path / "村干部包户的低收入农户.xlsx")
    assert load(tmp_path / "村干部包户的低收入农户.xlsx", POLICY).tables["household"].height == 1


def rows_of(heading: str, *own: object) -> list[list[object]]:
    people = zip(("孙大海", "马桂兰"), OTHERS, strict=True)
    rows: list[list[object]] = [[*heading.split()]]
    return rows + [[i, "王庄村", n, "男", who, *own] for i, (n, who) in enumerate(people)]


WHO = "序号 村 姓名 性别 身份证号"
# What an office keeps of people: what it calls its list, its rows, and what --with calls it.
OF_OFFICES: list[tuple[str, list[list[object]], str]] = [
    ("新农合缴费花名册", rows_of(f"{WHO} 与户主关系 缴费金额(元)", "本人", 150), "医保"),
    (
        "低保分人名单",
        rows_of(f"{WHO} 与户主关系 保障金额(元) 健康状况", "户主", 280, "健康"),
        "低保",
    ),
    ("五保供养花名册", rows_of(f"{WHO} 供养方式", "分散"), "特困"),
    ("残疾人名单", rows_of(f"{WHO} 残疾类别 残疾等级", "肢体", "四级"), "残疾"),
    (
        "参保名单",
        rows_of("序号 参保单位 姓名 性别 身份证号 参保类型 缴费年度", "居民", 2016),
        "医保",
    ),
    ("火化登记", rows_of("序号 户籍地址 死者姓名 性别 身份证号码 火化日期", "2015-11-02"), "火化"),
    ("户籍底册", rows_of("户号 村 姓名 性别 公民身份号码 与户主关系 户籍地址", "户主", ""), "户籍"),
    ("养老金发放名册", rows_of(f"{WHO} 月领取金额", 115), "养老"),
    ("工资表", rows_of("序号 单位 姓名 性别 身份证号 应发工资 实发工资", 2700, 2300), "工资"),
]


@pytest.mark.parametrize(("name", "rows", "kind"), OF_OFFICES)
def test_a_list_of_an_office_is_no_sheet_of_the_register(
    tmp_path: Path, name: str, rows: list[list[object]], kind: str
) -> None:
    """By its name or its title; its people are no members, and --with compares them."""
    titled: list[list[object]] = [[f"官山镇{name}"], *rows]
    for place, (sheet, own) in enumerate([(name, rows), ("Sheet3", titled)]):
        folder = tmp_path / str(place)
        folder.mkdir()
        register = read(folder, (sheet, own))
        assert register.files[0].unrecognised_sheets == (sheet,)
        assert register.tables["member"].height == len(PEOPLE)
        (remark,) = (r for r in register.files[0].remarks if sheet in r)
        assert "其中 2 行没有检查；" in remark and f"检查时用 --with {kind}=文件 比对" in remark


@pytest.mark.parametrize(("name", "rows", "kind"), OF_OFFICES)
def test_a_list_of_an_office_in_its_own_file(
    tmp_path: Path, name: str, rows: list[list[object]], kind: str
) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book["Sheet"].append(row)
    book.save(tmp_path / f"{name}.xlsx")
    (file,) = load(tmp_path, POLICY).files
    assert file.error is not None and f"--with {kind}=文件" in file.error


@pytest.mark.parametrize("stem", ["低保贫困户名单", "建档立卡贫困户参加新农合花名册", "低保户"])
def test_a_register_may_be_of_those_whom_an_office_pays(tmp_path: Path, stem: str) -> None:
    """Where it says what only a register says, or is called one of the poor."""
    book = openpyxl.Workbook()
    poor = "贫困" in stem
    heading = "序号 村 户主姓名 姓名 性别 身份证号 与户主关系 健康状况 劳动能力 务工状况 文化程度"
    book["Sheet"].append(heading.split()[: 8 if poor else None])
    row = [1, "王庄村", "张山", "张山", "男", PEOPLE[0], "户主", "健康", "普通劳动力", "", "小学"]
    book["Sheet"].append(row[: 8 if poor else None])
    book.save(tmp_path / f"{stem}.xlsx")
    assert load(tmp_path / f"{stem}.xlsx", POLICY).tables["member"].height == 1


def test_a_heading_of_the_countys_own_makes_no_list_of_households(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book["Sheet"].append(["村", "户主姓名", "身份证号", "家庭人口", "联系电话", "残疾等级"])
    book["Sheet"].append(["王庄村", "张山", PEOPLE[0], 2, "13805201000", "二级"])
    book.save(tmp_path / "王庄村.xlsx")
    assert load(tmp_path / "王庄村.xlsx", POLICY).tables["household"].height == 1


@pytest.mark.parametrize(
    ("title", "own"),
    [
        ("王庄村党员花名册", ["入党时间", "党内职务"]),
        ("公益性岗位人员花名册", ["岗位", "月工资"]),
        ("育龄妇女信息卡", ["婚姻状况", "避孕措施"]),
        ("退役军人登记表", ["入伍时间", "优抚类别"]),
        ("慢性病患者管理名册", ["病种", "随访日期"]),
    ],
)
def test_a_list_of_somebody_else_by_what_no_register_says(
    tmp_path: Path, title: str, own: list[str]
) -> None:
    rows: list[list[object]] = [
        [title],
        ["村", "姓名", "性别", "身份证号", "文化程度", *own],
        ["王庄村", "孙大海", "男", OTHERS[0], "小学", "甲", "乙"],
    ]
    (file,) = read(tmp_path, ("Sheet1", rows), register=False).files
    assert file.error_code == "nothing_recognised"
    assert file.error is not None and "请补上户编号" in file.error


@pytest.mark.parametrize(
    "title", ["贫困户花名册", "王庄村花名册", "家庭成员登记表", "低保贫困户登记表"]
)
def test_a_register_that_is_called_a_list_is_one(tmp_path: Path, title: str) -> None:
    rows: list[list[object]] = [
        [title],
        ["村", "姓名", "性别", "身份证号", "文化程度", "婚姻状况", "特长"],
        ["王庄村", "孙大海", "男", OTHERS[0], "小学", "已婚", "无"],
    ]
    (file,) = read(tmp_path, ("Sheet1", rows), register=False).files
    assert file.error_code is None
