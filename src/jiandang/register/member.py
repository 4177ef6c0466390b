"""Table 1 成员: one row a person."""

from typing import Annotated, ClassVar

from jiandang.register.code_cells import YesNo, yes_no
from jiandang.register.code_types import (
    Education,
    Health,
    IdType,
    Labour,
    Nation,
    Party,
    Relation,
    Sex,
    Student,
    Work,
)
from jiandang.register.date_cells import BirthDate
from jiandang.register.number_cells import Age, Money, Months
from jiandang.register.place import HouseholdPlace
from jiandang.register.table import column
from jiandang.register.text_cells import CodeNumber, DisabilityCard, PersonName, ResidentId


class Member(HouseholdPlace):
    """A person of a registered household (成员)."""

    table_name: ClassVar[str] = "member"
    title: ClassVar[str] = "成员"

    person_id: CodeNumber | None = column(
        "人编号", "人员编号", "成员编号", "人编码", description="户编号加2位"
    )
    name: PersonName | None = column(
        "姓名", "名字", "成员姓名", "家庭成员姓名", "成员", "人员姓名", "贫困人口姓名",
        "学生姓名", "患者姓名",
        "病人姓名", "残疾人姓名", "参保人姓名", "党员姓名",
        required=True, description="身份证上的姓名",
    )  # fmt: skip
    sex: Sex | None = column("性别", required=True, description="男或女")
    id_number: ResidentId | None = column(
        "证件号码", "身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "身份证件号码",
        "证件号", "居民身份证号码", "居民身份证号", "居民身份号码", "身份证", "公民身份证号",
        "身份证件号", "身份号码", "身份证件", "居民身份证", "公民身份证", "身份证号码/残疾证号",
        "公民身份号码或残疾号码", "公民身份号码或残疾证号码",
        "公民身份号码或残疾人证号码", "身份证号或残疾证号",
        required=True, description="18位公民身份号码；没有的填20或22位残疾人证号",
    )  # fmt: skip
    disability_card: DisabilityCard | None = column(
        "残疾证号", "残疾人证号", "残疾证号码", "残疾人证号码",
        description="18位公民身份号码加类别1-7、等级1-4，补发的再加2位",
    )  # fmt: skip
    birth_date: BirthDate | None = column(
        "出生日期", "出生年月", "出生年月日", "出生时间", "生日", description="出生日期，可以只到月"
    )
    age: Age | None = column(
        "年龄", "周岁", unit="岁", description="年龄；省表里也可能是四位出生年份"
    )
    relation: Relation | None = column(
        "与户主关系", "家庭关系", "与户主的关系", "关系", "户主或与户主关系", "与户主之关系",
        "和户主关系", "同户主关系", "与户主的亲属关系", "与户主称谓", "户主或户主关系", "成员关系",
        "户主关系", "与户主关系代码",
        required=True, description="与户主关系",
    )  # fmt: skip
    nation: Nation | None = column(
        "民族", "族别", "民族成份", "民族成分", description="GB/T 3304 的56个民族"
    )
    education: Education | None = column(
        "文化程度",
        "文化",
        "学历",
        "受教育程度",
        "教育程度",
        "文化水平",
        "教育水平",
        "最高学历",
        description="文化程度",
    )
    student: Student | None = column(
        "在校生状况", "在校状况", "在校生情况", "在校情况", "就学情况", "就学状况", "就读情况",
        "就读年级", "就学年级", "在读年级", "在校年级",
        provincial="在校生否 在校生 是否在校生 是否在校",
        description="在校生年级；不在校的填非在校生",
    )  # fmt: skip
    health: Health | None = column(
        "健康状况", "身体健康状况", "健康情况", "身体健康情况", "健康状态",
        provincial="身体状况 身体情况 身体", description="健康状况，几种的用顿号隔开",
    )  # fmt: skip
    labour: Labour | None = column(
        "劳动能力", "劳动技能", "劳动能力状况", "劳动能力情况", "劳动力情况",
        "有无劳动能力", "是否有劳动能力", "有无劳动力",
        provincial="劳动力状况", description="劳动能力",
    )  # fmt: skip
    work: Work | None = column(
        "务工状况", "务工区域", "务工情况", "务工地点", "务工地区", "外出务工情况",
        provincial="打工状况", description="务工的地方",
    )  # fmt: skip
    work_months: Months | None = column(
        "务工时间(月)", "务工时间", "务工月数", "务工时长", "年务工时间", "外出务工时间",
        "外出务工月数", "打工时间", "打工月数", "外出打工时间", "外出打工月数",
        unit="月", description="一年中务工的月数，0-12",
    )  # fmt: skip
    medical_insurance: Annotated[
        bool, yes_no("新农合 合作医疗 新型农村合作医疗 居民医保 城乡居民医保 医保 医疗保险")
    ] | None = column(
        "医疗保险", "是否参加新农合", "是否参加城乡居民基本医疗保险", "是否参加新型农村合作医疗",
        "新农合", "是否参加医疗保险", "是否参加城乡居民医疗保险", "城乡居民基本医疗保险",
        "城乡居民医疗保险", "新型农村合作医疗", "合作医疗", "参加医保", "是否参加医保",
        "参加新农合", "参加医疗保险", "是否参加农村合作医疗", "是否购买医疗保险", "城乡居民医保",
        "参加城乡居民医保", "是否参加城乡居民医保",
        "医保",
        description="是否参加城乡居民基本医疗保险",
    )  # fmt: skip
    pension_insurance: Annotated[
        bool, yes_no("新农保 城乡居民养老保险 居民养老保险 居民养老 养老保险 城乡居保")
    ] | None = column(
        "养老保险", "是否参加城乡居民基本养老保险", "是否参加新农保", "新农保",
        "是否参加养老保险", "是否参加城乡居民养老保险", "城乡居民基本养老保险",
        "城乡居民养老保险", "参加养老保险", "参加新农保", "参保养老保险",
        description="是否参加城乡居民基本养老保险",
    )  # fmt: skip
    illness_insurance: YesNo | None = column(
        "大病保险", "是否参加大病保险", "参加大病保险", description="是否参加大病保险"
    )
    soldier: YesNo | None = column(
        "现役军人", "是否现役军人", "是否现役", description="是否现役军人"
    )
    party: Party | None = column("政治面貌", description="政治面貌")
    id_type: IdType | None = column(
        "证件类型", "证件类别", "证件种类", description="居民身份证或残疾人证"
    )
    dibao: YesNo | None = column(
        "享受低保", "低保人口", "是否享受农村低保", "是否享受低保", "是否低保",
        "是否享受最低生活保障",
        description="本人是否享受农村低保",
    )  # fmt: skip
    benefit: Money | None = column(
        "低保残疾金(元)", "领取低保金、残疾金", "领取低保、五保、残疾金额", "低保金残疾金",
        unit="元", description="本人一年领取的低保金和残疾金",
    )  # fmt: skip
    public_payroll: YesNo | None = column(
        "财政供养", "是否财政供养", "是否财政供养人员", description="是否由财政发工资"
    )
    vehicle: YesNo | None = column(
        "机动车", "是否有机动车", "有无机动车", "有无车辆", description="名下有无机动车"
    )
    flat: YesNo | None = column(
        "商品房", "是否有商品房", "有无商品房", description="名下有无商品房"
    )
    business: YesNo | None = column(
        "工商登记", "是否有工商登记", "有无工商登记", description="名下有无工商登记"
    )
