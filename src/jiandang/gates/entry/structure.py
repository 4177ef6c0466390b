"""LR0 表格结构: what intake observes about sheets, columns and single cells."""

from jiandang.gates.rule import observed
from jiandang.report import Severity

observed(
    "LR001",
    "缺少必需的列",
    Severity.ERROR,
    message="缺少必需的列“{column}”",
    basis="S-P 导入模板的必填列",
    doc="""已认出的登记表里，有一个必填的列在任何工作表中都没有。

    改法：在表头补上这一列并填写；如果这一列用了别的名称，请改成“{column}”，或用 --map 指定。
    错例：成员表没有“证件号码”这一列
    对例：成员表有“证件号码”（或“身份证号”）这一列
    """,
)
observed(
    "LR002",
    "列重复",
    Severity.ERROR,
    message="“{heading}”和“{other}”都是“{known}”这一列，只读了前一个",
    basis="本工具的判断",
    doc="""同一张表的两个列名指的是同一项。

    改法：只留一列；如果后一列是别的内容，请改列名。
    错例：同一表头里既有“身份证号”又有“证件号码”
    对例：只有一列“证件号码”
    """,
)
observed(
    "LR003",
    "未识别的列",
    Severity.INFO,
    message="列“{heading}”没有认出，未作检查{nearest}",
    basis="本工具的判断",
    doc="""列名不在标准列名和别名里。接近的列名只提示，不擅自采用。

    改法：如果它就是某个标准列，请改列名，或用 --map '列名=标准列名' 指定；否则不用管。
    错例：证件号吗
    对例：证件号码
    """,
)
observed(
    "LR004",
    "必填项为空",
    Severity.ERROR,
    message="“{column}”没有填",
    basis="S-P 导入模板的必填项",
    doc="""必填的格子是空的。一行里姓名、户编号、证件号码全空的，整行不能检查，也在这里报告。

    改法：按户口本、身份证或调查表补填。
    错例：性别：（空）
    对例：性别：女
    """,
)
observed(
    "LR005",
    "数据类型错误",
    Severity.ERROR,
    message="“{column}”填的是“{value}”，应为{expected}",
    basis="S-P 导入程序的类型检查",
    doc="""应当是数字、整数、日期或是/否的格子，填了读不成的内容。

    改法：按应有的格式重填。
    错例：调查日期：三月初
    对例：调查日期：2016-3-5
    """,
)
observed(
    "LR006",
    "不在代码表内",
    Severity.ERROR,
    message="“{column}”填的是“{value}”，应为{expected}{nearest}",
    basis="S-P、S-N 代码表",
    doc="""有代码表的格子，填了代码表以外的值。

    改法：改成代码表里的值。
    错例：健康状况：还行
    对例：健康状况：健康
    """,
)
observed(
    "LR102",
    "证件号码被存成数字，末位丢失",
    Severity.ERROR,
    message="证件号码被存成了数字，只剩前15位 {known}，末位已经丢失",
    basis="Excel 只保留15位有效数字",
    doc="""证件号码的格子是数字，或是科学计数法的文字。Excel 只保留15位，后三位变成0。

    改法：先把这一列设为文本格式，再按身份证重新录入18位号码；丢失的位数无法恢复。
    错例：3.20324E+17（数字）
    对例：320324198001010014（文本）
    """,
)
observed(
    "LR213",
    "同户信息不一致",
    Severity.ERROR,
    message="同一户的“{column}”不一致：本行是“{value}”，户主行是“{other}”",
    basis="本工具的判断",
    reads="household_id",
    doc="""农户的一项内容写在成员表里，同一户的几行写得不一样。空着不算。

    改法：核对后把全户改成一致，或只在户主行填写。
    错例：同一户，户主行人均纯收入 3500，儿子行 5300
    对例：同一户各行都是 3500，或只有户主行填
    """,
)
observed(
    "LR315",
    "主要致贫原因不唯一",
    Severity.ERROR,
    message="主要致贫原因填了几个：“{value}”，只能填一个",
    basis="S-N 登记表指标说明 A3a",
    doc="""主要致贫原因一格里有两个以上的原因。

    改法：主要致贫原因留一个，其余写到“其他致贫原因”（最多两个）。
    错例：因病、缺资金
    对例：因病
    """,
)
