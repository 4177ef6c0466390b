"""The messy workbook: the clean data as it really comes from three villages' clerks.

One sheet a village with the household columns merged down over the members' rows (or filled in the
head's row alone), titles, headings of two and three rows, totals and signatures.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generators.layout import COST, INCOME, NET, PER_CAPITA, TRANSFERS, Cell, Row
from generators.livelihood import whole
from generators.township import VILLAGES, Household, Register
from generators.untidy import KINDS, Clerk

_INCOME_GROUP, _PARTS = "家庭年收入情况(元)", "其中"


@dataclass(frozen=True)
class MessyColumn:
    """A column by its canonical heading, with what stands over it in the messy sheet."""

    source: str
    label: str
    group: str = ""
    inner: str = ""
    merged: bool = False  # over the rows of a household


@dataclass(frozen=True)
class SheetStyle:
    name: str
    title: str
    clerk: Clerk
    heading_rows: int = 2
    blank_rows: int = 1  # above the title
    merges: bool = True  # else household columns are filled in the head's row alone
    blank_row_after: int = 0  # the household after which a blank row stands
    total: str = ""  # what the row of totals is called


def _columns(group: str, *pairs: str, merged: bool = False, inner: str = "") -> list[MessyColumn]:
    """From `heading=label` pairs; a heading alone is its own label."""
    split = [pair.partition("=") for pair in pairs]
    return [
        MessyColumn(source, label or source, group, inner, merged) for source, _, label in split
    ]


_MEMBER_COLUMNS = [
    *_columns("", "序号", merged=True),
    *_columns("", "行政村=村 名", "村码=区划代码", "村民小组=组名"),
    *_columns("", "户编号=户 码*", "户主姓名=户主姓名*", "家庭人口=人口*", merged=True),
    *_columns("", "劳动力人数=劳动力", "联系电话=电话号码", "农户属性=贫困户属性*", merged=True),
    *_columns("家庭成员基本情况", "姓名=姓 名*", "性别=性\n别*", "证件号码=身份证号码*"),
    *_columns("家庭成员基本情况", "残疾证号=残疾人证号", "出生日期=出生年月", "年龄=年 龄"),
    *_columns("家庭成员基本情况", "与户主关系=与户主关系*", "民族", "文化程度", "在校生状况"),
    *_columns("家庭成员基本情况", "健康状况=健康\n状况", "劳动能力=劳动技能", "务工状况=务工区域"),
    *_columns("家庭成员基本情况", "务工时间(月)=务工时间\n（月）", "医疗保险=是否参加新农合"),
    *_columns("家庭成员基本情况", "养老保险=是否参加城乡居民基本养老保险"),
    *_columns("家庭成员基本情况", "大病保险=是否参加大病保险", "享受低保=是否享受农村低保"),
    *_columns("家庭成员基本情况", "低保残疾金(元)=领取低保金、残疾金（元）"),
    *_columns("承诺事项", "财政供养", "机动车", "商品房", "工商登记"),
    *_columns("", "识别标准", "主要致贫原因=致贫原因*", "其他致贫原因", "脱贫属性", merged=True),
    *_columns("", "识别时间", merged=True),
    *_columns("生产生活条件", "耕地面积(亩)=承包耕地面积（亩）", merged=True),
    *_columns("生产生活条件", "有效灌溉面积(亩)", "流转面积(亩)", merged=True),
    *_columns("生产生活条件", "住房面积(㎡)=住房面积(m2)", "是否危房=危房户", merged=True),
    *_columns("生产生活条件", "危房等级", "饮水是否困难", "饮水是否安全", merged=True),
    *_columns("生产生活条件", "是否通生活用电", "有无卫生厕所", merged=True),
    *_columns("", "开户银行", "银行账号=一卡通账号", "收入年度=年份", merged=True),
    *_columns(_INCOME_GROUP, *(f"{part}={part[:-3]}" for part in INCOME), merged=True),
    *_columns(
        _INCOME_GROUP, *(f"{part}={part[:-3]}" for part in TRANSFERS), merged=True, inner=_PARTS
    ),
    *_columns(_INCOME_GROUP, f"{COST}={COST[:-3]}", f"{NET}=全年家庭纯收入", merged=True),
    *_columns(_INCOME_GROUP, f"{PER_CAPITA}=家庭人均纯收入*", merged=True),
    *_columns("帮扶情况", "帮扶责任人=帮扶人姓名", "帮扶单位", "帮扶人职务", merged=True),
    *_columns("帮扶情况", "帮扶人电话=帮扶人电话号码", "帮扶开始时间", merged=True),
]
_QUOTA_COLUMNS = [
    *_columns("", "区划代码", "名称=单 位 名 称", "级别"),
    *_columns("任务分解", "计划户数=分解户数", "计划人数=任务人数"),
    *_columns("", "责任人=责 任 人"),
]
_PROCEDURE_COLUMNS = [
    *_columns("", "行政村=村名", "户编号=户码"),
    *_columns("农户申请", "申请日期", "申请人签字"),
    *_columns("村级评议", "评议日期", "应到代表", "实到代表", "同意票", "反对票", "弃权票"),
    *_columns("公示情况", "村公示开始", "村公示结束", "异议情况", "异议处理结果"),
    *_columns("公示情况", "乡镇审核日期", "乡镇公示开始", "乡镇公示结束"),
    *_columns("公示情况", "县级审批日期", "县级公示开始", "县级公示结束"),
    *_columns("", "村干部亲属", "备案情况"),
]
_SURVEY_COLUMNS = [
    *_columns("", "户编号=农户编码"),
    *_columns("入户调查", "调查日期=入户日期", "调查人=调查人", "户主签字", "审核人=审 核 人"),
    *_columns("信息录入", "录入日期", "录入人", "校对人"),
]
_VILLAGE_COLUMNS = _columns(
    "",
    *("村码=区划代码", "行政村=行政村名", "农村户数", "农村人口", "是否经济薄弱村"),
    *("村集体经营性收入(万元)=村集体经营性收入（万元）", "达标年度"),
)


def write_messy(workbook: Workbook, register: Register) -> None:
    ticks = Clerk(yes=("√",), no=("×",), dates=("dash", "dot", "dash"))
    words = Clerk(
        yes=("有", "有", 1), no=("无", "无", 0), dates=("han", "compact"), numeric_codes=True
    )
    letters = Clerk(yes=("Y", "1:是"), no=("N", "N", "0:否"), dates=("real", "real", "slash"))
    all_dates = ("dash", "dot", "han", "compact", "slash", "real", "serial")
    office = Clerk(yes=("是", "√", "是"), no=("否", "×"), dates=all_dates)

    title = "{}2016年低收入农户建档立卡登记表"
    styles = (
        SheetStyle("王庄村", title, ticks, blank_rows=2, total="合计"),
        SheetStyle("Sheet1", title, words, merges=False, blank_row_after=11, total="小计"),
        SheetStyle("Sheet3", title, letters, heading_rows=3, total="合　计"),
    )
    pen = _Pen(workbook)
    quota_style = SheetStyle("Sheet2", "官山镇建档立卡任务分解表", words)
    pen.sheet(quota_style, _QUOTA_COLUMNS, [[row] for row in register.quota])
    for village, style in zip(VILLAGES, styles, strict=True):
        homes = [home for home in register.households if home.village == village.name]
        blocks = [_block(number, home) for number, home in enumerate(homes, 1)]
        style = replace(style, title=title.format(village.name))
        totals: Row = {"家庭人口": sum(len(home.members) for home in homes)}
        pen.sheet(style, _MEMBER_COLUMNS, blocks, totals)
    pen.sheet(
        SheetStyle("评议公示", "官山镇民主评议和公示情况汇总表", office),
        _PROCEDURE_COLUMNS,
        [[home.procedure] for home in register.households],
    )
    pen.sheet(
        SheetStyle("入户", "官山镇入户调查和信息录入登记表", office),
        _SURVEY_COLUMNS,
        [[_with_both_surveyors(home.survey)] for home in register.households],
    )
    pen.sheet(
        SheetStyle("村基本情况", "官山镇各村基本情况表", ticks, heading_rows=1, total="合计"),
        _VILLAGE_COLUMNS,
        [[row] for row in register.villages],
        {
            key: sum(whole(row[key]) for row in register.villages)
            for key in ("农村户数", "农村人口")
        },
    )
    workbook.add_worksheet("Sheet5")


def _block(number: int, home: Household) -> list[Row]:
    return [{"序号": number, **home.record, **member} for member in home.members]


def _with_both_surveyors(survey: Row) -> Row:
    return {**survey, "调查人": f"{survey['调查人1']}、{survey['调查人2']}"}


class _Pen:
    """Draws sheets that begin with a blank column, as if the form had been moved to the right."""

    left = 1

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        base = {"border": 1, "font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        self.body = workbook.add_format(base)
        self.day = workbook.add_format({**base, "num_format": "yyyy-mm-dd"})
        self.text = workbook.add_format({**base, "num_format": "@"})
        self.head = workbook.add_format(
            {**base, "bold": True, "align": "center", "text_wrap": True}
        )
        self.title = workbook.add_format(
            {"bold": True, "align": "center", "font_name": "黑体", "font_size": 18}
        )
        self.plain = workbook.add_format({"font_name": "宋体", "font_size": 10})

    def sheet(
        self,
        style: SheetStyle,
        columns: Sequence[MessyColumn],
        blocks: Sequence[Sequence[Row]],
        totals: Row | None = None,
    ) -> None:
        sheet = self.workbook.add_worksheet(style.name)
        row, last = style.blank_rows, self.left + len(columns) - 1
        sheet.merge_range(row, self.left, row, last, style.title, self.title)
        sheet.write(row + 1, self.left, "填报单位：睢宁县官山镇人民政府（盖章）", self.plain)
        sheet.write(row + 1, last, "填报日期：2016年3月28日", self.plain)
        row = self._heading(sheet, row + 2, columns, style.heading_rows)
        for number, block in enumerate(blocks, 1):
            row = self._block(sheet, row, columns, block, style)
            row += number == style.blank_row_after
        if style.total and totals is not None:
            sheet.write(row, self.left, style.total, self.body)
            for column, place in zip(columns, range(self.left, last + 1), strict=True):
                if column.source in totals:
                    sheet.write(row, place, totals[column.source], self.body)
            row += 1
        sheet.write(row + 1, self.left, "填表人：周玉兰　　审核人：李建军", self.plain)

    def _heading(
        self, sheet: Worksheet, top: int, columns: Sequence[MessyColumn], rows: int
    ) -> int:
        """Groups stand over their columns and are merged; a label fills the rows that are left."""
        paths = [_path(column, rows) for column in columns]
        for place, path in enumerate(paths):
            for level, text in enumerate(path[:-1]):
                prefix = path[: level + 1]
                if place and paths[place - 1][: level + 1] == prefix:
                    continue
                end = place
                while end + 1 < len(paths) and paths[end + 1][: level + 1] == prefix:
                    end += 1
                self._merge(sheet, (top + level, place, top + level, end), text, self.head)
            first = top + len(path) - 1
            self._merge(sheet, (first, place, top + rows - 1, place), path[-1], self.head)
            sheet.set_column(self.left + place, self.left + place, _width(columns[place]))
        return top + rows

    def _block(
        self,
        sheet: Worksheet,
        top: int,
        columns: Sequence[MessyColumn],
        block: Sequence[Row],
        style: SheetStyle,
    ) -> int:
        bottom = top + len(block) - 1
        for place, column in enumerate(columns):
            # Without its 户编号 in each row a sheet that merges nothing could not be read.
            keyed = column.source == "户编号" and not style.merges
            if column.merged and not keyed:
                value = style.clerk.write(column.source, block[0])
                end = bottom if style.merges else top
                self._merge(sheet, (top, place, end, place), value, self._format(value))
                continue
            for row, entry in enumerate(block, top):
                value = style.clerk.write(column.source, entry)
                self._merge(sheet, (row, place, row, place), value, self._format(value))
        return bottom + 1

    def _format(self, value: Cell) -> Format:
        if isinstance(value, date):
            return self.day
        return self.text if isinstance(value, str) else self.body

    def _merge(
        self, sheet: Worksheet, area: tuple[int, int, int, int], value: Cell, style: Format
    ) -> None:
        """Writes a cell, merged over its area if that is more than one cell."""
        top, left, bottom, right = area
        left, right = left + self.left, right + self.left
        if (top, left) != (bottom, right):
            sheet.merge_range(top, left, bottom, right, "", style)
        if isinstance(value, str):
            sheet.write_string(top, left, value, style)
        else:
            sheet.write(top, left, value, style)


def _path(column: MessyColumn, rows: int) -> tuple[str, ...]:
    """The texts over a column from the top down, its own label last."""
    groups: tuple[str, ...] = (column.group, column.inner)
    if rows == 2 and column.inner:
        groups = (column.inner,)
    over = tuple(group for group in groups if group)
    return (*over[: rows - 1], column.label)


def _width(column: MessyColumn) -> int:
    by_kind = {"id": 22, "code": 17, "account": 24, "phone": 13, "date": 13, "money": 11}
    return by_kind.get(KINDS.get(column.source, ""), 9)
