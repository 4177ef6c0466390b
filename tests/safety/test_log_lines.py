"""What `--debug` says goes to the log of a server as everything else does."""

import logging

import pytest

from jiandang import cli
from jiandang.cli.outputs import fit_lines
from jiandang.log import LOG, log_to_stderr

NUMBER = "320324198001010015"


def test_a_line_of_the_log_is_fit_to_be_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LOG, "handlers", [])
    monkeypatch.setattr(LOG, "level", logging.NOTSET)
    log_to_stderr(fit_lines)
    try:
        raise ValueError(f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}")
    except ValueError:
        LOG.debug("读了 %s\x1b[31m登记.csv", NUMBER, exc_info=True)
    told = capsys.readouterr().err
    assert NUMBER not in told and NUMBER[6:14] not in told and "\x1b" not in told
    assert "320324********0015" in told and "Traceback" in told


def test_an_interrupt_before_the_command_begins(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Importing the command line takes half of a short run."""

    def interrupted(_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", interrupted)
    with pytest.raises(SystemExit) as caught:
        cli.main([])
    assert caught.value.code == 130
    assert "已中断" in capsys.readouterr().err
