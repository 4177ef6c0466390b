"""Numbers planted in every column, heading, sheet and name of all that a run is given."""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from jiandang.cli import main

SAMPLES = Path(__file__).parents[2] / "sample_data"
RUN = ("--as-of", "2016-03-29", "--fail-on", "never")
# The fields of a report that can show what stands in a file, and did.
SHOWN = {
    "files[].path", "files[].remarks[]", "files[].unrecognised_sheets[]", "files[].tables[].sheet",
    "passed_over[].path", "gates[].villages_not_checked[].sheets[]",
    "lists[].name", "lists[].path", "lists[].sheet", "lists[].columns_unread[]",
    "findings[].message", "findings[].file", "findings[].sheet", "findings[].column",
    "findings[].value", "findings[].expected", "findings[].household", "findings[].head",
    "findings[].person", "findings[].village", "findings[].list_name",
    "findings[].answer.text", "findings[].answer.word", "findings[].answer.reason",
    "findings[].answer.note", "findings[].answer.who",
    "movement.files[].path", "movement.files[].tables[].sheet", "movement.lists[].id_number",
    "movement.lists[].household", "movement.lists[].head", "movement.lists[].person",
    "movement.lists[].before", "movement.lists[].now",
    "answers.unmatched[].rule", "answers.unmatched[].village", "answers.unmatched[].household",
    "answers.unmatched[].person", "answers.unmatched[].word", "answers.unmatched[].source",
}  # fmt: skip


class Planted:
    """Numbers of people, each another, and all of them."""

    def __init__(self) -> None:
        self._next = count(1)
        self.all: list[str] = []

    def __str__(self) -> str:
        n = next(self._next)
        self.all.append(f"320324{1950 + n % 60}{1 + n % 12:02}{1 + n % 28:02}{n:04}")
        return self.all[-1]


def head_of(sheet: Worksheet) -> int:
    """The row of the headings, counted from 1: the one with most texts."""
    rows = list(sheet.iter_rows(max_row=8))
    return 1 + max(range(len(rows)), key=lambda i: sum(isinstance(c.value, str) for c in rows[i]))


def plant(source: Path, target: Path, planted: Planted) -> None:
    """Write a copy with numbers alone and behind what stands in the cells of every column."""
    book = load_workbook(source)
    for sheet in book.worksheets:
        head = head_of(sheet)
        for n, heading in enumerate(sheet[head]):
            for k in (0, 1) if heading.value else ():
                row = head + 1 + (2 * n + k) % (sheet.max_row - head)
                cell = sheet.cell(row, n + 1)
                if not isinstance(cell, MergedCell):
                    cell.value = f"{cell.value or ''}{planted}" if k else f"{planted}"
        for end in (f"其他{planted}", f"{planted}"):
            sheet.cell(head, sheet.max_column + 1).value = end
        if head > 1:
            sheet["A1"].value = f"{sheet['A1'].value}{planted}"
        sheet.title = f"{sheet.title}{planted}"
    book.create_sheet(f"{planted}")["A1"] = f"{planted}"
    book.save(target)


def answer(source: Path, target: Path, planted: Planted) -> None:
    """Write a copy of a list with answers of every kind, and some about nothing."""
    book: Workbook = load_workbook(source)
    for sheet in book.worksheets:
        head = head_of(sheet)
        if "核实结果" not in (headings := [cell.value for cell in sheet[head]]):
            continue
        for row in range(head + 1, sheet.max_row + 1):
            words = ("属实", "不属实", "无法核实", f"{planted}")
            sheet.cell(row, headings.index("核实结果") + 1).value = words[row % 4]
            for name in ("核实理由", "核实说明", "核实人"):
                sheet.cell(row, headings.index(name) + 1).value = f"见{planted}"
        sheet.append([f"{planted}" for _ in headings])
    book.save(target)


def check(*arguments: str | Path) -> None:
    with pytest.raises(SystemExit):
        main(["check", *map(str, arguments), *RUN])


def texts_of(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text("utf-8")
    with ZipFile(path) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def fields(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Each text of a report, with the names of the fields that lead to it."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from fields(part, f"{place}.{name}".removeprefix("."))
            yield f"{place}{{}}", name
    elif isinstance(value, list):
        for part in value:
            yield from fields(part, f"{place}[]")
    elif isinstance(value, str):
        yield place, value


def test_no_field_and_no_format_has_a_planted_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    planted = Planted()
    now, lists, before = (tmp_path / f"{name}{planted}" for name in ("材料", "名单", "上次"))
    for folder in (now, lists, before):
        folder.mkdir()
    plant(SAMPLES / "官山镇_有误.xlsx", now / f"官山镇{planted}.xlsx", planted)
    (now / f"{planted}.jpg").write_bytes(b"x")
    for folder, of in ((lists, "名单"), (before, "上次")):
        for path in sorted((SAMPLES / of).glob("*.xlsx")):
            plant(path, folder / f"{path.stem}{planted}.xlsx", planted)
    beside = ("--with", lists, "--before", before)
    formats = [f for name in ("json", "list") for f in ("--format", name)]
    check(now, *beside, *formats, "--output", tmp_path / "1")
    answers = tmp_path / f"答{planted}.xlsx"
    answer(tmp_path / "1" / "差异清单.xlsx", answers, planted)
    more = ("html", "sarif", "junit", "markdown", "ndjson", "github", "console")
    formats += [f for name in more for f in ("--format", name)]
    since = ("--answers", answers, "--since", tmp_path / "1" / "检查结果.json")
    check(now, *beside, *since, *formats, "--output", tmp_path / "2")

    said = "".join(capsys.readouterr())
    written = [texts_of(path) for path in sorted((tmp_path / "2").iterdir())]
    assert len(written) == 11
    for text in (said, *written):
        assert [number for number in planted.all if number in text] == []
    report = json.loads((tmp_path / "2" / "检查结果.json").read_text("utf-8"))
    masked = {place for place, text in fields(report) if "****" in text}
    assert masked >= SHOWN, sorted(SHOWN - masked)
    assert [gate["rules_failed"] for gate in report["gates"] + report["groups"]] == [[]] * 7
