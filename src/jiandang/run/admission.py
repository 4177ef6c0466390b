"""Who may work for a run on a cluster: whoever has this program as it is here, and sees the files.

The same version is not enough: of a program that is changed where it is installed, the numbers
stay, and reports would differ from run to run without a word.
"""

import os
from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import jiandang
from jiandang import __version__
from jiandang.errors import ClusterError

_PACKAGE = "jiandang"
_OF_PROGRAM = {".py", ".toml", ".csv"}


class Admission:
    """The scheduler and workers of a cluster that have been looked at."""

    def __init__(self, client: Any, files: Iterable[Path]) -> None:
        """`client` is one of Dask `distributed`; `files` are those of the run."""
        self._client = client
        folders = {Path.cwd() / path.parent for path in files}
        self._folders = sorted(filter(_is_seen, folders))
        self._code = code_of(Path(jiandang.__file__).parent)
        self._admitted: set[str] = set()

    def admit(self) -> int:
        """Look at the workers that have joined since, and return how many are admitted.

        Raises ClusterError for one that must not work, OSError and RuntimeError without a cluster.
        """
        if not self._admitted:
            try:
                theirs = self._client.run_on_scheduler(version, _PACKAGE)
            except PackageNotFoundError as error:
                theirs = error
            _require_version("调度程序", theirs)
        workers = self._client.scheduler_info()["workers"]
        new = [address for address in workers if address not in self._admitted]
        if new:
            # A worker without this program does not know functions of ours.
            versions = self._client.run(version, _PACKAGE, workers=new, on_error="return")
            for address, theirs in versions.items():
                _require_version(f"工作进程 {address}", theirs)
            self._look_at(new)
        return len(self._admitted)

    def _look_at(self, workers: list[str]) -> None:
        codes = self._client.run(_own_code, workers=workers, on_error="return")
        for address, code in codes.items():
            if code != self._code and not isinstance(code, OSError):
                raise ClusterError(
                    f"工作进程 {address} 的 jiandang 和这里的版本号相同，程序却不同（有一处改过）。"
                    f"请在那台机器上重新安装同一份程序，并重新启动它"
                )
        missing = self._client.run(_missing, self._folders, workers=workers, on_error="ignore")
        for address, folders in missing.items():
            if folders:
                raise ClusterError(
                    f"工作进程 {address} 看不到“{folders[0]}”。"
                    "请在那台机器上把共享文件夹挂接到同一路径，再检查一次"
                )
        self._admitted.update(missing)


def code_of(folder: Path) -> str:
    """The SHA-256 of a program's files; whether lines end as on Windows is no matter."""
    digest = sha256()
    files = (path for path in folder.rglob("*") if path.suffix in _OF_PROGRAM)
    for name, path in sorted((path.relative_to(folder).as_posix(), path) for path in files):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _require_version(where: str, theirs: object) -> None:
    """Raises ClusterError for another version, or where there is none."""
    if theirs == __version__ or isinstance(theirs, OSError):  # of a worker that has just died
        return
    installed = f"是 {theirs}" if isinstance(theirs, str) else "没有安装"
    raise ClusterError(
        f"{where} 的 jiandang {installed}，这里是 {__version__}。"
        f"请在那台机器上运行 pip install jiandang[cluster]=={__version__} 并重新启动它"
    )


# -- what runs on the workers --------------------------------------------------------------------


def _own_code() -> str:
    return code_of(Path(jiandang.__file__).parent)


def _missing(folders: list[Path]) -> list[Path]:
    return [folder for folder in folders if not _is_seen(folder)]


def _is_seen(folder: Path) -> bool:
    """Whether a folder has anything in it: where a share is not mounted, an empty one is left."""
    try:
        with os.scandir(folder) as found:
            return next(found, None) is not None
    except OSError:
        return False
