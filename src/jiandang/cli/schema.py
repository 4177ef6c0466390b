"""`jiandang schema`: write the JSON Schemas of register, policy and report."""

from pathlib import Path
from typing import Annotated

import typer

from jiandang.cli.inputs import parse_path


def schema(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[register|policy|report]", help="只显示这一个"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="文件夹", help="全部写到这个文件夹", parser=parse_path),
    ] = None,
) -> None:
    """输出登记表、政策、报告的 JSON Schema。"""
    from jiandang.report.schemas import schema_texts

    texts = schema_texts()
    if name is not None and name not in texts:
        raise typer.BadParameter(f"没有“{name}”，可选：{'、'.join(texts)}")
    if output is None:
        for text in [texts[name]] if name else texts.values():
            print(text, end="")
        return
    output.mkdir(parents=True, exist_ok=True)
    for key, text in texts.items():
        if name in (None, key):
            (output / f"{key}.schema.json").write_text(text, encoding="utf-8", newline="\n")
