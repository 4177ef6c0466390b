"""What 检查登记表.bat runs: checks what was dropped on it or is chosen, and opens the page.

The results stand in the folder 检查结果 beside the first of them: the page and the marked copies.
It runs in the folder that build.py makes, on Windows, with that folder's own Python.
"""

import contextlib
import os
import sys
import warnings
from pathlib import Path

_RESULTS = "检查结果"
_SAID = {
    0: "查完了，没有错误。",
    1: "查完了，有错误要改正，网页里逐处列出。",
    2: "有文件没有读出来，或有报告没有写出，原因见上面和网页。",
}
_FILTER = "登记表\0*.xlsx;*.xlsm;*.xls;*.xlsb;*.et;*.ods;*.csv\0所有文件\0*.*\0\0"


def main() -> int:
    """Check and open the page; gives the exit code of jiandang, 2 where it cannot run."""
    paths = dropped(os.environ.get("JIANDANG_DROPPED", "")) or sys.argv[1:] or chosen()
    if not paths:
        print("没有选文件。也可以把登记表或文件夹拖到“检查登记表.bat”上。")
        return 2
    results = Path(paths[0]).absolute().parent / _RESULTS
    if reason := why_not_run():
        print(reason)
        return 2
    page = results / f"{_RESULTS}.html"
    before = written(page)
    print("正在检查……")
    code = check(paths, results)
    print(_SAID.get(code, ""))
    if written(page) != before:  # not the page of an earlier check
        print(f"网页：{page}")
        if sys.platform == "win32":
            with contextlib.suppress(OSError):  # no program is set to open pages
                os.startfile(page)
    return code


def check(paths: list[str], results: Path) -> int:
    """Run `jiandang check` with what a clerk wants: the page and the marked copies."""
    from jiandang.cli import main as jiandang

    formats = [word for name in ("html", "xlsx") for word in ("--format", name)]
    try:
        jiandang(["check", *formats, "--output", str(results), "--", *paths])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    return 0


def written(path: Path) -> int:
    """When a file was written; 0 where there is none."""
    return path.stat().st_mtime_ns if path.exists() else 0


def why_not_run() -> str:
    """Why the program cannot run on this machine, in Chinese; empty where it can."""
    try:
        with warnings.catch_warnings():
            # Polars only warns where instructions are missing, and crashes when it needs them.
            warnings.simplefilter("error", RuntimeWarning)
            import numpy
            import polars
            import pydantic_core
            import python_calamine

            import jiandang

            assert numpy and polars and pydantic_core and python_calamine and jiandang
    except RuntimeWarning as warning:
        return f"处理器太旧，这台电脑运行不了，请换一台 2010 年以后的电脑。（{one_line(warning)}）"
    except RuntimeError as error:
        return f"处理器太旧，这台电脑运行不了，请换一台 2010 年以后的电脑。（{one_line(error)}）"
    except ModuleNotFoundError as error:
        return (
            f"文件夹里的文件不全（少了 {error.name}）。请把压缩包重新全部解压，"
            "放在路径短的位置，例如桌面。"
        )
    except ImportError as error:
        return (
            "程序的文件装不进来：多半是被杀毒软件隔离了，或缺少系统运行库。"
            f"请在杀毒软件里恢复并信任本文件夹，打齐 Windows 补丁，再试。（{one_line(error)}）"
        )
    return ""


def one_line(error: Exception) -> str:
    """What an error says, for whoever is asked for help."""
    return " ".join(str(error).split())[:200]


def dropped(line: str) -> list[str]:
    r"""The paths in cmd's command line, `cmd /c ""…\检查登记表.bat" PATH "PATH WITH BLANKS""`.

    Explorer puts quotation marks around paths with blanks alone.
    """
    rest = line.partition(".bat")[2].rstrip()
    if rest.startswith('"'):  # closes the name; the last one belongs to `/c "…"`
        rest = rest[1:].removesuffix('"')
    paths, quoted = [""], False
    for letter in rest:
        if letter == '"':
            quoted = not quoted
        elif letter == " " and not quoted:
            paths.append("")
        else:
            paths[-1] += letter
    return [path for path in paths if path]


def chosen() -> list[str]:
    """The files that are chosen in a window of Windows; none where it is closed."""
    if sys.platform != "win32":
        return []
    import ctypes
    from ctypes import wintypes

    class OpenFileName(ctypes.Structure):
        """OPENFILENAMEW of commdlg.h."""

        _fields_ = (
            ("size", wintypes.DWORD),
            ("owner", wintypes.HWND),
            ("instance", wintypes.HINSTANCE),
            ("filter", wintypes.LPCWSTR),
            ("custom_filter", wintypes.LPWSTR),
            ("max_custom_filter", wintypes.DWORD),
            ("filter_index", wintypes.DWORD),
            ("file", ctypes.c_void_p),
            ("max_file", wintypes.DWORD),
            ("file_title", wintypes.LPWSTR),
            ("max_file_title", wintypes.DWORD),
            ("initial_folder", wintypes.LPCWSTR),
            ("title", wintypes.LPCWSTR),
            ("flags", wintypes.DWORD),
            ("file_offset", wintypes.WORD),
            ("file_extension", wintypes.WORD),
            ("default_extension", wintypes.LPCWSTR),
            ("custom_data", wintypes.LPARAM),
            ("hook", ctypes.c_void_p),
            ("template_name", wintypes.LPCWSTR),
            ("reserved", ctypes.c_void_p),
            ("reserved_number", wintypes.DWORD),
            ("flags_ex", wintypes.DWORD),
        )

    names = ctypes.create_unicode_buffer(32768)
    window = OpenFileName(size=ctypes.sizeof(OpenFileName), filter=_FILTER, max_file=len(names))
    window.file, window.title = ctypes.addressof(names), "选登记表，可以选几个"
    # OFN_EXPLORER, OFN_FILEMUSTEXIST, OFN_ALLOWMULTISELECT, OFN_NOCHANGEDIR
    window.flags = 0x80000 | 0x1000 | 0x200 | 0x8
    if not ctypes.windll.comdlg32.GetOpenFileNameW(ctypes.byref(window)):
        return []
    # One path; or the folder, then names, each ended by a zero.
    folder, *files = names[:].split("\0\0")[0].split("\0")
    return [str(Path(folder, file)) for file in files] or [folder]


if __name__ == "__main__":  # processes that read files import this module again
    sys.exit(main())
