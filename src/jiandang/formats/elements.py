"""A parser of the XML in workbooks, where whole elements are not worth a tree."""

from collections.abc import Callable
from xml.parsers.expat import ParserCreate, XMLParserType

from jiandang.formats.container import refuse_entities
from jiandang.formats.grid import damaged

# Elements within each other; the parser keeps all that are open.
DEEPEST = 1000


def parser_of(
    start: Callable[[str, dict[str, str]], None], end: Callable[[str], None] | None = None
) -> XMLParserType:
    """Calls `start` and `end` for each element.

    Its `Parse` raises ExpatError for broken XML, Unreadable for a DTD and for what is nested so
    deep that a few bytes would take gigabytes.
    """
    parser = ParserCreate()
    parser.buffer_text = True
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise damaged("内容有误：标记套得过深")
        start(name, attributes)

    def finish(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name)

    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    parser.StartDoctypeDeclHandler = lambda *_: refuse_entities(b"<!DOCTYPE")
    return parser
