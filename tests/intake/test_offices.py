"""Lists of offices and registers that look alike: told by all headings together, and the title."""

from pathlib import Path

import openpyxl
import pytest

from jiandang.policy import load_policy
from jiandang.register.register import Register
from jiandang.register.resident_id import check_character
from jiandang.run.load import load

POLICY = load_policy("xuzhou-2016")
VILLAGE = "320324105201"
# What such lists are called, and their headings.
LISTS = [
    ("2016年城乡居民医保参保名册", "户号 户主姓名 姓名 与户主关系 身份证号 性别 缴费金额 参保状态"),
    (
        "新农合参合人员名册",
        "序号 家庭编号 户主姓名 姓名 性别 身份证号码 与户主关系 参合年度 个人缴费 医疗证号",
    ),
    (
        "居民医保缴费花名册",
        "村 组 户号 户主姓名 姓名 与户主关系 身份证号 家庭人口 应缴金额 是否参保",
    ),
    (
        "土地承包经营权确权登记表",
        "户号 承包方代表 户主姓名 身份证号 家庭人口 地块数 承包面积 实测面积",
    ),
    (
        "土地确权公示表",
        "村 组 户主姓名 身份证号码 与户主关系 姓名 地块编码 地块名称 合同面积 实测面积",
    ),
    ("承包方调查表", "承包方编码 户主姓名 家庭成员姓名 与户主关系 身份证号 地块数 承包合同编号"),
    ("粮食补贴发放清册", "户号 户主姓名 身份证号 家庭人口 补贴面积 补贴标准 补贴金额 银行账号"),
    ("农资综合补贴花名册", "村 组 户主姓名 身份证号 一折通账号 计税面积 补贴金额"),
    ("户籍底册", "户号 户主姓名 姓名 性别 与户主关系 身份证号 出生日期 民族 户口性质 迁入时间"),
    (
        "常住人口登记表",
        "户号 姓名 与户主关系 性别 出生日期 身份证号 文化程度 婚姻状况 服务处所 迁来时间",
    ),
    ("选民登记册", "序号 户号 户主姓名 姓名 与户主关系 性别 年龄 身份证号 选民证编号 选区"),
    ("农村改厕登记表", "村 户主姓名 身份证号 家庭人口 联系电话 改厕类型 原厕所类型 完工时间"),
    ("改厕台账", "户号 户主姓名 家庭人口 厕具型号 施工队 验收日期"),
    ("饮水安全入户登记表", "村 组 户主姓名 身份证号 家庭人口 水源类型 水表号 水费"),
    ("自来水入户花名册", "户号 户主姓名 联系电话 家庭人口 水表编号 安装日期 用户签字"),
    ("会议签到表", "村 户主姓名 姓名 与户主关系 联系电话 签到"),
    ("村民代表会议签到册", "序号 姓名 户主姓名 与户主关系 签到时间"),
    ("春节慰问名单", "村 户主姓名 身份证号 家庭人口 慰问金额 慰问物品 签字"),
    ("走访慰问登记表", "户号 户主姓名 姓名 与户主关系 身份证号 慰问金 领取人签字"),
    ("养老保险参保登记册", "户号 户主姓名 姓名 与户主关系 身份证号 缴费档次 缴费金额 参保状态"),
    ("计划生育家庭台账", "户号 户主姓名 姓名 与户主关系 身份证号 避孕措施 结婚日期 生育证号"),
    (
        "危房改造申报表",
        "村 户主姓名 身份证号 家庭人口 房屋结构 改造方式 建筑面积 补助金额 竣工时间",
    ),
    ("退耕还林补助清册", "户号 户主姓名 身份证号 退耕还林面积(亩) 补助标准 补助金额 一折通"),
    ("农业保险投保清单", "村 户主姓名 身份证号 投保面积 保险金额 保费 银行账号"),
    ("宅基地使用权登记表", "户号 户主姓名 身份证号 家庭人口 宅基地面积 权证号 四至"),
    (
        "人口普查底册",
        "建筑物编号 住房编号 户编号 户主姓名 姓名 与户主关系 性别 出生年月 户口登记地",
    ),
    ("林权登记表", "村 组 户主姓名 身份证号 林班号 小班号 林地面积(亩) 林权证号"),
    ("学生资助花名册", "户主姓名 姓名 性别 身份证号 与户主关系 学校 年级 班级 学籍号 资助金额"),
    (
        "残疾人两项补贴名册",
        "村 姓名 身份证号 残疾证号 户主姓名 与户主关系 残疾等级 补贴标准 补贴金额",
    ),
    (
        "家庭医生签约登记表",
        "户号 户主姓名 姓名 与户主关系 身份证号 性别 年龄 签约医生 签约日期 健康档案号",
    ),
    ("患大病人员名单", "序号 户主姓名 患者姓名 与户主关系 身份证号码 所患疾病 诊断时间 就诊医院"),
    ("大病患者花名册", "村 姓名 身份证号码 病种 就诊医院 住院时间"),
    ("电网改造用户表", "用户编号 户主姓名 身份证号 联系电话 家庭人口 电表号 用电量"),
    ("拆迁安置户登记表", "户号 户主姓名 身份证号 家庭人口 被拆迁面积 安置面积 补偿金额 签约时间"),
    ("农机购置补贴清册", "村 户主姓名 身份证号 机具名称 型号 购置数量 补贴金额"),
    ("防返贫保险名单", "村 户主姓名 姓名 身份证号 与户主关系 保单号 保费"),
    ("疫苗接种登记表", "户主姓名 姓名 与户主关系 性别 出生日期 身份证号 疫苗名称 接种时间"),
    ("新型农村养老保险缴费名单", "村 户主姓名 姓名 与户主关系 身份证号 缴费年限 缴费金额"),
]
LISTS += [
    ("党员名册", "序号 姓名 性别 民族 文化程度 身份证号 入党时间 所在支部 联系电话"),
    (
        "公益性岗位人员花名册",
        "序号 姓名 性别 身份证号 文化程度 家庭住址 岗位名称 月工资(元) 上岗时间",
    ),
    ("高龄津贴名册", "序号 村 姓名 性别 身份证号 年龄 月补贴标准(元) 银行账号 联系电话"),
    ("外出务工名册", "村 姓名 性别 身份证号 文化程度 务工地点 务工企业 务工时间(月) 月工资"),
    ("优抚名册", "姓名 性别 身份证号 优抚类别 入伍时间 退役时间 村 抚恤金(元)"),
    (
        "冬春救助名册",
        "序号 村 户主姓名 家庭人口 需救助人口 身份证号 救助类型 救助金额(元) 银行账号",
    ),
    (
        "信用评级名册",
        "户主姓名 身份证号 家庭人口 劳动力人数 耕地面积(亩) 家庭年收入 信用等级 授信额度",
    ),
    ("流动人口名册", "姓名 性别 身份证号 民族 与户主关系 户籍地址 现居住地 流入日期 婚姻状况"),
    ("房屋普查名册", "户主姓名 身份证号 家庭人口 房屋结构 层数 建筑面积(㎡) 建造年代 危房等级 村"),
    ("户户通电视名册", "户主姓名 身份证号 村 设备编号 安装日期 联系电话 机顶盒号"),
    ("农户基本信息名册", "户主姓名 姓名 性别 身份证号 与户主关系 婚姻状况 手机号 入住日期 门牌号"),
    ("互助资金借款台账", "户主姓名 身份证号 村 借款金额 借款日期 还款日期 担保人"),
    ("土地入股分红花名册", "村 户主姓名 身份证号 入股面积 股金证号 分红金额(元) 银行账号"),
    ("养殖大户名单", "村 户主姓名 身份证号 养殖品种 存栏数 圈舍规模 联系电话"),
]
# One heading could be a county's own: these are told by what they are called.
TITLED = [
    ("选民名单", "村民小组 户主姓名 姓名 性别 年龄 选民证号 备注"),
    ("低保金发放名册", "村 户主姓名 姓名 身份证号 与户主关系 家庭人口 月保障金额 账号"),
    ("适龄青年兵役登记表", "姓名 性别 身份证号 民族 文化程度 健康状况 户主姓名 与户主关系 村"),
    ("村民小组长名册", "村 村民小组 姓名 性别 身份证号 文化程度 政治面貌 联系电话 任职时间"),
    ("水库移民人口登记", "户号 户主姓名 姓名 与户主关系 身份证号 移民编号 安置点 核定时间"),
]
# Where rows have the register's own numbers, name and headings have to tell it together.
NUMBERED = [
    (
        "新型农村合作医疗缴费花名册",
        "户编号 户主姓名 姓名 性别 身份证号 与户主关系 村 缴费金额 签字",
    ),
    ("人口普查表短表", "户编号 姓名 与户主关系 性别 出生日期 民族 户口登记状况 文化程度"),
    ("扶贫小额贷款发放台账", "序号 户编号 户主姓名 身份证号 村 贷款金额(元) 放款日期 到期日期"),
    ("光伏分红名册", "村 户编号 户主姓名 身份证号 分红金额(元) 银行账号 签字"),
    ("雨露计划名册", "户编号 户主姓名 姓名 性别 身份证号 与户主关系 就读学校 专业 补助金额(元)"),
]
REGISTERS = [
    ("王庄村贫困户", "户编号 户主姓名 姓名 与户主关系 身份证号 家庭人口"),
    ("低收入农户名单", "村 户主姓名 身份证号 家庭人口 联系电话"),
    ("王庄村建档立卡花名册", "序号 户主姓名 姓名 性别 身份证号 与户主关系 家庭人口 致贫原因"),
    ("家庭成员表", "户编号 姓名 性别 证件号码 与户主关系 民族"),
    ("王庄村", "户主姓名 姓名 与户主关系 性别 身份证号 文化程度 健康状况 劳动能力"),
    (
        "王庄村",
        "户编号 户主姓名 姓名 与户主关系 身份证号 家庭人口 光伏编号 鸡苗数 帮扶措施 项目名称 "
        "车牌 微信 门牌 养猪数 路灯 摄像",
    ),
    ("贫困户花名册", "户编号 户主姓名 家庭人口 补贴金额 贫困户属性 主要致贫原因"),
    ("贫困人口参保情况", "户编号 姓名 身份证号 与户主关系 健康状况 劳动能力 参保状态 缴费金额"),
    (
        "低收入农户土地情况",
        "户编号 户主姓名 家庭人口 耕地面积(亩) 承包面积 林地面积(亩) 住房面积(㎡)",
    ),
    (
        "贫困户信息采集表",
        "村 组 户主姓名 姓名 性别 与户主关系 身份证号 文化程度 健康状况 "
        "劳动能力 务工状况 是否参加医保 慰问金额",
    ),
    (
        "官山镇贫困户台账",
        "户编号 户主姓名 户主证件号码 家庭人口 人均纯收入(元) 帮扶责任人 帮扶单位 慰问物品",
    ),
    ("贫困户慰问情况", "户编号 户主姓名 家庭人口 农户属性 主要致贫原因 慰问金额"),
    ("Sheet1", "户主姓名 身份证号 家庭人口 人均纯收入 致贫原因"),
    (
        "脱贫户收入台账",
        "户编号 户主姓名 工资性收入(元) 生产经营性收入(元) 转移性收入(元) 人均纯收入(元) "
        "土地流转金",
    ),
    ("贫困户危房改造", "户编号 户主姓名 家庭人口 贫困户属性 是否危房 危房等级 改造方式 补助金额"),
    ("低收入农户安全饮水情况", "户编号 户主姓名 家庭人口 饮水是否安全 饮水是否困难 水源类型"),
    ("成员花名册", "户编号 户主姓名 姓名 与户主关系 身份证号 疫苗名称 接种时间"),
    ("Sheet1", "户号 户主姓名 姓名 与户主关系 身份证号 家庭人口"),
    ("2016年扶贫对象", "户号 户主姓名 姓名 性别 身份证号 与户主关系 文化程度 健康状况 是否参保"),
    ("入户调查登记表", "村 户主姓名 身份证号 家庭人口 劳动力人数 致贫原因 调查时间 调查人"),
    ("医保参保核对表", "户编号 户主姓名 姓名 身份证号 与户主关系 是否参保 缴费金额"),
    ("贫困人口参保情况", "户编号 姓名 身份证号 与户主关系 参保状态 缴费金额"),
    ("建档立卡户小额贷款情况", "户编号 户主姓名 身份证号 家庭人口 贷款金额(元) 贷款用途"),
    ("光伏收益表", "户编号 户主姓名 身份证号 家庭人口 农户属性 分红金额(元)"),
    ("王庄村", "村 户主姓名 身份证号 家庭人口 联系电话 鸡苗数 车位"),
    ("低收入农户名单", "村 户主姓名 身份证号 家庭人口 鸡苗数 车位 项目名称 微信"),
    ("Sheet1", "户主姓名 家庭人口 致贫原因 鸡苗数 车位 项目名称 微信"),
    ("王庄村", "户主姓名 姓名 身份证号 与户主关系 鸡苗数 车位 项目名称 微信"),
    ("家庭成员", "户编号 姓名 身份证号 贷款金额 放款日期"),
    ("贫困户改厕台账", "户编号 户主姓名 家庭人口 有无卫生厕所 改厕类型 农户属性"),
]
CELLS: dict[str, object] = {
    "村": "王庄村", "组": "一组", "村民小组": "一组", "与户主关系": "户主", "性别": "男",
    "家庭人口": 3, "联系电话": "13805201000", "出生日期": "1950-01-01", "民族": "汉族",
    "文化程度": "小学", "年龄": 66, "健康状况": "健康", "劳动能力": "普通劳动力",
    "致贫原因": "因病", "主要致贫原因": "因病", "农户属性": "一般贫困户",
    "贫困户属性": "一般贫困户", "务工状况": "乡(镇)内务工",
}  # fmt: skip


def cell(heading: str, number: int, *, is_register: bool) -> object:
    if heading in CELLS:
        return CELLS[heading]
    if "姓名" in heading or heading == "承包方代表":
        return f"孙大{'海山林'[number]}"
    if "身份证" in heading or "证件号码" in heading:
        digits = f"32032419500101{number + 3:03}"
        return digits + check_character(digits)
    if heading == "户编号" and is_register:
        return f"{VILLAGE}{number + 1:03}"
    if heading in ("户号", "户编号") or any(w in heading for w in ("金额", "面积", "收入")):
        return number + 1
    return "是" if heading[:2] in ("是否", "饮水", "有无") else "甲"


def read(path: Path, heading: str, sheet: str, title: str, *, is_register: bool) -> Register:
    book = openpyxl.Workbook()
    del book["Sheet"]
    page = book.create_sheet(sheet)
    if title:
        page.append([title])
    page.append(heading.split())
    for number in range(3):
        page.append([cell(h, number, is_register=is_register) for h in heading.split()])
    book.save(path / "表.xlsx")
    return load(path / "表.xlsx", POLICY)


@pytest.mark.parametrize(("name", "heading"), [*LISTS, *TITLED])
def test_a_list_of_an_office_is_no_register(tmp_path: Path, name: str, heading: str) -> None:
    """Whatever household's number, head and relation it has; and it is said what to do."""
    (file,) = read(tmp_path, heading, "Sheet1", name, is_register=False).files
    assert file.error_code == "nothing_recognised"
    assert file.error is not None and "的名单" in file.error and "行没有检查" in file.error
    # What is no kind of --with is to be taken out; whoever came is compared with nobody.
    assert "--with" in file.error or "确是登记表的" in file.error or "签到" in name


@pytest.mark.parametrize(("name", "heading"), NUMBERED)
def test_a_list_of_an_office_may_have_the_registers_numbers(
    tmp_path: Path, name: str, heading: str
) -> None:
    (file,) = read(tmp_path, heading, "Sheet1", name, is_register=True).files
    assert file.error_code == "nothing_recognised"


@pytest.mark.parametrize(
    "heading",
    [
        "户编号 姓名 身份证号 贷款金额 放款日期",
        "行政村 户编号 户主姓名 家庭人口 分红金额(元) 签字",
        "村名 户编号 户主姓名 学生姓名 学生身份证号 就读学校 补助标准",
        "户编号 姓名 性别 身份证号 与户主关系 参合年度 缴费金额",
        "户编号 姓名 性别 身份证号 与户主关系 参保状态 参保类别 缴费档次",
        "村名 户编号 户主姓名 养殖品种 养殖数量 补助标准(元) 补助金额(元)",
    ],
)
def test_what_is_a_lists_beside_few_of_ours_tells_it_untitled(tmp_path: Path, heading: str) -> None:
    (file,) = read(tmp_path, heading, "Sheet1", "", is_register=True).files
    assert file.error_code == "nothing_recognised"
    assert file.error is not None and "的名单" in file.error and "行没有检查" in file.error


@pytest.mark.parametrize(
    "heading",
    [
        "行政村 户编号 户主姓名 家庭人口 主要致贫原因 贷款金额 补助标准",
        "户编号 姓名 身份证号 与户主关系 健康状况 参保状态 参保类别",
        "户编号 户主姓名 家庭人口 鸡苗数 车牌 门牌 签字",
    ],
)
def test_what_counties_add_to_numbered_households_makes_no_list(
    tmp_path: Path, heading: str
) -> None:
    register = read(tmp_path, heading, "Sheet1", "", is_register=True)
    assert register.files[0].error is None


@pytest.mark.parametrize(
    "heading",
    [
        "户编号 姓名 与户主关系 性别 出生年月 民族 户口登记地 离开户口登记地时间",
        "普查小区 户编号 姓名 与户主关系 性别 出生年月 民族 是否识字 受教育程度",
    ],
)
def test_a_census_is_none(tmp_path: Path, heading: str) -> None:
    (file,) = read(tmp_path, heading, "Sheet1", "", is_register=False).files
    assert file.error_code == "nothing_recognised"


def test_of_what_is_read_and_may_be_a_list_it_is_said(tmp_path: Path) -> None:
    """So that errors which are none have an explanation."""
    heading = "户编号 户主姓名 姓名 身份证号 与户主关系 贷款金额 放款日期"
    (file,) = read(tmp_path, heading, "Sheet1", "成员花名册", is_register=True).files
    assert file.error is None
    assert any("贷款金额、放款日期" in r and "也像是贷款" in r for r in file.remarks)


@pytest.mark.parametrize("heading", [heading for _, heading in LISTS])
def test_a_list_of_an_office_is_told_by_its_headings_alone(tmp_path: Path, heading: str) -> None:
    (file,) = read(tmp_path, heading, "Sheet1", "", is_register=False).files
    assert file.error_code == "nothing_recognised"


@pytest.mark.parametrize(("name", "heading"), REGISTERS)
def test_a_register_with_headings_of_offices_is_one(
    tmp_path: Path, name: str, heading: str
) -> None:
    register = read(tmp_path, heading, "Sheet1", name, is_register=True)
    assert register.files[0].error is None
    assert sum(sheet.rows.checked for sheet in register.sheets) == 3


@pytest.mark.parametrize(
    "own", ["慰问金额", "所患疾病", "是否参保", "水源类型", "承包面积", "选民证号"]
)
def test_one_heading_of_an_office_makes_no_list(tmp_path: Path, own: str) -> None:
    heading = f"户号 户主姓名 姓名 与户主关系 身份证号 {own} 备注"
    register = read(tmp_path, heading, "Sheet1", "", is_register=False)
    assert register.files[0].error is None and register.tables["member"].height == 3


@pytest.mark.parametrize(
    "heading",
    [
        "户号 户主姓名 姓名 身份证号 与户主关系 就读学校 年级",
        "户号 户主姓名 姓名 身份证号 与户主关系 健康状况 文化程度 户口性质 户籍地址",
        "户号 户主姓名 家庭人口 2013年补贴收入 2014年工资收入 2014年发放收入 备注",
        "序号 村 户主姓名 姓名 身份证号 与户主关系 联系电话 住址 备注 签字",
        "户号 户主姓名 姓名 身份证号 与户主关系 婚姻状况 特长 宗教信仰 车牌",
    ],
)
def test_what_counties_add_to_their_registers_makes_no_list(tmp_path: Path, heading: str) -> None:
    assert read(tmp_path, heading, "Sheet1", "", is_register=False).files[0].error is None


def test_it_is_said_which_headings_have_told_the_list(tmp_path: Path) -> None:
    heading = "户号 户主姓名 姓名 与户主关系 身份证号 参保状态 缴费金额"
    (file,) = read(tmp_path, heading, "Sheet1", "", is_register=False).files
    assert file.error is not None and "参保状态、缴费金额" in file.error
