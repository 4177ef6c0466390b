"""One household in several sheets, and what is a double all the same."""

from datetime import date

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.resident_id import check_character
from jiandang.report.model import Report
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
NUMBER, OTHER = "320324105201001", "320324105201002"
HIS, HERS = (n + check_character(n) for n in ("32032419800101001", "32032419820202002"))
Row = list[Raw]
FORM: Row = ["户编号", "行政村", "户主姓名", "家庭人口", "农户属性", "主要致贫原因"]
INCOME: Row = ["户编号", "户主姓名", "人均纯收入(元)", "工资性收入(元)"]
HOUSE: Row = ["户编号", "住房面积(㎡)", "是否危房", "联系电话"]
ZHANG: Row = [NUMBER, "王庄村", "张三", 2.0, "一般贫困户", "缺技术"]


def sheet(name: str, headings: Row, *rows: Row) -> Grid:
    return Grid(name, [list(headings), *(list(row) for row in rows)])


def report(*grids: Grid) -> Report:
    return check(register_of(grids, POLICY), POLICY, as_of=date(2016, 3, 29))


def said(*grids: Grid, rules: str = "SB018 LR121 LR213 LR004 LR116") -> list[tuple[str, str, str]]:
    found = report(*grids).findings
    return [(f.rule, f.sheet, f.cell) for f in found if f.rule in rules.split()]


def test_three_sheets_are_one_household() -> None:
    grids = (
        sheet("农户", FORM, ZHANG),
        sheet("收入", INCOME, [NUMBER, "张三", 9000.0, 9000.0]),
        sheet("住房", HOUSE, [NUMBER, 80.0, "否", "123"]),
    )
    assert said(*grids) == [("SB018", "收入", "C2"), ("LR116", "住房", "D2")]
    found = register_of(grids, POLICY).tables["household"]
    assert found.height == 1
    assert found.select("size", "per_capita", "house_area").row(0) == (2, 9000.0, 80.0)
    # The order of the sheets says nothing.
    assert {*said(*grids[::-1])} == {*said(*grids)}


def test_what_both_have_is_compared() -> None:
    grids = (sheet("农户", FORM, ZHANG), sheet("收入", INCOME, [NUMBER, "张山", 3000.0, 0.0]))
    assert said(*grids) == [("LR213", "收入", "B2")]
    (found,) = [f for f in report(*grids).findings if f.rule == "LR213"]
    assert "农户!C2" in found.message
    assert found.village == "王庄村"


def test_a_sheet_without_the_heads_repeats_what_the_households_sheet_says() -> None:
    form: Row = [*FORM, "人均纯收入(元)"]
    households = sheet(
        "农户", form, [*ZHANG, 3000.0], [OTHER, "王庄村", "李四", 1.0, *ZHANG[4:], 3100.0]
    )
    income: Row = ["户编号", "家庭人口", "人均纯收入(元)"]
    again = sheet("收入", income, [NUMBER, 2.0, 3000.0], [OTHER, 1.0, 3190.0])
    assert said(households, again) == [("LR213", "收入", "C3")]
    # Within the sheet a number stands twice all the same, but not where a list names the head too.
    twice = sheet("农户", form, [*ZHANG, 3000.0], [*ZHANG, 3000.0])
    assert [rule for rule, *_ in said(twice)] == ["LR121"]
    named = sheet("收入", ["户编号", "户主姓名", *income[1:]], [NUMBER, "张三", 2.0, 3000.0])
    assert said(sheet("农户", form, [*ZHANG, 3000.0]), named) == []


def test_names_of_one_place_and_phones_of_members_are_no_contradiction() -> None:
    places: Row = ["县(市、区)", "乡(镇)", "村民小组", "联系电话"]
    households = sheet(
        "农户", [*FORM, *places], [*ZHANG, "睢宁县", "官山镇", "一组", "13852012345"]
    )
    form: Row = ["户编号", "行政村", "姓名", "证件号码", "与户主关系", *places]
    his: Row = [NUMBER, "王庄行政村", "张三", HIS, "户主", "睢宁", "官山", "第1组", "13852012346"]
    hers: Row = [NUMBER, "王庄", "李四", HERS, "配偶", "睢宁县", "官山镇", "1", "13852012347"]
    assert said(households, sheet("成员", form, his, hers), rules="LR213") == []
    hers[5:8] = ["沛县", "姚集镇", "二组"]
    odd = said(households, sheet("成员", form, his, hers), rules="LR213")
    assert [cell for *_, cell in odd] == ["F3", "G3", "H3"]


def test_a_phone_that_the_members_sheet_has_of_the_household_is_compared() -> None:
    households = sheet("农户", [*FORM, "联系电话"], [*ZHANG, "13852012345"])
    form: Row = ["户编号", "行政村", "姓名", "证件号码", "与户主关系", "联系电话"]
    his: Row = [NUMBER, "王庄村", "张三", HIS, "户主"]
    hers: Row = [NUMBER, "王庄村", "李四", HERS, "配偶"]

    def odd(first: str, second: str) -> list[str]:
        people = sheet("成员", form, [*his, first], [*hers, second])
        return [cell for *_, cell in said(households, people, rules="LR213")]

    other = "13852012346"
    assert odd(other, other) == odd(other, "") == ["F2"]
    assert odd("13852012345", "") == odd("", other) == odd("", "") == []


def test_a_post_behind_its_office_is_the_same_post() -> None:
    """Cards have 单位职务 in one cell."""

    def odd(one: str, other: str) -> list[tuple[str, str, str]]:
        households = sheet("农户", [*FORM, "帮扶人职务"], [*ZHANG, one])
        house = sheet("住房", [*HOUSE, "帮扶人职务"], [NUMBER, 80.0, "否", "", other])
        found = said(households, house, rules="LR213")
        assert len(found) == len(said(house, households, rules="LR213"))
        return found

    for long in ("睢宁县水务局科员", "县水务局 科员", "官山镇人民政府科员", "王庄村科员"):
        assert odd(long, "科员") == odd("科员", long) == []
    assert odd("官山镇人民政府农技站站长", "农技站站长") == []
    for other in ("副科长", "水务局副科长", "县水务局局长", "科员、科长", "水务局科长助理"):
        assert odd("科长", other) == [("LR213", "住房", "E2")]
    assert odd("水务局科员", "教育局科员") == [("LR213", "住房", "E2")]


def test_each_members_own_phone_is_looked_at() -> None:
    form: Row = ["户编号", "行政村", "姓名", "证件号码", "与户主关系", "联系电话"]
    his: Row = [NUMBER, "王庄村", "张三", HIS, "户主", "13852012345"]
    hers: Row = [NUMBER, "王庄村", "李四", HERS, "配偶", "1385201234"]
    households = sheet("农户", [*FORM, "联系电话"], [*ZHANG, "13852012346"])
    for others in ([], [households]):
        for rows in ([his, hers], [hers, his]):
            (found,) = [
                f for f in report(sheet("成员", form, *rows), *others).findings if f.rule == "LR116"
            ]
            assert (found.cell, found.person) == (f"F{2 + rows.index(hers)}", "李四")
            assert (found.value, found.household) == ("138***1234", NUMBER)
    assert said(sheet("成员", form, his, [*hers[:5], "13852012347"]), rules="LR116") == []
    # What all rows repeat is told once, and a faulty one of the household's sheet too.
    again = sheet("成员", form, [*his[:5], "1385"], [*hers[:5], "1385"])
    assert said(again, rules="LR116") == [("LR116", "成员", "F2")]
    wrong = sheet("农户", [*FORM, "联系电话"], [*ZHANG, "138"])
    assert said(sheet("成员", form, his, hers), wrong, rules="LR116") == [
        ("LR116", "成员", "F3"),
        ("LR116", "农户", "G2"),
    ]
    # Members whose sheet has no phones have none.
    bare = sheet("成员", form[:5], his[:5], hers[:5])
    assert said(bare, households, rules="LR116") == []
    # A phone in another sheet of the same persons is found there.
    more = sheet("电话", ["户编号", "姓名", "民族", "联系电话"], [NUMBER, "李四", "汉族", "1385"])
    assert said(bare, more, rules="LR116") == [("LR116", "电话", "D2")]


def test_a_changed_phone_of_a_member_opens_its_finding() -> None:
    form: Row = ["户编号", "行政村", "姓名", "证件号码", "与户主关系", "联系电话"]

    def key(phone: str) -> tuple[str, str]:
        rows: list[Row] = [
            [NUMBER, "王庄村", "张三", HIS, "户主", "13852012345"],
            [NUMBER, "王庄村", "李四", HERS, "配偶", phone],
        ]
        register = register_of([sheet("成员", form, *rows)], POLICY)
        told = check(register, POLICY, as_of=date(2016, 3, 29), evidence=True).findings
        (own,) = [f for f in told if f.rule == "LR116"]
        return own.fingerprint, own.evidence

    one, other = key("138520123"), key("138529123")
    assert one[0] == other[0] and one[1] != other[1]


def test_an_empty_cell_is_filled_from_the_sheet_that_has_the_value() -> None:
    form: Row = [*FORM, "联系电话"]
    grids = (
        sheet("农户", form, [*ZHANG, ""], [OTHER, *ZHANG[1:], "12345"]),
        sheet("住房", HOUSE, [NUMBER, 80.0, "否", "123"], [OTHER, 80.0, "否", ""]),
    )
    assert said(*grids, rules="LR116") == [("LR116", "农户", "G3"), ("LR116", "住房", "D2")]


def test_sheets_of_one_kind_do_not_complement_each_other() -> None:
    other: Row = [NUMBER, "柳湾村", "李四", 3.0, "一般贫困户", "因病"]
    for again in (ZHANG, other):
        grids = (sheet("王庄村", FORM, ZHANG), sheet("柳湾村", FORM, again))
        assert said(*grids, rules="LR121 LR213") == [("LR121", "柳湾村", "A2")]
    whole: Row = [*FORM, "人均纯收入(元)"]
    grids = (sheet("甲", FORM, ZHANG), sheet("乙", whole, [*ZHANG, 3000.0]))
    assert said(*grids, rules="LR121 LR213") == [("LR121", "乙", "A2")]


def test_a_number_for_two_households_is_a_double() -> None:
    income: Row = ["户编号", "户主姓名", "家庭人口", "人均纯收入(元)", "工资性收入(元)"]
    grids = (sheet("农户", FORM, ZHANG), sheet("收入", income, [NUMBER, "李四", 5.0, 3000.0, 0.0]))
    assert said(*grids, rules="LR121 LR213") == [("LR121", "收入", "A2")]


def test_two_rows_in_the_other_sheet() -> None:
    row: Row = [NUMBER, "张三", 3000.0, 0.0]
    grids = (sheet("农户", FORM, ZHANG), sheet("收入", INCOME, row, row))
    assert said(*grids, rules="LR121 LR213") == [("LR121", "收入", "A3")]
    # The incomes of two years are no double.
    yearly: Row = [*INCOME, "收入年度"]
    grids = (
        sheet("农户", FORM, ZHANG),
        sheet("收入", yearly, [*row, 2014.0], [*row, 2015.0]),
    )
    assert said(*grids, rules="LR121 LR213") == []


def test_members_in_two_sheets() -> None:
    who: Row = ["户编号", "姓名", "性别", "证件号码", "与户主关系"]
    health: Row = ["户编号", "姓名", "证件号码", "健康状况", "劳动能力"]
    head: Row = [NUMBER, "张三", "男", HIS, "户主"]
    wife: Row = [NUMBER, "李四", "女", HERS, "配偶"]
    grids = (
        sheet("成员", who, head, wife),
        sheet(
            "健康",
            health,
            [NUMBER, "李四", HERS, "还行", "普通劳动力"],
            [NUMBER, "张山", HIS, "健康", "普通劳动力"],
        ),
    )
    found = register_of(grids, POLICY).tables["member"]
    assert found.select("name", "relation", "health").rows() == [
        ("张三", "户主", "健康"),
        ("李四", "配偶", None),
    ]
    expected = [("LR006", "健康", "D2"), ("LR213", "健康", "B3")]
    assert said(*grids, rules="LR006 LR108 LR202 LR203 LR213") == expected
    # Two lists of one kind have everybody twice.
    twice = (sheet("甲", who, head), sheet("乙", who, head))
    assert said(*twice, rules="LR108 LR121 LR213") == [("LR121", "乙", "A2")]
    assert register_of(twice, POLICY).tables["member"].height == 2


def test_a_list_of_members_without_numbers_is_joined_by_their_own() -> None:
    roster: Row = ["行政村", "姓名", "证件号码", "与户主关系"]
    listed = sheet(
        "花名册", roster, ["王庄村", "张三", HIS, "户主"], ["王庄村", "李四", HERS, "配偶"]
    )
    members: Row = ["户编号", "姓名", "证件号码", "与户主关系", "文化程度"]
    his: Row = [NUMBER, "张三", HIS, "户主", "小学"]
    hers: Row = [NUMBER, "李四", HERS, "配偶", "初中"]
    for grids in (
        (listed, sheet("成员", members, his, hers)),
        (sheet("成员", members, his, hers), listed),
    ):
        assert said(*grids, rules="LR108 LR109") == []
        found = register_of(grids, POLICY).tables["member"]
        assert found["household_id"].to_list() == [NUMBER, NUMBER]
        assert found["education"].to_list() == ["小学", "初中"]
    # Who stands in two households of the sheet that has numbers is in two all the same.
    twice = sheet("成员", members, his, hers, [OTHER, *hers[1:]])
    assert said(listed, twice, rules="LR109") == [("LR109", "成员", "C4")]
