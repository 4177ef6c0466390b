"""Planted numbers come through nowhere; what is no number is shown; nothing is obeyed."""

import json
import unicodedata
from pathlib import Path

import pytest
from town import Town

import jiandang
from generators.people import with_check
from jiandang.cli import main
from jiandang.engine.words import Words, fields_of
from jiandang.gates.catalogue import all_rules
from jiandang.policy import load_policy
from jiandang.register.masking import hide_birth, mask_code, mask_private, mask_secret
from jiandang.register.text import shown
from jiandang.run.batch import check_files
from jiandang.run.checking import Settings
from jiandang.run.files import find_files
from jiandang.run.load import Reading
from jiandang.run.processes import Workers

NUMBER = "320324198001010015"
WRITTEN = [
    NUMBER, "320324 19800101 0015", "320324-1980-0101-0015", "320324.19800101.0015",
    "３２０３２４１９８００１０１００１５", "320324198001\n010015", "3203 2419 8001 0100 15",
    "320324\u00a019800101\u30000015", "139 1234 5678", "139-1234-5678", "１３９１２３４５６７８",
    "6228 4804 0256 4890 018", "6228480402564890018", "4367 4200 0000 0000 123",
    "3 2 0 3 2 4 1 9 8 0 0 1 0 1 0 0 1 5", "320324/19800101/0015", "320324'19800101'0015",
    "139123 45678", "320324\ufffd19800101\ufffd0015", "①③⑨①②③④⑤⑥⑦⑧", "⒈⒊⒐⒈⒉⒊⒋⒌⒍⒎⒏",
    "320324,19800101,0015", "320324（19800101）0015", "320324+1980+0101+0015",
    "320324、19800101、0015", "320324|19800101|0015", "320324:19800101：0015",
    "320324!19800101!0015", "320324@19800101＠0015", "320324●19800101●0015", "320324<19800101>0015",
    "320324?19800101?0015", "320324…19800101…0015", "320324&19800101&0015",
    "\ufe0f\u20e3".join(NUMBER),
    "320324<b>19800101</b>0015", "320324<font size=2>19800101</font>0015", 
    "320324&nbsp;19800101<br/>0015",
    "139<b>1234</b>5678", "6228<i>4804</i>0256<i>4890</i>018", "320324年19800101年0015",
    "320324号19800101第0015", "320324（出生）19800101 0015", "320324x19800101x0015",
    "320324→19800101→0015",
    "139之1234之5678", "139x1234x5678", "6228转4804转0256转4890转018", "320324年800101年001",
    "139~1234~5678", "139😀12345678", "139123★45678", "1391234☆5678", "139`123`45678",
    "139\u31641234\u31645678",
    "320324~19800101～0015", "320324😀19800101👨\u200d👩\u200d👧0015",
    "6228～4804～0256～4890～018",
    "6228⠀4804⠀0256⠀4890⠀018", "622202🇨🇳1001116245", "320324■800101■001",
    "❤\ufe0f".join("13912345678"),
    "320324%19800101%0015", "_·/~".join(NUMBER),
    "\u200b".join(NUMBER),
    ("\u200d" * 30).join((NUMBER[:6], NUMBER[6:14], NUMBER[14:])),
]  # fmt: skip


def digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) for c in text if c.isdigit())


@pytest.mark.parametrize("written", WRITTEN)
def test_a_number_however_it_is_written(written: str) -> None:
    text = mask_private(f"见{written}号")
    assert "*" in text and digits(written) not in digits(text)


@pytest.mark.parametrize(
    "between", [*"·/_~～★※^`《", "😀", "👨\u200d👩\u200d👧", "\u200b", "\u3164", "\u2800"]
)
def test_any_sign_parts_groups_of_what_is_called_a_code_too(between: str) -> None:
    for groups in (
        ("320324", "19800101", "0015"),
        ("139", "1234", "5678"),
        ("6228", "4804", "0256", "4890", "018"),
    ):
        for masked in (
            mask_private(between.join(groups)),
            mask_code(f"第{between.join(groups)}号"),
        ):
            assert "****" in masked and "".join(groups) not in digits(masked)


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("32O324198OO1O1OO15", "32O324********OO15"),
        ("320324l9800l0l00I5", "320324********00I5"),
        ("32o324 198oo1o1 oo15", "32o324********oo15"),
        ("32Ｏ324198001010015", "32Ｏ324********0015"),
        ("32〇324198○01010015", "32〇324********0015"),
        ("三二〇三二四一九八〇〇一〇一〇〇一五", "三二〇三二四********〇〇一五"),
        ("叁贰零叁贰肆壹玖捌零零壹零壹零零壹X", "叁贰零叁贰肆********零零壹X"),
        ("三二〇三二四八〇〇一〇一〇〇一", "三二〇三二四*****一〇〇一"),
        ("三二〇三二四 一九八〇〇一〇一 〇〇一五", "三二〇三二四********〇〇一五"),
        ("320324一九八〇〇一〇一0015", "320324********0015"),
        ("l39l2345678", "l39****5678"),
        ("139 l234 567B, 1391234567O", "139 l234 567B, 139****567O"),
        ("一三九一二三四五六七八", "一三九****五六七八"),
        ("622848O4O256489OO18", "622848*********OO18"),
        ("32О32419800101ОО15", "32О324********ОО15"),
        ("З20З24198001010015", "З20З24********0015"),
        ("32Ο32419800101Ο015", "32Ο324********Ο015"),
        ("32Օ324\u04c0980010\u04c00015", "32Օ324********0015"),
        ("32𝟎32419800101𝐎015", "32𝟎324********𝐎015"),
        ("٣٢٠٣٢٤١٩٨٠٠١٠١٠٠١٥", "٣٢٠٣٢٤********٠٠١٥"),
        ("1391234567О", "139****567О"),
        ("32032419800101001╳", "320324*******1001╳"),
    ],
)
def test_what_is_typed_for_a_digit(written: str, masked: str) -> None:
    assert mask_private(f"见{written}号") == f"见{masked}号"


@pytest.mark.parametrize(
    "written",
    [
        "32O324198OO1O1OO15",
        "32O324 198OOlOl OOl5",
        "三二〇三二四一九八〇〇一〇一〇〇一五",
        "320324<b>19800101</b>0015",
        "320324年19800101年0015",
        "320324之1980之0101之0015",
    ],
)
def test_it_is_one_in_columns_of_numbers_too(written: str) -> None:
    assert written[6:-4] not in mask_secret(written) and "****" in mask_secret(written)
    assert written[6:-4] not in mask_code(written) and "****" in mask_code(written)


@pytest.mark.parametrize("letters", ["0О", "3З", "0Ο", "1ا", "1ӏ", "0º", "6б", "0D", "1|", "2Z"])
def test_a_letter_of_any_script_in_a_column_of_numbers(letters: str) -> None:
    written = NUMBER.replace(letters[0], letters[1])
    assert mask_secret(written) == f"{written[:6]}********{written[-4:]}"
    assert (
        hide_birth((mask_secret(written), "1980-01-01"), [NUMBER])[0] == f"{written[:6]}{'*' * 12}"
    )


def test_a_name_of_another_script_is_none() -> None:
    for name in ("Мұхамедқали", "ئابدۇقادىر", "Абдулла 13", "Иванов И.И., 1980"):
        assert (mask_secret(name), mask_private(name), mask_code(name)) == (name,) * 3
    assert mask_private("Мұхамедқали 13912345678") == "Мұхамедқали 139****5678"


def test_blanks_and_what_is_not_seen_between_digits() -> None:
    for gap in ("    ", "\u200b\u200c\u200d\u2060\ufeff", " \u200b" * 4):
        for written in (gap.join((NUMBER[:6], NUMBER[6:14], NUMBER[14:])), gap.join(NUMBER)):
            assert "****" in (masked := mask_private(f"见{written}号"))
            assert NUMBER[6:14] not in digits(masked)


@pytest.mark.parametrize("text", ["张三13912345678", "No13912345678", "No139 1234 5678"])
def test_what_stands_before_a_number_hides_none(text: str) -> None:
    assert mask_private(text).endswith("139****5678")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"13912345678{NUMBER}", "139123*******************0015"),
        (f"{NUMBER}13912345678", "320324*******************5678"),
        ("32032419800101001X13912345678", "320324********001X139****5678"),
        ("1391234567813812345678", "139123************5678"),
        ("1391234567832032419800101001X", "139123*******************001X"),
    ],
)
def test_two_numbers_without_a_blank(text: str, shown: str) -> None:
    assert mask_private(f"张三{text}.xlsx") == f"张三{shown}.xlsx"
    assert mask_code(f"张三{text}") == f"张三{shown}"


@pytest.mark.parametrize(
    "text",
    ["2016-03-04 10:22", "2016-03-04 10:22:33", "8:30…11:30、14:00…17:30", "1380:2345:678",
     "2016-03-04—2016-03-10", "3500 4200 1800", "1500 1200 350",
     "1500/1200/350", "13500~150000", "1350000～1200", "13500→150000", "139.5%1200.5%2300.5%",
     "￥150￥1200￥3500",
     "王庄村3组", "2012年2013年2014年2015年", "3200或3300或3400或3500",
     "320324 2016年03月29日 1234", "138元1200元1500元", "150户1200户3000户",
     "320324101001,2016-03-29",
     "一三九〇元、一二〇〇元、三〇〇〇元", 
     "户编号320324101001、第12户3人",
     "320324101001", "1.5 2.5 3.5 4.5 5.5 6.5",
     "3500,4200,1800,2600", "6200,4200,1800,2600", "139,1234,5678",
     "1、2、3、4、5、6、7、8、9、10、11", "一二三四五六七八九十", "一二三四五六七八九〇一二三",
     "三、二、〇、三、二、四、一、九、八、〇、〇、一、〇、一、〇、〇、一、五",
     "二〇一六年三月二十九日", "一三九 一二三四 五六七八", "Illinois lollipop", "2O16-O3-29 1O:OO"],
)  # fmt: skip
def test_what_is_no_number_of_a_person(text: str) -> None:
    assert mask_private(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [("李学民", "李学民"), ("无", "无"), ("李学民32032419800101001", "李学民320324*******1001"),
     ("12345", "12***"), (NUMBER, "320324********0015")],
)  # fmt: skip
def test_a_column_of_numbers(text: str, masked: str) -> None:
    assert mask_secret(text) == masked


def test_a_household_number_that_is_somebodys() -> None:
    assert mask_code("320324 1980 0101 0015") == "320324********0015"
    assert mask_code("320324101001001") == "320324101001001"
    assert mask_code(f"第{NUMBER}号") == "第320324********0015号"
    assert mask_code("320324101001001-1") == "320324101001001-1"
    assert mask_code("320324101001-001") == "320324101001-001"
    assert mask_code("320324101001001、320324101001002") == "320324101001001、320324101001002"
    assert mask_code("户编号 320324-1980-0101-0015 太长") == "户编号 320324********0015 太长"


def test_a_birth_date_does_not_make_a_masked_number_whole() -> None:
    beside = hide_birth(("证件号码 320324********0015，出生日期 1980年1月1日", None), [NUMBER])
    assert beside == ["证件号码 320324************，出生日期 1980年1月1日", None]
    apart = ("证件号码 320324********0015，评议 2016-03-01",)
    assert hide_birth(apart, [NUMBER]) == [*apart]
    old, other = "320324800101001", "320324650312001"
    beside = hide_birth((f"旧号 {mask_secret(old)}，出生日期 1980-01-01",), [old])
    assert beside == ["旧号 320324*********，出生日期 1980-01-01"]
    apart = (f"旧号 {mask_secret(other)}，出生日期 1980-01-01",)
    assert hide_birth(apart, [other]) == [*apart]
    phone = "电话 138****5678，出生日期 1980-01-01"
    assert hide_birth((phone,), [NUMBER]) == [phone]


def test_no_report_has_it() -> None:
    town = Town()
    rows = iter(town.sheets["成员"])
    for written in WRITTEN[:8]:
        for heading in ("姓名", "户编号", "民族", "与户主关系", "出生日期"):
            next(rows)[heading] = written
    report = json.loads(town.report(context=True).model_dump_json())
    assert NUMBER not in digits(json.dumps(report, ensure_ascii=False))


def test_nor_a_heading_a_sheet_or_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / f"{NUMBER}.csv"
    path.write_text(f"户编号,姓名,性别,证件号码,与户主关系,{NUMBER}\n1,甲,男,2,户主,\n", "utf-8")
    other = tmp_path / "320324198101010015.csv"
    other.write_text(path.read_text("utf-8").replace("甲", "乙"), "utf-8")
    path.with_suffix(".jpg").write_bytes(b"x")
    from datetime import date

    settings = Settings.of(load_policy("xuzhou-2016"), as_of=date(2016, 3, 29))
    with Workers(1) as workers:
        report = check_files(find_files([tmp_path]), settings, Reading(settings.policy), workers)
    assert NUMBER not in report.model_dump_json()
    names = [Path(file.path).name for file in report.files]
    assert names == ["320324********0015.csv", "320324********0015.csv（2）"]
    assert [Path(passed.path).name for passed in report.passed_over] == ["320324********0015.jpg"]
    assert {finding.file for finding in report.findings} == {file.path for file in report.files}


@pytest.mark.parametrize("option", ["--policy", "--map", "--require", "--with", "--since"])
def test_nor_what_is_said_of_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("户编号,姓名,性别,证件号码\n1,甲,男,2\n", "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["check", str(path), option, f"{NUMBER[:6]} {NUMBER[6:]}=x"])
    assert ended.value.code == 2
    assert "320324********0015" in (said := capsys.readouterr().err) and NUMBER not in digits(said)


@pytest.mark.parametrize(
    ("text", "safe"),
    [("\x1b[31m红", "\ufffd[31m红"), ("a\r\nb\rc", "a\nb\nc"), ("\u202e颠倒", "\ufffd颠倒"),
     ("x\n::error::y", "x\n：：error：：y"), ("##[command]", "＃＃[command]"),
     ("##vso[task]", "＃＃vso[task]"), ("a\x85b", "a\ufffdb"), ("1:2:3", "1:2:3"),
     ("\udcb9\udcd9", "\\xb9\\xd9"), ("张三", "张三"), ("12:30", "12:30")],
)  # fmt: skip
def test_nothing_is_obeyed(text: str, safe: str) -> None:
    assert shown(text) == safe


def test_no_line_of_the_console_is_a_command() -> None:
    from io import StringIO

    from jiandang.reporters.console import write_console

    town = Town()
    town.row("成员", 与户主关系="之子")["性别"] = "男\n::error file=a::改\x1b[2J"
    target = StringIO()
    write_console(town.report(), target)
    assert "error" in target.getvalue()
    assert not [li for li in target.getvalue().splitlines() if li.lstrip().startswith("::")]
    assert "\x1b" not in target.getvalue()


def test_a_number_of_another_household_is_masked_where_it_is_somebodys_own() -> None:
    words = Words(show_ids=False)
    message = "与户编号 {other:s} 相同"
    assert "98609058463" not in words.fill(message, {"other": "320324l98609058463"})
    assert words.fill(message, {"other": "320324105201001"}) == "与户编号 320324105201001 相同"


@pytest.mark.parametrize(
    ("message", "value"),
    [
        ("没有这一户{x:s}", "；与 320324105201001 只差一位，那一户缺成员"),
        ("与同村的{x:home}同姓", "张三（320324105201001）"),
    ],
)
def test_a_households_number_in_words_is_no_secret(message: str, value: str) -> None:
    words = Words(show_ids=False)
    assert value in words.fill(message, {"x": value})
    own = value.replace("320324105201001", "320324198609058463").replace("张三", "320324760905846")
    masked = words.fill(message, {"x": own})
    assert "98609058463" not in masked
    assert "320324760905846" not in masked


@pytest.mark.parametrize("code", ["SB031", "SB025", "SB034", "SB024", "DC055", "LR130", "LR205"])
def test_messages_that_name_another_household_show_its_number(code: str) -> None:
    """A number of 15 digits looks like an old identity number: its field has to say what it is."""
    rules = {rule.code: rule for rule in all_rules()}
    fields = {name: spec for _, name, spec in fields_of(rules[code].message) if name}
    assert {"s", "home"} & set(fields.values())


def test_how_a_households_number_should_be_written_can_be_copied() -> None:
    """15 digits are an old identity number elsewhere."""
    fill = Words(show_ids=False).fill
    assert fill("应为“{known}”", {"known": "320324105201214"}, of="household_id")[3:-1].isdigit()
    assert "****" in fill("应为“{known}”", {"known": "320324650302415"}, of="name")


def test_a_birth_date_in_one_finding_makes_no_number_of_another_whole(tmp_path: Path) -> None:
    path = tmp_path / "成员.csv"
    number = with_check("32032419650302415")
    born = f"周怀,男,{number},配偶,1975-01-01"
    path.write_text(
        "户编号,姓名,性别,证件号码,与户主关系,出生日期\n"
        f"320324105201003,{born}\n320324105201004,{born}\n",
        "utf-8",
    )
    report = jiandang.check(jiandang.load(path), as_of="2016-03-29")
    texts = [f"{f.message}{f.value}{f.expected}" for f in report.findings]
    assert any("1965-03-02" in text for text in texts)
    assert any("320324*" in text for text in texts)
    assert not [text for text in texts if number[-4:] in text]
    shown = jiandang.check(jiandang.load(path), as_of="2016-03-29", show_ids=True)
    assert any(number in f.message for f in shown.findings)


@pytest.mark.parametrize("show_ids", [False, True])
def test_a_birth_date_in_a_list_of_movement_makes_no_number_whole(
    tmp_path: Path, show_ids: bool
) -> None:
    number = with_check("32032419650302415")
    for date, home, born in (("上次", 3, "1965-03-01"), ("本次", 4, "1965-03-02")):
        rows = [f"32032410520100{n},陈{n},男,{with_check(f'3203241960010{n}001')},户主,1960-01-0{n}"
                for n in (3, 4)]  # fmt: skip
        rows.append(f"32032410520100{home},周怀,男,{number},配偶,{born}")
        text = "\n".join(["户编号,姓名,性别,证件号码,与户主关系,出生日期", *rows, ""])
        (tmp_path / f"{date}.csv").write_text(text, "utf-8")
    now, before = (jiandang.load(tmp_path / f"{date}.csv") for date in ("本次", "上次"))
    report = jiandang.check(now, as_of="2016-03-29", before=before, show_ids=show_ids)
    assert report.movement is not None
    (moved,) = (each for each in report.movement.lists if each.what == "换户")
    (corrected,) = (each for each in report.movement.lists if each.list == "corrected")
    assert "1965-03-02" in (corrected.now or "")
    assert moved.id_number == (number if show_ids else "320324************")
    text = report.model_dump_json()
    assert ("1965-03-02" in text, number[-4:] in text) == (True, show_ids)
    # Of those whose date is not told the end is shown, by which a clerk tells them apart.
