"""What a template's cells are tested for, as formulas of Excel 2010: one test a column.

The same formula is the entry check of a column and, for what is pasted over that, its colour.
A formula must not need a language, a macro or a newer function, and no constant array either:
entry checks may have none. `{x}` is the cell, `{other}` the cell of another column in its row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from jiandang.gates.shared import OLDEST_AGE
from jiandang.policy import Policy
from jiandang.register.code_cells import Code, ManyCodes
from jiandang.register.number_cells import MOST_WHOLE, NumberCell
from jiandang.register.table import Column
from jiandang.register.tables import COLUMNS

HOUSEHOLDS = "jd_households"  # the numbers in the sheet 农户
# The names are short: Excel takes 255 characters of an entry check at most.
PLACES, WEIGHTS = "jp", "jw"  # of the digits that the check character is reckoned from
GRADES = "jk"  # 11 to 74: kind and grade of a disability card
LATEST = "jd"  # the last day of birth
DIGITS = "jg"  # 0 to 9
# Where a phone's number may begin, and whether there is a hyphen before it.
BEHIND_AREA, HYPHENS = "jl", "jh"
NO_NAMES = "jn"  # what says that there is no name
PAPERS = "jo"  # the kinds of papers whose numbers are none of GB 11643
# The check characters by what is left over, and what else may be the 21st of a card.
CHARACTERS = "jx"

# Not whether it can be a number: signs, blanks, commas and per cent can be part of one.
_DIGITS_ONLY = f'SUMPRODUCT(LEN({{x}})-LEN(SUBSTITUTE({{x}},{DIGITS},"")))=LEN({{x}})'
# A number, pasted where a text belongs, has lost what is behind its 15th digit.
_NONE_LOST = "OR(LEN({x})<16,ISTEXT({x}))"
# The first 18 characters: the check character, and a birth date that there is (1980-02-30 is no
# number), from 1900 to today. Then what a disability card has behind them: kind and grade, and
# perhaps B or a digit, and a digit. What is none gives an error, which is as good as false.
_NUMBER = (
    f"FIND(UPPER(MID({{x}},18,1)),{CHARACTERS})-1="
    f"MOD(SUMPRODUCT(MID({{x}}&1111,{PLACES},1)*{WEIGHTS}),11),"
    f'--TEXT(--MID({{x}},7,8),"0-00-00")<={LATEST},MID({{x}},7,2)>"18",'
    f"MATCH(--MID({{x}}&11,19,2),{GRADES},0),FIND(MID({{x}}&111,21,1),{CHARACTERS})"
)
_ID = f"AND(FIND(LEN({{x}}),182022),{_NUMBER})"
_OF_OWNER = "OR(LEN({id_number})<18,LEFT({x},18)=LEFT({id_number},18))"
# Not OR: without a number the second test is an error, and so would be the whole.
_OF_ID = 'IF(LEN({id_number})<18,1,{x}=IF(MOD(MID({id_number},17,1),2),"男","女"))'
_BIRTH_OF_ID = 'OR(LEN({id_number})<18,TEXT({x},"yyyymmdd")=MID({id_number},7,8))'
_TYPE_OF_ID = (
    'OR({id_number}="",IF({x}="残疾人证",LEN({id_number})>18,'
    'OR({x}<>"居民身份证",LEN({id_number})=18)))'
)
_TEXTS = {
    "公民身份号码": _ID,
    "残疾证号": f"AND(FIND(LEN({{x}}),2022),{_NUMBER})",
    "银行账号": f"AND(LEN({{x}})>=12,LEN({{x}})<=30,{_NONE_LOST},{_DIGITS_ONLY})",
    # A mobile, or an area code of 3 or 4 digits and a number of 7 or 8, of which none begins with
    # 0 or 1; between them one hyphen, or none.
    "电话": (
        'IF(LEFT({x})="1",AND(LEN({x})=11,MID({x},2,1)>"2",TEXT(--{x},"0")={x}&""),'
        'AND({x}>"01",{x}<"1",'
        f'SUMPRODUCT((MID({{x}},{BEHIND_AREA},{HYPHENS})=LEFT("-",{HYPHENS}))'
        f'*(MID({{x}},{BEHIND_AREA}+{HYPHENS},1)>"1")'
        f"*(ABS(LEN({{x}})-{BEHIND_AREA}-{HYPHENS}-6.5)<1)"
        f'*(SUMPRODUCT(LEN({{x}})-LEN(SUBSTITUTE({{x}},{DIGITS},"")))=LEN({{x}})-{HYPHENS}))))'
    ),
}
# How many digits a code has, by column.
_CODES: Mapping[str, tuple[int, ...]] = {
    "village_code": (12,),
    "household_id": tuple(range(12, 21)),
    "person_id": tuple(range(14, 23)),
    "code": (6, 9, 12),
}
# The parts of which none can be more than the whole, and those that cannot be so together.
PARTS: Mapping[str, tuple[str, ...]] = {
    "size": ("labour_count",),
    "arable": ("irrigated", "transferred"),
    "delegates": ("delegates_present",),
}
SUMS: Mapping[str, tuple[str, ...]] = {
    "transfer": (
        "dibao_money", "wubao_money", "pension", "ecology", "family_planning", "other_transfer",
    ),
    "delegates_present": ("votes_for", "votes_against", "abstentions"),
}  # fmt: skip
# Of all amounts only what is left may be less than nothing (DC011).
_MAY_BE_NEGATIVE = {"net_income", "per_capita"}
_MOST_CAUSES = 2  # of 其他致贫原因 (LR316)
# A bare year, typed into a cell of dates, is a day of 1905.
_FIRST_BIRTH, _FIRST_DAY, _LAST_DAY = date(1906, 1, 1), date(1950, 1, 1), date(2100, 12, 31)
_NO_MORE = MOST_WHOLE - 1


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
        if column.id == "other_causes":
            few = f'LEN({{x}})-LEN(SUBSTITUTE({{x}},"、",""))<{_MOST_CAUSES}'
            formula = f"AND({formula},{few},{{x}}<>{{cause}})"
        return Check(formula, False, f"{cell.expected}；填了几个的，确认后保留", words)
    if isinstance(cell, Code) or cell.native is bool:
        words = list_name(cell.codes if isinstance(cell, Code) else "yes_no")
        formula, more = f"COUNTIF({words},{{x}})>0", ""
        if table == "member" and column.id in ("sex", "id_type"):
            own, more = (
                (_OF_ID, "，应与身份证号一致") if column.id == "sex"
                else (_TYPE_OF_ID, "，应与号码的位数一致")
            )  # fmt: skip
            formula = f"AND({formula},{own})"
        return Check(formula, True, f"请从下拉中选：{cell.expected}{more}", words)
    if isinstance(cell, NumberCell):
        return _of_number(table, column, cell, policy)
    if cell.dtype == pl.Date:
        return _day(column, policy)
    if cell.iso:
        return _partial_date(table, column, policy)
    if lengths := _CODES.get(column.id):
        return _of_code(table, column, lengths)
    if cell.name == "姓名":
        return Check(f"COUNTIF({NO_NAMES},{{x}})=0", True, "请填姓名；还没有的空着，不要填“无”")
    if test := _TEXTS.get(cell.name):
        return _of_text(table, column, test)
    return None


def _of_code(table: str, column: Column, lengths: tuple[int, ...]) -> Check:
    own = f"AND(LEN({{x}})>={lengths[0]},LEN({{x}})<={lengths[-1]},{_NONE_LOST},{_DIGITS_ONLY})"
    if len(lengths) == 3:
        own = f"AND(OR({','.join(f'LEN({{x}})={n}' for n in lengths)}),{_DIGITS_ONLY})"
    if column.id != "household_id":
        return Check(own, True, f"请核对位数：{column.description}")
    if table != "household":
        own = f"AND({own},COUNTIF({HOUSEHOLDS},{{x}})>0)"
        return Check(own, False, "请从下拉中选：“农户”表里的户编号", HOUSEHOLDS)
    own = f'AND({own},OR({{village_code}}="",LEFT({{x}},12)={{village_code}}&""))'
    return Check(own, True, f"请核对位数：{column.description}，以村码开头")


def _of_text(table: str, column: Column, test: str) -> Check:
    said = f"请核对位数和每一位：{column.cell.expected}"
    if table == "member" and column.id == "disability_card":
        test, said = f"AND({test},{_OF_OWNER})", f"{said}，前18位是本人的身份证号"
    elif table == "member" and column.id == "id_number":
        # What has another form must not be refused; who has such papers may still have a number.
        test = f"IF(COUNTIF({PAPERS},{{id_type}})*(LEN({{x}})<15),1,{test})"
        said += "；护照等请先填证件类型"
    return Check(test, column.cell.name in ("公民身份号码", "残疾证号"), said)


def _of_number(table: str, column: Column, cell: NumberCell, policy: Policy) -> Check:
    low = -_NO_MORE if column.id in _MAY_BE_NEGATIVE else cell.minimum or 0
    high = _NO_MORE if cell.maximum is None else cell.maximum
    stops = True
    if column.id == "income_year":
        low = high = policy.income_year  # of others the figures are no answer (SJ012)
    elif column.id == "goal_year":
        low, high, stops = policy.start.year, policy.goal_year, False
    elif column.id == "age":
        high = OLDEST_AGE
    parts = ["ISNUMBER({x})", f"{{x}}>={low}", f"{{x}}<={high}"]
    if low == high:
        said = f"{cell.expected}，应为 {low}"
    elif high < _NO_MORE:
        said = f"{cell.expected}，{low}到{high}"
    else:
        said = f"{cell.expected}，不小于0" if low == 0 else cell.expected
    if cell.native is int:
        parts.append("{x}=INT({x})")
    if column.id == "age":
        parts.append(_age_of_id(policy))
        said += "，与身份证号相差不超过1岁"
    sums = list(_of_parts(table, column.id))
    if sums:
        said += "，各部分不大于总数"
    return Check(f"AND({','.join([*parts, *sums])})", stops, f"请填数字：{said}")


def _age_of_id(policy: Policy) -> str:
    """The full years on the day of reference, or one more or less (LR107)."""
    day = f"{policy.reference_date:%Y%m%d}"
    years = f"INT(({day}-MID({{id_number}},7,8))/10000)"
    return f"IF(LEN({{id_number}})<18,1,ABS({{x}}-{years})<2)"


def _of_parts(table: str, name: str) -> Iterator[str]:
    """The tests of a column that is part of another, or has such parts."""
    if name in COLUMNS[table]:
        for whole, parts in PARTS.items():
            if name in parts:
                yield f"OR(NOT(ISNUMBER({{{whole}}})),{{x}}<=N({{{whole}}}))"
            elif name == whole:
                yield f"MAX({','.join(f'{{{part}}}' for part in parts)})<={{x}}"
        for whole, parts in SUMS.items():
            # Half a cent: sums of such numbers are not exact.
            total = f"SUM({','.join(f'{{{part}}}' for part in parts)})"
            if name in parts:
                yield f"OR(NOT(ISNUMBER({{{whole}}})),{total}<N({{{whole}}})+0.005)"
            elif name == whole:
                yield f"{total}<{{x}}+0.005"


def _partial_date(table: str, column: Column, policy: Policy) -> Check:
    """A day, or a month as a text: typed as it is, Excel would make its first day of it."""
    last = policy.deadlines.entered or _LAST_DAY
    of_birth = table == "member" and column.id == "birth_date"
    # Digits: 1970-Jan is a month too, for who reckons in English.
    month = 'AND(MID({x},5,1)="-",ABS(MID({x},6,2)-6.5)<6,--({x}&"-01")>0)'
    day = _within(_FIRST_BIRTH if of_birth else _FIRST_DAY, last)
    said = "请填日期，如 2016-3-5；只知道年月的先打撇号，如 '2016-03"
    if of_birth:
        own = 'OR(LEN({id_number})<18,TEXT({x}&"-01","yyyymm")=MID({id_number},7,6))'
        month = f"AND({month},{own})"
        day, said = f"AND({day},{_BIRTH_OF_ID})", f"{said}；应与身份证号一致"
    # A warning: a stop would refuse whoever was born before 1906, and the right day as long as the
    # number beside it is the wrong one.
    return Check(f"IF(ISTEXT({{x}}),{month},{day})", False, said)


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


def latest_birth(policy: Policy) -> str:
    """The last day on which somebody in the register can have been born, as a formula."""
    last = policy.deadlines.entered or _LAST_DAY
    return f"MIN(TODAY(),DATE({last.year},{last.month},{last.day}))"
