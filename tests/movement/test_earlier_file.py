"""Findings in the earlier file, or in 增减表: each format says so, and a marked copy lists them."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from test_check_before import jiandang, saved, saved_town
from town import CHANGES, Row, Town


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A town of two files, of each of which somebody is gone; 增减表 has one who is not."""
    before, now = Town(), Town()
    for village in ("王庄村", "柳湾村"):
        gone = now.row("成员", 行政村=village, 与户主关系="之子")
        now.sheets["成员"].remove(gone)
        now.household(gone)["家庭人口"] -= 1
    saved_town(tmp_path / "上次" / "官山镇.xlsx", before)
    for name, villages in {"官山镇": ("王庄村", "陈桥村"), "柳湾": ("柳湾村",)}.items():
        numbers = {row["户编号"] for row in now.rows("农户") if row["行政村"] in villages}

        def own(row: Row, numbers: set[Any] = numbers) -> bool:
            return row.get("户编号") in numbers

        town = Town(headings=now.headings)
        town.sheets = {
            sheet: [row for row in rows if own(row)] for sheet, rows in now.sheets.items()
        }
        saved_town(tmp_path / "本次" / f"{name}.xlsx", town)
    here = now.row("成员", 行政村="柳湾村", 与户主关系="配偶")
    line = {h: here.get(h) for h in CHANGES} | {"变动": "减少", "原因": "死亡"}
    saved(tmp_path / "增减表.xlsx", {"增减": (CHANGES, [line])})
    return tmp_path


def run(folder: Path, *formats: str) -> Path:
    names = [part for name in formats for part in ("--format", name)]
    target = folder / "结果"
    given = ("--before", folder / "上次", "--changes", folder / "增减表.xlsx")
    result = jiandang(folder / "本次", *given, "--select", "DT", *names, "--output", f"{target}/")
    assert result.returncode == 1, result.stderr
    return target


def rows_of(path: Path) -> list[dict[str, Any]]:
    sheet = load_workbook(path)["问题清单"]
    headings = [cell.value for cell in sheet[1]]
    rows = []
    for row in sheet.iter_rows(min_row=2):
        named = {str(h): c.value for h, c in zip(headings, row, strict=True)}
        link = row[headings.index("单元格")].hyperlink
        rows.append({**named, "到": link and link.location})
    return rows


def test_each_is_in_the_marked_copy_of_the_file_of_its_village(folder: Path) -> None:
    target = run(folder, "xlsx")
    copies = {"官山镇": ["王庄村"], "柳湾": ["柳湾村"]}
    for name, villages in copies.items():
        rows = rows_of(target / f"{name}.检查结果.xlsx")
        gone = [row for row in rows if row["规则"].startswith("DT002")]
        assert [row["村"] for row in gone] == villages
        assert [row["表"] for row in gone] == ["上次的 上次/官山镇.xlsx 成员"]
        assert [row["到"] for row in gone] == [None]
        summary = load_workbook(target / f"{name}.检查结果.xlsx")["检查结果"]
        said = [cell for (cell, *_) in summary.iter_rows(values_only=True) if cell]
        others = [str(text) for text in said if str(text).startswith("另有不在本表里的")]
        assert ["上次的 上次/官山镇.xlsx 里 1 处" in text for text in others] == [True]
        sheet = load_workbook(target / f"{name}.检查结果.xlsx")["成员"]
        notes = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
        assert not any("DT002" in note for note in notes)
    (listed,) = [r for r in rows_of(target / "柳湾.检查结果.xlsx") if r["规则"].startswith("DT001")]
    assert listed["表"] == "增减表 增减表.xlsx 增减"


def test_every_format_names_the_file(folder: Path) -> None:
    target = run(folder, "console", "list", "html", "markdown", "json", "sarif", "junit")
    for name in ("检查结果.txt", "检查结果.md", "检查结果.html", "差异清单.csv"):
        text = (target / name).read_text(encoding="utf-8-sig")
        assert "上次的 上次/官山镇.xlsx" in text, name
    report = json.loads((target / "检查结果.json").read_text(encoding="utf-8"))
    roles = {f["rule"]: f.get("role") for f in report["findings"]}
    assert roles["DT002"] == "before" and roles["DT001"] == "changes"
    assert roles["DT005"] is None
    assert all("checked_file" not in f for f in report["findings"])
    for name in ("检查结果.sarif", "检查结果.junit.xml"):
        assert "上次" in (target / name).read_text(encoding="utf-8"), name
