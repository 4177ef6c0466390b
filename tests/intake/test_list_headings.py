"""Headings as county offices write them: which kind of list it is, and which columns are read."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from jiandang.formats.grid import Grid
from jiandang.intake.lists import Told, read_list
from jiandang.matching.keys import Keys, KeysOfParts
from jiandang.register.lists.kinds import LISTS

NUMBER = "320324196503024152"
KEYS = KeysOfParts.of(
    [
        [
            Keys.of(
                pl.DataFrame({"name": ["张山"], "id_number": [NUMBER], "village": ["王庄村"]}),
                pl.Series([], dtype=pl.String),
            )
        ]
    ]
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
    ("城乡低保", "户主姓名 身份证号 低保证号 保障人口数 月保障金合计 起保时间"
     " 是否在保 停保原因 备注",
     "persons monthly since in_force why_stopped note"),
    ("低保", "低保户姓名 身份证号 低保证号 享受人口 本月发放金额 批准日期 在保状态 退保日期",
     "name persons monthly since state ended"),
    ("特困", "供养人员姓名 身份证号 救助供养形式 开始供养时间 停止供养时间 是否供养",
     "name care since ended in_force"),
    ("残疾", "残疾人姓名 残疾证编号 残疾类别 残疾等级 首次发证 有效截止 持证情况 注销原因",
     "card issued valid_until state why_cancelled"),
    ("残疾", "姓名 残疾证 残疾类别 残疾等级 签发日期 有效期结束日期 是否持证 户籍地",
     "card issued valid_until held address"),
    ("死亡", "姓名 身份证号 死亡日期 死亡登记日期 户口所在地 死亡时年龄", "cancelled address age"),
    ("死亡", "XM GMSFHM SWRQ ZXRQ SWYY HJDZ", "died cancelled kind address"),
    ("户籍", "户号 姓名 公民身份号码 户口性质 户籍地 户口注销标志 是否死亡",
     "home address cancelled dead"),
    ("常住人口户籍", "户号 姓名 公民身份号码 户别 居住状态 注销标识", "kind state cancelled"),
    ("迁出", "姓名 身份证号 迁出日期 迁出注销原因 迁往省市县 注销类别 注销时间 死亡日期",
     "moved kind goes_to why cancelled died"),
    ("火化", "逝者姓名 性别 享年 生前住址 火化时间 死亡日期", "name sex age address died passed"),
    ("火化", "死者姓名 性别 终年 常住地址 火化日期 去世时间", "name age address died passed"),
    ("车辆", "机动车所有人 身份证明号码 机动车类型 厂牌型号 机动车使用性质"
     " 初登日期 号牌类型 购车价格",
     "kind brand use registered plate_kind value"),
    ("车辆", "车主 身份证号 车牌号 车辆类别 品牌型号 上牌日期 过户日期 登记时间",
     "plate kind brand registered gone"),
    ("车辆", "SYR SFZMHM HPZL HPHM CLLX ZWPP SYXZ DJRQ ZT", "brand registered state"),
    ("编制", "姓名 身份证号 编制类型 人员类别 岗位类型 入编日期 是否在编 离职时间 单位名称",
     "kind sort position joined serves left"),
    ("编制", "姓名 身份证号 编制类型 用工形式 岗位名称 参加工作日期 在岗情况 单位",
     "sort position joined state"),
    ("财政工资", "单位名称 姓名 身份证号 人员性质 岗位 编制性质 应发工资合计"
     " 实发工资 起薪日期 在职情况",
     "sort position kind pay joined state"),
    ("学籍", "学生姓名 身份证件号 全国学籍号 所在学校 所在年级 班号 学生当前状态 是否在校",
     "school grade form state present"),
    ("不动产", "权利人名称 身份证号 不动产坐落 不动产用途 不动产权证号码"
     " 登簿日期 是否现势 注销日期",
     "name location use certificate registered current gone"),
    ("商品房", "买受人 买受人身份证号 房屋地址 房屋类型 合同备案时间 备案状态",
     "location use registered state"),
    ("工商", "个体工商户名称 经营者名称 身份证号 注册时间 营业状态 注销日期 身份类型",
     "firm name founded state gone role"),
    ("工商", "合作社名称 理事长 身份证号"
     " 设立日期 经营情况 认缴出资额", "firm name founded capital"),
    ("养老", "姓名 社会保障号码 待遇类型 人员类型 月养老金额 开始领取时间 待遇发放状态 停发原因",
     "kind standing monthly begun state why_stopped"),
    ("企业养老", "姓名 身份证号 离退休类别 离退休日期 养老金合计 原工作单位",
     "standing begun monthly unit"),
    ("社保", "姓名 身份证号 险种 缴费人员类别 月缴费工资 当年缴费月数 首次参保日期 人员参保状态",
     "standing base months begun state"),
    ("公积金", "职工姓名 证件号码 缴存单位 缴存基数 起缴时间 最后缴存年月 缴存状态",
     "base begun ended state"),
    ("医保", "姓名 身份证号 医保类别 缴费年份"
     " 医保状态 停保时间 参保单位", "kind year state ended unit"),
    ("账户", "客户姓名 证件号码 一折通账号 开户行", "name account"),
    ("账户", "持卡人 持卡人身份证号 社保卡号", "name account"),
    ("村干部", "村 姓名 身份证号 现任村职务 开始任职时间 是否在职 离任时间 家庭主要成员",
     "post since serves until family"),
    ("危房", "户主姓名 身份证号 危房鉴定等级 鉴定日期 改造状态", "grade examined repaired"),
    ("危房", "户主姓名 身份证号 住房安全等级 评定日期 竣工时间 备注", "grade repaired note"),
]  # fmt: skip
_KINDS = {model.title: table for table, model in LISTS.items()}


@pytest.mark.parametrize(("name", "headings", "columns"), WRITTEN)
def test_headings_of_county_offices(name: str, headings: str, columns: str) -> None:
    texts: list[Any] = headings.split()
    row: list[Any] = ["" for _ in texts]
    grid = Grid("Sheet1", [texts, [*row[:-1], "无"]])
    found = read_list(grid, Path(f"{name}0220.xls"), "ab" * 32, Told(), KEYS)
    assert found is not None
    found_in_name = (title for title in _KINDS if title in name)
    title = next(found_in_name, "不动产" if "房" in name and "鉴定" not in name else "危房")
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
