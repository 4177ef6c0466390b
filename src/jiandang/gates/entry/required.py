"""LR001, LR003, LR004 and LR014: columns and cells that have to be filled and are not."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import BLANK, blank
from jiandang.engine.frames import Frames
from jiandang.engine.rule import Violation, observed, rule
from jiandang.engine.run import Outcome
from jiandang.policy import Policy
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, Register, SheetTable, reference
from jiandang.register.tables import COLUMNS, MODELS, PLACE_COLUMNS
from jiandang.report.model import Severity

# The parts of the income that are asked for side by side: a 0 has to be written as well.
_INCOME_PARTS = (
    ("wage", "business_income", "property_income", "transfer"),
    ("dibao_money", "wubao_money", "pension", "ecology", "family_planning", "other_transfer"),
    ("planting", "breeding", "labour_income", "benefits", "subsidies", "other_income"),
)

# Steps may be recorded once for a whole village.
_BY_VILLAGE = ("procedure", "survey")

# Who need not have a required cell: LR131 asks for the numbers; the visit finds out the others.
_MAY_LACK = {
    ("member", "id_number"): "may_lack_number",
    ("household", "cause"): "awaits_visit",
    ("household", "per_capita"): "awaits_visit",
}

# A member's sheet that carries one of these carries the household table. Lists of members alone
# often repeat the head's name, the number of persons or the phone in each row.
_HOUSEHOLD_SIGNS = ("household_type", "cause", "per_capita")


def missing_columns(frames: Frames, _: Outcome) -> Iterator[Observation]:
    """The required columns that no sheet of their table has."""
    register, unknown = frames.register, _unknown_headings(frames)
    for table, number, heading in _missing(register):
        sheet, hint = register.sheets[number], ""
        ref, position = reference(number, sheet.heading_row), min(sheet.columns.values())
        if (near := unknown.get(heading)) is not None and near.sheet_column is not None:
            ref, position = near.ref, near.sheet_column
            hint = f"；“{near.value}”没有认出，是不是这一列"
        seen = {"column": heading, "hint": hint}
        yield Observation(Notice.MISSING_COLUMN, ref, table, sheet_column=position, seen=seen)


def unknown_columns(frames: Frames, _: Outcome) -> Iterator[Observation]:
    """The unknown headings, but for those that may be a missing column, of which LR001 tells."""
    unknown = _unknown_headings(frames)
    told = [unknown.get(heading) for _, _, heading in _missing(frames.register)]
    return (seen for seen in frames.noticed(Notice.UNKNOWN_COLUMN) if seen not in told)


def _unknown_headings(frames: Frames) -> dict[str, Observation]:
    """The first unknown heading that is near to a known one, by the known one."""
    unknown = reversed(frames.noticed(Notice.UNKNOWN_COLUMN))
    return {seen.seen["nearest"]: seen for seen in unknown}


def _missing(register: Register) -> Iterator[tuple[str, int, str]]:
    """Table, the number of its first sheet, and heading of each required column that is missing."""
    for table, hosts in _hosts(register).items():
        # A form asks for what it asks for; only a column table can lack a column.
        number = next((n for n in hosts if not register.sheets[n].is_form), None)
        if number is None:
            continue
        for name in _required(register, table):
            by_village = name == "household_id" and table in _BY_VILLAGE
            if not by_village and not register.has_column(table, name):
                yield table, number, COLUMNS[table][name].heading


def empty_cells(frames: Frames, _: Outcome) -> Iterator[Observation]:
    """Rows about nobody, the empty cells of required columns, and the rows of no known village."""
    yield from frames.noticed(Notice.EMPTY)
    register = frames.register
    cells = [
        (table, name)
        for table in _hosts(register)
        for name in (*_required(register, table), "village")
        if name in COLUMNS[table] and register.has_column(table, name)
    ]
    frames.ensure((table, name + BLANK) for table, name in cells)
    for table, name in cells:
        frame, heading = frames[table], COLUMNS[table][name].heading
        empty = frame[name + BLANK]
        if name == "village":
            # Neither 行政村 nor 村码, nor a household number that begins with the village's code.
            heading = "行政村（或村码）"
        if excused := _MAY_LACK.get((table, name)):
            frames.ensure([(table, excused)])
            empty = empty & ~frames[table][excused]
        if name == "village" or (name == "household_id" and table in _BY_VILLAGE):
            empty = empty & frame["village_key"].is_null()
        for ref in frame["ref"].filter(empty).to_list():
            yield Observation(Notice.EMPTY, ref, table, name, seen={"column": heading})


def _hosts(register: Register) -> dict[str, list[int]]:
    """The numbers of the sheets that hold a table, by table."""
    sheets = list(enumerate(register.sheets))
    hosts = {table: [i for i, sheet in sheets if _holds(sheet, table)] for table in MODELS}
    return {table: numbers for table, numbers in hosts.items() if numbers}


def _required(register: Register, table: str) -> list[str]:
    """The required columns of a table; one that others carry takes its places from them."""
    own = any(sheet.table == table for sheet in register.sheets)
    taken = () if own else (*PLACE_COLUMNS, "head_name")
    return [n for n, column in COLUMNS[table].items() if column.required and n not in taken]


def _holds(sheet: SheetTable, table: str) -> bool:
    if sheet.table == table:
        return True
    signs = _HOUSEHOLD_SIGNS if table == "household" else ()
    return table in sheet.embedded and any(sheet.has(table, name) for name in signs)


observed(
    "LR001",
    Notice.MISSING_COLUMN,
    "缺少必需的列",
    Severity.ERROR,
    message="缺少必需的列“{column}”{hint}",
    basis="S-P 导入模板的必填列",
    look=missing_columns,
    doc="""已认出的登记表里，有一个必填的列在任何工作表中都没有。没有认出的列名里有接近的，一并指出。

    改法：在表头补上这一列并填写；如果这一列用了别的名称，请改成标准列名，或用 --map 指定。
    错例：成员表没有“证件号码”这一列
    对例：成员表有“证件号码”（或“身份证号”）这一列
    """,
)
observed(
    "LR003",
    Notice.UNKNOWN_COLUMN,
    "未识别的列",
    Severity.INFO,
    message="列“{heading}”{why}，未作检查{nearest}",
    basis="本工具的判断",
    look=unknown_columns,
    doc="""列名不在标准列名和别名里，或者写着别的单位，数换算不过来（间不是面积，每月的不是全年的）。接近的列名只提示，不擅自采用。

    改法：如果它就是某个标准列，请改列名，或用 --map '列名=标准列名' 指定；否则不用管。
    错例：证件号吗
    对例：证件号码
    """,
)
observed(
    "LR004",
    Notice.EMPTY,
    "必填项为空",
    Severity.ERROR,
    message="“{column}”没有填",
    basis="S-P 导入模板的必填项",
    look=empty_cells,
    doc="""必填的格子是空的。一行里姓名、户编号、证件号码全空的，整行不能检查，也在这里报告；文本表格在一行中间就断了的，同样在这里报告。
    持护照、户口簿、出生证、军人证件、港澳台通行证，无证件的，未满2岁的，没有证件号码由 LR131 提出。
    入户调查还没有到期、也还没有去的户，收入一项也没有填的，致贫原因和人均纯收入不算空。

    改法：按户口本、身份证或调查表补填。
    错例：性别：（空）
    对例：性别：女
    """,
)


@rule(
    "LR014",
    "收入分项为空",
    Severity.WARNING,
    "household",
    at="wage",
    message="“{part}”没有填，同一户的其他收入分项填了；没有这项收入的填0",
    basis="县级核查工具的检查项；空着和填0是两种回答",
    needs="|".join(name for parts in _INCOME_PARTS for name in parts),
)
def empty_income_part(policy: Policy) -> Iterator[Violation]:
    """收入的一个分项空着，同一组的其他分项填了。整组都空的不算。

    改法：没有这项收入的填0；有的补填。
    错例：工资性收入 5000，财产性收入（空）
    对例：工资性收入 5000，财产性收入 0
    """
    for parts in _INCOME_PARTS:
        some_filled = pl.any_horizontal(pl.col(name).is_not_null() for name in parts)
        for name in parts:
            heading = COLUMNS["household"][name].heading
            yield Violation(blank(name) & some_filled, at=name, part=heading)
