"""The headings of lists that the specification gives, each kind's as they stand there."""

from pathlib import Path

import polars as pl
import pytest

from jiandang.formats.grid import Grid
from jiandang.intake.lists import Told, UnknownKind, read_list
from jiandang.matching.keys import Keys, KeysOfParts
from jiandang.register.cells import Raw
from jiandang.register.lists.kinds import KINDS

NUMBER = "320324196503024152"
_PEOPLE = pl.DataFrame({"name": ["张山"], "id_number": [NUMBER], "village": ["王庄村"]})
KEYS = KeysOfParts.of([[Keys.of(_PEOPLE, pl.Series([], dtype=pl.String))]])

# Kind, its headings with / between those that stand for one, and whether they alone tell the kind.
TABLE = [
    ("低保", "户主姓名 身份证号码 低保证号 保障人数 重点保障 残疾 领取金额/家庭补差 起始保障年月"
     " 开户银行", True),
    ("特困", "户主姓名 身份证号码 供养方式 领取金额/家庭补差 起始保障年月 开户银行", False),
    ("残疾", "姓名 残疾证号 残疾类别 残疾等级 发证日期 状态", True),
    ("学籍", "姓名 身份证件号 全国学籍号 学籍辅号 学校 年级 班级 学籍状态", True),
    ("户籍", "公民身份号码 姓名 曾用名 性别 民族 出生日期 户编码/户号 户籍所在地 户口性质 注销状态",
     True),
    ("死亡", "姓名 公民身份号码 死亡日期 死亡注销类别", True),
    ("迁出", "姓名 公民身份号码 迁出日期 类别 迁往", True),
    ("火化", "火化日期 姓名 性别 年龄 住址", True),
    ("编制", "姓名 个人身份 进入本单位时间 在编类型 单位名称", True),
    ("工资", "姓名 身份证号 单位 应发", False),
    ("车辆", "机动车所有人/车主 身份证明号码 号牌种类 号牌号码 车辆类型 中文品牌 使用性质"
     " 初次登记日期 机动车状态 强制报废期止", True),
    ("车辆", "SYR SFZMHM HPZL HPHM CLLX SYXZ CCDJRQ ZT", True),
    ("不动产", "产权所有人/权利人 身份证号 坐落 建筑面积 产权证号 取得方式 登记日", True),
    ("不动产", "购房人 身份证号 坐落 购房日期", True),
    ("工商", "名称 经营者/法定代表人/股东 身份证号 成立日期 登记状态 资本", True),
    ("养老", "姓名 身份证号 待遇 单位 起止 状态", False),
    ("社保", "姓名 身份证号 基数 单位 起止 状态", False),
    ("公积金", "姓名 身份证号 基数 单位 起止 状态", False),
    ("医保", "姓名 身份证号 参保类别 参保年度", True),
    ("账户", "户名 账号 证件号码", True),
    ("干部", "姓名 村 职务 家庭成员", True),
    ("危房", "户主 身份证号 等级 鉴定日期", False),
]  # fmt: skip


def _each_spelling(headings: str) -> list[list[str]]:
    columns = [heading.split("/") for heading in headings.split()]
    return [
        [spelt[min(number, len(spelt) - 1)] for spelt in columns]
        for number in range(max(map(len, columns)))
    ]


CASES = [(kind, each, alone) for kind, text, alone in TABLE for each in _each_spelling(text)]


def _grid(headings: list[str]) -> Grid:
    row: list[Raw] = [*["张山"] * (len(headings) - 1), "无"]
    return Grid("Sheet1", [[*headings], row, [*row]])


@pytest.mark.parametrize(("kind", "headings", "alone"), CASES)
def test_headings_are_read(kind: str, headings: list[str], alone: bool) -> None:
    found = read_list(_grid(headings), Path(f"{kind}0220.xls"), "ab" * 32, Told(), KEYS)
    assert found is not None
    assert found.kind == kind
    assert found.unread == ()


@pytest.mark.parametrize(("kind", "headings", "alone"), CASES)
def test_headings_alone_tell_the_kind_or_none(kind: str, headings: list[str], alone: bool) -> None:
    path = Path("0220.xls")
    if alone:
        found = read_list(_grid(headings), path, "ab" * 32, Told(), KEYS)
        assert found is not None
        assert found.kind == kind
    else:
        with pytest.raises(UnknownKind):
            read_list(_grid(headings), path, "ab" * 32, Told(), KEYS)


def test_every_kind_is_in_the_table() -> None:
    assert {kind for kind, *_ in TABLE} == {*KINDS}


@pytest.mark.parametrize("headings", ["姓名 身份证号 村 家庭成员", "姓名 身份证号 村 职务"])
def test_family_or_post_alone_make_nobody_a_cadre(headings: str) -> None:
    with pytest.raises(UnknownKind):
        read_list(_grid(headings.split()), Path("0220.xls"), "ab" * 32, Told(), KEYS)
