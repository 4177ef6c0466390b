"""Violations → findings: the address in the user's file, who it is about, the words."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import polars as pl

from jiandang.engine.frames import Frames
from jiandang.engine.rule import Rule
from jiandang.engine.run import Hits, Outcome
from jiandang.engine.words import CELL_VALUES, Words, fields_of
from jiandang.register.address import cell_address
from jiandang.register.register import (
    NO_ROW,
    Observation,
    Register,
    SheetTable,
    row_of,
    sheet_of,
)
from jiandang.register.tables import COLUMNS
from jiandang.report.model import GATES, Finding

_HEADINGS = {name: c.heading for t in reversed(COLUMNS) for name, c in COLUMNS[t].items()}
# In place of a sheet's name, for what is wrong with the policy itself (SJ018).
POLICY_SHEET = "政策文件"
_GATE_ORDER = {gate: number for number, gate in enumerate(GATES)}
# Where findings stand in the report: gate, rule, sheet, row, column, message.
Key = tuple[int, str, int, int, int, str]
Drafts = dict[Key, Finding]  # without fingerprints


def heading_of(name: str) -> str:
    """The canonical heading of a column."""
    return _HEADINGS.get(name, name)


class FindingBuilder:
    """Builds the findings of one register."""

    def __init__(self, register: Register, frames: Frames, show_ids: bool) -> None:
        self._register = register
        self._words = Words(show_ids)
        self._directory: dict[str, dict[str, str | None]] = {}
        self._columns = [_columns_of(sheet) for sheet in register.sheets]
        self._paths = [str(read.path) for read in register.files]
        self._frames = frames
        self._people: dict[int, dict[str, Any]] = {}
        self._policy = frames.plan.policy.name

    def drafts(self, outcome: Outcome) -> Drafts:
        """All findings but for what sets equal ones apart; equal ones at one cell are one."""
        self._look_up(outcome)
        drafts: Drafts = {}
        for hits in outcome.hits:
            for key, draft in self._from_hits(hits):
                drafts.setdefault(key, draft)
        for rule, observation in outcome.observations:
            key, draft = self._from_observation(rule, observation)
            drafts.setdefault(key, draft)
        return drafts

    def _look_up(self, outcome: Outcome) -> None:
        """Who and where the rows with findings are, in one pass over the frames."""
        refs = {seen.ref for _, seen in outcome.observations}
        for hits in outcome.hits:
            for name in _places(hits.rule):
                refs.update(hits.rows[name].drop_nulls().to_list())
        self._people = _people(self._frames, refs)
        households = {p.get("household_id") for p in self._people.values()}
        for hits in outcome.hits:
            if "household_id" in hits.rows.columns:
                households.update(hits.rows["household_id"].to_list())
        self._directory = _directory(self._frames, {h for h in households if h})

    def _from_hits(self, hits: Hits) -> Iterator[tuple[Key, Finding]]:
        rule = hits.rule
        places = _places(rule)
        lists = [name for name, dtype in hits.rows.schema.items() if dtype == pl.List]
        of_many = rule.per in ("village", "table")
        for row in hits.rows.iter_rows(named=True):
            ref, name, column = self._address(hits, row)
            value, expected = row.get(name), row.get("expected")
            for key in lists:
                row[key] = row[key] and "；".join(row[key])
            for key in places:
                row[key] = self._other_place(row[key], ref, name)
            said, shown, right = self._words.apart(
                (
                    self._words.fill(rule.message, row),
                    self._words.cell(name, value),
                    self._words.cell(name, expected),
                ),
                row.values(),
            )
            yield self._draft(
                rule,
                ref,
                column,
                heading=heading_of(name),
                message=said or "",
                value=shown,
                expected=right,
                household=row.get("household_id"),
                place=row,
                person=row.get("name") or row.get("head_name"),
                at_heading=rule.at_heading,
                of_many=of_many,
            )

    def _from_observation(self, rule: Rule, seen: Observation) -> tuple[Key, Finding]:
        if seen.ref == NO_ROW:
            return self._about_policy(rule, seen)
        column = seen.sheet_column
        if column is None:
            column = self._columns[sheet_of(seen.ref)].get(seen.column or "", 0)
        heading = _HEADINGS.get(seen.column or "", seen.value)
        person = self._people.get(seen.ref, {})
        # What is expected is a value, or says of what kind it should be.
        is_value = seen.expected in [seen.seen.get(name) for name in CELL_VALUES]
        expected = self._words.cell(seen.column or "" if is_value else "", seen.expected or None)
        values = {**seen.seen, "column": seen.seen.get("column", heading)}
        values = self._words.observed(seen.column, values)
        nearest = seen.seen.get("nearest")
        values["nearest"] = f"，最接近的是“{nearest}”" if nearest else ""
        said, shown, right = self._words.apart(
            (
                self._words.fill(rule.message, {"expected": seen.expected, **values}),
                self._words.cell(seen.column or "", seen.value or None),
                expected,
            ),
            [seen.value, *seen.seen.values()],
        )
        return self._draft(
            rule,
            seen.ref,
            column,
            heading=heading,
            message=said or "",
            value=shown,
            expected=right,
            household=person.get("household_id"),
            place={**person, **{k: v for k, v in seen.seen.items() if k == "village"}},
            person=person.get("name"),
        )

    def _about_policy(self, rule: Rule, seen: Observation) -> tuple[Key, Finding]:
        """What is wrong with the policy stands in no sheet: the cell is the parameter's key."""
        message, parameter = self._words.fill(rule.message, seen.seen), seen.column or ""
        return _keyed(
            rule,
            message,
            (NO_ROW, 0, 0),
            file=self._policy,
            sheet=POLICY_SHEET,
            cell=parameter,
            row=0,
            column=parameter,
        )

    def _other_place(self, other: int, ref: int, name: str) -> str:
        """Another row in words: `成员!K12（王庄村 李山）`, and its file where that is another."""
        sheet, here = (self._register.sheets[sheet_of(r)] for r in (other, ref))
        column = self._columns[sheet_of(other)].get(name, 0)
        who = self._people.get(other, {})
        about = self._words.public(" ".join(filter(None, (who.get("village"), who.get("name")))))
        cell = f"{self._words.public(sheet.sheet)}!{cell_address(row_of(other) - 1, column)}"
        cell += f"（{about}）" if about else ""
        file = self._words.public(self._register.files[sheet.file].path.name)
        return cell if sheet.file == here.file else f"“{file}”的{cell}"

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
        of_many: bool = False,
    ) -> tuple[Key, Finding]:
        """A finding and its place in the report.

        What is said `of_many` rows is shown at the first of them, but is not about it.
        """
        number = sheet_of(ref)
        sheet = self._register.sheets[number]
        row = sheet.heading_row if at_heading else row_of(ref)
        known = self._directory.get(household or "", {})
        head = known.get("head")
        person = person or head
        public = self._words.public
        return _keyed(
            rule,
            message,
            (number, row, column),
            file=self._paths[sheet.file],
            sheet=public(sheet.sheet),
            cell=cell_address(row - 1, column),
            row=row,
            column=public(heading),
            county=public(place.get("county") or known.get("county")),
            town=public(place.get("town") or known.get("town")),
            village=public(place.get("village") or known.get("village")),
            household=None if of_many else self._words.code(household),
            head=None if of_many else public(head),
            person=None if of_many else public(person),
            value=None if at_heading or of_many else value,
            expected=expected,
        )


def _keyed(
    rule: Rule, message: str, place: tuple[int, int, int], **where: Any
) -> tuple[Key, Finding]:
    """What a rule says at a place (sheet, row, column), with its key; `where` as in `Finding`."""
    return (_GATE_ORDER[rule.gate], rule.code, *place, message), Finding(
        rule=rule.code,
        gate=rule.gate,
        severity=rule.severity,
        title=rule.title,
        message=message,
        advice=rule.explanation.advice,
        fingerprint="",
        **where,
    )


def _places(rule: Rule) -> list[str]:
    """The names in a rule's message that stand for other rows."""
    return [name for _, name, spec in fields_of(rule.message) if name and spec == "place"]


def _columns_of(sheet: SheetTable) -> dict[str, int]:
    return {name: column for (_, name), column in sorted(sheet.columns.items(), reverse=True)}


def _directory(frames: Frames, households: Collection[str]) -> dict[str, dict[str, str | None]]:
    """Household number → where it is and who heads it, for rows that do not say so themselves."""
    frames.ensure("household", ["head"])
    names = ["household_id", "county", "town", "village", "head"]
    known = frames["household"].select(names)
    found = known.filter(pl.col("household_id").is_in(list(households)))
    return {row["household_id"]: row for row in found.iter_rows(named=True)}


def _people(frames: Frames, refs: Collection[int]) -> dict[int, dict[str, Any]]:
    """Row reference → who stands there, for what intake observed."""
    people: dict[int, dict[str, Any]] = {}
    names = ("household_id", "county", "town", "village", "name", "head_name")
    for table in COLUMNS if refs else ():
        frame = frames[table]
        if frame.is_empty():
            continue
        rows = frame.filter(pl.col("ref").is_in(list(refs)))
        kept = rows.select("ref", *(n for n in names if n in frame.columns))
        for row in kept.iter_rows(named=True):
            row.setdefault("name", row.get("head_name"))
            people.setdefault(row["ref"], row)
    return people


def findings_of(drafts: Drafts) -> Iterator[Finding]:
    """Findings by gate, rule and address, with a fingerprint of what they say, not of where.

    The drafts are used up: both of a city's findings at once would be too much.
    """
    seen: Counter[str] = Counter()
    for key in sorted(drafts):
        draft = drafts.pop(key)
        parts = (
            draft.rule,
            draft.household or draft.village or "",
            draft.person or "",
            draft.column,
            draft.value or "",
        )
        text = "\x1f".join(parts)
        seen[text] += 1
        digest = hashlib.sha256(f"{text}\x1f{seen[text]}".encode()).hexdigest()[:16]
        draft.fingerprint = digest
        yield draft
