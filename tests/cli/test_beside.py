"""jiandang.toml beside the data: read and told of, overruled, refused, and kept in its folder."""

import json
import os
import shutil
import subprocess
import tomllib
from pathlib import Path

import entry_point
import pytest

from jiandang.cli.beside import EXAMPLES

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_data"
LINKS = pytest.mark.skipif(os.name == "nt", reason="Windows 要有权限才能建链接")
PLAIN = 'as-of = 2016-03-29\nselect = ["LR103"]\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with a register, inside a folder with what is none of its business."""
    folder = tmp_path / "上报材料"
    folder.mkdir()
    shutil.copy(SAMPLES / "官山镇_有误.xlsx", folder)
    shutil.copytree(SAMPLES / "名单", tmp_path / "名单")
    (tmp_path / "外面.toml").write_text("secret = 秘密\n", encoding="utf-8")
    return folder


def check(data: Path, text: str, *options: object) -> subprocess.CompletedProcess[str]:
    (data / "jiandang.toml").write_text(text, encoding="utf-8")
    return jiandang(data.parent, data.name, *options)


def jiandang(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return entry_point.jiandang_here("check", *arguments, cwd=folder)


def test_it_is_read_and_told_of(data: Path) -> None:
    result = check(data, PLAIN + 'formats = ["json"]\nfail-on = "never"\n')
    assert result.returncode == 0
    report = json.loads(result.stdout)
    assert {finding["rule"] for finding in report["findings"]} == {"LR103"}
    assert report["as_of"] == "2016-03-29"
    (told,) = result.stderr.splitlines()
    assert told == (
        f"按 {Path('上报材料', 'jiandang.toml')} 检查：as-of = 2016-03-29，select = LR103，"
        "formats = json，fail-on = never（不用它请加 --isolated）"
    )
    assert [each["reason"] for each in report["passed_over"]] == ["检查的设置，不是登记表"]


def test_what_it_says_is_told_on_one_line(data: Path) -> None:
    result = check(data, PLAIN + 'output = "a\\n结论：没有发现问题。"\n', "--format", "json")
    assert result.stderr.startswith("按 ") and "\n结论" not in result.stderr


def test_it_is_read_beside_a_file_too(data: Path) -> None:
    check(data, PLAIN)
    result = jiandang(data, "官山镇_有误.xlsx", "--format", "json")
    assert result.returncode == 1
    assert {finding["rule"] for finding in json.loads(result.stdout)["findings"]} == {"LR103"}


def test_the_command_line_wins(data: Path) -> None:
    result = check(data, PLAIN + 'fail-on = "never"\n', "--fail-on", "error", "--select", "SB")
    assert result.returncode == 1 and "LR103" not in result.stdout
    assert "；以命令行为准的：select、fail-on（" in result.stderr
    # What is written though it is the default is written all the same.
    assert check(data, 'formats = ["json"]\n' + PLAIN, "--format", "console").stdout[0] != "{"


def test_isolated_ignores_it(data: Path) -> None:
    result = check(data, "select = [", "--isolated", "--as-of", "2016-03-29", "--quiet")
    assert result.returncode == 1 and result.stderr == ""


def test_paths_begin_at_the_file(data: Path) -> None:
    shutil.move(data.parent / "名单", data / "名单")
    policy = 'extends = "xuzhou-2016"\nname = "某县"\n[check]\nrequire = ["SB028"]\n'
    (data / "县.toml").write_text(policy, encoding="utf-8")
    text = 'policy = "县.toml"\nlists = ["名单"]\nformats = ["json", "html"]\noutput = "结果"\n'
    result = check(data, PLAIN + text)
    report = json.loads((data / "结果" / "检查结果.json").read_text(encoding="utf-8"))
    assert report["policy"] == "某县"
    assert len(report["lists"]) == 5
    assert (data / "结果" / "检查结果.html").is_file()
    # The county's own demands stand beside those of the folder.
    assert result.returncode == 2 and "SB028" in result.stderr


def test_what_is_given_as_something_else_is_no_register_of_the_folder(data: Path) -> None:
    shutil.move(data.parent / "名单", data / "名单")
    shutil.copytree(SAMPLES / "上次", data / "上次")
    text = 'lists = ["名单"]\nbefore = ["上次/官山镇.xlsx"]\nchanges = ["上次/增减表.xlsx"]\n'
    result = check(data, 'as-of = 2016-03-29\nformats = ["json"]\n' + text)
    report = json.loads(result.stdout)
    assert [Path(file["path"]).name for file in report["files"]] == ["官山镇_有误.xlsx"]
    passed = {Path(each["path"]).name: each["reason"] for each in report["passed_over"]}
    assert passed["残联持证名单.xlsx"] == "部门名单，用来比对"
    assert passed["官山镇.xlsx"] == "上一次的登记表，用来比较"
    assert passed["增减表.xlsx"] == "增减表，用来核对"
    # What is named is checked, and said where it is given twice.
    twice = jiandang(data, "上次/官山镇.xlsx", "--before", "上次/官山镇.xlsx", "--isolated")
    assert twice.returncode == 2 and "同一个文件" in twice.stderr


def test_the_documents_name_every_key() -> None:
    text = (ROOT / "docs" / "pipelines.md").read_text(encoding="utf-8")
    example = tomllib.loads(text.partition("```toml\n")[2].partition("```")[0])
    assert list(example) == list(EXAMPLES)
    for key, written in EXAMPLES.items():
        assert type(tomllib.loads(f"{key} = {written}")[key]) is type(example[key])


def test_of_one_format_too_the_output_is_a_folder(data: Path) -> None:
    """A name from the data must not choose which file is written over."""
    (own := data / "要紧.json").write_text("{}", encoding="utf-8")
    result = check(data, PLAIN + 'formats = ["json"]\noutput = "要紧.json"\n')
    assert result.returncode == 2 and "要紧.json" in result.stderr
    assert own.read_text(encoding="utf-8") == "{}"
    check(data, PLAIN + 'formats = ["json"]\noutput = "结果"\n')
    assert [path.name for path in (data / "结果").iterdir()] == ["检查结果.json"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('format = ["json"]', "的 format：没有这一项，是不是 formats？"),
        ('with = ["名单"]', "的 with：没有这一项，是不是 lists？"),
        ("zzz = 1", "的 zzz：没有这一项，可写：policy、"),
        ("show-ids = true", "的 show-ids：只能写在命令行里"),
        ('password = "1"', "的 password：只能写在命令行里"),
        (
            "notice_days = 5",
            '的 notice_days：是政策参数，请写在政策文件里，这里写 policy = "县.toml"',
        ),
        ("[options]\nselect = []", "的 options：这里不用方括号标题"),
        ('select = "LR"', '的 select：应为列表，写在方括号内，文字加英文引号，例如 ["LR", "SB"]'),
        ("select = [1]", "的 select：应为列表"),
        ('formats = ["json", " "]', "的 formats：应为列表"),
        ('formats = ["pdf"]', "的 formats：没有“pdf”这种格式"),
        ('fail-on = ["error"]', '的 fail-on：应为文字，写在英文引号内，例如 "warning"'),
        ('fail-on = "hmm"', "的 fail-on：没有“hmm”，可选：error、"),
        ('as-of = "2016-03-29"', "的 as-of：应为日期，不加引号"),
        ("as-of = 1916-03-29", "的 as-of：“1916-03-29”不是本世纪的日期"),
        ('require = ["XX"]', "（require）：没有规则“XX”"),
        ("select = [“LR”]", "第 1 行可能用了中文标点"),
        ('answers = ["没有.xlsx"]', "的 answers："),
        ('policy = "没有.toml"', "的 policy：找不到政策文件"),
    ],
)
def test_what_is_wrong_is_said_with_place_and_remedy(data: Path, line: str, said: str) -> None:
    result = check(data, line, "--quiet")
    assert result.returncode == 2
    assert said in result.stderr and "jiandang.toml" in result.stderr
    assert "Traceback" not in result.stderr and result.stdout.count("结论") <= 1


@LINKS
@pytest.mark.parametrize(
    "line",
    [
        'policy = "../外面.toml"',
        'policy = "链接.toml"',
        'policy = "/etc/passwd"',
        'answers = ["../名单"]',
        'lists = ["低保=../名单/a.xls"]',
        r"lists = ['\\server\share\名单']",
        r"before = ['C:\登记表']",
        'changes = ["子/../../名单"]',
        'output = ".."',
        'output = ".git/hooks"',
        'output = "链接夹"',
        r'output = "a\u0000b"',
    ],
)
def test_nothing_outside_is_read_or_written(data: Path, line: str) -> None:
    (data / "链接.toml").symlink_to(data.parent / "外面.toml")
    (data / "链接夹").symlink_to(data.parent, target_is_directory=True)
    before = sorted(data.parent.rglob("*"))
    result = check(data, PLAIN + 'formats = ["json", "html"]\n' + line)
    assert result.returncode == 2 and "秘密" not in result.stderr
    assert f"的 {line.split()[0]}：" in result.stderr
    assert sorted(p for p in data.parent.rglob("*") if p.name != "jiandang.toml") == before


@LINKS
def test_what_lies_in_place_of_the_file_is_not_read(data: Path) -> None:
    """A link out of the folder would quote a line of any file."""
    (data / "jiandang.toml").symlink_to(data.parent / "外面.toml")
    link = jiandang(data.parent, data.name)
    assert link.returncode == 2 and "不能是链接" in link.stderr and "秘密" not in link.stderr
    (data / "jiandang.toml").unlink()
    (data / "jiandang.toml").mkdir()
    folder = jiandang(data.parent, data.name)
    assert folder.returncode == 2 and "--isolated" in folder.stderr


@LINKS
def test_links_in_folders_that_it_names_are_not_followed(data: Path) -> None:
    """Of answers and of what stands beside lists, as of registers."""
    shutil.move(data.parent / "名单", data / "名单")
    (data / "名单" / "名单.toml").unlink()
    (data / "名单" / "名单.toml").symlink_to(data.parent / "外面.toml")
    result = check(data, PLAIN + 'lists = ["名单"]')
    assert result.returncode == 2 and "指向它的文件夹之外" in result.stderr
    assert "秘密" not in result.stderr
    jiandang(data.parent, data.name, "--isolated", "--format", "list", "--output", "清单/")
    (data / "回收").mkdir()
    (data / "回收" / "a.csv").symlink_to(data.parent / "清单" / "差异清单.csv")
    result = check(data, PLAIN + 'answers = ["回收"]')
    assert result.returncode == 2 and "里没有标记副本" in result.stderr


def test_settings_of_one_folder_do_not_rule_another(data: Path) -> None:
    shutil.copytree(data, other := data.parent / "另一份")
    result = check(data, PLAIN, other.name)
    assert result.returncode == 2 and "只管它所在的文件夹，不管“另一份”" in result.stderr
    (inside := data / "乡镇").mkdir()
    shutil.move(data / "官山镇_有误.xlsx", inside)
    assert check(data, PLAIN, "上报材料/乡镇").returncode == 1


def test_a_value_that_does_not_count_stops_nothing(data: Path) -> None:
    result = check(data, 'as-of = "昨天"\nselect = ["LR103"]\n', "--as-of", "2016-03-29")
    assert result.returncode == 1 and "以命令行为准的：as-of" in result.stderr


def test_two_folders_with_settings_are_checked_apart(data: Path) -> None:
    shutil.copytree(data, other := data.parent / "另一份")
    (other / "jiandang.toml").write_text(PLAIN, encoding="utf-8")
    result = check(data, PLAIN, other.name)
    assert result.returncode == 2 and "设置不止一份" in result.stderr
