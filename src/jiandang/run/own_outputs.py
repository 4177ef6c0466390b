"""What this tool has written itself, told by its content: it is not read again as a register."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from jiandang.formats.grid import Grid
from jiandang.patterns import regex
from jiandang.register.cells import Raw

_BEGINNING = 4096
# How the reports begin, in whatever format; the name of a file can be changed.
_TEXTS = (
    "建档立卡检查　检查日期",
    "# 建档立卡检查结果",
    '<testsuites name="jiandang"',
    "序号,关口,规则,",
    "时间,问题号,依据码,规则,户编号,姓名,结果",
)
_PATTERNS = (
    regex(r'"tool":\s*\{\s*"(?:name|driver)":\s*(?:\{\s*"name":\s*)?"jiandang"'),
    regex(r"^共 \d+ 处：错误.*\r?\n工具版本：jiandang "),
    regex(r"^::(?:error|warning|notice) .*title=(?:【|没有读出|检查记录)"),
    regex(r"Content-Security-Policy[\s\S]*<title>[^<]*检查结果</title>"),
)
# The sheets that marked copies, lists and movement tables have in front.
_SHEETS = (("检查结果", "问题清单"), ("差异清单", "检查记录"), ("增减变动表", "未脱贫"))
_SHEET = regex(r'<sheet\b[^>]*?\bname="([^"]*)"')
# The same sheets one by one: how each is called, and what its first row begins with.
_RESULT_SHEETS = (
    (("检查结果",), regex(r".* 检查结果$")),
    (("问题清单", "差异清单"), regex(r"序号$")),
    (("检查记录",), regex(r"本清单$")),
)
MARKED_COPY = (
    "这是本工具写出的带标记的副本：只查了里面的登记表，没有读“检查结果”“问题清单”。"
    "请在原表里改，改好后检查原表；填好的核实结果用 --answers 读回"
)
NO_REGISTER = (
    "这是本工具写出的检查结果，里面没有登记表。"
    "请检查原来的登记表；填好的核实结果用 --answers 读回。"
)
# The hidden name by which a workbook that was made as an empty register is known.
SCHEMA_NAME = "jd_template"
# What the first cell of our sheets says that stand in workbooks of the user's.
# The title of a visit form (`jiandang template 入户表`).
FORM_TITLE = "建档立卡农户入户登记表"
CODES_TITLE = "代码（本工具的空白表用的代码表，请勿改动）"
CHANGES_TITLE = "修改记录（jiandang fix 改过的格子）"


# What is said of a file that is somebody's.
NOT_OURS = "已有，不是本工具的报告，没有写在它上面，请换一个文件名"


def is_somebodys(path: Path) -> bool:
    """Whether a file is there that may be somebody's: text reports keep no copy of it.

    It may be a register, or settings: those that a policy extends or that lie beside the data are
    read, too, without being named.
    """
    if path.suffix.lower() not in {*of_tables(), ".toml"}:
        return False
    if not path.is_file() or not path.stat().st_size:
        return False
    return path.suffix.lower() in (".xlsx", ".xlsm") or not is_own_output(path)


def of_tables() -> set[str]:
    """The endings of the files that are read as tables; of texts few are."""
    from jiandang.formats.opening import EXTENSIONS

    return set[str]().union(*EXTENSIONS.values()) - {".txt"}


def is_own_sheet(grid: Grid) -> bool:
    """Whether a sheet is one that this tool puts into workbooks: the code lists, the changes."""
    # By its name, too: a title alone may have been copied over somebody's rows.
    titles = (CODES_TITLE, CHANGES_TITLE)
    return grid.name.startswith(("代码", "修改记录")) and _first_cell(grid) in titles


def is_result_sheet(grid: Grid) -> bool:
    """Whether a sheet is of a marked copy or a list: the result, the list itself, the record."""
    return any(
        grid.name.startswith(names) and begins.match(str(_first_cell(grid)))
        for names, begins in _RESULT_SHEETS
    )


def is_of_template(grid: Grid) -> bool:
    """Whether a sheet is one of the empty register's, or a visit form."""
    return _first_cell(grid) in (CODES_TITLE, FORM_TITLE)


def _first_cell(grid: Grid) -> Raw:
    return grid.rows[0][0] if len(grid.rows) and len(grid.rows[0]) else ""


def is_own_output(path: Path) -> bool:
    """Whether a file is a report, a list or a marked copy of this tool's. It need not exist."""
    try:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
        if beginning.startswith(b"PK"):
            with ZipFile(path) as package:
                names = _SHEET.findall(package.read("xl/workbook.xml").decode("utf-8", "replace"))
            return tuple(names[:2]) in _SHEETS
    except (OSError, ValueError, KeyError, NotImplementedError, RuntimeError, BadZipFile):
        return False
    text = beginning.decode("utf-8-sig", "ignore")
    return any(each in text for each in _TEXTS) or any(each.search(text) for each in _PATTERNS)
