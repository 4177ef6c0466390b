"""LR0 表格结构: what intake observes about sheets, columns and single cells."""

from jiandang.engine.rule import observed
from jiandang.register.notice import FAULTS, Notice
from jiandang.report.model import Severity

observed(
    "LR002",
    Notice.REPEATED_COLUMN,
    "列重复",
    Severity.ERROR,
    message="“{heading}”和“{other}”都是“{known}”这一列，只读了前一个",
    basis="逻辑：一个格子的内容不能有两个出处",
    doc="""同一张表的两个列名指的是同一项。

    改法：只留一列；如果后一列是别的内容，请改列名。
    错例：同一表头里既有“身份证号”又有“证件号码”
    对例：只有一列“证件号码”
    """,
)
observed(
    "LR005",
    Notice.WRONG_TYPE,
    "数据类型错误",
    Severity.ERROR,
    message=FAULTS[Notice.WRONG_TYPE],
    basis="S-P 导入程序的类型检查",
    doc="""应当是数字、整数、日期或是/否的格子，填了读不成的内容。

    改法：按应有的格式重填。
    错例：调查日期：三月初
    对例：调查日期：2016-3-5
    """,
)
observed(
    "LR006",
    Notice.UNKNOWN_CODE,
    "不在代码表内",
    Severity.ERROR,
    message=FAULTS[Notice.UNKNOWN_CODE],
    basis="S-P、S-N 代码表",
    doc="""有代码表的格子，填了代码表以外的值。

    改法：改成代码表里的值。
    错例：健康状况：还行
    对例：健康状况：健康
    """,
)
observed(
    "LR007",
    Notice.ROW_BETWEEN,
    "数据区内有空行或合计行",
    Severity.WARNING,
    message="{rows}是夹在数据中间的{what}",
    basis="本工具的判断",
    doc="""数据行中间夹着空行、合计行或小计行。这些行不作为数据检查。

    改法：删去空行；合计、小计放到表的最后，或另放一张表。
    错例：第8行是“小计”，第9行又是农户
    对例：合计行在最后一户之后
    """,
)
observed(
    "LR008",
    Notice.HIDDEN,
    "隐藏的行、列或工作表里有数据",
    Severity.WARNING,
    message="{what}是隐藏的，里面有数据（已一并检查）",
    basis="本工具的判断",
    doc="""隐藏或筛选掉的行、隐藏的列和工作表里有数据。打印时看不到，上报时却在里面。

    改法：取消隐藏和筛选，核对后保留或删去。
    错例：第5至9行被筛选掉了，仍在文件里
    对例：没有隐藏的行、列和工作表
    """,
)
observed(
    "LR009",
    Notice.FORMULA_ERROR,
    "公式错误",
    Severity.ERROR,
    message=FAULTS[Notice.FORMULA_ERROR],
    basis="逻辑：#REF!、#N/A 等是计算的错误，不是数据",
    doc="""格子里是公式，结果是 #N/A、#REF!、#VALUE! 之类的错误，或者没有算出结果。

    改法：改正公式，或直接填写数值。
    错例：人均纯收入：#DIV/0!
    对例：人均纯收入：3500
    """,
)
observed(
    "LR010",
    Notice.IRREGULAR_TEXT,
    "文字不规范",
    Severity.WARNING,
    message="“{column}”填的是“{value}”，有多余的空格、全角字符或看不见的字符，应为“{known}”",
    basis="S-P 导入模板的要求",
    doc="""首尾有空格、单引号或看不见的字符，姓名和号码中间有空格，数字字母是全角的。检查时已按改正后的内容读取。
    一列里超过3格的合成一条。

    改法：去掉空格和看不见的字符，全角改半角；可以成批替换。
    错例：张 三；３２０３２４…
    对例：张三；320324…
    """,
)
observed(
    "LR011",
    Notice.STORED_AS_TEXT,
    "数字存成文本 / 日期存成文本",
    Severity.WARNING,
    message="“{column}”填的“{value}”是文本，不是{known}",
    basis="本工具的判断",
    doc="""应当是数字或日期的格子存成了文本，或带着单位。内容读得出来，但在 Excel 里不能求和、排序。
    出生日期、识别时间这样的列，只到年或月的可以是文本。
    一列里超过3格的合成一条；整列都是文本的，见 LR019。

    改法：改成数字或日期格式，单位写在表头里；可以成批转换（数据—分列），
    写法没有疑问的也可以用 jiandang fix 改。
    错例：3500元（文本）；2016.3.5（文本）
    对例：3500（数字）；2016-3-5（日期）
    """,
)
observed(
    "LR012",
    Notice.BAD_MERGE,
    "合并单元格造成数据缺失",
    Severity.ERROR,
    message="合并单元格盖住了{covers}，除第一格外都没有内容",
    basis="Excel 只保留合并单元格左上角一格的值",
    doc="""合并的格子跨了几列、几户，或盖住了几名成员各自的格子，被盖住的内容已经丢失。全户共用的列（如户编号、家庭人口）在本户几行上合并是可以的。

    改法：取消合并，每一格分别填写。
    错例：两名成员的“姓名”合并成一格
    对例：一户三行的“户编号”合并成一格
    """,
)
observed(
    "LR013",
    Notice.SHIFTED,
    "疑似列错位",
    Severity.ERROR,
    message="{rows}疑似整行错位：{moved}；错位的格子未作其他检查",
    basis="S-P 导入模板：各列的数据类型和代码表",
    doc="""相邻三行以上，有两个以上相邻的格子不像自己这一列的内容，却正好是旁边一列的内容；
    或者一行里有五个以上这样的格子，都偏向同一边（如文本表格的一行里多了一个逗号）。

    改法：在 Excel 里把这几行的格子移回原来的列，再检查一遍。
    错例：“性别”下面是姓名，“证件号码”下面是男、女
    对例：各列内容与列名一致
    """,
)
observed(
    "LR016",
    Notice.NO_VALUE,
    "填的是“没有”，按空着读取",
    Severity.INFO,
    message="“{column}”填的“{value}”按没有填读取",
    basis="本工具的判断",
    doc="""数字、日期或有代码表的格子填了 无、/、——、暂无、不详 之类的字，读作空着。每列只提示一次；
    必填的格子另见 LR004，收入分项另见 LR014。代码表里有这个值的（如危房等级 无），按这个值读取。

    改法：没有内容的留空，数字是零的填0。
    错例：务工时间：/
    对例：务工时间：（空）
    """,
)
observed(
    "LR017",
    Notice.LENIENT,
    "不是规定的写法，按唯一的意思读取",
    Severity.INFO,
    message="“{column}”填的“{value}”读作“{known}”",
    basis="本工具的判断",
    doc="""不是规定的写法，但只有一种意思：换一种单位的数（500米），口头的称呼（闺女），打勾（☑），
    别样的日期和电话（2016。2。21、137-1858-0921）。每列只提示一次，以第一格为例。
    表头上面写着“单位：万元”的，按它读取自己的列名没有写单位的列，同样的几列合提一次；和填的数明显不合的
    不换算，也在这里说明。

    改法：核对读得对不对；改成规定的写法，其他系统才读得出来。
    错例：与村主干路距离(公里)：500米
    对例：与村主干路距离(公里)：0.5
    """,
)
observed(
    "LR018",
    Notice.SWAPPED,
    "姓名与号码填反",
    Severity.ERROR,
    message="{rows}的“{names}”和“{numbers}”填反了，填反的格子未作其他检查",
    basis="逻辑：姓名不是号码，号码不是姓名",
    doc="""一行里“姓名”填的是号码，号码的格子里填的是姓名，两格正好互换。
    相邻的列连着三行以上的，见 LR013。

    改法：把两格的内容对调，再检查一遍。
    错例：姓名 320324198001010015，证件号码 张三
    对例：姓名 张三，证件号码 320324198001010015
    """,
)
observed(
    "LR019",
    Notice.TEXT_COLUMN,
    "整列的数字或日期都是文本",
    Severity.INFO,
    message="“{column}”整列都是文本，不是{known}，如“{value}”",
    basis="本工具的判断",
    doc="""一列里的数字或日期全部是文本，多半是从系统里这样导出的。内容读得出来，
    但在 Excel 里不能求和、排序。

    改法：可以成批转换（数据—分列），也可以不改。
    错例：从系统导出的“人均纯收入”整列是文本
    对例：整列是数字
    """,
)
observed(
    "LR020",
    Notice.CARRIED_DOWN,
    "户编号按上一行读取",
    Severity.INFO,
    message="“{column}”只填在{first}第一行，有 {count} 行按上面的一行读取",
    basis="本工具的判断",
    doc="""户编号（和村、组）只填在每户的第一行，下面几名成员的空着，也没有合并单元格。这些行按上面的户读取，
    一张表只提示一次。村、组、乡镇只填在一段的第一行、下面大多空着的，也按上面的读取。填有自己的户主和村名、人口的行是另一户，空着的户编号照样报错。

    改法：上报前把户编号填到每一行；或者把同一户的几格合并。
    错例：户主行 320324105201002，配偶、儿子的户编号空着
    对例：全家每一行都是 320324105201002
    """,
)
observed(
    "LR021",
    Notice.DITTO,
    "写“同上”的格子",
    Severity.INFO,
    message="“{column}”有 {count} 格写的是“同上”一类的字，按上一行的内容读取",
    basis="本工具的判断",
    doc="""格子里写的是“同上”“〃”，或地名下面是“..”一类的符号。按上一行的内容读取，一列只提示一次；姓名和证件号码不能这样写。

    改法：上报前改成实际的内容。
    错例：民族：同上
    对例：民族：汉族
    """,
)
observed(
    "LR022",
    Notice.PREFILLED,
    "预先填好的空行",
    Severity.INFO,
    message="{rows}没有填人，只有地名、公式、相同的内容或没有认出的列里的内容，没有检查",
    basis="本工具的判断",
    doc="""表的下面有预先填好序号、地名、公式的行，还没有填人。不作为数据检查，连在一起的只提示一次。

    改法：如果还有人没有录入，请补上；用不着的行删去。
    错例：第23至62行只有“睢宁县 官山镇”
    对例：最后一名成员下面没有别的行
    """,
)
observed(
    "LR023",
    Notice.OTHER_YEAR,
    "收入是别的年度的",
    Severity.WARNING,
    message="“{heading}”是 {year} 年的收入，应为 {own} 年的；本次按它检查",
    basis="S-N 登记表指标说明：上一年度收入",
    doc="""列名里写着年份的收入列，不是政策规定的年度，表里也没有规定年度的那一列。一张表只报一次。

    改法：列名写错的改正；收入确实是别的年度的，要重新调查。
    错例：列名“2014年人均纯收入”
    对例：列名“2015年人均纯收入”
    """,
)
observed(
    "LR102",
    Notice.LOST_DIGITS,
    "证件号码被存成数字，末位丢失",
    Severity.ERROR,
    message=FAULTS[Notice.LOST_DIGITS],
    basis="Excel 只保留15位有效数字",
    needs="member.id_number|household.head_id",
    doc="""证件号码的格子是数字，或是科学计数法的文字。Excel 只保留15位，后三位变成0。

    改法：先把这一列设为文本格式，再按身份证重新录入18位号码；丢失的位数无法恢复。
    错例：3.20324E+17（数字）
    对例：320324198001010015（文本）
    """,
)
