"""Lists of what people have: 车辆, 不动产, 工商, 账户."""

from typing import ClassVar

from jiandang.register.date_cells import PartialDateCell
from jiandang.register.lists.listed import Listed, called, dated, each, named, numbered
from jiandang.register.number_cells import Money
from jiandang.register.table import column
from jiandang.register.text_cells import Account, PersonName, ResidentId, Text


class VehicleList(Listed):
    """机动车登记名单."""

    table_name: ClassVar[str] = "vehicle_list"
    title: ClassVar[str] = "车辆"
    department: ClassVar[str] = "公安交管"
    spoken: ClassVar[tuple[str, ...]] = ("车辆", "机动车", "车管")
    tells_no_kind: ClassVar[tuple[str, ...]] = ("note", "gone", "登记时间")

    name: PersonName | None = named(
        *called("机动车所有人 所有人 车主"), "车辆所有人", "机动车车主", "SYR"
    )
    id_number: ResidentId | None = numbered(
        "身份证明号码", of=("车主", "所有人", "机动车所有人", "所有权人")
    )
    plate_kind: Text | None = column("号牌种类", "号牌类型", "HPZL", description="号牌种类")
    plate: Text | None = column(
        "号牌号码", "车牌号", "车牌", "车牌号码", "车号", "HPHM", description="车牌"
    )
    kind: Text | None = column(
        "车辆类型", "车型", "车辆种类", "机动车类型", "机动车种类", "车辆类别", "CLLX",
        description="车辆类型",
    )  # fmt: skip
    brand: Text | None = column(
        "中文品牌", "品牌", "车辆品牌", "品牌型号", "车辆品牌型号", "厂牌型号", "机动车品牌",
        "CLPP1", "CLPP", "ZWPP",
        description="品牌",
    )  # fmt: skip
    use: Text | None = column(
        "使用性质", "机动车使用性质", "车辆使用性质", "使用类型", "SYXZ",
        description="非营运、货运等",
    )  # fmt: skip
    registered: PartialDateCell | None = column(
        *dated("初次登记 注册登记 登记 注册 上牌 购车 购买"), "CCDJRQ", "初登日期", "初始登记日期",
        "初次注册日期", "DJRQ", description="初次登记日期",
    )  # fmt: skip
    state: Text | None = column(
        "机动车状态", "车辆状态", "状态", "ZT", description="正常、注销、达到报废标准等"
    )
    scrap: PartialDateCell | None = column(
        "强制报废期止", "强制报废日期", "QZBFQZ", description="强制报废期止"
    )
    gone: PartialDateCell | None = column(
        *dated("注销 报废 过户"), "转移日期", "转出日期", "ZXRQ", description="何时注销、报废、过户"
    )
    value: Money | None = column(
        "车辆价值", "购置价", "车价", "购车价格", "车辆价格", "购置价格", "发票金额", "车辆估值",
        unit="元", description="购车的价格",
    )  # fmt: skip


class PropertyList(Listed):
    """不动产（房产）登记名单."""

    table_name: ClassVar[str] = "property_list"
    title: ClassVar[str] = "不动产"
    department: ClassVar[str] = "国土房管"
    spoken: ClassVar[tuple[str, ...]] = ("不动产", "房产", "商品房", "房管", "购房")
    has_joint_owners: ClassVar[bool] = True
    tells_no_kind: ClassVar[tuple[str, ...]] = ("note", "current", "gone", "发证时间")
    no_says: ClassVar[dict[str, str]] = {"current": "历史"}

    name: PersonName | None = named(
        "产权所有人", *called("产权人 权利人 所有权人 购房人"), "权利人名称", "不动产权利人",
        "房屋权利人", "房屋产权人", "房产所有人", "房屋所有权人", "共有人", "买受人",
    )  # fmt: skip
    id_number: ResidentId | None = numbered(
        "身份证号码",
        of=("产权人", "产权所有人", "权利人", "所有权人", "购房人", "买受人", "共有人"),
    )
    location: Text | None = column(
        "坐落", "房屋坐落", "房屋座落", "座落", "不动产坐落", "不动产座落", "房屋地址", "房产地址",
        "房产坐落", "房产座落",
        description="房屋在何处",
    )  # fmt: skip
    area: Text | None = column(
        "建筑面积", "房屋面积", "房屋建筑面积", "建筑面积(平方米)", description="建筑面积"
    )
    certificate: Text | None = column(
        *each("产权证 不动产权证 不动产证 房产证 房屋所有权证 合同 合同备案 权证", "号"),
        *each("不动产权证书 产权证书", "号"), "合同编号", "不动产权证号码", description="产权证号",
    )  # fmt: skip
    use: Text | None = column(
        "用途", *each("房屋 规划 设计 房屋规划 不动产 房屋设计", "用途"), "房屋性质", "房屋类型",
        description="住宅、商业等",
    )  # fmt: skip
    got: Text | None = column("取得方式", "登记类型", "取得原因", description="买卖、继承等")
    state: Text | None = column(
        "权属状态", "产权状态", "登记状态", "房屋状态", "权利状态", "备案状态", "合同状态", "状态",
        description="现势、历史、注销等",
    )  # fmt: skip
    registered: PartialDateCell | None = column(
        "登记日", *dated("登记 发证 购房 合同签订 网签 登簿 合同备案 备案 签约 交易 购买 取得"),
        description="登记或购房的日期",
    )  # fmt: skip
    current: Text | None = column("是否现势", "是否有效", description="现在是否还是他的")
    gone: PartialDateCell | None = column(*dated("注销 转移"), description="何时注销、转移")


class BusinessList(Listed):
    """工商登记名单."""

    table_name: ClassVar[str] = "business_list"
    title: ClassVar[str] = "工商"
    department: ClassVar[str] = "市场监管"
    spoken: ClassVar[tuple[str, ...]] = ("工商", "市场主体", "个体", "企业", "市场监管")
    has_joint_owners: ClassVar[bool] = True
    tells_no_kind: ClassVar[tuple[str, ...]] = ("note", "gone", "登记时间", "注册登记日期")

    name: PersonName | None = named(
        *called("经营者 法定代表人 法人 负责人 股东 投资人 合伙人"), "法人代表", "经营者名称",
        "法定代表人名称", "股东名称", "理事长",
    )  # fmt: skip
    id_number: ResidentId | None = numbered(
        "身份证号码",
        of=("法人", "法人代表", "法定代表人", "经营者", "负责人", "股东", "投资人"),
    )
    firm: Text | None = column(
        "名称", "企业名称", "字号名称", "市场主体名称", "单位名称", "商户名称", "个体户名称",
        "个体工商户名称", "主体名称", "公司名称", "字号", "合作社名称",
        description="名称",
    )  # fmt: skip
    role: Text | None = column(
        "职务", "身份", "人员类型", "角色", "身份类型", "任职类型", "担任职务",
        description="经营者、法定代表人、股东等",
    )  # fmt: skip
    founded: PartialDateCell | None = column(
        *dated("成立 注册 登记 核准 开业"), "发照日期", "设立日期", "注册登记日期",
        description="成立的日期",
    )  # fmt: skip
    state: Text | None = column(
        "登记状态", "经营状态", "企业状态", "市场主体状态", "主体状态", "营业状态",
        "经营情况", "状态",
        description="存续、注销等",
    )  # fmt: skip
    capital: Text | None = column(
        "资本", "注册资本", "注册资金", "注册资本(万元)", "注册资金(万元)", "出资额", "认缴出资额",
        "出资金额", "资金数额", description="注册资本",
    )  # fmt: skip
    gone: PartialDateCell | None = column(*dated("注销 吊销"), description="何时注销、吊销")


class AccountList(Listed):
    """账户名单."""

    table_name: ClassVar[str] = "account_list"
    title: ClassVar[str] = "账户"
    department: ClassVar[str] = "银行财政"
    spoken: ClassVar[tuple[str, ...]] = ("账户", "银行", "一卡通")
    headings_speak: ClassVar[bool] = False  # whoever pays out has 银行账号 and 开户银行

    name: PersonName | None = named(
        "户名", "账户名", "账户名称", "开户名", "客户名称", "客户姓名",
        *called("开户人 持卡人 存款人"),
    )  # fmt: skip
    id_number: ResidentId | None = numbered("身份证号码", of=("开户人", "户主", "持卡人"))
    account: Account | None = column(
        "账号", "银行账号", "卡号", "银行卡号", "一卡通账号", "存折号", "账户账号", "一卡通号",
        "一卡通卡号", "一折通账号", "一折通号", "存折账号", "惠农账号", "惠农卡号", "社保卡号",
        "社保卡账号", "银行账户",
        description="银行账号",
    )  # fmt: skip
