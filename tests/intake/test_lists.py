"""Lists as they come: which kind they are, where the heading stands, whom a row is about."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from generators.people import with_check
from jiandang.formats.grid import Grid, Range
from jiandang.intake.list_days import day_in
from jiandang.intake.list_kinds import ListVocabulary, kind_in
from jiandang.intake.lists import Told, UnknownKind, read_list
from jiandang.matching.keys import Keys, KeysOfParts
from jiandang.register.lists.kinds import KINDS, LIST_COLUMNS, LISTS
from jiandang.register.lists.read import ListRead

NUMBER, OTHER = "320324196503024152", "320324197008081234"
KNOWN = pl.DataFrame({"name": ["张山"], "id_number": [NUMBER], "village": ["王庄村"]})
KEYS = KeysOfParts.of([[Keys.of(KNOWN, pl.Series("account", [], dtype=pl.String))]])


def read(
    *rows: list[Any], name: str = "0220.xls", merged: list[Range] | None = None, **told: Any
) -> ListRead:
    width = max(map(len, rows))
    grid = Grid("Sheet1", [[*row, *[""] * (width - len(row))] for row in rows], merged or [])
    found = read_list(grid, Path(name), "ab" * 32, Told(**told), KEYS)
    assert found is not None
    return found


# The headings of each kind as published lists have them.
AS_THEY_COME = {
    "低保": "序号 户主姓名 身份证号码 低保证号 保障人数 领取金额 起始保障年月 开户银行",
    "特困": "姓名 身份证号码 供养方式 供养证号",
    "残疾": "姓名 残疾证号 残疾类别 残疾等级 发证日期 状态",
    "学籍": "姓名 身份证件号 全国学籍号 学籍辅号 学校 年级 班级 学籍状态",
    "户籍": "公民身份号码 姓名 曾用名 性别 民族 出生日期 户编码 户籍所在地 户口性质 注销状态",
    "死亡": "姓名 公民身份号码 死亡日期 死亡注销类别",
    "迁出": "姓名 公民身份号码 迁出日期 迁出类别 迁往",
    "编制": "姓名 个人身份 进入本单位时间 在编类型 单位名称",
    "车辆": "机动车所有人 身份证明号码 号牌种类 号牌号码 车辆类型 中文品牌 使用性质 初次登记日期",
    "不动产": "权利人 身份证号 坐落 建筑面积 产权证号 取得方式 登记日",
    "工商": "名称 经营者 身份证号 成立日期 登记状态 注册资本",
    "社保": "姓名 身份证号 社保编号 单位 缴费基数 状态",
    "公积金": "姓名 身份证号 个人公积金账号 单位 月缴存额 缴存基数",
    "医保": "姓名 身份证号 参保类别 参保年度 险种",
    "干部": "姓名 村 职务 家庭成员 村内职务",
    "危房": "户主 身份证号 危房等级 鉴定日期",
}


# As offices write them by hand: whose number it is stands in the heading.
BY_HAND = {
    "车辆": "车主姓名 车主身份证 车牌号 车型 注册日期",
    "不动产": "产权人 产权人身份证号 房屋坐落 面积 登记时间",
    "工商": "企业名称 法人 法人身份证 注册日期 经营状态",
    "学籍": "学生姓名 学生身份证号码 学校名称 年级 学籍状态",
    "死亡": "死者姓名 死者身份证号 死亡时间",
    "火化": "逝者姓名 逝者身份证号码 火化时间",
    "危房": "农户姓名 户主身份证 危房等级 鉴定时间",
    "账户": "开户名 银行账号 开户人身份证",
}


@pytest.mark.parametrize("kind", BY_HAND)
def test_whose_number_it_is_may_stand_in_the_heading(kind: str) -> None:
    headings = BY_HAND[kind].split()
    found = read(headings, [NUMBER if "身份证" in h else "张山" for h in headings])
    assert (found.kind, found.usable, found.has_names) == (kind, 1, True)
    assert found.frame["name_key"].to_list() == ["张山"]


@pytest.mark.parametrize("kind", AS_THEY_COME)
def test_the_kind_is_told_by_the_headings(kind: str) -> None:
    headings = AS_THEY_COME[kind].split()
    row = [NUMBER if "号" in heading else "张山" for heading in headings]
    assert read(headings, row).kind == kind


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("死者姓名 性别 年龄 死者身份证号 火化时间 经办人", "火化"),
        ("火化证号 死者姓名 身份证号 死亡日期 火化日期", "火化"),
        ("姓名 身份证号 遗体火化日期", "火化"),
        ("姓名 身份证号 死亡日期", "死亡"),
        ("姓名 身份证号 残疾证号", "残疾"),
    ],
)
def test_one_heading_that_speaks_of_its_kind_tells_it(headings: str, kind: str) -> None:
    row = [NUMBER if "身份证" in heading else "张山" for heading in headings.split()]
    assert read(headings.split(), row).kind == kind


@pytest.mark.parametrize(
    "headings",
    ["姓名 身份证号 是否低保", "姓名 身份证号 车牌号", "姓名 身份证号 死亡日期 火化日期"],
)
def test_a_heading_that_does_not_speak_of_its_kind_alone_tells_none(headings: str) -> None:
    row = [NUMBER if "身份证" in heading else "张山" for heading in headings.split()]
    with pytest.raises(UnknownKind, match="的“Sheet1”是哪种名单"):
        read(headings.split(), row)
    assert read(["官山镇2015年火化人员"], headings.split(), row).kind == "火化"


def test_codes_of_columns_are_headings() -> None:
    for case in (str, str.lower):
        codes = case("SYR SFZMHM HPZL HPHM CLLX SYXZ CCDJRQ ZT").split()
        found = read(codes, ["张山", NUMBER, "小型", "苏C1", "小型轿车", "A", "2013-05-06", "A"])
        assert found.kind == "车辆"
        assert found.frame["registered"].to_list() == ["2013-05-06"]


@pytest.mark.parametrize("table", LISTS)
def test_every_heading_of_a_kind_means_its_column(table: str) -> None:
    for column in LIST_COLUMNS[table].values():
        for heading in column.headings:
            meaning = ListVocabulary(kinds=(table,)).meaning(heading, [table])
            assert meaning is not None, heading
            assert meaning.column == column.id or heading in _earlier(table, column.id), heading


def _earlier(table: str, column: str) -> set[str]:
    """The headings of the columns that come before, which win."""
    found: set[str] = set()
    for each in LIST_COLUMNS[table].values():
        if each.id == column:
            break
        found |= set(each.headings)
    return found


def test_headings_of_two_rows_and_a_title() -> None:
    found = read(
        ["官山镇农村低保名单（截至2016年2月20日）"],
        ["序号", "户主姓名", "身份证号码", "低保证号", "保障人数", "", "领取金额"],
        ["", "", "", "", "重点保障", "残疾", "家庭补差"],
        [1, "张山", NUMBER, "3203240001", 2, 1, 310],
        ["合计", "", "", "", 2, 1, 310],
        merged=[(1, 4, 1, 5)],
    )
    assert (found.kind, found.day, found.rows.checked) == ("低保", "2016-02-20", 1)
    assert found.frame.select("key_persons", "monthly").rows() == [(2, 310.0)]


def test_headings_that_nothing_is_read_under_are_named() -> None:
    headings = ["姓名", "身份证号", "公民身份号码", "险种类型", "参保年度", "民族", "险种"]
    found = read(headings, ["张山", NUMBER, NUMBER, "居民", 2016, "", "居民"], table=KINDS["医保"])
    assert found.unread == ("公民身份号码", "民族", "险种")


def test_the_persons_own_name_stands_beside_the_heads() -> None:
    headings = ["户主姓名", "户主身份证号", "姓名", "与户主关系", "身份证号码", "保障金额"]
    found = read(headings, ["李四", OTHER, "张山", "之子", NUMBER, 300], table=KINDS["低保"])
    assert found.frame.select("name", "number").rows() == [("张山", NUMBER)]


def test_several_owners_in_one_cell() -> None:
    headings = AS_THEY_COME["不动产"].split()
    more = ["睢宁县城", "96", "苏2014001", "买卖", "2014-07-08"]
    apart = read(headings, ["李四、张山", f"{OTHER}、{NUMBER}", *more])
    assert apart.frame.select("name", "number").rows() == [("张山", NUMBER)]
    lines = read(headings, ["李四 张山", f"{OTHER}\n{NUMBER}", *more])
    assert lines.frame.select("name", "number").rows() == [("张山", NUMBER)]
    # Whose name is whose nobody can tell; of very many none is said.
    odd = read(headings, ["李四、王五、张山", f"{OTHER}、{NUMBER}", *more])
    assert odd.frame.select("name", "number").rows() == [("李四、王五、张山", NUMBER)]
    many = read(headings, ["李四、" * 98, "、".join([OTHER] * 98 + [NUMBER]), *more])
    assert many.frame.select("name", "number").rows() == [(None, NUMBER)]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("李四、张山", f"{NUMBER}、{OTHER}"),  # in another order
        ("李四\n张山", f"{NUMBER}\n{OTHER}"),
        ("张山（共有人：李四）", f"{NUMBER}、{OTHER}"),
        ("李四（共有人：张山）", f"{OTHER}（{NUMBER}）"),
        ("权利人：李四；共有人：张山", f"{OTHER}；{NUMBER}"),
        ("共有人：张山", NUMBER),
        ("张山等2人", NUMBER),
        ("张山等二人", f"{NUMBER}等2人"),
        ("张山、李四等3人", f"{NUMBER}等"),
        ("李四、张山（按份共有）", NUMBER),
        ("李四与张山", f"{OTHER}与{NUMBER}"),
        ("1.李四 2.张山", f"1.{OTHER} 2.{NUMBER}"),
        ("①李四②张山", f"①{OTHER}②{NUMBER}"),
        ("李四50%；张山50%", f"{OTHER}；{NUMBER}"),
        ("李四1/2、张山1/2", f"{OTHER}、{NUMBER}"),
        ("李四、张山各占二分之一", NUMBER),
        ("张山50%", NUMBER),
    ],
)
def test_one_of_the_owners_in_a_cell(name: str, number: str) -> None:
    headings = AS_THEY_COME["不动产"].split()
    found = read(headings, [name, number, "睢宁县城", "96", "苏2014001", "买卖", "2014-07-08"])
    (owners,) = found.frame.filter(number=NUMBER)["owners"]
    assert "、张山、" in owners
    assert found.usable == 1 + (OTHER in number)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("李四等2人", None),  # he may be the other one
        ("李四、王五", "李四、王五"),
        ("李四", "李四"),
    ],
)
def test_a_number_of_none_of_the_names(name: str, shown: str | None) -> None:
    headings = AS_THEY_COME["不动产"].split()
    found = read(headings, [name, NUMBER, "睢宁县城", "96", "苏2014001", "买卖", "2014-07-08"])
    (row,) = found.frame.select("name", "owners").rows()
    assert row[0] == shown
    assert "张山" not in (row[1] or "")


def test_other_digits_beside_a_number_are_no_owner() -> None:
    headings = AS_THEY_COME["不动产"].split()
    more = ["睢宁县城", "96", "苏2014001", "买卖", "2014-07-08"]
    found = read(headings, ["张山", f"{NUMBER}7", *more])
    assert found.frame["number"].to_list() == [None]
    assert (found.usable, found.invalid) == (0, 1)


def masked(number: str) -> str:
    return f"{number[:6]}********{number[-4:]}"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("李四、张山", f"{masked(OTHER)}；{masked(NUMBER)}"),
        ("李四 张山", f"{masked(OTHER)}\n{masked(NUMBER)}"),
        ("张山、李四", f"{masked(NUMBER)}，{OTHER}"),
        ("张山", f"{masked(NUMBER)}（已退房）"),
    ],
)
def test_masked_numbers_of_several_owners(name: str, number: str) -> None:
    headings = AS_THEY_COME["不动产"].split()
    found = read(headings, [name, number, "睢宁县城", "96", "苏2014001", "买卖", "2014-07-08"])
    kept = found.frame.filter(name="张山").select("begins", "ends").rows()
    assert kept == [(NUMBER[:6], NUMBER[-4:])]
    assert found.usable + found.masked == 1 + ("李四" in name)


def test_masked_numbers_of_more_owners_than_names_are_nobodys() -> None:
    headings = AS_THEY_COME["不动产"].split()
    number = f"{masked(OTHER)}；{masked(NUMBER)}"
    found = read(headings, ["张山", number, "睢宁县城", "96", "苏2014001", "买卖", "2014-07-08"])
    assert "张山" not in found.frame["name"].to_list()


@pytest.mark.parametrize("card", ["43", "43B1", ""])
@pytest.mark.parametrize("headings", ["姓名 残疾证号", "姓名 残疾证号 身份证号"])
def test_a_masked_card_shows_what_the_number_does(headings: str, card: str) -> None:
    row = ["张山", masked(NUMBER) + card, *[""] * (headings.count(" ") - 1), "肢体", "三级"]
    found = read([*headings.split(), "残疾类别", "残疾等级"], row)
    assert found.frame.select("begins", "ends").rows() == [(NUMBER[:6], NUMBER[-4:])]
    assert (found.masked, found.told, found.left) == (1, 1, {})


def test_of_a_card_that_hides_all_but_its_end_nothing_is_known() -> None:
    found = read(["姓名", "残疾证号", "残疾类别"], ["张山", f"{'*' * 14}{NUMBER[-4:]}43", "肢体"])
    assert (found.told, found.left) == (0, {"号码隐去太多": 1})


def test_masked_and_damaged_numbers() -> None:
    headings = AS_THEY_COME["危房"].split()
    rows: list[list[Any]] = [
        ["张山", f"{NUMBER[:6]}********{NUMBER[-4:]}", "C级", "2015-05-06"],
        ["张山", 3.20324196503024e17, "C级", "2015-05-06"],
        ["张山", "3.20324E+17", "C级", "2015-05-06"],
    ]
    found = read(headings, *rows)
    assert (found.usable, found.masked, found.damaged) == (0, 1, 2)
    assert found.frame["number"].to_list() == [None, None, None]
    assert found.frame["begins"].to_list() == [NUMBER[:6], None, None]


@pytest.mark.parametrize("other", ["G", "", "3203240001", f"G{NUMBER[:6]}********{NUMBER[14:]}"])
def test_a_masked_number_stays_beside_a_column_that_may_have_another(other: str) -> None:
    masked = f"{NUMBER[:6]}********{NUMBER[14:]}"
    found = read(["姓名", "身份证件号", "全国学籍号", "学校"], ["张山", masked, other, "官山小学"])
    assert found.frame.select("begins", "ends").rows() == [(NUMBER[:6], NUMBER[14:])]
    assert (found.masked, found.told) == (1, 1)


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("姓名 身份证号 残疾证号 残疾类别", ["张山", "", f"{NUMBER}43B1", "肢体"]),
        ("姓名 残疾证号 身份证号 残疾类别", ["张山", f"{NUMBER}43", "3.20324E+17", "肢体"]),
        ("姓名 身份证件号 全国学籍号 学校", ["张山", "", f"G{NUMBER}", "官山小学"]),
        ("姓名 个人编号 社会保障号码 缴费基数", ["张山", OTHER, NUMBER, 3000]),
        ("姓名 社保号 身份证号 参保年度 参保类别", ["张山", OTHER, NUMBER, 2016, "居民"]),
    ],
)
def test_a_number_may_stand_in_another_column(headings: str, row: list[Any]) -> None:
    """Where the cell of the number has none; else that is the number."""
    found = read(headings.split(), row)
    assert found.frame.select("name", "number").rows() == [("张山", NUMBER)]
    assert (found.usable, found.damaged, found.is_usable) == (1, 0, True)


def test_an_offices_own_number_is_none() -> None:
    found = read(["姓名", "个人编号", "缴费基数", "社保编号"], ["张山", NUMBER, 3000, ""])
    assert (found.usable, found.has_key, found.is_usable) == (0, False, False)
    short = read(["姓名", "社会保障号", "缴费基数", "社保编号"], ["张山", "320324650302415", 3, ""])
    assert short.frame.is_empty() or short.frame["number"].null_count() == 1


@pytest.mark.parametrize(
    "heading",
    ["公民身份号码", "证件号码", "法定代表人身份证号", "法人身份证件号码", "经营者证件号码"],
)
def test_usual_headings_of_the_number(heading: str) -> None:
    found = read(["企业名称", "法定代表人", heading, "成立日期"], ["某店", "张山", NUMBER, ""])
    assert (found.kind, found.usable) == ("工商", 1)


def test_a_list_of_damaged_numbers_alone_is_of_no_use() -> None:
    headings = ["姓名", "身份证号码", "死亡日期", "死亡注销类别"]
    damaged = ["张山", "3.20324E+17", "2015-06-01", ""]
    found = read(headings, damaged, damaged)
    assert (found.damaged, found.told, found.is_usable) == (2, 0, False)
    some = read(headings, damaged, ["李四", OTHER, "2015-06-01", ""])
    assert (some.damaged, some.told, some.is_usable) == (1, 1, True)


def test_sex_and_birth_date_tell_people_without_a_number() -> None:
    headings = ["姓名", "身份证号码", "性别", "出生日期", "死亡日期", "死亡注销类别"]
    row = ["张山", "", "男", "1965-03-02", "2015-06-01", ""]
    assert read(headings, row).is_usable
    assert not read(headings, ["张山", "", "男", "", "2015-06-01", ""]).is_usable


def test_rows_of_people_in_no_register_are_not_kept() -> None:
    headings = AS_THEY_COME["危房"].split()
    rows = [["李四", OTHER, "C级", ""], ["张山", OTHER, "D级", ""], ["张山", NUMBER, "B级", ""]]
    found = read(headings, *rows)
    assert found.frame["grade"].to_list() == ["B级"]
    assert (found.rows.checked, found.usable, found.found) == (3, 3, 1)


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("村名", "王庄"),
        ("行政村", "王庄村委会"),
        ("家庭住址", "睢宁县官山镇王庄村二组"),
        ("户籍所在地", "王庄村"),
    ],
)
def test_who_has_a_name_of_the_village_may_be_meant(heading: str, place: str) -> None:
    headings = ["姓名", "身份证号码", "低保证号", "保障人数", heading]
    same, other = ["张山", OTHER, "1", 2, place], ["李四", OTHER, "2", 2, place]
    elsewhere = ["张山", OTHER, "3", 2, "柳湾村"]
    found = read(headings, same, other, elsewhere)
    assert found.frame["certificate"].to_list() == ["1"]


def test_strangers_are_those_who_can_be_nobody_in_the_run() -> None:
    headings = ["姓名", "身份证号码", "低保证号", "保障人数", "村名"]
    near = NUMBER[:15] + str((int(NUMBER[15]) + 1) % 10) + NUMBER[16:]
    numbers = [NUMBER, near, f"{NUMBER[:6]}********{NUMBER[-4:]}", "", OTHER]
    own = [["张山", number, "1", 2, "王庄"] for number in numbers]
    assert read(headings, *own).strangers == {}
    assert read(headings, *own, ["李四", OTHER, "2", 2, "王庄"]).strangers == {"王庄": 1}


def test_the_name_of_the_file_tells_where_the_headings_do_not() -> None:
    assert kind_in("官山镇低保0220") == "low_income_list"
    assert kind_in("0220") is None
    assert kind_in("财政供养名单") == "payroll_list" and kind_in("五保供养") == "destitute_list"
    rows = (["姓名", "身份证号", "金额"], ["张山", NUMBER, 310])
    assert read(*rows, name="低保0220.xls").kind == "低保"
    assert read(*rows, table=KINDS["特困"]).kind == "特困"


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("工资", "姓名 身份证号 单位 应发"),
        ("养老", "姓名 身份证号 待遇 状态"),
        ("账户", "户名 账号 证件号码"),
        ("火化", "火化日期 姓名 性别 年龄 住址"),
    ],
)
def test_kinds_with_few_headings_of_their_own(name: str, headings: str) -> None:
    row = [NUMBER if "号" in heading else "张山" for heading in headings.split()]
    assert read(headings.split(), row, name=f"{name}名单.xls").kind == name


def test_in_doubt_nothing_is_guessed() -> None:
    with pytest.raises(UnknownKind, match=r"认不出“0220\.xls”.*请写明种类，例如 低保=0220\.xls"):
        read(["姓名", "身份证号", "金额"], ["张山", NUMBER, 310])


def test_who_pays_out_into_accounts_is_no_list_of_accounts() -> None:
    headings = ["户主姓名", "身份证号", "慰问金额", "开户银行", "银行账号"]
    row = ["张山", NUMBER, 500, "农商行", "6217001234567890123"]
    with pytest.raises(UnknownKind):
        read(headings, row, name="春节慰问金发放名册.xlsx")
    assert read(headings, row, name="农商行账户.xlsx").kind == "账户"


def test_who_pays_in_for_an_employees_pension() -> None:
    headings = ["姓名", "身份证号", "单位", "缴费基数", "起始年月", "截止年月", "缴费状态"]
    row = ["张山", NUMBER, "某厂", 2800, "201401", "201510", "正常"]
    found = read(headings, row, name="职工养老.xlsx")
    assert (found.kind, found.unread) == ("社保", ())
    # So is one with the name of the insurance, whatever it has; 企业 is no 工商 there.
    headings = ["姓名", "社会保障号码", "单位名称", "缴费基数", "参保时间", "缴费状态"]
    row = ["张山", NUMBER, "某厂", 3000, "2012-01", "正常缴费"]
    for name in ("企业职工养老保险参保.csv", "企业职工基本养老保险.xls"):
        assert read(headings, row, name=name).kind == "社保"
    own = read([*headings[:3], *headings[4:]], [*row[:3], *row[4:]], name="企业职工养老参保.csv")
    assert (own.kind, own.frame["number"].to_list()) == ("社保", [NUMBER])
    assert kind_in("城乡居民养老保险参保") == "pension_list"
    assert kind_in("企业退休人员") == "pension_list" and kind_in("企业名录") == "business_list"
    paid = read(
        ["姓名", "身份证号", "待遇", "状态"], ["张山", NUMBER, 900, ""], name="职工养老.xlsx"
    )
    assert paid.kind == "养老"
    assert found.frame.select("base", "begun", "ended").row(0) == (2800, "2014-01", "2015-10")


@pytest.mark.parametrize(
    "more", ["", "注销原因", "户号 民族 注销类别", "户号 户口性质 户籍状态", "民族 人员状态"]
)
@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("死亡注销.xlsx", ""),
        ("0220.xlsx", "官山派出所死亡注销户口人员名单"),
        ("死亡人口户籍.xls", ""),
    ],
)
def test_a_list_of_the_dead_with_headings_of_the_hukou(name: str, title: str, more: str) -> None:
    headings = ["姓名", "公民身份号码", "注销日期", *more.split()]
    row = ["张山", NUMBER, "2015-05-01", *("死亡" for _ in more.split())]
    found = read([title or None, *[None] * (len(row) - 1)], headings, row, name=name)
    assert found.kind == "死亡"
    assert found.frame["cancelled"].to_list() == ["2015-05-01"]


def test_names_of_lists_of_the_dead() -> None:
    for name in ("户籍死亡注销", "户口注销死亡人员", "死亡人员注销户口", "死亡2016"):
        assert kind_in(name) == "death_list"
    for name in ("户籍（含死亡）", "常住人口和死亡人员", "人口（不含死亡）"):
        assert kind_in(name) != "death_list"


@pytest.mark.parametrize("name", ["全镇人口（不含死亡）.xls", "户籍人口（含死亡）.xls", "户籍.xls"])
def test_a_list_of_the_hukou_in_which_some_are_dead(name: str) -> None:
    headings = ["户号", "姓名", "公民身份号码", "户口性质", "注销日期", "注销原因"]
    row = ["1", "张山", NUMBER, "农业", "2015-05-01", "死亡"]
    assert read(headings, row, name=name).kind == "户籍"
    # Nothing says that they are dead, but the name.
    assert read(headings[:4], row[:4], name="全镇人口死亡.xls").kind == "户籍"


def test_a_register_is_no_list() -> None:
    headings = ["户编号", "姓名", "证件号码", "与户主关系", "劳动能力", "务工状况"]
    with pytest.raises(UnknownKind, match="是登记表，不是名单"):
        read(headings, ["320324105201001", "张山", NUMBER, "户主", "普通劳动力", ""])


def test_nor_is_one_that_is_called_so() -> None:
    headings = ["姓名", "证件号码", "劳动能力", "务工状况"]
    row = ["张山", NUMBER, "普通劳动力", ""]
    # An office may have asked for so much.
    assert read(headings, row, table=KINDS["低保"]).kind == "低保"
    with pytest.raises(UnknownKind, match="是登记表，不是名单"):
        read([*headings, "人编号"], [*row, "32032410520100101"], table=KINDS["低保"])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("截至2016年2月20日", "2016-02-20"),
        ("2016年2月低保名单", "2016-02"),
        ("车管所2016-02-15", "2016-02-15"),
        ("民政局20160220", "2016-02-20"),
        ("民政局0220", None),
        ("2016年1-2月火化登记", "2016-02"),
        ("2016年1—2月", "2016-02"),
        ("2015年1月至12月", "2015-12"),
        ("2015年10月—2016年2月", "2016-02"),
        ("2016年1月1日至2月20日", "2016-02-20"),
        ("2016年2月1日至20日", "2016-02-20"),
        ("2015.10-2016.02", "2016-02"),
        ("2015-10-01至2016-02-20", "2016-02-20"),
        ("20160101-20160220", "2016-02-20"),
        ("2015年1-12月机动车登记情况（2016年3月打印）", "2016-03"),
        ("2015年1-12月死亡人员 制表日期：2016年3月5日", "2016-03-05"),
        ("2016年3月5日打印，截至2016年2月20日", "2016-02-20"),
        ("2014年以来的车辆（2015年1月登记，2016-02-20导出）", "2016-02-20"),
        ("2016年第一季度低保发放", "2016-03"),
        ("2015年4季度", "2015-12"),
        ("2015年上半年（2015年8月2日打印）", "2015-08-02"),
        ("2015年度", None),
        ("2016-1-2", "2016-01-02"),
        ("2016年1月2日编办", "2016-01-02"),
        ("2016.02.20", "2016-02-20"),
        (NUMBER, None),
    ],
)
def test_the_date_of_a_list(text: str, day: str | None) -> None:
    assert day_in(text) == day


def test_a_list_that_names_nobody_is_read_for_what_it_is() -> None:
    """It is known what it is; that it cannot be compared is said of it (BD001)."""
    found = read(["残疾类别", "残疾等级", "发证日期"], ["肢体", "二级", "2015-05-06"])
    assert (found.kind, found.has_names, found.is_usable) == ("残疾", False, False)
    empty = read(AS_THEY_COME["残疾"].split())
    assert (empty.kind, empty.rows.checked, empty.is_usable) == ("残疾", 0, False)


def test_of_a_kind_that_is_told_the_headings_are_asked_for() -> None:
    with pytest.raises(UnknownKind, match="没有找到低保名单的表头（姓名、"):
        read(["说明"], ["请核对"], table=KINDS["低保"])


def test_of_a_kind_that_is_told_name_and_number_are_enough() -> None:
    """However many columns the office has of its own."""
    own = ["一卡通账号", "承包面积", "补贴面积", "补贴标准", "补贴金额", "复核"]
    heading, row = (
        ["户主姓名", "身份证号", *own],
        ["张山", NUMBER, "62", 3.5, 3.5, 80.0, 280.0, "韩明"],
    )
    assert read(heading, row, table=KINDS["低保"]).found == 1


def test_rows_read_are_rows_used_and_rows_left_with_reasons() -> None:
    """Whatever else is wrong with the list: none is dropped without a word."""
    cells: list[Any] = [
        NUMBER, OTHER[:17], "", "不详", "没有带来", float(OTHER[:15] + "000"),
        "320324********4152", OTHER[:6] + OTHER[8:17],
    ]  # fmt: skip
    rows: list[list[Any]] = [["甲乙", cell, f"D{n}"] for n, cell in enumerate(cells)]
    feet: list[list[Any]] = [["合计", "", "9"], ["制表：李四　审核：王五"], ["说明：以2月为准"]]
    found = read(["姓名", "身份证号码", "低保证号"], *rows, *feet, name="低保.xls")
    assert found.told == 3
    assert found.left == {"号码不全或不对": 1, "没有号码": 3, "号码末位已经丢失": 1}
    assert found.rows.read == found.told + found.left.total() == len(cells)
    assert found.rows.beside == {"合计": 1, "说明": 2}


@pytest.mark.parametrize("form", ["**************{}", "320324********415*", "320***********{}"])
def test_a_list_in_which_hardly_anything_of_the_numbers_is_shown(form: str) -> None:
    """Its rows are no notes at the foot, however little they say."""
    rows = [[f"甲{n}", form.format(4152 + n), f"D{n}"] for n in range(5)]
    found = read(["姓名", "身份证号码", "低保证号"], *rows, name="低保.xls")
    assert (found.rows.checked, found.rows.beside) == (5, {})
    assert (found.masked, found.told, found.left) == (5, 0, {"号码隐去太多": 5})
    assert not found.is_usable


def test_a_card_without_all_its_digits_is_a_number_that_is_wrong() -> None:
    cards = [NUMBER + "43", OTHER[:17], "", "办理中"]
    rows = [["甲乙", card, "肢体", "三级"] for card in cards]
    found = read(["姓名", "残疾证号", "残疾类别", "残疾等级"], *rows, name="残联.xls")
    assert found.told == 1 and found.left == {"号码不全或不对": 1, "没有号码": 2}


@pytest.mark.parametrize(
    ("day", "invalid"),
    [("19650302", 0), ("19960229", 0), ("19950229", 1), ("19650431", 1), ("19651302", 1)],
)
def test_a_number_has_a_day_of_the_calendar(day: str, invalid: int) -> None:
    found = read(["姓名", "残疾证号"], ["张山", with_check(f"320324{day}415") + "43"])
    assert found.invalid == invalid
