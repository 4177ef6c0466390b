"""The six tables of a register as a well-kept workbook shows them: columns, widths, dropdowns."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

Cell: TypeAlias = str | int | float | date | None
Row: TypeAlias = dict[str, Cell]

MEMBERS, HOUSEHOLDS, QUOTA = "成员", "农户", "任务分解"
PROCEDURE, SURVEY, VILLAGES = "识别程序", "入户调查", "村情"


@dataclass(frozen=True)
class Column:
    """One column; `kind` decides the cell format and how the messy workbook disfigures it."""

    heading: str
    kind: str = "text"
    width: int = 10
    choices: tuple[str, ...] = ()


YES_NO = ("是", "否")
LAND = ("耕地", "有效灌溉", "流转", "林地", "退耕还林", "林果", "牧草地", "水面")
INCOME = ("工资性收入(元)", "生产经营性收入(元)", "财产性收入(元)", "转移性收入(元)")
TRANSFERS = (
    "低保金(元)",
    "五保金(元)",
    "养老保险金(元)",
    "生态补偿金(元)",
    "计划生育金(元)",
    "其他转移性收入(元)",
)
COST, NET, PER_CAPITA = "生产经营性支出(元)", "家庭纯收入(元)", "人均纯收入(元)"

STUDENTS = (
    *("非在校生", "学前教育", "小学", "七年级", "八年级", "九年级"),
    *("普通高中一年级", "普通高中二年级", "普通高中三年级"),
    *("中职一年级", "中职二年级", "中职三年级", "高职高专", "大学本科", "硕士及以上"),
)
RELATIONS = (
    *("户主", "配偶", "之子", "之女", "之儿媳", "之女婿", "之孙子", "之孙女", "之外孙子"),
    *("之外孙女", "之父", "之母", "之岳父", "之岳母", "之公公", "之婆婆", "之祖父", "之祖母"),
    *("之外祖父", "之外祖母", "之兄弟姐妹", "其他"),
)
EDUCATION = ("学龄前儿童", "文盲或半文盲", "小学", "初中", "高中", "中专", "大专及以上")
LABOUR = ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力", "丧失劳动力", "无劳动力")
WORK = ("乡(镇)内务工", "乡(镇)外县内务工", "县外省内务工", "省外务工", "其他")
TYPES = ("一般贫困户", "低保贫困户", "低保户", "五保户", "五保贫困户", "一般农户", "特困供养户")
CAUSES = (
    *("因病", "因残", "因学", "因灾", "缺土地", "缺水", "缺技术", "缺劳力", "缺资金"),
    *("交通条件落后", "自身发展动力不足", "其他"),
)


def _yes_no(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading, "yes_no", 11, YES_NO) for heading in headings)


def _coded(heading: str, choices: tuple[str, ...], width: int = 12) -> Column:
    return Column(heading, "coded", width, choices)


def _each(kind: str, width: int, *headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading, kind, width) for heading in headings)


_PLACE = (
    *_each("text", 11, "县(市、区)", "乡(镇)", "行政村", "村民小组"),
    Column("村码", "code", 15),
    Column("户编号", "code", 18),
)

TABLES: dict[str, tuple[Column, ...]] = {
    MEMBERS: (
        *_PLACE,
        Column("人编号", "code", 20),
        Column("姓名", "name"),
        Column("性别", "sex", 7, ("男", "女")),
        _coded("证件类型", ("居民身份证", "残疾人证")),
        Column("证件号码", "id", 21),
        Column("残疾证号", "id", 23),
        Column("出生日期", "date", 12),
        Column("年龄", "age", 7),
        Column("与户主关系", "relation", 12, RELATIONS),
        _coded("民族", (), 8),
        Column("文化程度", "education", 14, EDUCATION),
        _coded("在校生状况", STUDENTS, 16),
        _coded("健康状况", (), 12),
        _coded("劳动能力", LABOUR, 14),
        _coded("务工状况", WORK, 18),
        Column("务工时间(月)", "count", 13),
        *_yes_no("医疗保险", "养老保险", "大病保险", "现役军人"),
        _coded("政治面貌", ("中共党员", "中共预备党员", "共青团员", "群众")),
        *_yes_no("享受低保"),
        Column("低保残疾金(元)", "money", 15),
        *_yes_no("财政供养", "机动车", "商品房", "工商登记"),
    ),
    HOUSEHOLDS: (
        *_PLACE,
        Column("户主姓名", "name"),
        Column("户主证件号码", "id", 21),
        *_each("count", 11, "家庭人口", "劳动力人数"),
        Column("联系电话", "phone", 14),
        _coded("农户属性", TYPES),
        _coded("识别标准", ("国家标准", "省定标准", "市定标准")),
        _coded("主要致贫原因", CAUSES, 18),
        Column("其他致贫原因", "text", 22),
        _coded("脱贫属性", ("未脱贫", "已脱贫", "返贫")),
        *_each("date", 12, "识别时间", "脱贫时间"),
        *_each("area", 16, *(f"{land}面积(亩)" for land in LAND)),
        Column("与村主干路距离(公里)", "number", 20),
        _coded("入户路类型", ("泥土路", "砂石路", "水泥路", "沥青路")),
        *_yes_no("是否通生产用电", "是否通广播电视"),
        _coded("主要燃料类型", ("柴草", "干畜粪", "煤炭", "清洁能源", "其他"), 14),
        *_yes_no("是否加入合作社"),
        Column("住房面积(㎡)", "house", 14),
        *_yes_no("是否危房"),
        _coded("危房等级", ("C级", "D级")),
        *_yes_no("饮水是否困难", "饮水是否安全", "是否通生活用电", "有无卫生厕所"),
        Column("开户银行", "text", 24),
        Column("银行账号", "account", 24),
        Column("收入年度", "count"),
        *_each("money", 18, *INCOME, *TRANSFERS, COST, NET, PER_CAPITA),
        *_each("text", 14, "帮扶责任人"),
        Column("帮扶单位", "text", 26),
        Column("帮扶人职务", "text", 14),
        Column("帮扶人电话", "phone", 14),
        Column("帮扶开始时间", "date", 14),
    ),
    QUOTA: (
        Column("区划代码", "code", 16),
        Column("名称", "text", 14),
        _coded("级别", ("县", "乡", "村"), 8),
        *_each("count", 12, "计划户数", "计划人数"),
        Column("责任人", "text", 12),
    ),
    PROCEDURE: (
        Column("行政村", "text", 11),
        Column("户编号", "code", 18),
        Column("申请日期", "date", 12),
        *_yes_no("申请人签字"),
        Column("评议日期", "date", 12),
        *_each("count", 10, "应到代表", "实到代表", "同意票", "反对票", "弃权票"),
        *_each("date", 14, "村公示开始", "村公示结束"),
        Column("异议情况", "text", 24),
        Column("异议处理结果", "text", 30),
        *_each("date", 14, "乡镇审核日期", "乡镇公示开始", "乡镇公示结束"),
        *_each("date", 14, "县级审批日期", "县级公示开始", "县级公示结束"),
        *_yes_no("村干部亲属"),
        *_yes_no("备案情况"),
    ),
    SURVEY: (
        Column("户编号", "code", 18),
        Column("调查日期", "date", 12),
        *_each("text", 10, "调查人1", "调查人2", "户主签字", "审核人"),
        Column("录入日期", "date", 12),
        *_each("text", 10, "录入人", "校对人"),
    ),
    VILLAGES: (
        Column("村码", "code", 16),
        Column("行政村", "text", 12),
        *_each("count", 14, "农村户数", "农村人口"),
        *_yes_no("是否经济薄弱村"),
        Column("村集体经营性收入(万元)", "number", 24),
        Column("达标年度", "count", 12),
    ),
}
