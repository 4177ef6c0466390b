"""Form pages of offices (危房改造申请审批表, 常住人口登记卡), which are none of the register.

They ask for a head and members as the register's forms do. What they are called tells them, or
that and their labels, with the score of lists (`offices.py`).
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.forms.sheet import Cell, Sheet
from jiandang.intake.forms.vocabulary import form_vocabulary
from jiandang.intake.list_kinds import kind_among, kind_in
from jiandang.intake.offices import OF_THE_POOR, is_of_office, office_of, offices_called
from jiandang.intake.unregistered import is_no_name
from jiandang.patterns import regex
from jiandang.register.lists.kinds import LISTS
from jiandang.register.tables import COLUMNS
from jiandang.register.text import solid

_FIRST_ROWS = 40
_MOST_TITLES = 5
_LEAST_ROWS = 2  # that begin with a label, its value behind it
_LONGEST = 16  # characters of a label
_LONGEST_TITLE = 40
_SHOWN = 3
# Somebody asks an office for something, or agrees on it.
_ACT = regex("申请|申报|审批|审核|协议|合同|志愿书|(?<!手)[证册]$")
# What is left of such a title when it says no more than that households are registered.
_OF_HOUSEHOLDS = regex(
    ".*?[省市县区镇乡村](?=.{4})|[0-9]+年度?|农村|农户|农民|村民|居民|家庭|成员|困难|认定|识别|民主|评议|入户|调查"
    "|调整|动态|监测|返贫|致贫|因[病残学灾]|代表|会议|结果|建档|核查|核实|审核|审批|申请|申报|登记|信息|基本|情况|采集|登统|公示|对象|人口|个人|自愿|退出"
    "|[表书卡户及和与、人的(（)）〈〉《》一二三四五六七八九十附件:：0-9.·-]"
)
# Who asks, where these are the households of the register.
_THE_POOR = regex(
    "(?:一般|低保|五保|特困)?(?:贫困|低收入)(?:农?户|人口|人员|家庭|农民|群众|村)?|建档立卡户?|精准|扶贫|脱贫"
)
# What is asked for where households are chosen, and in no other form.
_ONLY_HERE = {"standard", "identified", "exited", "list_level", "helper", "status", "person_id"}
# Who asks for something else may be asked for his incomes, but not for these.
_WHY = {"cause", "other_causes", "household_type"}
_WAY = "确是登记表的，请在标题里写明是低收入农户（建档立卡）的；不是的，请不要和登记表放在一起检查"
_TITLED = "确是登记表的，请改标题；不是的，请不要和登记表放在一起检查"


def remark_of_form(grid: Grid, vocabulary: Vocabulary, stem: str) -> str | None:
    """What is said of a sheet with an office's form pages; None for any other.

    `stem` is the name of its file, which tells where neither sheet nor title does.
    """
    titles = _titles(grid)
    names = [solid(text) for text in (grid.name, *titles)]
    if not titles and is_no_name(grid.name):
        names.append(solid(stem))
    is_of_the_poor = any(map(OF_THE_POOR.search, names))
    if is_of_the_poor:
        names = [name for name in map(_asked_of_office, names) if name]
        if not names:
            return None
        titles = [title for title in titles if _asked_of_office(solid(title))]
    called = offices_called(names)
    kind = kind_among(names)
    speaking = [name for name in names if kind_in(name) or offices_called([name])]
    asking = [solid(title) for title in titles if _is_act(title) and _subject(solid(title))]
    told_by = speaking or asking  # a sheet's name may be a person's
    if not told_by:
        return None
    sheet = Sheet(grid, form_vocabulary(vocabulary))
    rows = [sheet.row(row) for row in range(min(len(sheet), _FIRST_ROWS))]
    if not _is_page(rows):
        return None
    fields = {label.field for row in rows for cell in row for label in cell.labels}
    columns = {column for _, column in fields}
    asked = [(table, column) for table, column in fields if column in COLUMNS[table]]
    others = [*_unknown(rows)]
    verdict = office_of(asked, [[text] for text in others], names)
    only_here = _ONLY_HERE if speaking else _ONLY_HERE | _WHY
    is_asked = any(map(_is_act, told_by)) and (is_of_the_poor or columns.isdisjoint(only_here))
    if verdict is None and not is_asked:
        return None
    if kind is not None:
        what = LISTS[kind].title
    elif verdict is not None or called:
        what = verdict.office.what if verdict is not None else called[0].what
    else:
        what = "别的部门"
    by = [text for text in others if is_of_office(text)][:_SHOWN]
    title = solid(titles[-1]) if titles and told_by[-1] in solid(titles[-1]) else told_by[-1]
    told = f"标题“{title}”" + (f"和“{'、'.join(by)}”" if by else "")
    filled = sum(map(bool, map(sheet.row, range(len(sheet)))))
    return (
        f"工作表“{grid.name}”是{what}的表单（从{told}看），不是登记表，"
        f"其中 {filled} 行没有检查；{_TITLED if is_of_the_poor else _WAY}"
    )


def _titles(grid: Grid) -> list[str]:
    """The texts that stand alone in their rows, above the first row of several."""
    filled = ([cell for cell in row if cell != ""] for row in grid.rows[:_MOST_TITLES])
    alone = takewhile(lambda cells: len(cells) < 2, filled)
    texts = [cell for cells in alone for cell in cells if isinstance(cell, str)]
    return [text for text in texts if len(solid(text)) <= _LONGEST_TITLE]


def _is_act(title: str) -> bool:
    return _ACT.search(title) is not None


def _subject(title: str) -> bool:
    """Whether the title of what somebody asks for says what: 小额贷款申请表, and not 农户申请表."""
    return len(_OF_HOUSEHOLDS.sub("", title)) > 1


def _asked_of_office(name: str) -> str:
    """What the poor ask an office for (小额信贷申请表), without who they are; else nothing."""
    rest = _THE_POOR.sub("", name)
    is_of_office = bool(kind_in(rest) or offices_called([rest]))
    return rest if is_of_office and _is_act(rest) and _subject(rest) else ""


def _is_page(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether rows begin with a label and its value, each with another; in lists they do not."""
    firsts = {
        row[0].solid for row in rows if len(row) > 1 and _is_label(row[0]) and not _is_label(row[1])
    }
    return len(firsts) >= _LEAST_ROWS


def _is_label(cell: Cell) -> bool:
    return bool(cell.labels) or (isinstance(cell.raw, str) and is_of_office(cell.raw))


def _unknown(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """The texts that may be labels of another form."""
    for row in rows:
        for cell in row:
            is_short = isinstance(cell.raw, str) and len(cell.solid) <= _LONGEST
            if is_short and not cell.labels and len(row) > 1:
                yield cell.solid
