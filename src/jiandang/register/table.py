"""How a table is declared: a Pydantic model whose fields carry their heading once.

Headings, cell parsing, JSON Schema, templates and docs are all derived from the declaration.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from jiandang.register.cells import CellType


class Table(BaseModel):
    """One row of a table. Every field may be None: registers come half filled."""

    # A check parses columns by their cell types and builds no row: validators can wait.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    table_name: ClassVar[str]
    title: ClassVar[str]


@dataclass(frozen=True)
class Column:
    """One column of a table, derived from a field of its model."""

    id: str
    heading: str
    aliases: tuple[str, ...]
    provincial_aliases: tuple[str, ...]
    unit: str
    required: bool
    description: str
    cell: CellType
    annotation: Any

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """The Pydantic validator of a single cell of this column."""
        return TypeAdapter(self.annotation)

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings that name this column, the canonical one first."""
        return (self.heading, *self.aliases, *self.provincial_aliases)


def column(
    heading: str,
    *aliases: str,
    description: str,
    provincial: str = "",
    unit: str = "",
    required: bool = False,
) -> Any:
    """A field of a `Table`.

    `aliases` are other headings seen in real forms; `provincial` lists (blank separated) those
    of the S-P forms whose code numbers differ from the national ones.
    """
    extra: dict[str, Any] = {
        "aliases": list(aliases),
        "provincial_aliases": provincial.split(),
        "unit": unit,
        "required": required,
    }
    return Field(default=None, title=heading, description=description, json_schema_extra=extra)


@cache
def columns_of(table: type[Table]) -> dict[str, Column]:
    """The columns of a table by field name, in the order of the model."""
    columns = {}
    for name, info in table.model_fields.items():
        # Annotated[T, CellType] | None keeps the cell type inside the union's first member.
        annotation = info.annotation
        inner = next(arg for arg in annotation.__args__ if arg is not type(None))  # type: ignore[union-attr]
        cell = next(mark for mark in inner.__metadata__ if isinstance(mark, CellType))
        extra = info.json_schema_extra
        assert isinstance(extra, dict)
        columns[name] = Column(
            id=name,
            heading=info.title or name,
            aliases=tuple(extra["aliases"]),  # type: ignore[arg-type]
            provincial_aliases=tuple(extra["provincial_aliases"]),  # type: ignore[arg-type]
            unit=str(extra["unit"]),
            required=bool(extra["required"]),
            description=info.description or "",
            cell=cell,
            annotation=inner,
        )
    return columns
