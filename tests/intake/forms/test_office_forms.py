"""Forms of offices (申请审批表, 登记卡) are no registered households; those that register are."""

from pathlib import Path

import openpyxl
import pytest

import jiandang
from jiandang.policy import load_policy
from jiandang.register.register import Register
from jiandang.run.load import load

POLICY = load_policy("xuzhou-2016")
HEAD = "户主姓名|柏建业|身份证号|320324196203194415|家庭人口|3"
ADDRESS = "家庭住址|官山镇王庄村一组|联系电话|13951234567|户编号|320324105201001"
MEMBERS = [
    "姓名|性别|身份证号|与户主关系|健康状况|劳动能力",
    "柏建业|男|320324196203194415|户主|长期慢性病|弱劳动力或半劳动力",
    "水秀英|女|320324196409254524|配偶|健康|普通劳动力",
]
# What such forms are called, and what they ask beside head, address and members.
OFFICES = {
    "农村危房改造申请审批表": "农户类型|低保户|危房等级|D级|改造方式|重建",
    "农村居民最低生活保障申请审批表": "申请原因|因病|家庭月收入(元)|800|劳动力人数|1",
    "家庭医生签约服务协议（户）": "签约医生|王医生|签约日期|2016年1月1日",
    "农村土地承包经营权承包方调查表": "承包方地址|王庄村一组|承包地块总数|3|承包合同面积(亩)|4.2",
    "残疾人证申请表": "文化程度|初中|婚姻状况|已婚|残疾等级|二级",
    "常住人口登记表": "服务处所|务农|何时何因迁来本址|出生|户口性质|农业",
    "城乡居民临时救助申请审批表": "申请原因|因病|救助金额|2000|救助类型|急难型",
    "小额信贷申请表": "贷款金额|50000|贷款用途|养羊|贷款期限|1年",
    "雨露计划补助申请表": "就读学校|徐州技校|专业|机电|入学时间|2015年9月",
    "城乡医疗救助申请表": "住院时间|2016年1月|医疗费用|12000|自付费用|8000",
    "公共租赁住房申请表": "现住房面积|60|申请面积|50|家庭年收入|30000",
    "入党志愿书": "民族|汉族|文化程度|初中|申请时间|2015年",
    "新型农村社会养老保险参保登记表": "参保日期|2012年|缴费档次|100|参保状态|正常",
    "居民户口簿": "户号|00120|服务处所|务农|户口性质|农业",
    "困难残疾人生活补贴申请审批表": "残疾等级|二级|监护人|水秀英|劳动能力|无",
    "宅基地使用权申请表": "宅基地面积|200|建筑面积|120|四至|东至路",
}
# The poor ask offices too.
POOR = {
    "建档立卡贫困户小额信贷申请表": "贷款金额|50000|贷款用途|养羊|贷款期限|1年",
    "睢宁县建档立卡贫困户扶贫小额信贷申请审批表": "致贫原因|因病|申请金额|30000",
    "建档立卡贫困家庭学生资助申请表": "学生姓名|柏小建|就读学校|徐州技校|年级|二年级",
    "贫困户公益性岗位申请表": "申请岗位|保洁员|致贫原因|因病|申请时间|2016年3月",
    "建档立卡贫困户危房改造申请表": "危房等级|D级|改造方式|重建|致贫原因|因病",
    "官山镇建档立卡贫困户雨露计划申请表": "就读学校|徐州技校|专业|机电|帮扶责任人|王五",
    "低收入农户医疗救助申请审批表": "住院时间|2016年1月|医疗费用|12000|自付费用|8000",
}
# What registers, whatever the office's words among its labels.
REGISTERS = {
    "低收入农户申请书": "申请日期|2016年3月1日|主要致贫原因|因病|人均纯收入|3000",
    "贫困户民主评议审批表": "评议日期|2016年3月5日|主要致贫原因|因病|人均纯收入|3000",
    "农户申请评议审批表": "主要致贫原因|因病|人均纯收入|3000|住房面积|60",
    "农村贫困家庭申请审批表": "主要致贫原因|因病|人均纯收入|3000|住房面积|60",
    "入户调查表": "主要致贫原因|因病|调查日期|2016年3月5日|调查人|王五",
    "官山镇王庄村农户情况登记表": "主要致贫原因|因病|是否危房|是|危房等级|D级",
    "低保贫困户信息采集表": "主要致贫原因|因病|人均纯收入|3000|是否参加医保|是",
    "贫困户危房改造登记表": "主要致贫原因|因病|危房等级|D级|改造方式|重建",
    "王庄村建档立卡户登记卡": "主要致贫原因|因病|帮扶责任人|王五|帮扶单位|镇政府",
    "低保户、五保户入户调查表": "主要致贫原因|因病|人均纯收入|3000|调查日期|2016年3月5日",
    "低收入农户小额贷款需求调查表": "主要致贫原因|因病|贷款金额|50000|贷款用途|养羊",
    "返贫监测对象认定申请表": "主要致贫原因|因病|人均纯收入|3000|监测时间|2016年3月",
    "贫困户申请表": "主要致贫原因|因病|人均纯收入|3000|住房面积|60",
    "低保贫困户认定申请表": "主要致贫原因|因病|人均纯收入|3000|住房面积|60",
    "扶贫开发建档立卡贫困户精准识别审批表": "主要致贫原因|因病|人均纯收入|3000|住房面积|60",
    "贫困户自愿退出申请书": "主要致贫原因|因病|人均纯收入|3000|住房面积|60",
    "王庄村柏建业户申请书": "主要致贫原因|因病|人均纯收入|3000|申请日期|2016年3月1日",
    "睢宁县官山镇王庄村低收入农户认定申请表": "主要致贫原因|因病|人均纯收入|3000|住房面积|60",
}


def read(path: Path, title: str, own: str, *, labour: bool = True) -> Register:
    book = openpyxl.Workbook()
    del book["Sheet"]
    page = book.create_sheet("申请表")
    members = MEMBERS if labour else [line.rpartition("|")[0] for line in MEMBERS]
    for line in [title, HEAD, ADDRESS, own, *members, "户主签字|柏建业"]:
        page.append(line.split("|"))
    book.save(path / "表.xlsx")
    return load(path / "表.xlsx", POLICY)


@pytest.mark.parametrize(("title", "own"), OFFICES.items(), ids=OFFICES)
def test_a_form_of_an_office_is_no_household(tmp_path: Path, title: str, own: str) -> None:
    """It is named, with what has told it, and its rows are not read."""
    register = read(tmp_path, title, own, labour="申请" in title)
    (file,) = register.files
    assert file.error_code == "nothing_recognised" and not register.sheets
    assert file.error is not None and "的表单" in file.error and title[:6] in file.error
    assert "行没有检查" in file.error and "建档立卡" in file.error


@pytest.mark.parametrize(("title", "own"), POOR.items(), ids=POOR)
def test_what_the_poor_ask_an_office_for_is_no_register(
    tmp_path: Path, title: str, own: str
) -> None:
    (file,) = read(tmp_path, title, own).files
    assert file.error_code == "nothing_recognised"
    assert file.error is not None and "的表单" in file.error and "请改标题" in file.error


@pytest.mark.parametrize(("title", "own"), REGISTERS.items(), ids=REGISTERS)
def test_a_form_that_registers_is_one(tmp_path: Path, title: str, own: str) -> None:
    register = read(tmp_path, title, own)
    assert register.files[0].error is None
    assert register.tables["household"].height == 1 and register.tables["member"].height == 2


def test_beside_a_register_a_form_of_an_office_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append([*MEMBERS[0].split("|"), "户编号"])
    for line in MEMBERS[1:]:
        page.append([*line.split("|"), "320324105201001"])
    other = book.create_sheet("危改")
    for line in ["农村危房改造申请审批表", HEAD, ADDRESS, OFFICES["农村危房改造申请审批表"]]:
        other.append(line.split("|"))
    book.save(tmp_path / "表.xlsx")
    register = load(tmp_path / "表.xlsx", POLICY)
    (file,) = register.files
    assert file.error is None and register.tables["member"].height == 2
    assert file.unregistered_sheets == ("危改",)
    assert any("危房的表单" in remark for remark in file.remarks)


def test_a_household_of_nowhere_passes_no_gate(tmp_path: Path) -> None:
    """Beside villages that are whole: what its form lacks, nobody has looked at."""
    household = "户编号|户主姓名|行政村|家庭人口|农户属性|主要致贫原因|人均纯收入|调查日期|公示日期"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(household.split("|"))
    for n in range(1, 4):
        own = f"32032410520100{n}|孙大海|王庄村|1|低保户|因病|3000|2016-03-05|2016-03-06"
        page.append(own.split("|"))
    form = book.create_sheet("申请表")
    lines = ["农户申请评议审批表", HEAD, "农户属性|低保户|主要致贫原因|因病|人均纯收入|3000"]
    for line in [*lines, "耕地面积|2|住房面积|60|联系电话|13951234567", *MEMBERS]:
        form.append(line.split("|"))
    book.save(tmp_path / "表.xlsx")
    report = jiandang.check(load(tmp_path / "表.xlsx", POLICY), POLICY)
    unseen = [v for gate in report.sections for e in gate.villages_not_checked for v in e.villages]
    assert "没有写明行政村和户编号的表单" in unseen
