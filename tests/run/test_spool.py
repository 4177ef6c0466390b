"""The findings of many parts, which wait in a file: the same as in memory, and nothing is left."""

import errno
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from towns import save, shared_everything

from jiandang.cli import main
from jiandang.engine.drafts import Drafts
from jiandang.register.register import NO_ROW, reference
from jiandang.report import spool as module
from jiandang.report.births import numbers_in
from jiandang.report.found import Found, InMemory
from jiandang.report.model import Finding, Severity
from jiandang.report.packed import FINDINGS_A_BLOCK, pack_drafts
from jiandang.report.spool import Spool

MASKED = "320324********0012"


class AtOnce(Drafts):
    """The findings of all parts in one, by the run's sheets, without those of rows left out."""

    def __init__(self, left_out: list[tuple[int, int]]) -> None:
        super().__init__()
        self.sheets = [0]
        self.left_out = left_out

    def add(self, finding: Finding, place: tuple[int, int, int], **about: str) -> None:
        sheet, row, column = place
        sheet = sheet if sheet == NO_ROW else self.sheets[sheet]
        if finding.rule != "LR101" or (sheet, row) not in self.left_out:
            super().add(finding, (sheet, row, column), **about)


def add(drafts: Drafts, place: tuple[int, int, int], message: str = "一", **other: Any) -> None:
    about = {"rank": "", "who": "王庄村", "column": "name", "number": "", "shown": ""}
    about |= {name: other.pop(name) for name in [*about] if name in other}
    own: dict[str, Any] = {"rule": "LR101", "severity": Severity.ERROR, "column": "", **other}
    finding = Finding(
        gate=own["rule"][:2], title="", message=message, advice="", file="a.xlsx", sheet="成员",
        cell="", row=place[1], fingerprint="", **own,
    )  # fmt: skip
    drafts.add(finding, place, **about)


def of_one_sheet(drafts: Drafts, other: bool) -> None:
    for row in range(5, 5 + FINDINGS_A_BLOCK + 7):
        add(drafts, (0, row, 2), who=f"户{row}", household=f"户{row % 9}")


def of_the_policy(drafts: Drafts, other: bool) -> None:
    add(drafts, (NO_ROW, 0, 0), "乙")
    add(drafts, (NO_ROW, 0, 0), "丙" if other else "甲")


def of_one_household(drafts: Drafts, other: bool) -> None:
    add(drafts, (0, 7, 2), "左", number="22" if other else "11", household="户1")
    add(drafts, (0, 9, 2), "右", number="15", household="户1")
    add(drafts, (0, 9, 2), "右", number="15", column="sex")


def of_other_ranks_and_rules(drafts: Drafts, other: bool) -> None:
    add(drafts, (0, 7, 2), rank="1B" if other else "1C")
    add(drafts, (0, 8, 2), rank="1A")
    add(drafts, (0, 6, 2), rule="SB001" if other else "SJ001", severity=Severity.SUSPECT)


def of_births(drafts: Drafts, other: bool) -> None:
    add(drafts, (0, 3, 2), f"号码 {MASKED}", person="李山", value=MASKED)
    if other:
        add(drafts, (0, 4, 2), "出生日期 1950-01-02 不对", person="李山")


def of_nothing(drafts: Drafts, other: bool) -> None:
    if other:
        add(drafts, (0, 3, 2))


@pytest.mark.parametrize("is_on_disk", [False, True])
@pytest.mark.parametrize("left_out", [[], [(3, 7)], [(3, 7), (1, 9), (1, 3)]])
@pytest.mark.parametrize(
    "fill",
    [
        of_one_sheet,
        of_the_policy,
        of_one_household,
        of_other_ranks_and_rules,
        of_births,
        of_nothing,
    ],
)
def test_they_are_what_they_are_in_memory(
    monkeypatch: pytest.MonkeyPatch,
    fill: Callable[[Drafts, bool], None],
    left_out: list[tuple[int, int]],
    is_on_disk: bool,
) -> None:
    if is_on_disk:
        monkeypatch.setattr(module, "_IN_MEMORY", 1)
    together, spool = AtOnce(left_out), Spool()
    for other, sheets in ((False, [3]), (True, [1])):
        together.sheets, part = sheets, Drafts()
        fill(together, other)
        fill(part, other)
        spool.add(pack_drafts(part), sheets)
    spool.leave_out("LR101", {reference(*row) for row in left_out})
    found: list[Found] = [InMemory(together), spool]
    tallies = [each.settle([]) for each in found]
    assert tallies[0] == tallies[1]
    findings = [each.published(lambda _: None) for each in found]
    assert findings[0] == findings[1]
    assert [*findings[1]] == findings[1][:]
    assert [*reversed(findings[1])] == findings[0][::-1]
    if fill is of_births and not left_out:
        assert not any(MASKED in numbers_in(f) for f in findings[1])


def test_a_file_that_nobody_else_may_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "_IN_MEMORY", 1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    spool, drafts = Spool(), Drafts()
    of_one_sheet(drafts, other=False)
    spool.add(pack_drafts(drafts), [0])
    if os.name == "posix":
        assert os.fstat(spool._blocks._file.fileno()).st_mode & 0o077 == 0
    spool.settle([])
    findings = spool.published(lambda _: None)
    assert len([*findings]) == FINDINGS_A_BLOCK + 7
    del spool, findings
    assert [*tmp_path.iterdir()] == []


# -- the command line ----------------------------------------------------------------------------


@pytest.fixture
def towns(tmp_path: Path) -> list[str]:
    folder = tmp_path / "上报材料"
    folder.mkdir()
    return [
        str(save(town, folder / f"{number}.xlsx"))
        for number, town in enumerate(shared_everything())
    ]


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of temporary files, into which all findings of a run come."""
    folder = tmp_path / "临时"
    folder.mkdir()
    monkeypatch.setattr(module, "_IN_MEMORY", 1)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def checked(towns: list[str], output: Path, *options: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["check", *towns, "--as-of", "2016-03-29", "--output", f"{output}/", *options])
    code: int = ended.value.code  # type: ignore[assignment]
    return code


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("options", [["--format", "list"], ["--format", "list", "--by", "village"]])
def test_one_by_one_and_all_at_once_are_the_same(
    towns: list[str], temporary: Path, tmp_path: Path, options: list[str]
) -> None:
    options = [*options, "--format", "ndjson", "--format", "json"]
    assert checked(towns, tmp_path / "一", *options) == 1
    assert checked(towns, tmp_path / "二", *options, "--jobs", "2") == 1
    assert checked(towns, tmp_path / "全", *options, "--format", "markdown") == 1  # in a list
    one, two, all_at_once = (contents(tmp_path / name) for name in ("一", "二", "全"))
    del all_at_once["检查结果.md"]
    assert one == two == all_at_once
    lines = one["检查结果.ndjson"].decode().splitlines()
    assert len(lines) == 1 + json.loads(lines[0])["summary"]["counts"]["error"] + sum(
        json.loads(lines[0])["summary"]["counts"][name] for name in ("warning", "suspect", "info")
    )
    assert contents(temporary) == {}


@pytest.mark.parametrize("format_", ["ndjson", "list"])
def test_what_goes_wrong_in_the_midst_of_writing_leaves_the_earlier_report(
    towns: list[str],
    temporary: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    format_: str,
) -> None:
    output = tmp_path / "报告"
    checked(towns, output, "--format", format_)
    before = contents(output)
    assert before
    read = module.Spooled.__getitem__

    def failing(self: module.Spooled, at: Any) -> Any:
        if at == 3:
            raise OSError(errno.EIO, "input/output error")
        return read(self, at)

    monkeypatch.setattr(module.Spooled, "__getitem__", failing)
    assert checked(towns, output, "--format", format_) == 2
    assert contents(output) == before
    assert contents(temporary) == {}


def test_no_room_for_the_findings(
    towns: list[str],
    temporary: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Full(tempfile.SpooledTemporaryFile[bytes]):
        def write(self, _: Any) -> int:
            raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", Full)
    assert checked(towns, tmp_path / "报告", "--format", "ndjson") == 2
    assert f"没有查完：“{temporary}”写不进去：磁盘空间不足" in capsys.readouterr().err
    assert not (tmp_path / "报告").exists()
    assert contents(temporary) == {}
