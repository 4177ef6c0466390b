"""How a table is declared: a Pydantic model whose fields carry their heading once.

Headings, cell parsing, JSON Schema, templates and docs are all derived from the declaration.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, LiteralString, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from jiandang.frozen import Frozen, in_words
from jiandang.register.cells import (
    DEFAULT_CONTEXT,
    CellError,
    CellType,
    Context,
    InContext,
    Stored,
    as_word,
)
from jiandang.register.masking import mask, mask_private
from jiandang.register.notice import FAULTS, Notice
from jiandang.register.source import CellFault, Kept, Origin, Source


class Table(Frozen):
    """One row of a table. Every field may be None: registers come half filled.

    `model_validate` takes a mapping by headings, their aliases or the names of fields, with the
    cells as a file holds them; what is wrong is said in Chinese as the checks say it.
    """

    # A check parses columns by their cell types and builds no row: validators can wait.
    model_config = ConfigDict(
        extra="forbid", frozen=True, defer_build=True, hide_input_in_errors=True
    )

    table_name: ClassVar[str]
    title: ClassVar[str]
    _origin: Origin | Kept | None = PrivateAttr(None)

    @property
    def source(self) -> Source | None:
        """Where the row stands: file, sheet, row, and the cell of each field; None if in none."""
        return self._origin.source if self._origin is not None else None

    @property
    def faults(self) -> dict[str, CellFault]:
        """The cells that could not be read, by field: these are None, but not empty."""
        found = self._origin.faults if self._origin is not None else {}
        return {name: fault for name, fault in found.items() if getattr(self, name) is None}

    def _with(self, update: Mapping[str, Any]) -> Self:
        # By whatever heading: it is what the new cell is called.
        new = self.model_validate(update)
        return BaseModel.model_copy(self, update={n: getattr(new, n) for n in new.model_fields_set})

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """What is filled in: most of the many fields are not."""
        return ((name, value) for name, value in super().__repr_args__() if value is not None)

    @model_validator(mode="wrap")
    @classmethod
    def _by_headings_in_chinese(
        cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        if info.context is Stored or isinstance(data, cls):
            return handler(data)
        if not isinstance(data, Mapping):
            raise PydanticCustomError(
                "no_mapping",
                "{title}的一行应是列名到格子的对照（dict），现在是 {kind}",
                {"title": cls.title, "kind": type(data).__name__},
            )
        from jiandang.headings.one_row import key_of  # a check needs none

        context = info.context if isinstance(info.context, Context) else DEFAULT_CONTEXT
        named: dict[Any, Any] = {}
        first: dict[Any, Any] = {}
        wrong: list[InitErrorDetails] = []
        for key, raw in data.items():
            told = key_of(cls.table_name, str(key))
            if told.refused:
                wrong.append(_error("extra_forbidden", told.refused, str(key), raw))
            for name, cell in told.cells(raw, context):
                if name in named:
                    own, other = (
                        _value(columns_of(cls)[name].cell, each, context)
                        for each in (named[name], cell)
                    )
                    if other is None or own == other:
                        continue
                    if own is not None:
                        # Which of them is meant nobody knows; a sheet tells the same by LR002.
                        message = f"“{first[name]}”和“{key}”是同一列，填的不一样"
                        wrong.append(_error("same_column", message, name, raw))
                named[name], first[name] = cell, key
        try:
            made = handler(named)
        except ValidationError as error:
            wrong += [cls._told(problem) for problem in error.errors(include_url=False)]
        if wrong:
            raise ValidationError.from_exception_data(cls.title, wrong, hide_input=True)
        return made

    @classmethod
    def _told(cls, problem: ErrorDetails) -> InitErrorDetails:
        name, context = str(problem["loc"][0]), problem.get("ctx", {})
        column, given = columns_of(cls)[name], problem["input"]
        value = as_word(given.raw if isinstance(given, InContext) else given)
        known, nearest = context.get("known", ""), context.get("nearest")
        if column.cell.secret:
            value, known = mask(value), mask(known)
        value = mask_private(value)  # as a check does, whatever column it was typed in
        text = FAULTS[context.get("notice", Notice.WRONG_TYPE)]
        message = text.format(
            column=column.heading,
            value=value,
            known=known,
            expected=context.get("expected", column.cell.expected),
            nearest=f"，最接近的是“{nearest}”" if nearest else "",
        )
        return in_words(problem, message)


def _value(cell_type: CellType, cell: Any, context: Context) -> Any:
    """What a cell says, by which 3 and 3人 are one; None for a blank one, itself if unreadable."""
    try:
        return cell_type.value_of(cell, context)
    except CellError:
        return cell


def _error(kind: LiteralString, message: str, key: str, given: Any) -> InitErrorDetails:
    told = PydanticCustomError(kind, "{message}", {"message": message})
    return InitErrorDetails(type=told, loc=(key,), input=given)


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
        "x-aliases": list(aliases),
        "x-provincial-aliases": provincial.split(),
        "x-unit": unit,
        "x-required": required,
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
            aliases=tuple(extra["x-aliases"]),  # type: ignore[arg-type]
            provincial_aliases=tuple(extra["x-provincial-aliases"]),  # type: ignore[arg-type]
            unit=str(extra["x-unit"]),
            required=bool(extra["x-required"]),
            description=info.description or "",
            cell=cell,
        )
    return columns
