"""`jiandang template`: the empty register, or a visit form a household."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiandang.cli.check import ListBy
from jiandang.cli.given import REGISTERS, Besides, found_besides, found_files
from jiandang.cli.inputs import (
    DEFAULT_POLICY,
    Answers,
    AsOf,
    Before,
    Changes,
    Debug,
    Headings,
    Ignore,
    Lists,
    PolicyName,
    Select,
    parse_headings,
    parse_path,
    read_given_answers,
    read_given_lists,
    read_policy,
    refuse_idle,
)
from jiandang.cli.outputs import fit, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from jiandang.answers.replies import Reply
    from jiandang.policy import Policy
    from jiandang.register.register import Register
    from jiandang.report.model import Finding, Report
    from jiandang.templates.making import NotNumbered

_MOST_ROWS = 20_000
_SHOWN = 5  # villages, or findings

_OF_FORMS = "只用于“入户表”，做空白表请去掉"
_OF_DOUBTS = "要与 --from 一起用：它管附上哪些要当面核实的问题"
# The options that mean something for the one kind alone, and what to do about them.
_CHECKS = (
    "answers", "as_of", "select", "ignore", "lists", "before", "changes", "isolated",
)  # fmt: skip
_ONLY_FORMS = {
    "source": _OF_FORMS,
    "by": _OF_FORMS,
    "output": "只用于“入户表”；空白表写到哪里，请直接写在文件名里，如 结果/官山镇.xlsx",
    **dict.fromkeys(_CHECKS, _OF_FORMS),
}
_ONLY_REGISTER = {
    "places": "与“入户表”不能一起用；照登记表填好入户表，请用 --from",
    "rows": "只用于空白表；入户表一户一页，请去掉",
    "headings": "只用于 --places 的任务分解表；登记表的列名请写在政策文件的 [headings] 里",
}
_ONLY_FILLED = {
    "by": "要与 --from 一起用：没有登记表就只有一张空白的，请去掉",
    **dict.fromkeys(_CHECKS, _OF_DOUBTS),
}


def template(
    what: Annotated[
        str,
        typer.Argument(
            metavar="文件|入户表",
            help="空白表写到哪个文件（.xlsx），或写“入户表”：一户一页，打印用",
        ),
    ],
    places: Annotated[
        Path | None,
        typer.Option(
            "--places", metavar="文件", help="任务分解表：预填村名、村码和户编号", parser=parse_path
        ),
    ] = None,
    rows: Annotated[
        int,
        typer.Option("--rows", metavar="N", min=1, max=_MOST_ROWS, help="空白表每张留几行"),
    ] = 2000,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="文件|文件夹",
            help="入户表照这份登记表填好，附上要当面核实的问题",
            parser=parse_path,
        ),
    ] = None,
    by: Annotated[
        ListBy,
        typer.Option("--by", metavar="分法", help="入户表怎么分：all 一个文件，village 每村一个"),
    ] = ListBy.ALL,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="文件夹",
            help="入户表写到哪里；不写就在登记表旁边，没有 --from 的在当前文件夹",
            parser=parse_path,
        ),
    ] = None,
    policy: PolicyName = DEFAULT_POLICY,
    headings: Headings = [],  # noqa: B006  (Typer copies it)
    as_of: AsOf = None,
    select: Select = [],  # noqa: B006
    ignore: Ignore = [],  # noqa: B006
    answers: Answers = [],  # noqa: B006
    lists: Lists = [],  # noqa: B006
    before: Before = [],  # noqa: B006
    changes: Changes = [],  # noqa: B006
    isolated: Annotated[
        bool, typer.Option("--isolated", help="不读登记表旁边的 jiandang.toml")
    ] = False,  # FormsCommand has seen to it
    debug: Debug = False,
) -> int:
    """做空白登记表（六张表，带下拉和校验），或一户一页的入户表。

    入户表附上登记表检查出的、还没有核实（--answers）的问题。
    已有的文件不覆盖。退出码：0 做好了；2 没有做。
    """
    from jiandang.reporters.placing import why_not_written
    from jiandang.templates.making import (
        FORM,
        NotMade,
        NotNumbered,
        findings_in,
        make_forms,
        make_register,
    )

    is_form, without = what == FORM, NotNumbered()
    target = Path(what)
    if not is_form and target.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"“{what}”应是 .xlsx 文件，或“{FORM}”", param_hint="文件|入户表")
    refuse_idle(_ONLY_REGISTER if is_form else _ONLY_FORMS)
    if is_form and source is None:
        refuse_idle(_ONLY_FILLED)
    if by not in (ListBy.ALL, ListBy.VILLAGE):
        raise typer.BadParameter("入户表只能写 all 或 village", param_hint="--by")
    if places is not None and not places.is_file():
        what_is = "是文件夹，请写任务分解表那一个文件" if places.is_dir() else "没有这个文件"
        raise typer.BadParameter(f"“{places}”：{what_is}", param_hint="--places")
    if source is not None and not source.exists():
        raise typer.BadParameter(f"没有文件或文件夹“{source}”", param_hint="--from")
    if headings and places is None:
        raise typer.BadParameter("只用于 --places 的任务分解表", param_hint="--map")
    chosen, mapped = read_policy(policy), parse_headings(headings)
    found: list[Finding] = []
    try:
        if is_form:
            besides = found_besides(before, changes, read_given_lists(lists))
            asked = {"as_of": as_of, "select": select, "ignore": ignore, "lists": lists}
            made = make_forms(
                chosen,
                source,
                output,
                by_village=by is ListBy.VILLAGE,
                found=found_files([source], REGISTERS, "--from", given_as=besides.given_as)
                if source
                else None,
                checked=_checking(chosen, besides, asked, read_given_answers(answers)),
            )
        else:
            without = make_register(target, chosen, rows, places, mapped)
            made = [target]
            found = findings_in(target, chosen) if places is not None else []
    except NotMade as error:
        say(f"没有做：{error}")
        return 2
    except OSError as error:
        say(f"没有写出：{why_not_written(error)}")
        return 2
    for path in made:
        print(fit(f"已写出 {path}"))
    if without.villages:
        print(fit(_not_numbered(without)))
    if found:
        named = "；".join(f"{f.rule} {f.message}" for f in found[:_SHOWN])
        more = f"；另有 {len(found) - _SHOWN} 处" if len(found) > _SHOWN else ""
        print(fit(f"任务分解表照原样预填，还有 {len(found)} 处要改正或补填：{named}{more}"))
    return 0


def _not_numbered(without: "NotNumbered") -> str:
    names = without.villages
    if without.are_all:
        return (
            f"{len(names)} 个村都没有计划户数，没有预填户编号。任务分解表里有这一列的，请用 --map "
            "'文件里的列名=计划户数' 指定后重做；没有的请补填，或自己填户编号。"
        )
    more = f"等 {len(names)} 个村" if len(names) > _SHOWN else ""
    named = "、".join(names[:_SHOWN])
    return f"{named}{more}没有填计划户数，没有预填户编号：请补填后重做，或自己填户编号。"


def _checking(
    policy: "Policy",
    besides: Besides,
    asked: dict[str, Any],
    replies: "list[Reply] | None",
) -> "Callable[[Register], Report]":
    """How a register is checked, with what was answered to its findings.

    Raises BadParameter.
    """

    def checked(register: "Register") -> "Report":
        from jiandang.answers.applying import with_answers
        from jiandang.errors import SameFile
        from jiandang.run.checking import check
        from jiandang.run.load import load, load_changes

        before, changes = besides.before, besides.changes
        try:
            report = check(
                register,
                policy,
                before=load(before.files, policy) if before else None,
                changes=load_changes(changes.files, policy) if changes else None,
                evidence=bool(replies),
                **asked,
            )
        except (ValueError, SameFile) as error:
            raise typer.BadParameter(str(error)) from error
        return report if replies is None else with_answers(report, replies, policy)

    return checked
