"""The way of a form as README shows it: its five lines, run as they stand there."""

import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jiandang.cli import main

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_data"


def lines() -> list[list[str]]:
    """The commands of the block of five steps, without what is said of them."""
    readme = (ROOT / "README.md").read_text("utf-8")
    block = readme.partition("五步：")[2].split("```")[1]
    found = [re.split(r"\s{2,}[1-5] ", line)[0].split() for line in block.strip().splitlines()]
    assert all(words[0] == "jiandang" for words in found)
    return [words[1:] for words in found]


def test_from_the_empty_form_to_the_hand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLES / "官山镇_合格.xlsx", "任务分解.xlsx")
    make, visit, check, mend, hand_in = lines()
    assert run(make) == 0
    assert load_workbook("官山镇.xlsx")["农户"]["F2"].value == "320324105201001"
    # The clerk's part: what a script has filled in, with two cells as clerks paste them.
    filled = load_workbook(SAMPLES / "官山镇_空白表填好.xlsx")
    filled["成员"]["H2"].value = f" {filled['成员']['H2'].value} "
    filled["成员"]["M2"].value = f"{filled['成员']['M2'].value}"
    filled.save("官山镇.xlsx")
    assert run(visit) == 0
    assert Path("官山镇.入户表.王庄村.xlsx").is_file()
    capsys.readouterr()
    run(check)
    assert "LR010" in capsys.readouterr().out
    assert run(mend) == 0
    assert run(hand_in) == 0
    said = capsys.readouterr().out
    assert ("LR010" not in said and "没有错误" in said) or "没有发现问题" in said


def run(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    return int(str(exit_.value.code or 0))
