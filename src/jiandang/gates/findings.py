"""Violations → findings: the address in the user's file, who it is about, the words."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from typing import Any

from openpyxl.utils import get_column_letter

from jiandang.gates.engine import Hits, Outcome
from jiandang.gates.frames import Frames
from jiandang.gates.masking import mask, mask_identities, show
from jiandang.gates.rule import Rule
from jiandang.register.register import Observation, Register, SheetTable, row_of, sheet_of
from jiandang.register.tables import COLUMNS
from jiandang.report import Finding

_HEADINGS = {name: c.heading for t in reversed(COLUMNS) for name, c in COLUMNS[t].items()}
_SECRET = {name for t in COLUMNS for name, c in COLUMNS[t].items() if c.cell.secret}


def heading_of(name: str) -> str:
    """The canonical heading of a column."""
    return _HEADINGS.get(name, name)


class _Words(Formatter):
    """Formats a message: `{x:id}` is a private number, columns of private numbers are so too."""

    def __init__(self, show_ids: bool) -> None:
        self.show_ids = show_ids

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        value = kwargs[str(key)]
        return self.private(value) if key in _SECRET else value

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "id":
            return self.private(value)
        if format_spec:
            return format(value, format_spec)
        text = show(value)
        return text if self.show_ids else mask_identities(text)

    def private(self, value: Any) -> str:
        text = show(value)
        return text if self.show_ids or value is None else mask(text)


class FindingBuilder:
    """Builds the findings of one run in a stable order."""

    def __init__(self, register: Register, frames: Frames, show_ids: bool) -> None:
        self._register = register
        self._words = _Words(show_ids)
        self._show_ids = show_ids
        self._directory = _directory(frames)
        self._columns = [_columns_of(sheet) for sheet in register.sheets]
        self._people = _People(frames)

    def build(self, outcome: Outcome) -> list[Finding]:
        """All findings, by gate, rule and address; equal ones at one cell are one."""
        drafts: dict[tuple[Any, ...], dict[str, Any]] = {}
        for hits in outcome.hits:
            for draft in self._from_hits(hits):
                drafts.setdefault(_key(draft), draft)
        for rule, observation in outcome.observations:
            draft = self._from_observation(rule, observation)
            drafts.setdefault(_key(draft), draft)
        gates = {"RW": 0, "SB": 1, "DC": 2, "LR": 3, "SJ": 4}
        ordered = sorted(drafts.values(), key=lambda d: (gates[d["gate"]], *_key(d)))
        return list(_with_fingerprints(ordered))

    def _from_hits(self, hits: Hits) -> Iterator[dict[str, Any]]:
        for row in hits.rows.iter_rows(named=True):
            ref, name, column = self._address(hits, row)
            shown = {
                key: "；".join(value) if isinstance(value, list) else value
                for key, value in row.items()
            }
            yield self._draft(
                hits.rule,
                ref,
                column,
                heading=heading_of(name),
                message=self._words.format(hits.rule.message, **shown),
                value=self._value(name, row.get(name)),
                expected=None if row.get("expected") is None else show(row["expected"]),
                household=row.get("household_id"),
                place=row,
                person=row.get("name") or row.get("head_name"),
                at_heading=hits.rule.at_heading,
            )

    def _from_observation(self, rule: Rule, seen: Observation) -> dict[str, Any]:
        sheet = sheet_of(seen.ref)
        column = seen.sheet_column
        if column is None:
            column = self._columns[sheet].get(seen.column or "", 0)
        heading = _HEADINGS.get(seen.column or "", seen.value)
        person = self._people.find(seen.ref)
        value = self._value(seen.column or "", seen.value or None)
        values = {**seen.seen, "column": seen.seen.get("column", heading)}
        if seen.column in _SECRET and not self._show_ids:
            values |= {k: mask(str(v)) for k, v in values.items() if k in _RAW and v}
        nearest = seen.seen.get("nearest")
        values["nearest"] = f"，最接近的是“{nearest}”" if nearest else ""
        return self._draft(
            rule,
            seen.ref,
            column,
            heading=heading,
            message=self._words.format(rule.message, expected=seen.expected, **values),
            value=value,
            expected=self._value(seen.column or "", seen.expected or None),
            household=person.get("household_id"),
            place=person,
            person=person.get("name"),
        )

    def _address(self, hits: Hits, row: Mapping[str, Any]) -> tuple[int, str, int]:
        """The row, the column's name and the sheet's column that the finding points at."""
        options = [*hits.at.split("|"), "household_id", "village_code", "village", "name", "code"]
        for name in options:
            for ref in (row["ref"], row["ref2"]):
                if ref is not None:
                    column = self._columns[sheet_of(ref)].get(name)
                    if column is not None:
                        return ref, name, column
        return row["ref"], hits.at.split("|")[0], 0

    def _value(self, name: str, value: Any) -> str | None:
        if value is None:
            return None
        text = show(value)
        if self._show_ids:
            return text
        return mask(text) if name in _SECRET else mask_identities(text)

    def _draft(
        self,
        rule: Rule,
        ref: int,
        column: int,
        *,
        heading: str,
        message: str,
        value: str | None,
        expected: str | None,
        household: str | None,
        place: Mapping[str, Any],
        person: str | None,
        at_heading: bool = False,
    ) -> dict[str, Any]:
        sheet = self._register.sheets[sheet_of(ref)]
        row = sheet.heading_row if at_heading else row_of(ref)
        known = self._directory.get(household or "", {})
        return {
            "rule": rule.code,
            "gate": rule.gate,
            "severity": rule.severity,
            "title": rule.title,
            "message": message,
            "advice": rule.explanation.advice,
            "file": str(self._register.files[sheet.file].path),
            "sheet": sheet.sheet,
            "cell": f"{get_column_letter(column + 1)}{row}",
            "row": row,
            "column": heading,
            "county": place.get("county") or known.get("county"),
            "town": place.get("town") or known.get("town"),
            "village": place.get("village") or known.get("village"),
            "household": household,
            "person": person or known.get("head"),
            "value": None if at_heading else value,
            "expected": expected,
            "_order": (sheet_of(ref), row, column),
        }


_RAW = ("value", "other", "known")


def _columns_of(sheet: SheetTable) -> dict[str, int]:
    return {name: column for (_, name), column in sorted(sheet.columns.items(), reverse=True)}


def _directory(frames: Frames) -> dict[str, dict[str, str | None]]:
    """Household number → where it is and who heads it, for rows that do not say so themselves."""
    names = ["household_id", "county", "town", "village", "head"]
    frames.ensure("household", ["head"])
    frame = frames["household"].select(names).drop_nulls("household_id")
    return {row["household_id"]: row for row in frame.iter_rows(named=True)}


class _People:
    """Who stands in a row, for observations; looked up only when there are any."""

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        self._rows: dict[int, dict[str, Any]] | None = None

    def find(self, ref: int) -> dict[str, Any]:
        if self._rows is None:
            self._rows = {}
            names = ("household_id", "county", "town", "village", "name", "head_name")
            for table in COLUMNS:
                frame = self._frames[table]
                kept = frame.select("ref", *(n for n in names if n in frame.columns))
                for row in kept.iter_rows(named=True):
                    row.setdefault("name", row.get("head_name"))
                    self._rows.setdefault(row["ref"], row)
        return self._rows.get(ref, {})


def _key(draft: Mapping[str, Any]) -> tuple[Any, ...]:
    return (draft["rule"], *draft["_order"], draft["message"])


def _with_fingerprints(drafts: Iterable[dict[str, Any]]) -> Iterator[Finding]:
    """Findings with a fingerprint of what they say, not of where it stands."""
    seen: Counter[str] = Counter()
    for draft in drafts:
        del draft["_order"]
        parts = (
            draft["rule"],
            draft["household"] or draft["village"] or "",
            draft["person"] or "",
            draft["column"],
            draft["value"] or "",
        )
        text = "\x1f".join(parts)
        seen[text] += 1
        digest = hashlib.sha256(f"{text}\x1f{seen[text]}".encode()).hexdigest()[:16]
        yield Finding(**draft, fingerprint=digest)
