"""The files that a run reads besides registers: none is written over, each is guarded by itself."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from town import Town

from jiandang.cli import main

from .register import write_all
from .test_privacy import NUMBER

EXTENDS = 'extends = "xuzhou-2016"\n'


def run(*arguments: object) -> object:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return ended.value.code


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the register in each format."""
    monkeypatch.chdir(tmp_path)
    write_all(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("基.toml", ["--policy", "县.toml"]),
        ("名单/名单.toml", ["--with", "名单"]),
        ("jiandang.toml", []),
    ],
)
def test_no_report_takes_the_place_of_settings_that_are_read_unnamed(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    options: list[str],
) -> None:
    (folder / "县.toml").write_text('extends = "基.toml"\n', "utf-8")
    (folder / "基.toml").write_text(EXTENDS, "utf-8")
    (folder / "名单").mkdir()
    (folder / "名单" / "低保.csv").write_text("姓名,身份证号,低保金\n甲,1,2\n", "utf-8")
    (folder / "名单" / "名单.toml").write_text('["低保.csv"]\nkind = "低保"\n', "utf-8")
    (folder / "jiandang.toml").write_text('fail-on = "never"\n', "utf-8")
    before = Path(name).read_bytes()
    assert run("check", "a.csv", *options, "--format", "json", "--output", name) == 2
    assert "没有写在它上面" in capsys.readouterr().err
    assert Path(name).read_bytes() == before


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As for one who may read nothing (root may read all), as Typer asks for it."""
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    yield


@pytest.mark.usefixtures("folder", "unreadable")
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "a.csv", "a.xls", "--before", "a.html", "--changes", "a.xml", "--format", "json"],
        ["check", "a.csv", "--answers", "a.xls"],
        ["check", "a.csv", "--since", "a.xls"],
        ["check", "a.csv", "--password-file", "a.html", "--fail-on", "never"],
        ["answers", "a.csv", "--into", "a.csv"],
        ["fix", "a.xlsx"],
        ["template", "b.xlsx", "--places", "a.csv"],
        ["template", "入户表", "--from", "a.csv", "--output", "."],
    ],
)
def test_typer_stops_no_run_for_a_file_that_cannot_be_read(
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    """It would say so in English, and no other file would be checked."""
    run(*arguments)
    assert "readable" not in capsys.readouterr().err


def test_a_policy_of_a_name_that_is_too_long(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_all(tmp_path)[2]
    (tmp_path / "县.toml").write_text(f'extends = "{"x" * 300}"\n', "utf-8")
    for policy in ("x" * 300, tmp_path / "县.toml", tmp_path / f"{'x' * 300}.toml"):
        assert run("check", source, "--policy", policy) == 2
        said = capsys.readouterr().err
        assert "--policy" in said and "写不进去" not in said


LONG = "x" * 300


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "arguments",
    [
        ["fix", LONG],
        ["template", "入户表", "--from", LONG],
        ["template", f"{LONG}.xlsx"],
        ["answers", LONG, "--into", "r.csv"],
        ["check", "a.csv", "--answers", LONG],
        ["check", "a.csv", "--output", f"{LONG}.json", "--format", "json"],
        ["check", "a.csv", "--output", "y/" * 1500 + "a.json", "--format", "json"],
        ["check", "a.csv", "--output", "y/" * 1500, "--format", "list"],
    ],
)
def test_a_name_that_is_too_long_is_said_to_be(
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    """Not that it cannot be written: it was only to be read."""
    assert run(*arguments) == 2
    said = capsys.readouterr().err
    assert "文件名过长，请改短" in said and "写不进去" not in said


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", ""],
        ["check", "a.csv", "--before", ""],
        ["answers", "", "--into", "r.csv"],
        ["fix", ""],
        ["template", "入户表", "--output", ""],
    ],
)
def test_a_name_that_was_never_filled_in_is_not_the_whole_folder(
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    """A script whose variable is unset would check whatever lies about, and pass."""
    assert run(*arguments) == 2
    assert "给出的路径是空的" in capsys.readouterr().err


def test_a_full_disk_names_the_mended_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever it is met: while the copy is made, no file is named by the error."""
    from jiandang.repairs.book import Book

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    source = tmp_path / "甲.xlsx"
    source.write_bytes((Path(__file__).parents[2] / "sample_data/官山镇_凌乱.xlsx").read_bytes())
    monkeypatch.setattr(Book, "save", full)
    assert run("fix", source, "--write") == 2
    said = capsys.readouterr().err
    assert "甲.已修整.xlsx”写不进去：磁盘空间不足" in said
    assert [path.name for path in tmp_path.iterdir()] == ["甲.xlsx"]


def test_a_file_where_a_folder_is_meant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (there := tmp_path / "甲").write_text("x", "utf-8")
    assert run("template", "入户表", "--output", there) == 2
    assert "已有同名的文件" in capsys.readouterr().err
    assert there.read_text("utf-8") == "x"


def test_a_village_of_the_goals_that_is_somebodys_number() -> None:
    town = Town()
    town.before()
    town.headings["村情"] += ["是否达标"]
    town.sheets["村情"] = [{"行政村": NUMBER, "是否经济薄弱村": "是", "是否达标": "否"}]
    report = town.report(select="DT")
    assert report.movement is not None
    assert report.movement.progress[-1].weak_villages.missing == ["320324********0015"]
