"""How the parts of an Office package are found: by their relations, wherever they lie.

Their names are no more than a custom: a workbook may lie at `book.xml`, its sheets in any folder.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from jiandang.formats.container import Container
from jiandang.formats.outline import outline


@dataclass(frozen=True)
class Relation:
    """A part's link to another; `kind` is the last word of its type, `target` a part's name."""

    id: str
    type: str
    target: str

    @property
    def kind(self) -> str:
        return self.type.rpartition("/")[2]

    @property
    def base(self) -> str:
        """`http://…/relationships` of the type: strict workbooks use another than usual ones."""
        return self.type.rpartition("/")[0]


def relations_part(part: str) -> str:
    """The name of the part that holds the relations of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(container: Container, part: str) -> list[Relation]:
    """A part's links to other parts of the package ("" for the package's own)."""
    name = relations_part(part)
    if name not in container:
        return []
    return [*_relations(container.read(name), posixpath.dirname(part))]


def _relations(xml: bytes, folder: str) -> Iterator[Relation]:
    for element in outline(xml).children:
        link = element.attributes
        if link.get("TargetMode") != "External":
            target = posixpath.join("/", folder, link.get("Target", "").replace("\\", "/"))
            name = posixpath.normpath(target).lstrip("/")
            yield Relation(link.get("Id", ""), link.get("Type", ""), name)


def target_of(links: list[Relation], kind: str) -> str | None:
    """The part to which the first link of a kind leads."""
    return next((link.target for link in links if link.kind == kind), None)


def main_part(container: Container) -> str:
    """The name of the part with which a package begins; "" for what is no Office package."""
    target = target_of(relations(container, ""), "officeDocument")
    if target is not None and target in container:
        return target
    usual = ("xl/workbook.xml", "xl/workbook.bin")
    return next((name for name in usual if name in container), "")
