"""LR136: columns of a village that moved, or were exchanged, so that undoing it removes much."""

from jiandang.engine.rule import observed
from jiandang.register.notice import Notice
from jiandang.register.tables import EMBEDDABLE
from jiandang.report.model import Severity

observed(
    "LR136",
    Notice.OUT_OF_PLACE,
    "整列移位或两列填反",
    Severity.ERROR,
    message="从这一行到{last:place}，{count} 行的{what}{how}；"
    "{undo}，这里有 {findings} 处问题就没有了",
    basis="逻辑：移回去（换回来）以后，这些行的矛盾几乎都没有了",
    needs="|".join(f"{table}.household_id" for table in ("member", *EMBEDDABLE)),
    doc="""一个村的问题多半由一列引起，把这一列上下移几行，或者与同一张表的另一列对换，几乎都没有了：
    多半是粘贴时错了行，中间多了、少了一格，或者两列填反了。一段只报一次，写明首尾；
    由这一列看出的问题不再逐行报，程度是这些问题里最重的。

    改法：对照原始表，把这一列整段移回去，或者把两列换回来，再检查一遍；不要逐格改。
    错例：全村的“应到代表”填在“实到代表”一列，“实到代表”填在“应到代表”一列
    对例：个别户的有效灌溉面积大于耕地面积
    """,
)
