"""What all tests share: one hypothesis profile, and Polars on one thread.

Tables of a few hundred rows only lose by more threads; jiandang's own workers have one as well.
The processes that tests start have as many as they like: Polars reads the variable when it is
first used.
"""

import os
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

os.environ["POLARS_MAX_THREADS"] = "1"
import polars as pl
from wheels import build_wheel

assert pl.thread_pool_size() == 1
del os.environ["POLARS_MAX_THREADS"]

# A busy machine is slow, not wrong: no deadlines, and no failure for examples that take long to
# make. In CI the examples are the same at every run: what fails there is the change.
settings.register_profile(
    "suite",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--households", default=1000, type=int, help="size of the town true to life")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First what takes longest: at the end one worker would wait for the other's."""
    items.sort(key=lambda item: item.path.parent != Path(__file__).parent)


@pytest.fixture(autouse=True)
def _interruptible() -> Iterator[None]:
    """What the command line does with Ctrl-C is for the rest of its process, which tests share."""
    handler, hook = signal.getsignal(signal.SIGINT), sys.unraisablehook
    yield
    signal.signal(signal.SIGINT, handler)
    sys.unraisablehook = hook


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder in which the built wheel is installed: a virtual environment, made once a session.

    The wheel is made from the sdist. What it depends on is that of the tests.
    """
    base = tmp_path_factory.getbasetemp()
    # With xdist the workers' folders lie in one.
    folder = (base if worker_id == "master" else base.parent) / "installed"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            _install(build_wheel(folder / "dist"), folder)
    return folder


def _install(wheel: Path, folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    command = [sys.executable, "-m", "pip", "--python", str(_python(folder)), "install", "--quiet"]
    subprocess.run([*command, "--no-deps", "--no-index", str(wheel)], check=True)
    (site,) = folder.glob("[Ll]ib/**/site-packages")
    # A line of a .pth file adds a folder, but no line of the .pth files in that folder is read: the
    # project's sources, which an editable install adds in this way, stay out.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")


@pytest.fixture(scope="session")
def wheel_python(installed: Path) -> Path:
    """The Python that has the built wheel."""
    return _python(installed)


def _python(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
