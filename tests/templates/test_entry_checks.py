"""What the entry checks of a template let through, and that it has no error of form."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from filling import rows
from hypothesis import given, settings
from hypothesis import strategies as st
from office import converted, needs_office
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from wild import wild_value

from jiandang import check, load, load_policy
from jiandang.register.resident_id import check_character
from jiandang.register.tables import COLUMNS, MODELS
from jiandang.report.model import Severity
from jiandang.templates.checks import PARTS, SUMS
from jiandang.templates.columns import columns_for
from jiandang.templates.saving import save
from jiandang.templates.workbook import empty_register

TITLES = {table: model.title for table, model in MODELS.items()}
POLICY = load_policy("xuzhou-2016")
AS_OF = "2016-03-29"
CODE = "320324105201001"
# What can be seen in a cell, or in a row, and the checks of entry see to.
OF_FORM = {
    "LR001", "LR002", "LR003", "LR005", "LR006", "LR007", "LR010", "LR011", "LR012", "LR013",
    "LR016", "LR017", "LR101", "LR102", "LR103", "LR104", "LR106", "LR107", "LR111", "LR113",
    "LR114", "LR116", "LR127", "LR311", "LR315", "LR316", "DC010", "DC011", "DC030", "DC038",
    "SJ012",
}  # fmt: skip

ID = "32032419800101001" + check_character("32032419800101001")
WOMAN = "32032419800101002" + check_character("32032419800101002")
WRONG = ID[:-1] + ("0" if ID[-1] != "0" else "1")
NO_DAY = "32032419800230001" + check_character("32032419800230001")


def born(day: date) -> str:
    """A number of somebody who was born on a day."""
    first = f"320324{day:%Y%m%d}001"
    return first + check_character(first)


# sheet, column, the row's cells by column, whether the entry may stand
TYPED: list[tuple[str, str, dict[str, Any], bool]] = [
    ("member", "id_number", {"id_number": ID}, True),
    ("member", "id_number", {"id_number": ID.lower()}, True),
    ("member", "id_number", {"id_number": WRONG}, False),
    ("member", "id_number", {"id_number": NO_DAY}, False),
    ("member", "id_number", {"id_number": ID[:-1]}, False),
    ("member", "id_number", {"id_number": f"{ID}43"}, True),  # a disability card
    ("member", "disability_card", {"disability_card": f"{ID}43"}, True),
    ("member", "disability_card", {"disability_card": f"{ID}93"}, False),
    ("member", "sex", {"sex": "男", "id_number": ID}, True),
    ("member", "sex", {"sex": "女", "id_number": ID}, False),
    ("member", "sex", {"sex": "女", "id_number": WOMAN}, True),
    ("member", "sex", {"sex": "男性"}, False),
    ("member", "birth_date", {"birth_date": date(1980, 1, 1), "id_number": ID}, True),
    ("member", "birth_date", {"birth_date": date(1980, 1, 2), "id_number": ID}, False),
    ("member", "relation", {"relation": "之子"}, True),
    ("member", "relation", {"relation": "长子"}, False),
    ("member", "work_months", {"work_months": 12}, True),
    ("member", "work_months", {"work_months": 13}, False),
    ("member", "work_months", {"work_months": 1.5}, False),
    ("member", "work_months", {"work_months": "全年"}, False),
    ("member", "health", {"health": "长期慢性病、残疾"}, True),
    ("member", "health", {"health": "残"}, False),
    ("household", "dibao_money", {"dibao_money": 100, "transfer": 100}, True),
    ("household", "dibao_money", {"dibao_money": 101, "transfer": 100}, False),
    ("household", "labour_count", {"labour_count": 4, "size": 3}, False),
    ("household", "household_id", {"household_id": "320324105201001"}, True),
    ("household", "household_id", {"household_id": "3203241052O1001"}, False),
    ("household", "household_id", {"household_id": "+32032410520100"}, False),
    ("household", "household_id", {"household_id": "(3203241052010)"}, False),
    ("household", "household_id", {"household_id": "３２０３２４１０５２０１００１"}, False),
    ("household", "identified", {"identified": date(2016, 3, 5)}, True),
    ("household", "identified", {"identified": 2016}, False),  # a day of 1905
    ("household", "account", {"account": "622848031856478%"}, False),
    ("household", "account", {"account": "6228480318564789"}, True),
    ("household", "account", {"account": "622848"}, False),
    ("household", "account", {"account": 6228480318564789}, False),  # its last digit is lost
    ("household", "household_id", {"household_id": 3203241052010012}, False),
    ("household", "household_id", {"household_id": 320324105201001}, True),
    ("household", "identified", {"identified": 42434.5}, False),  # noon
    ("household", "phone", {"phone": "12345678901"}, False),
    ("household", "phone", {"phone": "13912345678"}, True),
    ("household", "phone", {"phone": "0516-83612345"}, True),
    ("household", "phone", {"phone": "1391234567"}, False),
    ("household", "toilet", {"toilet": "否"}, True),
    ("household", "toilet", {"toilet": "没有"}, False),
    ("procedure", "applied", {"applied": POLICY.start}, True),
    ("procedure", "applied", {"applied": date(2014, 1, 1)}, False),
    ("procedure", "applied", {"applied": "2016.3.1"}, False),
    ("member", "id_number", {"id_number": born(date(1900, 1, 1))}, True),
    ("member", "id_number", {"id_number": born(date(1899, 12, 31))}, False),
    ("member", "id_number", {"id_number": born(date(1850, 12, 31))}, False),
    ("member", "id_number", {"id_number": born(date(2016, 3, 28))}, True),
    ("member", "id_number", {"id_number": born(date(2016, 4, 1))}, False),
    ("member", "id_number", {"id_number": born(date(9850, 4, 1))}, False),
    ("household", "head_id", {"head_id": born(date(1850, 12, 31))}, False),
    ("member", "id_number", {"id_number": "C1234567", "id_type": "护照"}, True),
    ("member", "id_number", {"id_number": "C1234567"}, False),
    ("member", "id_number", {"id_number": WRONG, "id_type": "户口簿"}, False),
    ("member", "id_number", {"id_number": f"{ID}43B1"}, True),  # issued again
    ("member", "id_number", {"id_number": f"{ID}43C1"}, False),
    ("member", "id_number", {"id_number": f"{ID}43B%"}, False),
    ("member", "id_number", {"id_number": f"{ID}45"}, False),
    ("member", "id_type", {"id_number": f"{ID}43", "id_type": "居民身份证"}, False),
    ("member", "id_type", {"id_number": ID, "id_type": "居民身份证"}, True),
    ("member", "id_type", {"id_number": ID, "id_type": "残疾人证"}, False),
    ("member", "disability_card", {"disability_card": f"{ID}43", "id_number": ID}, True),
    ("member", "disability_card", {"disability_card": f"{ID}43", "id_number": WOMAN}, False),
    ("member", "sex", {"sex": "女"}, True),
    ("member", "age", {"age": 36}, True),
    ("member", "age", {"age": 36, "id_number": ID}, True),
    ("member", "age", {"age": 38, "id_number": ID}, False),
    ("member", "age", {"age": 1980}, False),
    ("member", "birth_date", {"birth_date": "1980-01", "id_number": ID}, True),
    ("member", "birth_date", {"birth_date": "1980-13"}, False),
    ("member", "benefit", {"benefit": -1}, False),
    *(
        ("household", name, {name: amount}, amount >= 0)
        for name in (
            "wage",
            "business_income",
            "property_income",
            "transfer",
            "cost",
            "dibao_money",
            "other_transfer",
        )
        for amount in (-0.01, -(10**9), 0)
    ),
    ("household", "net_income", {"net_income": -300}, True),
    ("household", "per_capita", {"per_capita": -300}, True),
    ("household", "income_year", {"income_year": 1900}, False),
    ("household", "income_year", {"income_year": 2100}, False),
    ("household", "income_year", {"income_year": POLICY.income_year}, True),
    ("household", "size", {"size": 10**9}, False),
    ("household", "size", {"size": 3, "labour_count": 4}, False),
    ("household", "transferred", {"transferred": 4, "arable": 3.5}, False),
    ("household", "transfer", {"transfer": 100, "pension": 60, "ecology": 50}, False),
    ("household", "ecology", {"transfer": 100, "pension": 60, "ecology": 50}, False),
    ("household", "ecology", {"transfer": 0.3, "pension": 0.1, "ecology": 0.2}, True),
    ("household", "other_causes", {"other_causes": "因残、因学"}, True),
    ("household", "other_causes", {"other_causes": "因残、因学、因灾"}, False),
    ("household", "other_causes", {"other_causes": "因残", "cause": "因残"}, False),
    (
        "household",
        "household_id",
        {"household_id": "320324105201001", "village_code": "320324105201"},
        True,
    ),
    (
        "household",
        "household_id",
        {"household_id": "320324105201001", "village_code": "320324105202"},
        False,
    ),
    ("household", "phone", {"phone": "0abcdefghi"}, False),
    ("household", "phone", {"phone": "051683612345"}, True),
    ("household", "phone", {"phone": "010-83612345"}, True),
    ("household", "phone", {"phone": "05-1683612345"}, False),
    ("household", "phone", {"phone": "0000000000"}, False),
    ("household", "phone", {"phone": "1a912345678"}, False),
    ("household", "phone", {"phone": 13912345678}, True),
    ("household", "phone", {"phone": "0516-8361234"}, True),
    ("household", "phone", {"phone": "0516-03612345"}, False),
    ("household", "phone", {"phone": "0516-13612345"}, False),
    ("household", "phone", {"phone": "051603612345"}, False),
    ("household", "phone", {"phone": "0516-1361234"}, False),
    ("household", "phone", {"phone": "0516-836123"}, False),
    ("household", "phone", {"phone": "010-1361234"}, False),
    ("household", "phone", {"phone": "0516-836-1234"}, False),
    ("household", "phone", {"phone": "0106361234"}, True),
    ("household", "phone", {"phone": "0516836x2345"}, False),
    ("member", "name", {"name": "张三"}, True),
    ("member", "name", {"name": "买买提·艾力"}, True),
    ("member", "name", {"name": "无"}, False),
    ("member", "name", {"name": "/"}, False),
    ("household", "head_name", {"head_name": "待补"}, False),
    ("member", "birth_date", {"birth_date": "1970-Jan"}, False),
    ("member", "birth_date", {"birth_date": "1970-1"}, True),
    ("member", "birth_date", {"birth_date": "1970-00"}, False),
    ("household", "helper_phone", {"helper_phone": "0abcdefghi"}, False),
    ("procedure", "votes_for", {"votes_for": 41, "delegates_present": 40}, False),
    ("procedure", "votes_for", {"votes_for": 40, "delegates_present": 40}, True),
    (
        "procedure",
        "votes_against",
        {"votes_for": 38, "votes_against": 3, "delegates_present": 40},
        False,
    ),
    ("procedure", "delegates_present", {"votes_for": 41, "delegates_present": 40}, False),
    ("procedure", "delegates", {"delegates": 40, "delegates_present": 41}, False),
    ("village", "goal_year", {"goal_year": 2100}, False),
    ("village", "goal_year", {"goal_year": 2018}, True),
    ("village", "village_code", {"village_code": "320324105201"}, True),
    ("village", "village_code", {"village_code": "320324105"}, False),
    ("village", "village_code", {"village_code": " 32032410520"}, False),
    ("village", "village_code", {"village_code": "-32032410520"}, False),
    ("allocation", "code", {"code": "320324105"}, True),
    ("allocation", "code", {"code": "3203241"}, False),
]


Row = dict[str, Any]


@needs_office
def test_libreoffice_reckons_as_the_checks_say(tmp_path: Path) -> None:
    """Typed, opened and recalculated there: each check, as a formula beside what is typed."""
    tables: dict[str, list[Row]] = {table: [] for table in TITLES}
    for table, _, cells, _ in TYPED:
        tables[table].append(cells)
    judged = iter_by_table(may_stay(tables, tmp_path))
    wrong = [
        (column, cells)
        for table, column, cells, may_stand in TYPED
        if next(judged[table])[column] is not may_stand
    ]
    assert wrong == []
    # What it saved again still has the lists, the checks and the colours.
    again = load_workbook(tmp_path / "out" / "表.xlsx")
    assert len(again["成员"].data_validations.dataValidation) > 20
    assert len(list(again["成员"].conditional_formatting)) > 20
    assert load(tmp_path / "out" / "表.xlsx", POLICY).files[0].error is None


@needs_office
def test_what_is_let_through_of_anything_has_no_error_of_form(tmp_path: Path) -> None:
    """Anything typed into all columns; what LibreOffice refuses is taken out again."""
    random = Random(24)
    tables = {
        table: [{c.id: wild_value(c, random) for c in columns_for(table)} for _ in range(100)]
        for table in TITLES
    }
    for table in TITLES:
        for number, row in enumerate(tables[table]):
            if "household_id" in COLUMNS[table] and random.random() < 0.8:
                row["household_id"] = f"320324105201{number:03}"
    kept = without_refused(tables, tmp_path / "1")
    kept = without_refused(kept, tmp_path / "2")  # a sum changes with what is taken out of it
    for table in TITLES:
        for column in columns_for(table):  # each lets something through
            assert any(row.get(column.id) is not None for row in kept[table]), column.heading
    path = tmp_path / "官山镇.xlsx"
    save(empty_register(POLICY, 100, kept), path)
    report = check(load(path, POLICY), POLICY, as_of=AS_OF, select=OF_FORM)
    # A resident's number below 护照 is but a warning, which may be explained.
    found = [f for f in report.findings if (f.rule, f.severity) != ("LR127", Severity.WARNING)]
    said = [(f.rule, f.sheet, f.cell, f.message) for f in found]
    assert said == [], "\n".join(map(str, said))


def without_refused(tables: Mapping[str, Sequence[Row]], folder: Path) -> dict[str, list[Row]]:
    folder.mkdir()
    judged = may_stay(tables, folder)
    return {
        table: [
            {n: v for n, v in row.items() if v is not None and judged[table][number][n]}
            for number, row in enumerate(own)
        ]
        for table, own in tables.items()
    }


def iter_by_table(judged: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    return {table: iter(own) for table, own in judged.items()}


def may_stay(tables: Mapping[str, Sequence[Row]], folder: Path) -> dict[str, list[dict[str, bool]]]:
    """Whether the checks let each cell stay, as LibreOffice reckons them beside the cells."""
    made = empty_register(POLICY, max(map(len, tables.values())) + 1)
    for table, own in tables.items():
        sheet, names = made[TITLES[table]], [c.id for c in columns_for(table)]
        colours = {str(r.sqref).split("2:")[0]: r.rules[0].formula[0]
                   for r in sheet.conditional_formatting}  # fmt: skip
        for line, row in enumerate(own, 2):
            for name, value in row.items():
                place = names.index(name) + 1
                sheet.cell(line, place, value)
                formula = colours.get(get_column_letter(place))
                if formula is not None:
                    shifted = re.sub(r"(?<=[A-Z])2(?![0-9])", str(line), formula)
                    sheet.cell(line, len(names) + 1 + place, f"={shifted}")
    made.save(folder / "表.xlsx")
    saved = converted(folder / "表.xlsx", "xlsx:Calc MS Excel 2007 XML", folder / "out")
    reckoned = load_workbook(saved, data_only=True)
    judged: dict[str, list[dict[str, bool]]] = {}
    for table, own in tables.items():
        sheet, names = reckoned[TITLES[table]], [c.id for c in columns_for(table)]
        judged[table] = [
            # The colour's formula: true where it is wrong.
            {n: not sheet.cell(line, len(names) + 2 + names.index(n)).value for n in row}
            for line, row in enumerate(own, 2)
        ]
    return judged


@st.composite
def accepted(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Rows of all tables with cells that the checks accept, any of them empty."""
    tables = {}
    for table in TITLES:
        row = draw(rows(table, household_id=CODE) if "household_id" in COLUMNS[table]
                   else rows(table))  # fmt: skip
        for whole, parts in {**PARTS, **SUMS}.items():
            if (most := row.get(whole)) is not None:
                least = [part for part in parts if row.get(part) is not None]
                for part in least:
                    row[part] = min(row[part], most // len(least))
        number = row.get("id_number")
        if table == "member" and number:
            row["sex"] = "男" if int(number[16]) % 2 else "女"
            born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
            row["birth_date"] = born if born.year > 1905 else None
            row["age"] = max(POLICY.reference_date.year - born.year, 0)
            row["disability_card"] = row["disability_card"] and f"{number[:18]}43"
            row["id_type"] = "居民身份证" if len(number) == 18 else "残疾人证"
        if row.get("other_causes"):
            row["other_causes"] = "、".join(
                [c for c in row["other_causes"].split("、") if c != row["cause"]][:2]
            )
        tables[table] = [{n: v for n, v in row.items() if n in names_of(table)}]
    return tables


def names_of(table: str) -> set[str]:
    return {column.id for column in columns_for(table)}


@settings(max_examples=12)
@given(accepted())
def test_what_the_checks_accept_has_no_error_of_form(
    tmp_path_factory: pytest.TempPathFactory, tables: dict[str, list[dict[str, Any]]]
) -> None:
    path = tmp_path_factory.mktemp("filled") / "官山镇.xlsx"
    save(empty_register(POLICY, 20, tables), path)
    report = check(load(path, POLICY), POLICY, as_of=AS_OF, select=OF_FORM)
    said = [(f.rule, f.sheet, f.cell, f.message) for f in report.findings]
    assert said == [], "\n".join(map(str, said))
