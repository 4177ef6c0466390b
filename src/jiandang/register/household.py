"""Table 2 农户: one row a household."""

from typing import Annotated, ClassVar

from jiandang.register.code_cells import YesNo, yes_no
from jiandang.register.code_types import (
    Cause,
    DangerGrade,
    Fuel,
    HouseholdType,
    ListLevel,
    OtherCauses,
    RoadType,
    Standard,
    Status,
)
from jiandang.register.date_cells import PartialDateCell
from jiandang.register.member import Member
from jiandang.register.number_cells import (
    Area,
    Distance,
    FloorArea,
    Money,
    MoneyPerHead,
    Persons,
    Year,
)
from jiandang.register.place import HouseholdPlace
from jiandang.register.process import Procedure, Survey
from jiandang.register.table import column
from jiandang.register.text_cells import Account, PersonName, Phone, ResidentId, Text
from jiandang.register.village import Village


class Household(HouseholdPlace):
    """A registered household (农户): who heads it, what it has, what it lives on."""

    table_name: ClassVar[str] = "household"
    title: ClassVar[str] = "农户"

    @property
    def members(self) -> tuple[Member, ...]:
        """The members with this household's number, in the order of the register."""
        return self._origin.members if self._origin is not None else ()

    @property
    def procedure(self) -> Procedure | None:
        """The steps of this household (识别程序), or those of its village."""
        return self._origin.procedure if self._origin is not None else None

    @property
    def survey(self) -> Survey | None:
        """The visit to this household (入户调查)."""
        return self._origin.survey if self._origin is not None else None

    @property
    def village_facts(self) -> Village | None:
        """What its village is like (村情); `village` is the name alone."""
        return self._origin.village_facts if self._origin is not None else None

    head_name: PersonName | None = column(
        "户主姓名", "户主", "农户姓名", "户主名", "户主名称", "户主名字", "姓名", "贫困户户主",
        "贫困户户主姓名", "农户户主", "低收入户户主", "低收入农户户主", "贫困户姓名",
        # Of a list of helpers, by whom they help.
        "结对户", "结对户姓名", "结对户户主", "结对贫困户", "结对贫困户姓名", "被帮扶户",
        "被帮扶户姓名", "被帮扶户户主", "帮扶户姓名", "帮扶户户主", "农户户主姓名", "家庭户主",
        required=True, description="户主的姓名",
    )  # fmt: skip
    head_id: ResidentId | None = column(
        "户主证件号码",
        "户主身份证号码",
        "户主身份证号",
        "户主证件号",
        "户主身份证",
        "户主公民身份号码",
        "户主身份号码",
        "户主身份号",
        # Beside 户主姓名 a number is the head's; in a list of members these are their own.
        "证件号码",
        "身份证号",
        "身份证号码",
        "身份证",
        "公民身份号码",
        "公民身份证号",
        "公民身份证号码",
        "居民身份证号码",
        "居民身份证号",
        "身份证件号码",
        "证件号",
        description="户主的公民身份号码",
    )
    size: Persons | None = column(
        "家庭人口", "人口", "全家人口", "全家人口数", "人数", "家庭人数", "家庭人口数", "人口数",
        "家庭总人口", "家庭成员数", "总人口", "总人口数", "家庭总人数", "人口总数",
        "家庭人口总数", "家庭成员人数", "成员人数", required=True, unit="人",
        description="家庭人口数",
    )  # fmt: skip
    labour_count: Persons | None = column(
        "劳动力人数", "劳动力", "劳动力数", "劳力", "劳力数", "劳力人数", "家庭劳动力",
        "劳动力人口", "劳动力人口数", "劳动力数量",
        "有劳动力人数", unit="人", description="劳动力人数",
    )  # fmt: skip
    phone: Phone | None = column(
        "联系电话", "电话号码", "电话/手机", "联系电话/手机", "手机/电话", "电话", "联系方式",
        "户联系电话", "手机号码", "手机号", "手机",
        "户主电话", "户主联系电话", "联系号码", "户主手机", "户主手机号", "户主手机号码",
        "户主联系方式", "移动电话", "联系手机",
        description="本户的电话",
    )  # fmt: skip
    household_type: HouseholdType | None = column(
        "农户属性", "贫困户属性", "农户类别", "贫困户类别", "户类别", "户类型", "贫困户类型",
        "农户类型", "户属性", "户别", "属性", "贫困户性质", "农户性质", "户性质", "贫困属性",
        "贫困类别", "贫困户分类",
        "贫困类型",
        required=True, description="农户属性",
    )  # fmt: skip
    standard: Standard | None = column("识别标准", description="识别标准")
    cause: Cause | None = column(
        "主要致贫原因", "致贫原因", "致困原因", "主要致困原因", "致贫原因1", "致贫主要原因",
        "主要贫困原因", "致贫主因",
        "首要致贫原因", "致贫原因主要原因",
        "致贫原因主要", "致贫原因主因", "致贫原因主", "主要原因", "致贫的主要原因", "主要致贫因素",
        "致贫因素", "贫困主要原因",
        provincial="贫困原因", required=True, description="主要致贫原因，只填一个",
    )  # fmt: skip
    other_causes: OtherCauses | None = column(
        "其他致贫原因", "其它致贫原因", "次要原因", "次要致贫原因", "致贫原因2",
        "致贫原因其他原因", "致贫原因次要原因",
        "致贫原因其他", "致贫原因其它", "致贫原因次要", "致贫原因次因", "致贫原因次",
        description="最多两个",
    )  # fmt: skip
    status: Status | None = column("脱贫属性", "脱贫状态", "脱贫状况", description="脱贫属性")
    identified: PartialDateCell | None = column(
        "识别时间", "识别年度", "识别日期", "建档时间", "建档立卡时间", "认定时间", "识别年份",
        "认定年度", "认定日期", "建档日期", "建档年度",
        description="识别为低收入户的时间",
    )  # fmt: skip
    exited: PartialDateCell | None = column(
        "脱贫时间", "脱贫年度", "脱贫日期", "脱贫年份", description="脱贫的时间"
    )
    list_level: ListLevel | None = column("名单级别", description="初选、乡镇或县级名单")

    arable: Area | None = column(
        "耕地面积(亩)", "承包耕地面积", "耕地面积", "承包地面积", "承包耕地", "耕地",
        "耕地亩数", "承包地亩数", "承包耕地亩数", "现有耕地面积", "家庭耕地面积",
        "家庭承包耕地面积", "实有耕地面积",
        unit="亩", description="耕地面积",
    )  # fmt: skip
    irrigated: Area | None = column("有效灌溉面积(亩)", unit="亩", description="有效灌溉面积")
    transferred: Area | None = column(
        "流转面积(亩)", "土地流转面积", "流转土地面积", unit="亩", description="流转出去的耕地面积"
    )
    forest: Area | None = column("林地面积(亩)", "林地", unit="亩", description="林地面积")
    returned: Area | None = column("退耕还林面积(亩)", unit="亩", description="退耕还林面积")
    fruit: Area | None = column("林果面积(亩)", unit="亩", description="林果面积")
    pasture: Area | None = column("牧草地面积(亩)", unit="亩", description="牧草地面积")
    water_area: Area | None = column("水面面积(亩)", "水面", unit="亩", description="水面面积")

    road_distance: Distance | None = column(
        "与村主干路距离(公里)", "距村主干路距离", "与村主干道距离", "距村主干道距离",
        "距主干道距离", "距主干路距离", "距村主干路", "到村主干路距离", "离主干道距离", "距主干路",
        unit="公里", description="与村主干路的距离",
    )  # fmt: skip
    road_type: RoadType | None = column(
        "入户路类型", "入户路", "入户道路类型", description="入户路类型"
    )
    production_power: YesNo | None = column(
        "是否通生产用电", "通生产用电", description="是否通生产用电"
    )
    tv: YesNo | None = column("是否通广播电视", description="是否通广播电视")
    fuel: Fuel | None = column(
        "主要燃料类型", "主要燃料", "燃料类型", "燃料", "主要燃料种类", description="主要燃料类型"
    )
    cooperative: YesNo | None = column(
        "是否加入合作社",
        "是否加入农民专业合作组织",
        "是否加入农民专业合作社",
        "是否加入专业合作社",
        "是否参加合作社",
        description="是否加入合作社",
    )
    house_area: FloorArea | None = column(
        "住房面积(㎡)", "住房面积(m2)", "住房面积(平方米)", "住房面积", "房屋面积",
        "住房建筑面积", "现住房面积", "现有住房面积", "家庭住房面积", "房屋建筑面积",
        unit="㎡", description="住房面积；没有住房的填0",
    )  # fmt: skip
    dangerous: Annotated[bool, yes_no("危房", "安全 安全住房")] | None = column(
        "是否危房",
        "危房户",
        "是否危房户",
        "住房是否危房",
        "是否为危房",
        "是否属于危房",
        description="是否危房",
    )
    danger_grade: DangerGrade | None = column(
        "危房等级", "危房级别", "危房鉴定等级", description="C级或D级"
    )
    water_short: Annotated[bool, yes_no("困难 饮水困难 缺水")] | None = column(
        "饮水是否困难", "是否饮水困难", "饮水困难", description="饮水是否困难"
    )
    water_safe: Annotated[bool, yes_no("安全 达标 合格")] | None = column(
        "饮水是否安全", "是否饮水安全", "是否安全饮水", "是否解决安全饮用水", "饮水安全",
        "有无安全饮水",
        "是否有安全饮用水",
        description="饮水是否安全",
    )  # fmt: skip
    electricity: YesNo | None = column("是否通生活用电", "通生活用电", description="是否通生活用电")
    toilet: YesNo | None = column(
        "有无卫生厕所", "是否有卫生厕所", "卫生厕所", description="有无卫生厕所"
    )

    bank: Text | None = column(
        "开户银行", "开户行", "开户银行名称", "开户行名称", description="开户银行"
    )
    account: Account | None = column(
        "银行账号", "银行卡号", "一卡通账号", "银行帐号", "账号", "卡号", "一卡通号",
        "一卡通卡号", "银行账户", "银行卡账号", "惠农一卡通账号", "存折账号",
        description="发放补贴的银行账号",
    )  # fmt: skip

    income_year: Year | None = column(
        "收入年度", "年份", "年度", "收入年份", unit="年", description="收入属于哪一年"
    )
    wage: Money | None = column(
        "工资性收入(元)", "工资收入", "工资性",
        unit="元", description="工资性收入（四分式 S-N）",
    )  # fmt: skip
    business_income: Money | None = column(
        "生产经营性收入(元)", "经营性收入", "生产经营收入", "家庭经营性收入", "家庭经营收入",
        "生产经营性", "经营性",
        unit="元", description="生产经营性收入（四分式 S-N）",
    )  # fmt: skip
    property_income: Money | None = column(
        "财产性收入(元)", "财产收入", "财产性", unit="元", description="财产性收入（四分式 S-N）"
    )
    transfer: Money | None = column(
        "转移性收入(元)", "转移收入", "转移性",
        unit="元", description="转移性收入，下面六项的合计（四分式 S-N）",
    )  # fmt: skip
    dibao_money: Money | None = column("低保金(元)", unit="元", description="其中：低保金")
    wubao_money: Money | None = column(
        "五保金(元)", "特困供养金", unit="元", description="其中：五保金"
    )
    pension: Money | None = column(
        "养老保险金(元)", "养老金", unit="元", description="其中：养老保险金"
    )
    ecology: Money | None = column("生态补偿金(元)", unit="元", description="其中：生态补偿金")
    family_planning: Money | None = column(
        "计划生育金(元)", unit="元", description="其中：计划生育金"
    )
    other_transfer: Money | None = column(
        "其他转移性收入(元)", "其它转移性收入", unit="元", description="其中：其他转移性收入"
    )
    cost: Money | None = column(
        "生产经营性支出(元)",
        "生产经营支出",
        "经营性支出",
        "经营支出",
        unit="元",
        description="生产经营性支出",
    )
    net_income: Money | None = column(
        "家庭纯收入(元)", "全年纯收入", "全年家庭纯收入", "家庭年纯收入", "年纯收入",
        "家庭全年纯收入", unit="元",
        description="四项收入之和减生产经营性支出",
    )  # fmt: skip
    per_capita: MoneyPerHead | None = column(
        "人均纯收入(元)", "家庭人均收入", "家庭人均纯收入", "年人均纯收入", "人均收入",
        "年人均收入", "家庭年人均纯收入", "家庭年人均收入", "人均年收入", "人均年纯收入",
        "户人均纯收入", "户人均收入", "农民人均纯收入",
        required=True, unit="元", description="家庭纯收入（六分式为总收入）除以家庭人口",
    )  # fmt: skip
    total: Money | None = column(
        "家庭总收入(元)", "家庭总收入", "家庭年总收入", "年总收入", "全年总收入",
        unit="元", description="六项收入之和（六分式 S-P）",
    )  # fmt: skip
    planting: Money | None = column(
        "种植业(元)",
        "种植业纯收入",
        "种植业收入",
        "种植收入",
        unit="元",
        description="种植业收入（S-P）",
    )
    breeding: Money | None = column(
        "养殖业(元)",
        "养殖业纯收入",
        "养殖业收入",
        "养殖收入",
        unit="元",
        description="养殖业收入（S-P）",
    )
    labour_income: Money | None = column(
        "务工(元)", "务工收入", "务工性收入", "打工收入", unit="元", description="务工收入（S-P）"
    )
    benefits: Money | None = column(
        "低保五保养老收入(元)", "领取低保、五保、养老收入", "低保、五保、养老收入",
        "领取低保五保养老收入", unit="元",
        description="领取的低保、五保、养老收入（S-P）",
    )  # fmt: skip
    subsidies: Money | None = column("补贴性收入(元)", unit="元", description="补贴性收入（S-P）")
    other_income: Money | None = column(
        "其他收入(元)", "其它收入", unit="元", description="其他收入（S-P）"
    )

    helper: PersonName | None = column(
        "帮扶责任人", "帮扶人姓名", "帮扶责任人姓名", "帮扶人", "挂钩帮扶人", "挂钩帮扶人姓名",
        "挂钩帮扶责任人", "帮扶干部", "帮扶干部姓名", "帮扶联系人", "结对帮扶人",
        "结对帮扶责任人", "结对帮扶干部", "结对帮扶干部姓名", "结对干部", "包保责任人",
        "包保责任人姓名", "包保人", "包保干部", "帮扶人名称", "结对帮扶人姓名", "帮扶负责人",
        description="帮扶责任人",
    )  # fmt: skip
    helper_unit: Text | None = column(
        "帮扶单位", "帮扶单位名称", "帮扶责任单位", "挂钩帮扶单位", "结对帮扶单位", "帮扶人单位",
        "帮扶责任人单位", "帮扶责任人单位名称", "帮扶人工作单位", "帮扶责任人工作单位",
        "帮扶干部单位", "帮扶干部工作单位",
        description="帮扶单位",
    )  # fmt: skip
    helper_post: Text | None = column(
        "帮扶人职务", "帮扶责任人职务", "帮扶干部职务", description="帮扶人职务"
    )
    helper_phone: Phone | None = column(
        "帮扶人电话", "帮扶人电话号码", "帮扶责任人电话", "帮扶人联系电话", "帮扶责任人联系电话",
        "挂钩帮扶人电话", "挂钩帮扶人联系电话", "帮扶干部电话", "帮扶干部联系电话",
        "帮扶电话", "帮扶人手机号码", "帮扶人手机", "帮扶人手机号", "帮扶责任人手机",
        "帮扶责任人手机号", "帮扶责任人电话号码", "帮扶人联系方式",
        "帮扶责任人联系方式", "帮扶干部联系方式",
        description="帮扶人电话",
    )  # fmt: skip
    helper_since: PartialDateCell | None = column(
        "帮扶开始时间",
        "帮扶时间",
        "帮扶起始时间",
        "帮扶开始日期",
        "帮扶责任人开始时间",
        description="帮扶开始的时间",
    )
