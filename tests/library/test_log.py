"""The log tells what was read and why a rule failed; without a handler nothing is shown."""

import logging
from pathlib import Path

import pytest

import jiandang
from jiandang.cli import main
from jiandang.gates.catalogue import find_rule

SAMPLE = Path(__file__).parents[2] / "sample_data" / "官山镇_有误.xlsx"


def test_what_was_read_and_run(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    with caplog.at_level(logging.INFO, logger="jiandang"):
        register = jiandang.load([SAMPLE, tmp_path / "没有.xlsx"])
        jiandang.check(register, select="SB")
    texts = [record.getMessage() for record in caplog.records]
    assert any(text.startswith(f"读了 {SAMPLE}：") and text.endswith("秒") for text in texts)
    assert any(text.startswith(f"没有读出 {tmp_path / '没有.xlsx'}：") for text in texts)
    assert any(text.startswith("运行了 ") for text in texts)


def test_a_rule_that_fails_keeps_its_traceback(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(policy: object) -> object:
        raise ZeroDivisionError("rule of the test")

    rule = find_rule("SB008")
    monkeypatch.setitem(rule.__dict__, "check", breaks)
    monkeypatch.setattr("jiandang.engine.plan._plans", [])
    report = jiandang.check(jiandang.load(SAMPLE), select="SB008")
    monkeypatch.setattr("jiandang.engine.plan._plans", [])
    assert report.summary.rules_failed == 1
    (record,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert "规则 SB008 运行失败" in record.getMessage()
    assert "in breaks" in record.getMessage() and "rule of the test" in record.getMessage()


def test_debug_shows_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("jiandang")
    before, level = list(logger.handlers), logger.level
    for options, shown in (([], False), (["--debug"], True)):
        with pytest.raises(SystemExit):
            main(["check", str(SAMPLE), "--quiet", *options])
        assert ("读了 " in capsys.readouterr().err) is shown
    logger.handlers[:] = before
    logger.setLevel(level)
