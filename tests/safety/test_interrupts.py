"""Ctrl-C at whatever moment: a word of Chinese, exit code 130, and no traceback."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jiandang.run.processes import Workers

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
# What the command line does first, in place of which something is done over which it comes.
RUN = """
import os, signal, weakref
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever starts this may ignore it
from jiandang import cli
def interrupt():
    os.kill(os.getpid(), signal.SIGINT)
class Gone:
    pass
def run(_arguments):
{lines}
cli._run = run
cli.main([])
"""
IN_GENERATED_CODE = """
    exec("interrupt()")
"""
IN_A_CALLBACK = """
    gone = Gone()
    kept = weakref.ref(gone, lambda _: interrupt())
    del gone
    while True:
        pass
"""
WHERE_A_CLASS_IS_MADE = """
    class Named:
        def __set_name__(self, owner, name):
            interrupt()
    class Owner:
        named = Named()
"""
IN_POLARS = """
    import polars as pl
    def look(series):
        interrupt()
        return series
    pl.DataFrame({"n": [1]}).select(pl.col("n").map_batches(look, return_dtype=pl.Int64))
    while True:
        pass
"""
TWICE = """
    try:
        interrupt()
    finally:
        interrupt()
"""
IN_TYPER = """
    from typer import Typer
    app = Typer()
    app.command()(interrupt)
    return app([], standalone_mode=False)
"""


@POSIX
@pytest.mark.parametrize(
    "lines",
    [IN_GENERATED_CODE, IN_A_CALLBACK, WHERE_A_CLASS_IS_MADE, IN_POLARS, TWICE, IN_TYPER],
)
def test_interrupts(tmp_path: Path, lines: str) -> None:
    (tmp_path / "interrupted.py").write_text(RUN.format(lines=lines), encoding="utf-8")
    # Python itself ends otherwise for a module that is run than for a script.
    command = [sys.executable, "-m", "interrupted"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr.decode()) == (130, "已中断。\n")


@POSIX
def test_terminated_in_a_callback(tmp_path: Path) -> None:
    script = RUN.format(lines=IN_A_CALLBACK.replace("interrupt()", "signal.raise_signal(15)"))
    (tmp_path / "terminated.py").write_text(script, encoding="utf-8")
    ended = subprocess.run([sys.executable, "terminated.py"], cwd=tmp_path, capture_output=True)
    assert (ended.returncode, ended.stderr) == (128 + 15, b"")


@POSIX
def test_what_python_cannot_raise_otherwise_is_told(tmp_path: Path) -> None:
    """A near miss: an error in a callback is no end."""
    lines = IN_A_CALLBACK.replace("interrupt()", "1 / 0").replace("while True", "for _ in ()")
    (tmp_path / "going_on.py").write_text(RUN.format(lines=lines), encoding="utf-8")
    ended = subprocess.run([sys.executable, "going_on.py"], cwd=tmp_path, capture_output=True)
    assert ended.returncode == 0 and b"ZeroDivisionError" in ended.stderr


def test_the_command_line_is_there_at_once() -> None:
    """Until then Ctrl-C ends in a traceback."""
    script = (
        "import sys; before = {*sys.modules}; import jiandang.cli; print({*sys.modules} - before)"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    new = eval(found.stdout)
    assert "jiandang.cli" in new and new.isdisjoint({"typing", "contextlib", "re", "typer"})


@POSIX
def test_processes_that_start_are_not_interrupted() -> None:
    """Ctrl-C of a terminal goes to them as well, and they would tell where they have been."""
    held = "__import__('signal').pthread_sigmask(0, [])"
    with Workers(2) as workers:
        found = [*workers.map(eval, [held, held], len)]
    assert all(signal.SIGINT in each for each in found)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
