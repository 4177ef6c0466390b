"""The user's files are sacred, and every report is written whole or not at all."""

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from entry_point import jiandang, jiandang_here

from jiandang.reporters.placing import replacing, short_name

from .register import write_all

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")


UNCHANGING = ("--as-of", "2016-03-29", "--fail-on", "never")


def check(*arguments: object) -> subprocess.CompletedProcess[str]:
    return jiandang_here("check", *arguments, *UNCHANGING)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- the user's files ------------------------------------------------------------------------------


@pytest.mark.parametrize("link", [None, os.symlink, os.link])
@pytest.mark.parametrize("format_", ["json", "console", "list"])
def test_no_output_is_an_input(
    tmp_path: Path, format_: str, link: Callable[..., None] | None
) -> None:
    source = write_all(tmp_path)[2]
    before = source.read_bytes()
    out = tmp_path / "out"
    out.mkdir()
    file = {"list": "差异清单.csv"}.get(format_, "r")
    target = out / file
    if link is not None:
        link(source, target)
        given = source
    else:
        given = source.rename(target)
    result = check(given, "--format", format_, "--output", target if file == "r" else out)
    assert result.returncode == 2 and "不能写在它上面" in result.stderr
    assert given.read_bytes() == before and not given.is_symlink()


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        ("json", "别的.xlsx"),
        ("markdown", "别的.csv"),
        ("html", "别的.html"),
        ("json", "别的.ett"),
    ],
)
def test_no_report_takes_the_place_of_another_table(
    tmp_path: Path, format_: str, name: str
) -> None:
    """Neither of a register that is no input; an earlier report gives way."""
    source = write_all(tmp_path)[2]
    (other := tmp_path / name).write_text("户编号,姓名\n1,张三\n", encoding="utf-8")
    result = check(source, "--format", format_, "--output", other)
    assert result.returncode == 2 and "不是本工具的报告" in result.stderr
    assert other.read_text(encoding="utf-8").startswith("户编号")
    report = tmp_path / "报告.html"
    for _ in range(2):
        assert check(source, "--format", "html", "--output", report).returncode == 0


@pytest.mark.parametrize(
    ("formats", "name"), [(["list"], "清单.csv"), (["xlsx", "html"], "结果.XLSX")]
)
def test_several_files_are_put_in_no_folder_with_the_name_of_one(
    tmp_path: Path, formats: list[str], name: str
) -> None:
    source = write_all(tmp_path)[2]
    options = [word for format_ in formats for word in ("--format", format_)]
    result = check(source, *options, "--output", tmp_path / name)
    assert result.returncode == 2 and "像是文件名" in result.stderr
    assert not (tmp_path / name).exists()
    assert check(source, *options, "--output", tmp_path / "2016.3").returncode == 0


@pytest.mark.parametrize("option", ["--policy", "--password-file"])
def test_no_output_is_another_file_that_is_read(tmp_path: Path, option: str) -> None:
    source = write_all(tmp_path)[0]
    other = tmp_path / "other.toml"
    other.write_text("甲", encoding="utf-8")
    result = check(source, option, other, "--format", "json", "--output", other)
    assert result.returncode == 2 and "不能写在它上面" in result.stderr
    assert other.read_text(encoding="utf-8") == "甲"


def test_earlier_copies_and_lists_are_kept(tmp_path: Path) -> None:
    source = write_all(tmp_path)[0]
    out = tmp_path / "out"
    options = ("--format", "xlsx", "--format", "list", "--output", out)
    assert check(source, *options).returncode == 0
    made = names(out)
    assert check(source, *options).returncode == 0
    assert names(out) == made  # the same again
    for name in made:
        (out / name).write_bytes(b"answers of people")
    result = check(source, *options)
    assert result.returncode == 0 and result.stderr.count("已改名为") == 3
    kept = {"a.旧1.检查结果.xlsx", "差异清单.旧1.csv", "差异清单.旧1.xlsx"}
    assert set(names(out)) - set(made) == kept
    assert all((out / name).read_bytes() == b"answers of people" for name in kept)


def test_one_input_one_copy(tmp_path: Path) -> None:
    source, other, *_ = write_all(tmp_path)
    target = tmp_path / "结果.xlsx"
    assert check(source, "--format", "xlsx", "--output", target).returncode == 0
    assert openpyxl.load_workbook(target).sheetnames[0] == "检查结果"
    result = check(source, other, "--format", "xlsx", "--output", tmp_path / "n.xlsx")
    assert result.returncode == 2 and "2 个文件" in result.stderr


# -- all or nothing --------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EDQUOT, errno.EIO])
def test_what_fails_leaves_the_old_and_nothing_else(tmp_path: Path, number: int) -> None:
    target = tmp_path / "r.json"
    target.write_text("old")
    with pytest.raises(OSError) as caught, replacing(target) as draft:
        draft.write_text("ne")
        raise OSError(number, os.strerror(number))
    assert caught.value.filename == str(target)
    assert target.read_text() == "old" and names(tmp_path) == ["r.json"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, MemoryError])
def test_what_is_interrupted_too(tmp_path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), replacing(tmp_path / "r.json"):
        raise error
    assert names(tmp_path) == []


def test_each_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever a full disk is met, by whatever format: the old stays, and it is said."""
    from jiandang.cli.check import check as command

    source = write_all(tmp_path)[0]
    out = tmp_path / "out"
    from jiandang.reporters import FORMATS

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    formats = [name for name in FORMATS if name != "console"]
    monkeypatch.setattr("jiandang.reporters.placing.os.close", full)
    said: list[str] = []
    monkeypatch.setattr("jiandang.cli.outputs.say", said.append)
    earlier = Path(__file__).parents[2] / "sample_data" / "上次" / "官山镇.xlsx"
    assert command([source], formats=formats, output=str(out), before=[earlier]) == 2
    assert names(out) == []
    assert {line.split()[0] for line in said} == {*formats}
    assert all("磁盘空间不足" in line and "None" not in line for line in said)


@POSIX
def test_drafts_of_runs_that_were_killed_are_removed(tmp_path: Path) -> None:
    left, written = tmp_path / ".jiandang-1.tmp", tmp_path / ".jiandang-2.tmp"
    for path in (left, written, tmp_path / "own.tmp"):
        path.write_text("half", "utf-8")
    for path in (left, tmp_path / "own.tmp"):
        os.utime(path, (0, 0))
    with replacing(tmp_path / "结果.json") as draft:
        draft.write_text("{}", "utf-8")
    assert names(tmp_path) == [".jiandang-2.tmp", "own.tmp", "结果.json"]


def test_drafts_are_their_owners(tmp_path: Path) -> None:
    target = tmp_path / "r"
    with replacing(target) as draft:
        assert draft.stat().st_mode & 0o777 == 0o600
    os.umask(mask := os.umask(0o022))
    assert target.stat().st_mode & 0o777 == 0o666 & ~mask
    target.chmod(0o640)
    with replacing(target) as draft:
        draft.write_text("x")
    assert target.stat().st_mode & 0o777 == 0o640


@POSIX
def test_a_device_is_written_not_replaced() -> None:
    with replacing(Path(os.devnull)) as draft:
        draft.write_text("x")
    assert not Path(os.devnull).is_file()


# -- names, and files that change ------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize(
    "name", ["长" * 80 + ".csv", os.fsdecode("官山镇.csv".encode("gbk")), "a" * 246 + ".csv"]
)
def test_one_bad_name_stops_nothing(tmp_path: Path, name: str) -> None:
    good = write_all(tmp_path)[2]
    bad = tmp_path / name
    bad.write_bytes(good.read_bytes())
    out = tmp_path / "out"
    formats = ("json", "xlsx", "list", "html", "sarif", "junit", "github", "ndjson", "markdown")
    options = [part for format_ in formats for part in ("--format", format_)]
    result = jiandang("check", good, bad, *options, "--output", out, *UNCHANGING)
    assert result.returncode == 0 and "Traceback" not in result.stderr
    report = json.loads((out / "检查结果.json").read_text(encoding="utf-8"))
    assert [file["error"] for file in report["files"]] == [None, None]
    assert len([n for n in names(out) if n.endswith(".检查结果.xlsx")]) == 2
    assert all((out / n).stat().st_size for n in names(out))


def test_short_names() -> None:
    assert short_name("官山镇", ".检查结果.xlsx") == "官山镇.检查结果.xlsx"
    assert len(os.fsencode(short_name("长" * 90, ".检查结果.xlsx"))) <= 255


def test_a_copy_is_of_what_was_checked(tmp_path: Path) -> None:
    from datetime import date

    import jiandang
    from jiandang.reporters.marked import write_marked_copies
    from jiandang.reporters.placing import SomeNotWritten

    first, second, *_ = write_all(tmp_path)
    policy = jiandang.load_policy("xuzhou-2016")
    report = jiandang.check(jiandang.load([first, second]), policy, as_of=date(2016, 3, 29))
    first.write_bytes(second.read_bytes())
    with pytest.raises(SomeNotWritten, match="有改动") as caught:
        write_marked_copies(report, tmp_path / "out")
    assert len(caught.value.written) == 1
    first.unlink()
    with pytest.raises(SomeNotWritten, match="找不到文件"):
        write_marked_copies(report, tmp_path / "out")


# -- streams and signals ---------------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-", ">&- 2>&- <&-", ">/dev/full"])
@pytest.mark.parametrize("format_", ["console", "json"])
def test_streams_that_are_closed_or_full(tmp_path: Path, closed: str, format_: str) -> None:
    source = write_all(tmp_path)[2]
    before = source.read_bytes()
    command = f"{sys.executable} -m jiandang check {source} --format {format_} --fail-on never"
    result = subprocess.run(
        f"{command} {closed}", shell=True, capture_output=True, text=True, check=False,
        encoding="utf-8",
    )  # fmt: skip
    assert result.returncode == (
        2 if ">&-" in closed.replace("2>&-", "") or "full" in closed else 0
    )
    assert "Traceback" not in result.stderr and source.read_bytes() == before


@POSIX
def test_a_pipe_that_is_full_and_a_reader_that_has_seen_enough(tmp_path: Path) -> None:
    source = write_all(tmp_path)[2]
    command = [sys.executable, "-m", "jiandang", "check", str(source), "--format", "json"]
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with subprocess.Popen(command, stdout=writing, stderr=subprocess.PIPE) as child:
        os.close(writing)
        with open(reading, "rb") as stream:  # noqa: PTH123
            json.loads(stream.read())
        assert child.stderr is not None and child.stderr.read() == b""
    assert child.returncode == 1
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None and child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 1


@POSIX
def test_a_reader_of_an_explanation_that_has_seen_enough() -> None:
    """Typer ends with 1 then, which means problems found."""
    command = [sys.executable, "-m", "jiandang", "explain", "LR103"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None and child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 0


SLOW = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever starts this may ignore it
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from jiandang.cli import main
from jiandang.reporters import json_report
def write(report, stream):
    stream.write("half")
    stream.flush()
    print("writing", flush=True)
    sys.stdin.read()
json_report.write_json = write
main(["check", sys.argv[1], "--format", "json", "--output", sys.argv[2]])
"""


@POSIX
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_signals_leave_the_old_report(tmp_path: Path, how: signal.Signals) -> None:
    source = write_all(tmp_path)[2]
    out = tmp_path / "out"
    out.mkdir()
    (out / "r.json").write_text("old")
    command = [sys.executable, "-c", SLOW, str(source), str(out / "r.json")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout is not None and child.stderr is not None
        assert b"writing\n" in iter(child.stdout.readline, b"")
        child.send_signal(how)
        told = child.stderr.read().decode()
    assert told == ("已中断。\n" if how is signal.SIGINT else "")
    assert child.returncode == 128 + how
    assert names(out) == ["r.json"] and (out / "r.json").read_text() == "old"


ALARMED = """
import signal, sys
from jiandang.cli import main
if __name__ == "__main__":
    signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)
    try:
        main(["check", *sys.argv[1:]])
    finally:  # Python gives its handlers up before it ends
        signal.setitimer(signal.ITIMER_REAL, 0)
"""


@POSIX
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_calls_that_signals_interrupt_are_made_again(tmp_path: Path, unbuffered: str) -> None:
    """EINTR: 500 signals a second, in every call that waits."""
    first, second, *_ = write_all(tmp_path)
    script = tmp_path / "alarmed.py"
    script.write_text(ALARMED, encoding="utf-8")
    options = ("--format", "json", "--jobs", "2", "--as-of", "2016-03-29", "--fail-on", "never")
    command = [sys.executable, str(script), str(first), str(second), *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    result = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert result.returncode == 0 and result.stderr == b""
    quiet = check(first, second, "--format", "json", "--jobs", "2")
    assert json.loads(result.stdout) == json.loads(quiet.stdout)


LAYERS = """
import sys
from jiandang.cli import main
try:
    main(["--version"])
finally:
    print([type(stream.buffer).__name__ for stream in (sys.stdout, sys.stderr)])
"""


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_what_a_pipe_does_not_take_at_once_is_written_later(unbuffered: str) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    command = [sys.executable, "-c", LAYERS]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert result.stdout.splitlines()[-1] == "['BufferedWriter', 'BufferedWriter']"


# -- what is read ----------------------------------------------------------------------------------


@POSIX
def test_regular_files_only(tmp_path: Path) -> None:
    pipe = tmp_path / "a.csv"
    os.mkfifo(pipe)
    result = check(pipe, "/dev/zero", "x" * 300, "--format", "json")
    assert result.returncode == 2
    codes = [file["error"]["code"] for file in json.loads(result.stdout)["files"]]
    assert codes == ["not_regular", "not_regular", "not_found"]


@POSIX
def test_a_pipe_is_no_policy_and_is_said_to_be_a_pipe(tmp_path: Path) -> None:
    source, pipe = write_all(tmp_path)[2], tmp_path / "县.toml"
    os.mkfifo(pipe)
    result = check(source, "--policy", pipe)
    assert result.returncode == 2 and "不是普通文件" in result.stderr
    (tmp_path / "镇.toml").write_text('extends = "县.toml"\n', encoding="utf-8")
    result = check(source, "--policy", tmp_path / "镇.toml")
    assert result.returncode == 2 and "不是普通文件" in result.stderr


@POSIX
def test_a_report_can_go_into_a_pipe_by_name(tmp_path: Path) -> None:
    source = write_all(tmp_path)[2]
    options = ("--format", "json", "--output", "/dev/stdout", *UNCHANGING)
    result = jiandang("check", source, *options)
    assert result.returncode == 0
    assert json.loads(result.stdout)["tool"]["name"] == "jiandang"


def test_a_hyphen_is_standard_output_and_no_name(tmp_path: Path) -> None:
    source = write_all(tmp_path)[2]
    before = {*tmp_path.rglob("*")}
    result = check(source, "--format", "json", "--output", "-", *UNCHANGING)
    assert result.returncode == 0 and json.loads(result.stdout)["tool"]["name"] == "jiandang"
    result = check(source, "--format", "xlsx", "--output", "-", *UNCHANGING)
    assert result.returncode == 2 and "工作簿不能写到标准输出" in result.stderr
    assert {*tmp_path.rglob("*")} == before


@POSIX
@pytest.mark.parametrize("option", ["--password-file", "--since"])
def test_nor_is_it_another_file_to_read(tmp_path: Path, option: str) -> None:
    source, pipe = write_all(tmp_path)[2], tmp_path / "另一个"
    os.mkfifo(pipe)
    result = check(source, option, pipe)
    assert result.returncode == 2 and "不是普通文件" in result.stderr
