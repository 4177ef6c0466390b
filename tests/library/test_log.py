"""The log tells what was read and why a rule failed; without a handler nothing is shown."""

import logging
from collections.abc import Iterator
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


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A rule that fails when it is asked for its expression."""

    def breaks(policy: object) -> object:
        raise ZeroDivisionError("rule of the test")

    monkeypatch.setitem(find_rule("SB008").__dict__, "check", breaks)
    monkeypatch.setattr("jiandang.engine.plan._plans", [])
    yield
    monkeypatch.setattr("jiandang.engine.plan._plans", [])


@pytest.fixture(autouse=True)
def log_as_it_was() -> Iterator[None]:
    logger = logging.getLogger("jiandang")
    before, level = list(logger.handlers), logger.level
    yield
    logger.handlers[:] = before
    logger.setLevel(level)


@pytest.mark.usefixtures("failing")
def test_a_rule_that_fails_keeps_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    report = jiandang.check(jiandang.load(SAMPLE), select="SB008")
    assert report.summary.rules_failed == 1
    (record,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert "规则 SB008 运行失败" in record.getMessage()
    assert "Traceback (most recent call last):" in record.getMessage()
    assert "in breaks" in record.getMessage() and "rule of the test" in record.getMessage()


@pytest.mark.usefixtures("failing")
@pytest.mark.parametrize("debug", [False, True])
def test_debug_shows_why_a_rule_failed(debug: bool, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--debug"] if debug else []
    with pytest.raises(SystemExit) as ended:
        main(["check", str(SAMPLE), "--quiet", "--jobs", "1", "--select", "SB008", *options])
    assert ended.value.code == 2
    shown = capsys.readouterr().err
    assert ("in breaks" in shown and "ZeroDivisionError: rule of the test" in shown) is debug
    assert ("Traceback (most recent call last):" in shown) is debug


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize(
    ("broken", "command"),
    [
        ("jiandang.run.batch.check_files", ["check", str(SAMPLE), "--quiet"]),
        ("jiandang.repairs.fixing.plan_fix", ["fix", str(SAMPLE)]),
        ("jiandang.answers.reading.read_replies", ["answers", str(SAMPLE), "--into", "a.csv"]),
        ("jiandang.templates.making.make_register", ["template", "空白.xlsx"]),
    ],
    ids=["check", "fix", "answers", "template"],
)
def test_debug_prints_the_traceback_of_the_program(
    broken: str,
    command: list[str],
    debug: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without it only what and where: the error's text may quote the user's data."""

    def breaks(*args: object, **options: object) -> object:
        raise ZeroDivisionError("张三")

    monkeypatch.setattr(broken, breaks)
    with pytest.raises(SystemExit) as ended:
        main([*command, *(["--debug"] if debug else [])])
    assert ended.value.code == 2
    shown = capsys.readouterr().err
    assert "程序自身出错，没有查完" in shown and "ZeroDivisionError，test_log.py:" in shown
    assert ("Traceback (most recent call last):" in shown) is debug
    assert ("ZeroDivisionError: 张三" in shown) is debug


def test_debug_shows_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    for options, shown in (([], False), (["--debug"], True)):
        with pytest.raises(SystemExit):
            main(["check", str(SAMPLE), "--quiet", *options])
        assert ("读了 " in capsys.readouterr().err) is shown
