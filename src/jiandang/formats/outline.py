"""Where the elements of an XML part stand in its bytes, so that it can be edited in place.

Parsing into a tree and writing it again would rename namespace prefixes, on which Excel's own
extensions (mc:Ignorable) depend, and would touch what is to be left alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from jiandang.formats.container import refuse_entities

_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
# No part goes ten deep, nor has so many elements: a few kilobytes can be millions of either.
_DEEPEST, _MOST_ELEMENTS = 100, 1_000_000


class PeculiarXml(Exception):
    """XML that is broken, or in a notation that is not expected here; says so in Chinese."""


@dataclass(slots=True)
class Element:
    """An element and its bytes: `[start:content]` is its start tag, `[close:end]` its end tag.

    An empty element (`<a/>`) has content == close == end. `name` has no prefix.
    """

    name: str
    attributes: dict[str, str]
    start: int
    content: int
    close: int = -1
    end: int = -1
    children: list["Element"] = field(default_factory=list)

    @property
    def is_empty_tag(self) -> bool:
        return self.content == self.end

    def relation(self) -> str:
        """The id of the relation that the element names (`r:id`); "" if it names none."""
        named = (value for key, value in self.attributes.items() if key.endswith(":id"))
        return next(named, "")

    def find(self, name: str) -> "Element | None":
        """The first child with this name."""
        return next((child for child in self.children if child.name == name), None)

    def walk(self) -> Iterator["Element"]:
        """The element and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def outline(xml: bytes, *, complete: bool = True) -> Element:
    """The tree of a part; of its beginning, if not `complete` (open elements have end -1)."""
    parser = expat.ParserCreate()
    root: list[Element] = []
    path: list[Element] = []
    number = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal number
        number += 1
        if len(path) == _DEEPEST or number > _MOST_ELEMENTS:
            raise PeculiarXml("文件内的 XML 层数或标记过多")
        at = parser.CurrentByteIndex
        tag = _TAG.match(xml, at)
        if tag is None:
            raise PeculiarXml("文件内的 XML 无法识别")
        element = Element(name.rpartition(":")[2], attributes, at, tag.end())
        if path:
            path[-1].children.append(element)
        else:
            root.append(element)
        path.append(element)

    def end(_name: str) -> None:
        element = path.pop()
        if xml[element.content - 2 : element.content] == b"/>":
            element.close = element.end = element.content
        else:
            element.close = parser.CurrentByteIndex
            element.end = xml.index(b">", element.close) + 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = lambda *_: refuse_entities(b"<!DOCTYPE")
    try:
        parser.Parse(xml, complete)
    except expat.ExpatError as error:
        raise PeculiarXml(f"文件内的 XML 有误：{error}") from error
    if not root:
        raise PeculiarXml("文件内的 XML 是空的")
    return root[0]


def prefix_of(xml: bytes, element: Element) -> bytes:
    """The prefix of an element as written, with its colon: `x:`, or nothing."""
    name = re.split(rb"[\s/>]", xml[element.start + 1 : element.content], maxsplit=1)[0]
    prefix, colon, _ = name.rpartition(b":")
    return prefix + colon


def qualify(xml: bytes, prefix: bytes) -> bytes:
    """Our own XML with the prefix that the part uses for its elements."""
    return re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1" + prefix, xml) if prefix else xml


Edit = tuple[int, int, bytes]  # start, end, what stands there instead


def apply(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """The part with all edits made; edits at one place keep their order."""
    pieces: list[bytes] = []
    at = 0
    for start, end, replacement in sorted(edits, key=lambda edit: edit[:2]):
        pieces += (xml[at:start], replacement)
        at = end
    pieces.append(xml[at:])
    return b"".join(pieces)


def append_inside(xml: bytes, element: Element, content: bytes) -> Edit:
    """The edit that adds content at the end of an element, even if it is an empty tag."""
    if not element.is_empty_tag:
        return element.close, element.close, content
    tag = xml[element.start : element.content]
    name = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
    opened = tag[:-2].rstrip() + b">"
    return element.start, element.end, b"%s%s</%s>" % (opened, content, name)


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """A start tag with an attribute set. Values given here are plain: no quotes, no `&`."""
    found = re.search(rb"""(\s%s\s*=\s*)("[^"]*"|'[^']*')""" % re.escape(name), tag)
    if found:
        return tag[: found.start()] + b'%s"%s"' % (found[1], value) + tag[found.end() :]
    at = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:at].rstrip() + b' %s="%s"' % (name, value) + tag[at:]
