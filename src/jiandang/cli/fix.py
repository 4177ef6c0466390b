"""`jiandang fix`: show what can be mended without judgement, and write the mended copy."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiandang.cli.inputs import (
    DEFAULT_POLICY,
    Debug,
    Headings,
    PolicyName,
    parse_headings,
    parse_path,
    read_policy,
)
from jiandang.cli.outputs import fit, say

if TYPE_CHECKING:
    from jiandang.repairs.fixing import Fix
    from jiandang.repairs.kinds import Change

_SHOWN = 3


def fix(
    path: Annotated[
        Path, typer.Argument(metavar="文件", help="要修整的登记表（.xlsx）", parser=parse_path)
    ],
    write: Annotated[
        bool, typer.Option("--write", help="写出修整好的一份：官山镇.已修整.xlsx；不写就只列出")
    ] = False,
    only: Annotated[
        list[str],
        typer.Option(
            "--only",
            metavar="规则",
            help="只修整这些规则的：LR010、LR011、LR017；LR111（15位号码升18位）只有这样才改",
        ),
    ] = [],  # noqa: B006  (Typer copies it)
    policy: PolicyName = DEFAULT_POLICY,
    headings: Headings = [],  # noqa: B006
    debug: Debug = False,
) -> int:
    """修整不用判断就能改的格子：空格、全角、存成文本的数字和日期、代码的别样写法。

    日期要写全年月日、只有一种读法；要判断的列出来，请自己改；读不出来的见检查结果。
    原表不动；每一处改动记在“修改记录”表里。没有要修整的不写，直接检查原表。
    退出码：0 列出了、写好了或不用写；2 没有写。
    """
    from jiandang.repairs.fixing import NotFixed, plan_fix, target_of, write_fix
    from jiandang.repairs.kinds import REPAIRS
    from jiandang.reporters.placing import why_not_written

    rules = {code.strip().upper() for each in only for code in each.split(",") if code.strip()}
    if only and not rules:
        raise typer.BadParameter("没有写规则，如 --only LR010", param_hint="--only")
    if unknown := rules - {repair.rule for repair in REPAIRS}:
        known = "、".join(repair.rule for repair in REPAIRS)
        raise typer.BadParameter(
            f"“{min(unknown)}”没有能自动修整的，可选：{known}", param_hint="--only"
        )
    if path.is_dir():
        raise typer.BadParameter(f"“{path}”是文件夹，一次修整一个文件", param_hint="文件")
    if not path.is_file():
        raise typer.BadParameter(f"没有文件“{path}”（一次修整一个文件）", param_hint="文件")
    chosen, mapped = read_policy(policy), parse_headings(headings)
    try:
        found = plan_fix(path, chosen, rules, mapped)
        _show(found)
        target = target_of(path)
        if not found.plan.changes:
            when = "改好后" if found.plan.left else "接着"
            print(fit(f"没有写 {target.name}；{when}检查原表：jiandang check {path}"))
            return 2 if write and found.plan.left else 0
        if not write:
            print(fit(f"还没有写。加上 --write 写出 {target.name}，原表不动。"))
            return 0
        try:
            write_fix(found, target, chosen, mapped)
        except OSError as error:
            say(f"没有写出：{why_not_written(error, target)}")
            return 2
    except NotFixed as error:
        say(f"没有修整：{error}")
        return 2
    if found.dropped:
        print(f"原表的{'和'.join(found.dropped)}没有带过去。")
    print(fit(f"已写出 {target}，每一处改动记在“修改记录”表里，原表没有动过。"))
    if found.book and found.book.has_formulas:
        print("里面有公式：先用 Excel 或 WPS 打开、保存一次，合计才会重新算，然后再检查。")
    return 0


def _show(found: "Fix") -> None:
    from jiandang.engine.words import Words
    from jiandang.formats.xlsx.text import address
    from jiandang.repairs.book import counted

    words = Words(show_ids=False)

    def place(change: "Change") -> str:
        return f"{change.read.sheet}!{address(change.read.row + 1, change.read.column + 1)}"

    kinds = counted(found.plan.changes)
    for (rule, title), changes in kinds.items():
        print(f"{rule} {title}：{len(changes)} 处")
        for change in changes[:_SHOWN]:
            read = change.read
            old, new = (words.cell(read.of.id, text) for text in (read.raw, change.new_text))
            kind = "数字" if isinstance(change.new, (int, float)) else "日期"
            new = f"“{new}”" if isinstance(change.new, str) else f"{kind} {new}"
            # A mask of the whole line would not know what the column holds.
            said = f"“{old}”→{new}".replace("\n", " ")
            print(fit(f"  {place(change)} {read.of.heading}：") + said)
        if len(changes) > _SHOWN:
            print(f"  …另有 {len(changes) - _SHOWN} 处")
    if not kinds:
        print("没有能自动修整的格子。" if found.plan.left else "没有要修整的格子。")
    if left := found.plan.left:
        print(f"没有修整 {sum(map(len, left.values()))} 处，请自己改：")
        for reason, changes in sorted(left.items()):
            cells = [place(change) for change in changes[:_SHOWN]]
            more = " 等" if len(changes) > _SHOWN else ""
            print(fit(f"  {len(changes)} 处（{'、'.join(cells)}{more}）：{reason}"))
