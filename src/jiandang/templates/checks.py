"""What a template's cells are tested for, as formulas of Excel 2010: one test a column.

The same formula is the entry check of a column and, for what is pasted over that, its colour.
A formula must not need a language, a macro or a newer function, and no constant array either:
entry checks may have none. `{x}` is the cell, `{other}` the cell of another column in its row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from jiandang.policy import Policy
from jiandang.register.code_cells import Code, ManyCodes
from jiandang.register.number_cells import NumberCell
from jiandang.register.table import Column

HOUSEHOLDS = "jd_households"  # the numbers in the sheet 农户
PLACES, WEIGHTS = "jd_places", "jd_weights"  # of the 17 digits before the check character
DIGITS = "jd_digits"  # 0 to 9
CHECK_CHARACTERS = "10X98765432"

# Not whether it can be a number: signs, blanks, commas and per cent can be part of one.
_DIGITS_ONLY = f'SUMPRODUCT(LEN({{x}})-LEN(SUBSTITUTE({{x}},{DIGITS},"")))=LEN({{x}})'
# A number, pasted where a text belongs, has lost what is behind its 15th digit.
_NONE_LOST = "OR(LEN({x})<16,ISTEXT({x}))"
# The first 18 characters: the check character, and a birth date that there is (1980-02-30 is no
# number). Then what a disability card has behind them: a kind, a grade, and perhaps two digits
# more. What is none gives an error, which is as good as false: Excel takes 255 characters at most.
_NUMBER = (
    f'MID("{CHECK_CHARACTERS}",MOD(SUMPRODUCT(MID({{x}},{PLACES},1)*{WEIGHTS}),11)+1,1)'
    "=UPPER(MID({x},18,1)),"
    '--TEXT(--MID({x},7,8),"0-00-00"),'
    "FIND(MID({x}&11,19,1),1234567),FIND(MID({x}&11,20,1),1234),--(1&MID({x},21,2))"
)
_OF_ID = (
    'OR(LEN({id_number})<>18,AND({x}="男",MOD(MID({id_number},17,1),2)=1),'
    'AND({x}="女",MOD(MID({id_number},17,1),2)=0))'
)
_BIRTH_OF_ID = 'OR(LEN({id_number})<>18,TEXT({x},"yyyymmdd")=MID({id_number},7,8))'
_TEXTS = {
    "公民身份号码": f"AND(OR(LEN({{x}})=18,LEN({{x}})=20,LEN({{x}})=22),{_NUMBER})",
    "残疾证号": f"AND(OR(LEN({{x}})=20,LEN({{x}})=22),{_NUMBER})",
    "银行账号": f"AND(LEN({{x}})>=12,LEN({{x}})<=30,{_NONE_LOST},{_DIGITS_ONLY})",
    # A mobile; anything longer than it has an area code, or is several.
    "电话": 'OR(AND(LEN({x})=11,LEFT({x},1)="1",MID({x},2,1)>"2",' + _DIGITS_ONLY + "),"
    'AND(LEFT({x},1)="0",LEN({x})>=10,LEN({x})<=13))',
}
# How many digits a code has, by column.
_CODES: Mapping[str, tuple[int, ...]] = {
    "village_code": (12,),
    "household_id": tuple(range(12, 21)),
    "person_id": tuple(range(14, 23)),
    "code": (6, 9, 12),
}
# The parts that cannot be more than the whole.
WHOLES = {
    "labour_count": "size",
    "irrigated": "arable",
    "delegates_present": "delegates",
    **dict.fromkeys(
        ("dibao_money", "wubao_money", "pension", "ecology", "family_planning", "other_transfer"),
        "transfer",
    ),
}
# A bare year, typed into a cell of dates, is a day of 1905.
_FIRST_BIRTH, _FIRST_DAY, _LAST_DAY = date(1906, 1, 1), date(1950, 1, 1), date(2100, 12, 31)
_NO_MORE = 10**9


@dataclass(frozen=True)
class Check:
    """A test of a column's cells: true where one may stay.

    `stops` is whether the entry is refused, or may be kept (warned of). `choices` is the defined
    name of the list to choose from.
    """

    formula: str
    stops: bool
    message: str
    choices: str = ""


def list_name(codes: str) -> str:
    """The defined name of a code list."""
    return f"jd_{codes}"


def check_of(table: str, column: Column, policy: Policy) -> Check | None:
    """The test of a column, or None where any text may stand."""
    cell = column.cell
    if isinstance(cell, ManyCodes):
        words = list_name(cell.codes)
        # As many characters as the words of the list that are found, each with a comma.
        formula = (
            f'LEN({{x}})+1=SUMPRODUCT(ISNUMBER(FIND("、"&{words}&"、","、"&{{x}}&"、"))'
            f"*(LEN({words})+1))"
        )
        return Check(formula, False, f"{cell.expected}；填了几个的，确认后保留", words)
    if isinstance(cell, Code) or cell.native is bool:
        words = list_name(cell.codes if isinstance(cell, Code) else "yes_no")
        formula = f"COUNTIF({words},{{x}})>0"
        if table == "member" and column.id == "sex":
            formula = f"AND({formula},{_OF_ID})"
        return Check(formula, True, f"请从下拉中选：{cell.expected}", words)
    if isinstance(cell, NumberCell):
        return _of_number(column, cell)
    if cell.dtype == pl.Date:
        return _day(column, policy)
    if cell.iso:
        last = policy.deadlines.entered or _LAST_DAY
        if table == "member" and column.id == "birth_date":
            own = f"AND({_within(_FIRST_BIRTH, last)},{_BIRTH_OF_ID})"
            return Check(own, False, "请填日期，如 2016-3-5；出生日期应与身份证号一致")
        return Check(_within(_FIRST_DAY, last), False, "请填日期，如 2016-3-5")
    if lengths := _CODES.get(column.id):
        own = f"AND(LEN({{x}})>={lengths[0]},LEN({{x}})<={lengths[-1]},{_NONE_LOST},{_DIGITS_ONLY})"
        if len(lengths) == 3:
            own = f"AND(OR({','.join(f'LEN({{x}})={n}' for n in lengths)}),{_DIGITS_ONLY})"
        if column.id == "household_id" and table != "household":
            own = f"AND({own},COUNTIF({HOUSEHOLDS},{{x}})>0)"
            return Check(own, False, "请从下拉中选：“农户”表里的户编号", HOUSEHOLDS)
        return Check(own, True, f"请核对位数：{column.description}")
    if test := _TEXTS.get(cell.name):
        stops = cell.name in ("公民身份号码", "残疾证号")
        return Check(test, stops, f"请核对位数和每一位：{cell.expected}")
    return None


def _of_number(column: Column, cell: NumberCell) -> Check:
    low = -_NO_MORE if cell.minimum is None and column.unit == "元" else cell.minimum or 0
    high = _NO_MORE if cell.maximum is None else cell.maximum
    parts = ["ISNUMBER({x})", f"{{x}}>={low}", f"{{x}}<={high}"]
    said = cell.expected if high == _NO_MORE else f"{cell.expected}，{low}到{high}"
    if cell.native is int:
        parts.append("{x}=INT({x})")
    if whole := WHOLES.get(column.id):
        parts.append(f'OR({{{whole}}}="",{{x}}<={{{whole}}})')
        said += "，部分不大于总数"
    return Check(f"AND({','.join(parts)})", True, f"请填数字：{said}")


def _day(column: Column, policy: Policy) -> Check:
    """A day from the beginning of the work to the step's deadline, which may have been missed."""
    due = getattr(policy.deadlines, column.id, None) or policy.deadlines.entered
    until = due or _LAST_DAY
    said = f"{policy.start.isoformat()} 至 {until.isoformat()}"
    return Check(_within(policy.start, until), False, f"请填日期，如 2016-3-5，应在 {said}")


def _within(first: date, last: date) -> str:
    days = [f"DATE({day.year},{day.month},{day.day})" for day in (first, last)]
    # A day with a time of day is none.
    return f"AND(ISNUMBER({{x}}),{{x}}=INT({{x}}),{{x}}>={days[0]},{{x}}<={days[1]})"
