"""Headings as county offices write them: which kind of list it is, and which columns are read."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from jiandang.formats.grid import Grid
from jiandang.intake.lists import Told, read_list
from jiandang.matching.keys import Keys
from jiandang.register.lists.kinds import LISTS

NUMBER = "320324196503024152"
KEYS = Keys.of(
    pl.DataFrame({"name": ["张山"], "id_number": [NUMBER], "village": ["王庄村"]}),
    pl.Series([], dtype=pl.String),
)

# The name of the file, its headings, and the columns that must be read.
WRITTEN: list[tuple[str, str, str]] = [
    ("特困", "特困人员姓名 特困人员身份证号 供养类型 月供养标准 批准时间", "name care monthly"),
    ("残疾", "姓名 性别 残疾证号 主要残疾 残疾程度 发证时间", "card kind grade issued"),
    ("残疾人", "残疾人姓名 残疾人证号 残疾类别 残疾等级 首次办证日期 持证状态",
     "name card issued state"),
    ("城乡低保", "申请人姓名 申请人身份证号 低保证编号 保障人口 户月保障金 享受起始时间",
     "name persons monthly since"),
    ("养老退休", "姓名 身份证号码 退休时间 养老金月标准 待遇状态 单位名称",
     "begun monthly state unit"),
    ("危房", "户主 身份证号 村 房屋危险性等级 鉴定日期", "village grade examined"),
    ("编制在编人员", "工作人员姓名 身份证号码 编制类型 进入本单位时间 所在单位",
     "name kind joined unit"),
    ("死亡", "死者 死者身份证号 死亡时间 死因", "name died kind"),
    ("公安死亡", "XM GMSFHM SWRQ SWZXLB", "name died kind"),
    ("户籍", "户号 姓名 公民身份号码 户口性质 迁出日期 迁往地 迁出原因", "home kind left"),
    ("户籍人口", "户籍地址 姓名 身份证号 曾用名 民族 迁出时间", "former_name left"),
    ("户籍", "姓名 身份证号 户口类别 人口状态 注销日期", "kind state left"),
    ("迁出", "姓名 身份证号 迁移时间 迁移类型 迁入地", "moved kind goes_to"),
    ("编制", "单位 姓名 身份证号 编制类别 进入单位时间", "unit kind joined"),
    ("财政工资", "预算单位 人员姓名 身份证号码 应发合计 代扣合计 实发合计", "unit pay net"),
    ("不动产", "房屋所有权人 身份证号码 房屋所有权证号 房屋坐落 设计用途 登记时间",
     "name certificate location use registered"),
    ("不动产", "不动产权利人 证件号 坐落 用途 登记时间", "name id_number location use registered"),
    ("不动产登记", "房屋产权人 身份证号 坐落 建筑面积 不动产权证号", "name location area"),
    ("车辆", "机动车车主 身份证明号码 车辆类型 号牌号码", "name kind plate"),
    ("车辆", "所有人姓名 身份证明号码 号牌种类 号牌号码 状态", "name plate state"),
    ("工商", "企业名称 投资人姓名 身份证号 登记状态", "firm name state"),
    ("工商", "市场主体名称 负责人 证件号码 成立时间 企业状态", "firm name founded state"),
    ("社保", "姓名 身份证号 单位名称 险种 缴费开始 缴费终止 缴费月数 缴费基数",
     "kind begun ended months base"),
    ("职工社保", "参保人员 社会保障号码 参保单位 险种类型 参保起始 缴费状态 月缴费基数",
     "kind begun state base"),
    ("养老", "姓名 身份证号 险种 待遇起始时间 月养老金 发放状态", "kind begun monthly state"),
    ("养老", "退休人员姓名 身份证号 退休时间 基本养老金 待遇状态", "begun monthly state"),
    ("公积金", "姓名 证件号码 单位名称 公积金账号 工资基数 缴至年月 个人账户状态",
     "base ended state"),
    ("危房", "户主 身份证号码 房屋鉴定等级 鉴定时间 结构", "grade examined"),
    ("危房", "农户姓名 农户身份证号 鉴定结果 鉴定单位 鉴定日期", "grade examined"),
    ("农村房屋鉴定", "户主姓名 身份证号 鉴定结论 评定时间", "grade examined"),
]  # fmt: skip
_KINDS = {model.title: table for table, model in LISTS.items()}


@pytest.mark.parametrize(("name", "headings", "columns"), WRITTEN)
def test_headings_of_county_offices(name: str, headings: str, columns: str) -> None:
    texts: list[Any] = headings.split()
    row: list[Any] = ["" for _ in texts]
    grid = Grid("Sheet1", [texts, [*row[:-1], "无"]])
    found = read_list(grid, Path(f"{name}0220.xls"), "ab" * 32, Told(), KEYS)
    assert found is not None
    title = next((t for t in _KINDS if t in name), "危房")
    assert found.table == _KINDS[title]
    assert set(columns.split()) <= found.columns


def test_headings_that_are_the_moved_ones_own_are_certain() -> None:
    """Though a list of the hukou may say who has left as well."""
    grid = Grid(
        "Sheet1", [["姓名", "公民身份号码", "迁出日期", "迁往地"], ["张山", NUMBER, "", ""]]
    )
    found = read_list(grid, Path("0220.xls"), "ab" * 32, Told(), KEYS)
    assert found is not None
    assert found.table == "moved_list"
