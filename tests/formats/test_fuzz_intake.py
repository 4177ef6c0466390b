"""Mutated workbooks: they are read, or refused with a reason, and never end the process."""

import io
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from jiandang.formats.grid import Unreadable
from jiandang.formats.opening import open_workbook

MUTATIONS = 250
TEXT = {
    ".csv": "姓名,证件号码\n张三,320322195001010011\n李四,x\n".encode("gbk"),
    ".html": "<html><table><tr><td rowspan=2>姓名<td>甲</tr><tr><td>乙</table></html>".encode(),
    ".xml": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    b'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>'
    b'<Row ss:Index="2"><Cell ss:MergeDown="1"><Data ss:Type="Number">5</Data></Cell></Row>'
    b"</Table></Worksheet></Workbook>",
}


def seeds() -> dict[str, bytes]:
    """A small workbook of each kind."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("成员")
    for row in range(30):
        sheet.write_row(row, 0, [f"张{row}", row, "320322195001010011"])
        sheet.write_formula(row, 3, "=1/0", None, "#DIV/0!")
    sheet.merge_range(3, 5, 6, 5, "合")
    sheet.set_row(4, None, None, {"hidden": True})
    book.close()
    old, old_target = xlwt.Workbook(), io.BytesIO()
    for name in ("成员", "农户"):
        old_sheet = old.add_sheet(name)
        for row in range(30):
            for column, value in enumerate((f"张{row}", row, row / 7, True)):
                old_sheet.write(row, column, value)
        old_sheet.write_merge(40, 42, 0, 2, "合")
    old.save(old_target)
    return {".xlsx": target.getvalue(), ".xls": old_target.getvalue(), **TEXT}


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Change, drop, double or cut some bytes."""
    content = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20))):
        at = chance.randrange(len(content))
        match chance.randrange(5):
            case 0 | 1:
                content[at] = chance.randrange(256)
            case 2:
                content[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"9999"))
            case 3:
                del content[at : at + chance.randrange(1, 9)]
            case 4:
                content[at:at] = content[at : at + chance.randrange(1, 30)]
    return bytes(content[: chance.randrange(len(content))] if chance.random() < 0.05 else content)


def mutate_part(data: bytes, chance: random.Random) -> bytes:
    """A workbook one of whose parts is changed, packed anew so that the change is seen."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        names = [name for name in old.namelist() if name.startswith("xl/")]
        changed = chance.choice([*names, *["xl/worksheets/sheet1.xml"] * 8])
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, mutate(content, chance) if name == changed else content)
    return target.getvalue()


def run(folder: Path) -> None:
    """Read all mutations; whatever is not `Unreadable` ends the process."""
    chance = random.Random(20160305)
    read = refused = 0
    for suffix, data in seeds().items():
        path = folder / f"a{suffix}"
        for number in range(MUTATIONS if suffix in (".xlsx", ".xls") else 80):
            packed = suffix == ".xlsx" and number % 4 > 0
            path.write_bytes(mutate_part(data, chance) if packed else mutate(data, chance))
            try:
                for _ in open_workbook(path, "x").grids:
                    pass
                read += 1
            except Unreadable as error:
                assert error.message.endswith("。"), error.message
                refused += 1
    assert read > 60, read
    assert refused > 60, refused


def test_mutated_files_in_a_process_of_their_own(tmp_path: Path) -> None:
    script = (
        "import runpy, pathlib, sys; runpy.run_path(sys.argv[1])['run'](pathlib.Path(sys.argv[2]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, __file__, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "panicked" not in done.stderr


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"<table>", b"<?xml ", b"\xff\xfe"]),
)
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes, start: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "任意.xlsx"
    path.write_bytes(start + data)
    try:
        list(open_workbook(path).grids)
    except Unreadable as error:
        assert error.code.replace("_", "").isalpha()
