"""Files cut off at every 5 %, and with single bits flipped: read or refused, never more."""

import random
from pathlib import Path

import pytest

from jiandang.policy import load_policy
from jiandang.run.load import Reading
from jiandang.run.processes import Workers

from .register import ROWS, csv_text, write_all

POLICY = load_policy("xuzhou-2016")
KNOWN = {
    "damaged", "truncated", "not_a_workbook", "nothing_recognised", "empty_file", "too_large",
    "password",
}  # fmt: skip


def code_and_rows(path: Path) -> tuple[str | None, int]:
    with Workers(1) as workers:
        ((file, tables),) = Reading(POLICY).read([path], workers)
    return file.error_code, tables.rows


@pytest.mark.parametrize("kind", range(5))
def test_a_file_that_is_cut_off(tmp_path: Path, kind: int) -> None:
    path = write_all(tmp_path)[kind]
    data = path.read_bytes()
    assert code_and_rows(path) == (None, len(ROWS))
    for percent in range(0, 100, 5):
        path.write_bytes(data[: len(data) * percent // 100])
        code, rows = code_and_rows(path)
        assert code in {*KNOWN, None} and rows <= len(ROWS)


@pytest.mark.parametrize("kind", range(5))
def test_single_bits_that_flip(tmp_path: Path, kind: int) -> None:
    path = write_all(tmp_path)[kind]
    data = path.read_bytes()
    chance = random.Random(kind)
    for _ in range(40):
        damaged = bytearray(data)
        damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        assert code_and_rows(path)[0] in {*KNOWN, None}


def test_a_tail_of_zeros_is_said_at_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_text().encode() + bytes(3000))
    with Workers(1) as workers:
        ((file, _),) = Reading(POLICY).read([path], workers)
    assert file.error_code == "damaged" and "第 32 行" in str(file.error)


@pytest.mark.parametrize(("first", "second"), [("utf-8", "gbk"), ("gbk", "utf-8")])
def test_a_tail_in_another_encoding(tmp_path: Path, first: str, second: str) -> None:
    path = tmp_path / "a.csv"
    lines = csv_text().splitlines(keepends=True)
    path.write_bytes("".join(lines[:20]).encode(first) + "".join(lines[20:]).encode(second))
    with Workers(1) as workers:
        ((file, _),) = Reading(POLICY).read([path], workers)
    assert file.error_code == "damaged" and "第 2" in str(file.error)


def test_two_stray_quotes_swallow_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        csv_text().replace("张三5,", '"张三5,').replace("张三25,", '张三25",'), encoding="utf-8"
    )
    with Workers(1) as workers:
        ((file, tables),) = Reading(POLICY).read([path], workers)
    assert tables.rows == len(ROWS)
    assert any("第 6 至 26 行" in remark for remark in file.remarks)


def test_a_cell_of_several_lines_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        csv_text().replace("张三5,", '"张三5\n（又名，李四, 王五）",'), encoding="utf-8"
    )
    with Workers(1) as workers:
        ((file, tables),) = Reading(POLICY).read([path], workers)
    assert tables.rows == len(ROWS) and file.remarks == []
