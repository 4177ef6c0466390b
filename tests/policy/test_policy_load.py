"""load_policy: names, files, encodings, extends, and errors that say what to do."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import jiandang
from jiandang.policy import Policy, PolicyError, builtin_policies, load_policy

EXTENDS = 'extends = "xuzhou-2016"\n'
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str, name: str = "county.toml", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def error(source: str | Path) -> str:
    with pytest.raises(PolicyError) as raised:
        load_policy(source)
    return str(raised.value)


def test_builtin_by_name() -> None:
    assert list(builtin_policies()) == ["xuzhou-2016"]
    assert load_policy("xuzhou-2016").name == "xuzhou-2016"


def test_a_file_names_only_what_differs(write: Write) -> None:
    path = write(EXTENDS + "dibao_line = 4800\n[deadlines]\napplied = 2016-03-03\n")
    county, base = load_policy(path), load_policy("xuzhou-2016")
    assert load_policy(str(path)) == county
    assert (county.name, county.extends, county.title) == ("county", "xuzhou-2016", base.title)
    assert county.dibao_line == 4800
    assert county.deadlines.applied == date(2016, 3, 3)
    assert county.deadlines.entered == base.deadlines.entered
    assert county.county_codes == base.county_codes


def test_lists_are_replaced(write: Write) -> None:
    county = load_policy(write(EXTENDS + 'types_exempt_from_line = ["五保户"]\nholidays = []\n'))
    assert county.types_exempt_from_line == ("五保户",)
    assert county.holidays == frozenset()


def test_a_file_of_its_own(write: Write) -> None:
    text = builtin_policies()["xuzhou-2016"].read_text(encoding="utf-8")
    alone = load_policy(write(text.replace('name = "xuzhou-2016"', "")))
    assert alone.name == "county" and alone.income_line == 6000


def test_extends_a_file_beside_it(write: Write) -> None:
    write(EXTENDS + "notice_days = 5\nwarn_days = 1\n", "city.toml")
    county = load_policy(write('extends = "city.toml"\nwarn_days = 2\n'))
    assert (county.notice_days, county.warn_days, county.income_line) == (5, 2, 6000)


def test_the_source_of_a_value_goes_with_it(write: Write) -> None:
    county = load_policy(
        write(
            EXTENDS + 'income_line = 5000\nnotice_days = 5\n[sources]\nnotice_days = "县委文件"\n'
        )
    )
    assert county.sources["income_line"] == "政策文件 county.toml"
    assert county.sources["notice_days"] == "县委文件"
    assert county.sources["quorum"] == "村民委员会组织法第二十六条"


def test_own_deadlines_end_the_remark_about_the_borrowed_ones(write: Write) -> None:
    partly = load_policy(write(EXTENDS + "[deadlines]\napplied = 2016-03-03\n"))
    assert "溧水区" in partly.notes[0]
    assert "部分由政策文件 county.toml改写" in partly.sources["deadlines"]

    steps = type(partly.deadlines).model_fields
    lines = "".join(f"{step} = 2016-04-01\n" for step in steps)
    wholly = load_policy(write(f"{EXTENDS}[deadlines]\n{lines}"))
    assert wholly.notes == ()
    assert wholly.sources["deadlines"] == "政策文件 county.toml"

    remarked = load_policy(write(f'{EXTENDS}[deadlines]\n{lines}[remarks]\ndeadlines = "见通知"\n'))
    assert remarked.notes == ("见通知",)


def test_a_short_timetable_loads(write: Write) -> None:
    county = load_policy(write(EXTENDS + "[deadlines]\nvillage_notice_end = 2016-03-10\n"))
    assert county.timetable_gaps() == [("appraised", "village_notice_end", 3)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings_of_notepad(write: Write, encoding: str) -> None:
    text = EXTENDS + 'title = "睢宁县"\r\n[headings]\r\n"贫困原因(主)" = "主要致贫原因"\r\n'
    county = load_policy(write(text, encoding=encoding))
    assert county.title == "睢宁县"
    assert county.headings == {"贫困原因(主)": "主要致贫原因"}


def test_unknown_name() -> None:
    message = error("xuzhou-2015")
    assert "没有名为“xuzhou-2015”的政策" in message and "是不是 xuzhou-2016？" in message
    assert "是不是" not in error("北京") and "内置政策有：xuzhou-2016" in error("北京")


def test_missing_file(tmp_path: Path) -> None:
    for path in ("county.toml", str(tmp_path / "county"), tmp_path / "county.toml"):
        assert f"找不到政策文件 {path}" in error(path)
    assert "是文件夹" in error(tmp_path)


def test_not_a_text_file(write: Write) -> None:
    assert "不是政策文件" in error(write("PK\x03\x04\0\0", "名单.xlsx"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("title = “睢宁县”", "第 2 行可能用了中文标点"),
        ("title = 睢宁县", "第 2 行写法不对"),
        ("notice_days = 5\nnotice_days = 6", "第 3 行同一个名称写了两次"),
        ("start = 2016-02-30", "第 2 行日期不对"),
        ("holidays = [2016-01-01,", "第 2 行文件到此不完整"),
        ("[deadlines]\n[deadlines]", "第 3 行同一个名称写了两次"),
        (f"{'a.' * 20_000}a = 1", "括号嵌套过深"),
        (f"# {'.' * 20_000}\ntitle = 1.1.1", "第 3 行"),
    ],
)
def test_toml_syntax(write: Write, line: str, said: str) -> None:
    path = write(EXTENDS + line)
    assert error(path).startswith(f"政策文件 {path}：{said}")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("notice_day = 5", "没有名为“notice_day”的参数，是不是 notice_days（公示天数）？"),
        ('"公示天数" = 5', "没有名为“公示天数”的参数，是不是 notice_days（公示天数）？"),
        ("zzz = 5", "没有名为“zzz”的参数，请删去，或对照内置政策"),
        (
            "[deadlines]\napplyed = 2016-03-01",
            "没有名为“deadlines.applyed”的参数，是不是 applied（农户申请截止）？",
        ),
        (
            "[deadlines]\nwarn_days = 1",
            "没有名为“deadlines.warn_days”的参数，请把 warn_days 移到文件开头",
        ),
        (
            'income_line = "六千"',
            "income_line（收入标准(元/人·年)） 现在是 “六千”，应为数字，不加引号",
        ),
        ("notice_days = true", "notice_days（公示天数） 现在是 true，应为整数，不加引号"),
        ("notice_days = 7.5", "notice_days（公示天数） 现在是 7.5，应为整数，不加引号"),
        ("notice_days = 0", "notice_days（公示天数） 现在是 0，应不小于 1"),
        ("income_line = 0", "现在是 0，应大于 0"),
        ("income_line = inf", "现在是 inf，应为普通数字"),
        ("quota_tolerance = 5", "quota_tolerance（任务数容差） 现在是 5，应不大于 1"),
        ('majority = "1/1"', "majority（通过比例） 现在是 1，应小于 1"),
        ('quorum = "三分之二"', '现在是 “三分之二”，应为分数，写在引号内，例如 "2/3"'),
        ("start = 20160202", "start（工作开始日期） 现在是 20160202，应为日期，不加引号"),
        ("start = 2016-02-02T08:00:00", "应为日期，不加引号"),
        ('start = "2016-02-30"', "日历上没有这一天"),
        ('title = ""', "title（政策名称） 现在是 “”，不能为空"),
        ("title = 5", "title（政策名称） 现在是 5，应为文字"),
        ("extends_ = 5", "是不是 extends"),
        ('holidays = "2016-01-01"', "holidays（法定节假日） 现在是 “2016-01-01”，应为列表"),
        ('holidays = ["元旦"]', "holidays.0（法定节假日） 现在是 “元旦”，应为日期"),
        ('types_exempt_from_line = "低保户"', "现在是 “低保户”，应为列表"),
        ("sources = 5", "sources（参数来源） 现在是 5，应为一组“名称 = 值”"),
        ("planting_per_mu = [300, 5000]", "现在是 一个列表，应为一组“名称 = 值”"),
        ("planting_per_mu.low = 6000", "planting_per_mu（每亩种植收入范围(元)）：下限 6000 大于"),
        (
            'county_codes.3203 = "徐州市"',
            "county_codes.3203（县级区划代码） 现在是 “3203”，应为六位",
        ),
        ('sources.income = "日报"', "“income”不是参数名"),
        (
            "deadlines.appraised = 2016-03-01",
            "deadlines（时间节点）：appraised（民主评议截止，2016-03-01）"
            "早于前一步 applied（农户申请截止，2016-03-04）",
        ),
        ("start = 2016-03-10", "早于 start（工作开始日期，2016-03-10）"),
        ("income_floor = 50000", "income_floor（人均收入下限 50000）应小于"),
    ],
)
def test_wrong_values(write: Write, line: str, said: str) -> None:
    path = write(EXTENDS + line)
    message = error(path)
    assert message.startswith(f"政策文件 {path}：") and "\n" not in message
    assert said in message
    assert not any(word in message for word in ("Input", "should", "Value"))


def test_all_problems_at_once(write: Write) -> None:
    assert len(error(write(EXTENDS + "notice_day = 5\nwarn_days = -1\n")).splitlines()) == 2


def test_missing_parameters_make_one_line(write: Write) -> None:
    message = error(write("notice_days = 5\n"))
    assert "\n" not in message
    assert "缺少 title、income_line、" in message and 'extends = "xuzhou-2016"' in message


def test_half_a_range(write: Write) -> None:
    text = builtin_policies()["xuzhou-2016"].read_text(encoding="utf-8")
    path = write(text.replace("{ low = 1.3, high = 4.5 }", "{ low = 1.3 }"))
    assert error(path) == f"政策文件 {path}：缺少 persons_per_household.high（上限），请补上"


def test_the_file_at_fault_is_named(write: Write) -> None:
    city = write(EXTENDS + "notice_days = 0\n", "city.toml")
    county = write('extends = "city.toml"\nwarn_days = 2\n')
    assert error(county).startswith(f"政策文件 {city}：")
    write(EXTENDS + "title = \n", "city.toml")
    assert error(county).startswith(f"政策文件 {city}：")
    write(EXTENDS + "sources = 5\n", "city.toml")
    assert error(county).startswith(f"政策文件 {city}：sources")


def test_extends_something_unknown(write: Write) -> None:
    path = write('extends = "xuzhou-2015"\n')
    assert error(path).startswith(f"政策文件 {path}：extends 有误，没有名为“xuzhou-2015”的政策")
    assert "找不到政策文件" in error(write('extends = "city.toml"\n'))
    assert "extends（沿用的政策） 现在是 5，应为文字" in error(write("extends = 5\n"))


def test_extends_in_a_circle(write: Write) -> None:
    itself = write('extends = "county.toml"\n')
    assert "形成循环（county.toml → county.toml）" in error(itself)
    write('extends = "county.toml"\n', "city.toml")
    assert "形成循环（county.toml → city.toml → county.toml）" in error(
        write('extends = "./city.toml"\n')
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    start=st.sampled_from(["", EXTENDS]),
    content=st.binary(max_size=60)
    | st.text(max_size=60).map(str.encode)
    | st.text('[]{}="a.\n\r\t \x0c\x1c1', max_size=12).map(str.encode),
)
def test_any_file_loads_or_is_explained(tmp_path: Path, start: str, content: bytes) -> None:
    path = tmp_path / "any.toml"
    path.write_bytes(start.encode() + content)
    try:
        load_policy(path)
    except PolicyError as refused:
        assert str(path) in str(refused)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


@given(name=st.sampled_from(sorted(load_policy("xuzhou-2016").model_dump())), value=_VALUES)
def test_any_value_is_taken_or_explained_in_chinese(name: str, value: object) -> None:
    try:
        Policy.model_validate(load_policy("xuzhou-2016").model_dump() | {name: value})
    except ValidationError as refused:
        for problem in refused.errors():
            assert "值不合要求" not in problem["msg"], problem


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[headings]\n"甲" = "人均纯收如"', "没有标准列名“人均纯收如”，是不是“人均纯收入”"),
        ('types_exempt_from_line = ["低保护"]', "不在“农户属性”代码表里，最接近的是“低保户”"),
        ('[dynamic]\nincreases = ["出声"]', "dynamic.increases.0（自然增加的原因） 现在是 “出声”"),
        ('[dynamic]\ndecreases = ["死忘"]', "最接近的是“死亡”"),
        ('[dynamic]\nremovals = ["清腿"]', "最接近的是“清退”"),
        ('[goals]\nleaving = ["320342"]', "goals.leaving（要退出的重点县）有“320342”"),
    ],
)  # fmt: skip
def test_a_mistyped_word_of_a_list(write: Write, text: str, message: str) -> None:
    """It was loaded, and never applied."""
    assert message in error(write(EXTENDS + text))


def test_a_mistyped_rule_that_has_to_run(write: Write) -> None:
    policy = load_policy(write(EXTENDS + '[check]\nrequire = ["SB99x"]'))
    with pytest.raises(PolicyError, match=r"check\.require（必须查成的规则）没有规则“SB99X”"):
        jiandang.check(jiandang.load([]), policy)


def test_a_date_that_there_is_not(write: Write) -> None:
    said = error(write(f"{EXTENDS}reference_date = 2016-13-01\n"))
    assert "第 2 行日期不对：日历上没有这一天" in said and "引号" not in said
