"""The web page, in a real browser: it filters, searches and prints, and runs nothing but itself."""

import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiandang.report.answered import Answer, AnswersRead, AnswerState, Since
from jiandang.report.gates import GATES
from jiandang.report.model import Report, Severity
from jiandang.reporters.html import write_html

Make = Callable[..., Any]
# Milliseconds: a busy machine is slow, not wrong.
_PATIENCE = 600_000
NASTY = '<script>alert("x")</script>&\u2028|`_x0041_'


def _html(report: Report) -> str:
    stream = io.StringIO()
    write_html(report, stream)
    return stream.getvalue()


def test_every_text_is_escaped(report: Make, finding: Make) -> None:
    fields = ("person", "village", "household", "message", "title", "advice", "sheet", "column")
    text = _html(report([finding(**dict.fromkeys(fields, NASTY), file=NASTY)], [NASTY]))
    assert "<script>alert" not in text
    assert text.count("<script") == 2 and text.count("</script>") == 2
    assert "\u2028" not in text.partition('id="data">')[2]


def test_the_page_asks_for_nothing_from_outside(report: Make, varied: Make) -> None:
    text = _html(report(varied(5)))
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?!#)\w""", text)
    assert "http" not in text.replace("http-equiv", "") and "@import" not in text


def test_the_gates_are_a_picture(report: Make, varied: Make) -> None:
    text = _html(report(varied(5)))
    for name in GATES.values():
        assert re.search(rf'<svg [^>]*role="img" aria-label="{name}：', text)


def test_the_embedded_data_is_json(report: Make, varied: Make) -> None:
    block = re.search(r'id="data">(.*?)</script>', _html(report(varied(10))), re.DOTALL)
    assert block is not None
    data = json.loads(block[1])
    assert len(data["rows"]) == 10
    assert NASTY in [row[7] for row in data["rows"]]


def test_a_report_without_findings(report: Make) -> None:
    text = _html(report())
    assert 'id="filters"' not in text and "没有查完，不能算通过" in text


# -- in Chromium -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if found is None:
        pytest.skip("没有安装 Chromium，网页没有在浏览器里测试")
    with playwright.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens a report; at the end nothing may have been logged or fetched."""
    complaints: list[str] = []
    requests: list[str] = []
    pages = []

    def open_page(report: Report, width: int = 1280) -> Any:
        path = tmp_path / "检查结果.html"
        path.write_text(_html(report), "utf-8")
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.set_default_timeout(0)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri())
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert complaints == []
    assert len(requests) == len(pages)


def _wait_for_rows(page: Any, count: int) -> None:
    # The page forbids the evaluation of strings, so Playwright cannot wait for an expression.
    from playwright.sync_api import expect

    expect(page.locator("#rows tr")).to_have_count(count, timeout=_PATIENCE)


def _rows(page: Any) -> int:
    count: int = page.locator("#rows tr").count()
    return count


def test_filters_work_alone_and_together(
    open_page: Callable[..., Any], report: Make, varied: Make
) -> None:
    findings = varied(60)
    page = open_page(report(findings))
    assert _rows(page) == 60 and "共 60 处" in page.inner_text("#shown")
    page.select_option("[name=gate]", "SB")
    own = [f for f in findings if f.gate == "SB"]
    assert _rows(page) == len(own)
    page.select_option("[name=severity]", "error")
    own = [f for f in own if f.severity == "error"]
    assert _rows(page) == len(own)
    page.select_option("[name=village]", "王庄村")
    own = [f for f in own if f.village == "王庄村"]
    assert _rows(page) == len(own) > 0
    page.select_option("[name=rule]", own[0].rule)
    assert _rows(page) == sum(f.rule == own[0].rule for f in own)
    page.click("text=清除筛选")
    _wait_for_rows(page, 60)


def test_a_gate_and_a_bar_filter_by_click_and_by_keyboard(
    open_page: Callable[..., Any], report: Make, varied: Make
) -> None:
    findings = varied(60)
    page = open_page(report(findings))
    page.click(".gate[data-value=DC]")
    assert _rows(page) == sum(f.gate == "DC" for f in findings)
    assert page.get_attribute(".gate[data-value=DC]", "aria-pressed") == "true"
    page.focus(".gate[data-value=DC]")
    page.keyboard.press("Enter")
    assert _rows(page) == 60
    page.focus("[data-filter=village][data-value=柳湾村]")
    page.keyboard.press("Space")
    assert _rows(page) == sum(f.village == "柳湾村" for f in findings)


def test_search_by_name_household_and_several_words(
    open_page: Callable[..., Any], report: Make, varied: Make
) -> None:
    page = open_page(report(varied(60)))
    for text, count in (("张7", 1), ("张7 第7处", 1), ("张7 第8处", 0), ("<script>", 1)):
        page.fill("[name=search]", text)
        _wait_for_rows(page, count)
    assert page.inner_text("#rows .person").startswith('<script>alert("x")</script>')
    assert page.locator("script").count() == 2


def test_every_control_has_a_name_and_is_reached_by_tab(
    open_page: Callable[..., Any], report: Make, varied: Make
) -> None:
    page = open_page(report(varied(60)))
    nameless = page.eval_on_selector_all(
        "select, input, button",
        "all => all.filter(e => !(e.labels?.length || e.textContent.trim())).length",
    )
    assert nameless == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert "gate" in page.evaluate("document.activeElement.className")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_bars_of_one_compare_nothing(report: Make, finding: Make) -> None:
    ones = [finding(f"H{n}", village=f"第{n}村", rule=f"LR1{n}") for n in range(10, 14)]
    assert '<ul class="bars">' not in _html(report(ones))
    assert '<ul class="bars">' in _html(report([*ones, finding("H20", village="第10村")]))


def test_the_overview_tells_of_a_column_once(report: Make, finding: Make) -> None:
    same = [finding(f"H{n}", rule="LR011", severity=Severity.INFO) for n in range(2, 30)]
    text = _html(report([*same, finding("K9")]))
    overview = text[text.index('class="kinds"') : text.index("</ul>", text.index('class="kinds"'))]
    assert overview.count("<li>") == 2
    assert overview.index("LR103") < overview.index("LR011")
    assert "H2:H29" in overview and "28 处" in overview


def test_it_is_dark_where_the_reader_wants_it(
    open_page: Callable[..., Any], report: Make, varied: Make
) -> None:
    page = open_page(report(varied(20)))
    colour = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="light")
    assert page.evaluate(colour) == "rgb(244, 246, 248)"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(colour) == "rgb(19, 24, 29)"
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_sticks_out(
    open_page: Callable[..., Any], report: Make, varied: Make, finding: Make, width: int
) -> None:
    long = finding(person="长" * 300, village="村" * 60, message="A" * 500, title="题" * 50)
    page = open_page(report([*varied(20), long]), width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_20_000_findings_respond(open_page: Callable[..., Any], report: Make, varied: Make) -> None:
    page = open_page(report(varied(20_000)))
    assert _rows(page) == 100 and "共 200 页" in page.inner_text("#page")
    page.fill("[name=search]", "张1999")
    _wait_for_rows(page, 11)
    page.fill("[name=search]", "")
    page.select_option("[name=gate]", "LR")
    page.wait_for_selector("#shown:has-text(' 4000 ')")
    page.click("text=下一页")
    assert "第 2 页" in page.inner_text("#page")


def test_print_shows_all_that_is_filtered(
    open_page: Callable[..., Any], report: Make, varied: Make
) -> None:
    page = open_page(report(varied(1000)))
    page.select_option("[name=gate]", "LR")
    # Observed at the moment at which the browser prints.
    page.evaluate(
        "addEventListener('beforeprint', () => window.printed = ["
        "document.querySelectorAll('#rows tr').length, document.getElementById('cut').hidden])"
    )
    assert page.pdf()[:4] == b"%PDF"
    assert page.evaluate("window.printed") == [200, True]
    assert _rows(page) == 100


def test_print_says_what_it_leaves_out(
    open_page: Callable[..., Any], report: Make, varied: Make
) -> None:
    page = open_page(report(varied(7000)))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert _rows(page) == 3000
    assert page.inner_text("#cut").startswith("只打印前 3000 处，共 7000 处")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert _rows(page) == 100 and page.is_hidden("#cut")


def test_the_sample(open_page: Callable[..., Any], sample_report: Report) -> None:
    page = open_page(sample_report, 390)
    assert _rows(page) == min(len(sample_report.findings), 100)


def test_what_is_accepted_is_grey_and_it_and_what_is_new_can_be_filtered(
    open_page: Callable[..., Any], report: Make, varied: Make
) -> None:
    states = [AnswerState.ACCEPTED, AnswerState.UNCHANGED, None]
    findings = [
        replace(
            finding,
            is_new=number % 2 == 0,
            answer=None if (state := states[number % 3]) is None
            else Answer(state=state, text=f"答复{number}", word="登记无误"),
        )
        for number, finding in enumerate(varied(60))
    ]  # fmt: skip
    read = {
        "answers": AnswersRead(read=40, words={}, states={}),
        "since": Since(as_of=date(2016, 3, 20), new=30, known=30, gone=[]),
    }
    page = open_page(report(findings).model_copy(update=read))
    assert page.locator("#rows tr.verified").count() == 20
    grey = page.locator("#rows tr.verified td").first
    assert grey.evaluate("e => getComputedStyle(e).backgroundColor") != page.locator(
        "#rows tr:not(.verified) td"
    ).first.evaluate("e => getComputedStyle(e).backgroundColor")
    page.select_option("[name=state]", "已核实")
    assert _rows(page) == page.locator("#rows tr.verified").count() == 20
    page.select_option("[name=news]", "新增")
    assert _rows(page) == sum(f.is_verified and f.is_new for f in findings) == 10
    assert "答复0" in page.inner_text("#rows")
    page.select_option("[name=state]", "没有答复")
    assert _rows(page) == sum(f.answer is None and bool(f.is_new) for f in findings)
    assert page.locator("#rows tr.verified").count() == 0
    page.click("text=清除筛选")
    _wait_for_rows(page, 60)
