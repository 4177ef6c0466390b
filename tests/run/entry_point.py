"""The program as its users start it: a process of its own; and the same entry point in this one."""

import contextlib
import gc
import io
import os
import subprocess
import sys
from pathlib import Path

from jiandang.cli import main

ROOT = Path(__file__).parents[2]


def jiandang(
    *arguments: object, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `python -m jiandang …`; its streams are UTF-8 unless the environment says otherwise."""
    return subprocess.run(
        [sys.executable, "-m", "jiandang", *map(str, arguments)],
        capture_output=True,
        encoding=environment.get("PYTHONIOENCODING", "utf-8"),
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )


def jiandang_here(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The same without a process, in half the time, where streams and signals are no matter."""
    given = [*map(str, arguments)]
    said = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(each, encoding="utf-8") for each in said)
    with (
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main(given)
            code: object = 0
        except SystemExit as end:
            code = end.code
        finally:
            gc.enable()  # which one short process does without
        # Before the streams that it has put in their places close them.
        sys.stdout.flush()
        sys.stderr.flush()
        texts = [each.getvalue().decode().replace(os.linesep, "\n") for each in said]
    return subprocess.CompletedProcess(given, int(str(code or 0)), *texts)
