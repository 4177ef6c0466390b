"""Replies from files: marked copies, lists, retyped ones, the record, and what is none of these."""

import errno
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from threading import Event, Lock
from types import SimpleNamespace

import openpyxl
import pytest

from jiandang.answers.reading import NoAnswers, read_replies
from jiandang.answers.record import HEADINGS, append
from jiandang.answers.replies import Reply

REPLY = Reply(
    "登记无误",
    number="1234567890123456",
    evidence="0a8a1e23456789012345",
    rule="DC022",
    household="320324105201001",
    village="王庄村",
    person="=张三",
    column="主要致贫原因",
    message="主要致贫原因是因病，但全户健康",
    note="已核对，属实",
    who="李四",
    when=date(2016, 3, 20),
    source="官山镇.xlsx",
    sha256="ab" * 32,
)
NOW = datetime(2016, 3, 28, 9, 30)


def _book(path: Path, rows: Sequence[Sequence[object]], title: str = "问题清单") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append([*row])
    book.save(path)
    return path


HEADS: list[object] = ["规则", "户编号", "姓名", "核实结果", "核实说明", "核实人", "核实日期"]
ROW: list[object] = [
    "DC022 因病致贫但无病人",
    "320324105201001",
    "张三",
    "情况属实",
    "说明",
    "李四",
]


@pytest.mark.parametrize(
    "day",
    ["2016.3.20", "2016-03-20", "2016年3月20日", "2016/3/20", date(2016, 3, 20)],
)
def test_a_retyped_list(tmp_path: Path, day: object) -> None:
    rows: list[list[object]] = [["官山镇核实表"], HEADS, [*ROW, day], [*ROW[:3], "", "空", "", ""]]
    (reply,) = read_replies([_book(tmp_path / "表.xlsx", rows)])
    assert reply.word == "登记无误" and reply.when == date(2016, 3, 20)
    assert (reply.rule, reply.household, reply.person) == ("DC022", "320324105201001", "张三")
    assert reply.number == reply.evidence == "" and reply.source == "表.xlsx"


def test_headings_and_numbers_may_have_blanks_and_line_breaks_in_them(tmp_path: Path) -> None:
    heads = [
        "规 则",
        "户编号*",
        "姓　名",
        "核实\n结果",
        "核实说明（必填）",
        "核 实 人",
        "核实日期：",
    ]
    row = [ROW[0], "320324 105201 001", *ROW[2:], "2016-03-20"]
    (reply,) = read_replies([_book(tmp_path / "表.xlsx", [heads, row])])
    assert (reply.rule, reply.household, reply.person) == ("DC022", "320324105201001", "张三")
    assert reply.word == "登记无误" and not reply.lacking


def test_no_heading_of_a_list_is_taken_for_another(tmp_path: Path) -> None:
    heads = ["核实时间" if head == "核实日期" else head for head in HEADS]
    path = _book(tmp_path / "表.xlsx", [["核实状态", *heads], ["", *ROW, "2016-03-20"]])
    said: list[str] = []
    read_replies([path], say=said.append)
    assert "“核实时间”是的话请改回“核实日期”" in said[0]


def test_a_day_that_is_none_is_lacking(tmp_path: Path) -> None:
    (reply,) = read_replies([_book(tmp_path / "表.xlsx", [HEADS, [*ROW, "下周"]])])
    assert reply.when is None and reply.unread_day == "下周" and not reply.lacking


def test_the_record_gives_back_what_was_put_in(tmp_path: Path) -> None:
    path = tmp_path / "核实记录.csv"
    replies = [REPLY, REPLY._replace(word="已改正", when=None, unread_day="下周")]
    assert append(replies, path, NOW) == (2, 0)
    assert read_replies([path]) == replies


def test_the_record_is_only_added_to(tmp_path: Path) -> None:
    path = tmp_path / "核实记录.csv"
    append([REPLY], path, NOW)
    before = path.read_bytes()
    assert before.decode("utf-8-sig").splitlines()[0] == ",".join(HEADINGS)
    assert append([REPLY], path, NOW) == (0, 1)
    assert path.read_bytes() == before
    assert append([REPLY, REPLY._replace(who="王五")], path, NOW) == (1, 1)
    assert path.read_bytes().startswith(before)


def test_who_add_to_the_record_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "核实记录.csv"
    each = [REPLY._replace(number=f"{number:016x}") for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(lambda reply: append([reply], path, NOW), each)] == [(1, 0)] * len(each)
    assert sorted(read_replies([path])) == each
    assert path.read_bytes().count("时间".encode()) == 1
    assert [*tmp_path.iterdir()] == [path]


class _Msvcrt:
    """A lock as Windows has it: whoever does not get it in time is told so, and asks again."""

    LK_LOCK, LK_UNLCK = 1, 0

    def __init__(self) -> None:
        self.lock = Lock()
        self.refused = Event()

    def locking(self, _file: int, mode: int, _count: int) -> None:
        if mode == self.LK_UNLCK:
            self.lock.release()
        elif not self.lock.acquire(blocking=False):
            self.refused.set()
            raise OSError(errno.EDEADLOCK, "Resource deadlock avoided")


def test_on_windows_too_who_add_at_once_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "msvcrt", locks := _Msvcrt())
    monkeypatch.setattr("jiandang.answers.record.sys", SimpleNamespace(platform="win32"))
    path = tmp_path / "核实记录.csv"
    each = [REPLY._replace(number=f"{number:016x}") for number in range(24)]
    locks.lock.acquire()
    with ThreadPoolExecutor(8) as pool:
        added = [pool.submit(append, [reply], path, NOW) for reply in each]
        locks.refused.wait()
        locks.lock.release()
        assert [one.result() for one in added] == [(1, 0)] * len(each)
    assert sorted(read_replies([path])) == each
    assert [*tmp_path.iterdir()] == [path]


def test_what_could_not_be_written_leaves_no_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(target: Path) -> None:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr("jiandang.answers.record.replacing", fails)
    with pytest.raises(OSError, match="No space"):
        append([REPLY], tmp_path / "核实记录.csv", NOW)
    assert append([], tmp_path / "核实记录.csv", NOW) == (0, 0)
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("content", [b"a,b\r\n1,2\r\n", b"\xff\xfe\x00\x01", b'"', b"\xef\xbb\xbf"])
def test_what_is_no_record_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "登记.csv"
    path.write_bytes(content)
    with pytest.raises(NoAnswers, match="不是核实记录"):
        append([REPLY], path, NOW)
    assert path.read_bytes() == content


@pytest.mark.parametrize("damage", [b'"2016-03-28 09:30:00,x\r\n', b"\0" * 64])
def test_nothing_is_added_to_a_record_in_which_it_would_be_lost(
    tmp_path: Path, damage: bytes
) -> None:
    """A copy that broke off inside of quotation marks, or was filled up with zeros."""
    path = tmp_path / "核实记录.csv"
    append([REPLY], path, NOW)
    path.write_bytes(path.read_bytes() + damage)
    before = path.read_bytes()
    with pytest.raises(NoAnswers, match="损坏"):
        append([REPLY._replace(who="王五")], path, NOW)
    assert path.read_bytes() == before


def test_the_headings_of_lists_that_were_joined_are_no_answers(tmp_path: Path) -> None:
    rows = [HEADS, [*ROW, "2016-03-20"]]
    assert len(read_replies([_book(tmp_path / "表.xlsx", [*rows, *rows])])) == 2


def test_what_is_no_list_is_named(tmp_path: Path) -> None:
    register = _book(tmp_path / "官山镇.xlsx", [["户编号", "姓名"], ["1", "张三"]], "成员")
    with pytest.raises(NoAnswers, match=r"官山镇\.xlsx.*里面没有“问题清单”"):
        read_replies([register])
    with pytest.raises(NoAnswers, match=r"没有\.xlsx.*找不到文件"):
        read_replies([tmp_path / "没有.xlsx"])
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04nothing")
    with pytest.raises(NoAnswers, match=r"坏\.xlsx.*读不出来"):
        read_replies([broken])
    folder = tmp_path / "空"
    folder.mkdir()
    with pytest.raises(NoAnswers, match="里没有"):
        read_replies([folder])


def test_of_a_folder_the_lists_are_read_and_registers_are_not(tmp_path: Path) -> None:
    _book(tmp_path / "官山镇.xlsx", [["户编号", "姓名"], ["1", "张三"]], "成员")
    (tmp_path / "说明.docx").write_bytes(b"x")
    inner = tmp_path / "王庄村"
    inner.mkdir()
    _book(inner / "一.xlsx", [HEADS, [*ROW, "2016-03-20"]])
    _book(tmp_path / "二.xlsx", [HEADS, [*ROW, "2016-03-21"]])
    record = tmp_path / "核实记录.csv"
    append([REPLY], record, NOW)
    assert len(read_replies([tmp_path])) == 3
    assert len(read_replies([tmp_path], but=record)) == 2


def test_a_key_that_was_made_a_number_is_none(tmp_path: Path) -> None:
    heads = [*HEADS, "问题号", "依据码"]
    path = _book(tmp_path / "表.xlsx", [heads, [*ROW, "2016-03-20", 1.23e15, "0a8a1E+12"]])
    (reply,) = read_replies([path])
    assert reply.number == reply.evidence == "" and reply.person == "张三"


def test_numbers_and_formulas_are_what_people_see(tmp_path: Path) -> None:
    """A household's number that became a number is one; what is not computed says nothing."""
    row = [*ROW, "2016-03-20"]
    row[1] = 320324105201001.0
    row[4] = "=甲!A1"
    path = _book(tmp_path / "表.xlsx", [HEADS, row, [*row[:3], 1, *row[4:]]])
    one, two = read_replies([path])
    assert (one.household, one.note, one.lacking) == ("320324105201001", "", ["核实说明"])
    assert two.word == "1"
    cut = tmp_path / "表.csv"
    cut.write_text("规则,户编号,姓名,结果\nDC022,3.20324E+14,张三,登记无误\n", encoding="gbk")
    (reply,) = read_replies([cut])
    assert (reply.household, reply.person) == ("", "张三")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("登记无误。", "登记无误"), (" 登记 无误√", "登记无误"), ("（已改正）", "已改正"),
        ("情况属实！", "登记无误"), ("剔除", "拟剔除"), ("登记无误？有误", "登记无误?有误"),
        ("。", "。"), ("√", "√"),
    ],
)  # fmt: skip
def test_signs_around_a_word_do_not_change_it(tmp_path: Path, text: str, word: str) -> None:
    row = [*ROW[:3], text, *ROW[4:], "2016-03-20"]
    (reply,) = read_replies([_book(tmp_path / "表.xlsx", [HEADS, row])])
    assert reply.word == word


@pytest.mark.parametrize(
    ("text", "rule"),
    [("因病致贫但无病人", "DC022"), ("dc022", "DC022"), ("因病 致贫但无病人", "DC022"),
     ("ＤＣ０２２ 因病", "DC022"),
     ("因病致贫", "因病致贫")],
)  # fmt: skip
def test_a_rule_is_known_by_its_title(tmp_path: Path, text: str, rule: str) -> None:
    row = [text, *ROW[1:], "2016-03-20"]
    (reply,) = read_replies([_book(tmp_path / "表.xlsx", [HEADS, row])])
    assert reply.rule == rule


def test_what_of_a_folder_is_not_read_is_named_with_the_reason(tmp_path: Path) -> None:
    _book(tmp_path / "一.xlsx", [HEADS, [*ROW, "2016-03-20"]])
    renamed = ["核查结果" if head == "核实结果" else head for head in HEADS]
    _book(tmp_path / "二.xlsx", [["反馈表"], renamed, [*ROW, "2016-03-20"]], "反馈")
    _book(tmp_path / "三.xlsx", [HEADS, [*ROW[:3], None, None, "李四", None]])
    _book(tmp_path / "官山镇.xlsx", [["户编号", "姓名"], ["1", "张三"]], "成员")
    (tmp_path / "说明.txt").write_text("核实完毕", encoding="utf-8")
    (tmp_path / "照片.jpg").write_bytes(b"x")
    (tmp_path / "~$一.xlsx").write_bytes(b"x")
    said: list[str] = []
    assert len(read_replies([tmp_path], say=said.append)) == 1
    told = {Path(line.partition("“")[2].partition("”")[0]).name: line for line in said}
    assert told.keys() == {"二.xlsx", "三.xlsx", "官山镇.xlsx", "说明.txt", "照片.jpg", "~$一.xlsx"}
    assert "没有“核实结果”这一列，“核查结果”是的话请改回“核实结果”" in told["二.xlsx"]
    assert "一条核实结果也没有填" in told["三.xlsx"]
    assert "里面没有“问题清单”" in told["官山镇.xlsx"]
    assert "不是表格" in told["照片.jpg"] and "临时文件" in told["~$一.xlsx"]


def test_a_renamed_column_is_told_without_which_an_answer_does_not_count(tmp_path: Path) -> None:
    heads = ["核实时间" if head == "核实日期" else head for head in HEADS]
    path = _book(tmp_path / "表.xlsx", [heads, [*ROW, "2016-03-20"]])
    said: list[str] = []
    (reply,) = read_replies([path], say=said.append)
    assert reply.lacking == ["核实日期"]
    assert [line.split("”", 1)[1] for line in said] == [
        "没有“核实日期”这一列，“核实时间”是的话请改回“核实日期”"
    ]
    said.clear()
    read_replies([_book(tmp_path / "全.xlsx", [HEADS, [*ROW, "2016-03-20"]])], say=said.append)
    read_replies([_book(tmp_path / "缺.xlsx", [HEADS[:5], ROW[:5]])], say=said.append)
    assert not said


def test_what_of_a_list_is_not_read_is_told(tmp_path: Path) -> None:
    """A row with a note and no result, and another sheet whose heading was renamed."""
    path = _book(
        tmp_path / "表.xlsx", [HEADS, [*ROW, "2016-03-20"], [*ROW[:3], "", "没错", "李四"]]
    )
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("陈桥村")
    sheet.append(["规则", "户编号", "姓名", "结论"])
    book.create_sheet("统计").append(["村", "户数"])
    book.save(path)
    said: list[str] = []
    assert len(read_replies([path], say=said.append)) == 1
    assert [line.split("”", 1)[1] for line in said] == [
        "的工作表“陈桥村”没有“核实结果”这一列",
        "有 1 行写了核实说明或理由，没有填核实结果，这几行没有读，请补填",
    ]
