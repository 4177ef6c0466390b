"""The folder for Windows: how it is put together, and what its start says and does."""

import builtins
import errno
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import build
import pytest
import start
from wheels import WINDOWS, locked

from jiandang.errors import why_too_long
from jiandang.formats.grid import Unreadable
from jiandang.formats.opening import read_bytes
from jiandang.reporters.placing import why_not_written

BAT = r"D:\检查 工具\检查登记表.bat"


def zipped(path: Path, *names: str) -> Path:
    with ZipFile(path, "w") as target:
        for name in names:
            target.writestr(name, name)
    return path


@pytest.mark.parametrize("root", ["", "cp313/"])
def test_python_is_found_in_the_zip_or_in_a_folder_of_it(root: str, tmp_path: Path) -> None:
    names = ("python.exe", "python313._pth", "python313.zip")
    embed = zipped(tmp_path / "embed.zip", *(root + name for name in names), "other/README")
    assert build.unpack_python(embed, tmp_path / "python") == "3.13"
    assert {path.name for path in (tmp_path / "python").iterdir()} == set(names)


def test_a_zip_without_python_is_refused(tmp_path: Path) -> None:
    embed = zipped(tmp_path / "embed.zip", "README")
    with pytest.raises(SystemExit, match="not one embeddable distribution"):
        build.unpack_python(embed, tmp_path / "python")
    with pytest.raises(SystemExit, match="no zip"):
        build.unpack_python(tmp_path / "none.zip", tmp_path / "python")


def test_the_folder_has_what_is_needed_and_no_more(tmp_path: Path) -> None:
    kept = {"numpy/core.py", "numpy/core.pyd", "numpy.dist-info/licenses/LICENSE.txt"}
    trimmed = {"numpy/tests/test_core.py", "numpy/core.pyi", "numpy/include/core.h", "numpy/a.lib"}
    wheel = zipped(tmp_path / "numpy.whl", *kept, *trimmed)
    folder = tmp_path / "folder"
    (folder / "python").mkdir(parents=True)
    (folder / "python" / "python313._pth").write_text("python313.zip\n.\n#import site\n", "utf-8")
    build.complete(folder, [wheel])
    packages = folder / "python" / "site-packages"
    files = {path.relative_to(packages).as_posix() for path in packages.rglob("*.*")}
    assert kept <= files
    assert not trimmed & files
    paths = (folder / "python" / "python313._pth").read_text(encoding="utf-8")
    assert paths.splitlines() == ["python313.zip", ".", "site-packages"]
    # cmd reads it in the code page of the console, and wants these line ends.
    bat = (folder / "检查登记表.bat").read_bytes()
    assert "请先把压缩包全部解压".encode("gbk") in bat
    assert bat.count(b"\r\n") == bat.count(b"\n")
    assert (folder / "说明.txt").read_bytes().startswith(b"\xef\xbb\xbf")
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    for target in (first, second):
        build.pack(folder, target, "jiandang-0-windows")
    assert first.read_bytes() == second.read_bytes()


def test_the_folder_takes_polars_for_old_processors() -> None:
    names = {needed.name for needed, _ in locked(build._LEFT_OUT) if WINDOWS.takes(needed, "3.13")}
    assert "polars-runtime-compat" in names and "polars-runtime-32" not in names


def test_what_cannot_start_is_said_before_python_could_say_it() -> None:
    """An old Windows, 32 bits, missing instructions (C000001D), a missing DLL (C0000135)."""
    bat = (build.HERE / "检查登记表.bat").read_text(encoding="utf-8")
    for said in ("Windows 太旧", "是 32 位的", "处理器太旧", "缺少系统运行库"):
        assert said in bat
    for code in (0xC000001D, 0xC0000135):
        assert f'"{code - 2**32}"' in bat
    papers = (build.HERE / "说明.txt").read_text(encoding="utf-8")
    assert "Windows 7、8 用不了" in papers and "交给县里统一查" in papers


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        (rf'C:\Windows\system32\cmd.exe /c ""{BAT}" D:\官山镇.xlsx"', [r"D:\官山镇.xlsx"]),
        (
            rf'cmd.exe /c ""{BAT}" "D:\上报 材料\官山镇.xlsx" D:\姚集&魏集.xls"',
            [r"D:\上报 材料\官山镇.xlsx", r"D:\姚集&魏集.xls"],
        ),
        (rf'cmd /c ""{BAT}" D:\（2016）!%a%^官山镇.xlsx"', [r"D:\（2016）!%a%^官山镇.xlsx"]),
        (rf'cmd /c ""{BAT}" "D:\上报 材料""', [r"D:\上报 材料"]),
        (rf'cmd /c ""{BAT}" "', []),
        (r'cmd /c D:\检查登记表.bat "D:\上报 材料"', [r"D:\上报 材料"]),
        ("", []),
    ],
)
def test_what_was_dropped_is_read_from_the_command_line(line: str, paths: list[str]) -> None:
    assert start.dropped(line) == paths


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    """Makes importing numpy fail as it does on the machine that is meant."""

    def fail_with(error: Exception) -> None:
        real = builtins.__import__

        def imported(name: str, *rest: Any, **named: Any) -> Any:
            if name == "numpy":
                raise error
            return real(name, *rest, **named)

        monkeypatch.setattr(builtins, "__import__", imported)

    return fail_with


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("NumPy was built with baseline optimizations: (X86_V2)"), "处理器太旧"),
        (RuntimeWarning("Missing required CPU features. sse4.2"), "处理器太旧"),
        (ImportError("DLL load failed while importing x"), "缺少系统运行库"),
        (ModuleNotFoundError("no", name="numpy"), "文件不全（少了 numpy）"),
    ],
)
def test_a_machine_that_cannot_run_it_is_told_why(
    error: Exception, said: str, failing: Callable[[Exception], None]
) -> None:
    failing(error)
    assert said in start.why_not_run()


def test_a_machine_that_can_is_told_nothing() -> None:
    assert start.why_not_run() == ""


def test_the_results_stand_beside_what_was_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = Path(__file__).parents[2] / "sample_data" / "官山镇_有误.xlsx"
    dropped = tmp_path / "官山 & 镇.xlsx"
    dropped.write_bytes(sample.read_bytes())
    monkeypatch.setenv("JIANDANG_DROPPED", f'cmd /c ""{BAT}" "{dropped}""')
    assert start.main() == 1
    names = {path.name for path in (tmp_path / "检查结果").iterdir()}
    assert names == {"检查结果.html", "官山 & 镇.检查结果.xlsx"}
    said = capsys.readouterr().out
    assert "有错误要改正" in said and "网页：" in said
    # The page of an earlier check is not that of one which wrote none.
    monkeypatch.setattr(start, "check", lambda paths, results: 2)
    assert start.main() == 2
    assert "网页：" not in capsys.readouterr().out


def test_nothing_dropped_and_nothing_chosen_says_how(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("JIANDANG_DROPPED", raising=False)
    monkeypatch.setattr(sys, "argv", ["start.py"])
    assert start.main() == 2
    assert "拖到" in capsys.readouterr().out


def test_a_path_that_windows_cannot_open_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("长" * 60) / ("长" * 60) / ("长" * 60) / ("长" * 80 + ".xlsx")
    assert why_too_long(long) == ""  # other systems open it
    monkeypatch.setattr(sys, "platform", "win32")
    assert why_too_long(tmp_path / "官山镇.xlsx") == ""
    with pytest.raises(Unreadable, match="路径超过 259 个字符"):
        read_bytes(long)
    error = FileNotFoundError(errno.ENOENT, "", str(long))
    assert "移到桌面" in why_not_written(error)
