"""Hits → findings: the address in the user's file, who it is about, the words."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from sys import intern
from typing import Any, NamedTuple

import polars as pl

from jiandang.engine.checked_files import CheckedFiles
from jiandang.engine.evidence import Evidence, noticed_texts
from jiandang.engine.frames import Frames
from jiandang.engine.identity import fingerprint, group_of, person_of, together
from jiandang.engine.places import Places
from jiandang.engine.rule import Rule
from jiandang.engine.run import CONTENT, HEADING, IN_ROW, SHEET_COLUMN, Hits, Outcome
from jiandang.engine.words import CELL_VALUES, Words, fields_of, heading_of
from jiandang.register.address import cell_address
from jiandang.register.masking import mask_private, show
from jiandang.register.register import NO_ROW, Register, row_of, sheet_of
from jiandang.register.source import Rows
from jiandang.report.model import SECTIONS, Finding, Person

# In place of a sheet's name, for what is wrong with the policy, or with a list, itself.
POLICY_SHEET = "政策文件"
LIST_SHEET = "名单"
_GATE_ORDER = {gate: number for number, gate in enumerate(SECTIONS)}
# Where a finding points if no sheet has the column that it is about.
_ELSE_AT = ("household_id", "village_code", "village", "name", "code")


class Key(NamedTuple):
    """Where a finding stands in the report; `rank` is a text that puts the surest first."""

    gate: int
    rule: str
    rank: str
    sheet: int
    row: int
    column: int
    message: str


class Draft(NamedTuple):
    """A finding still without its number (问题号).

    `who` it is about, with the `column`'s name; those that are equal in both stand in the order of
    `number` and `shown`, of persons and values, not of rows.
    """

    finding: Finding
    who: str
    column: str
    number: str
    shown: str


Drafts = dict[Key, Draft]


class _Cell(NamedTuple):
    """A cell: its sheet's number, its 1-based row and its 0-based column."""

    sheet: int
    row: int
    column: int


class _Named(NamedTuple):
    """A person whom a finding names besides its own: as `person_of` has it, and in words."""

    who: str
    words: str


_NOBODY = _Named(person_of({}), "")


class FindingBuilder:
    """Builds the findings of one register, with what they rest on (`evidence`) if asked for."""

    def __init__(
        self, register: Register, frames: Frames, *, show_ids: bool = False, evidence: bool = False
    ) -> None:
        self._register = register
        self._words = Words(show_ids)
        self._directory: dict[str, dict[str, str | None]] = {}
        self._paths = [str(read.path) for read in register.files]
        self._frames = frames
        self._places = Places(frames)
        self._checked_files = CheckedFiles(register, frames)
        self._people: dict[int, _Named] = {}
        self._together: dict[tuple[str, int], Rows] = {}
        self._policy = frames.plan.policy.name
        self._evidence = Evidence(frames) if evidence else None
        self._departments = {each.name: each.department for each in register.lists}

    def drafts(self, outcome: Outcome) -> Drafts:
        """All findings, still without numbers; equal ones at one cell are one finding.

        The hits are used up: their rows and the findings at once would be too much.
        """
        self._look_up(outcome)
        drafts: Drafts = {}
        while outcome.hits:
            for key, draft in self._from_hits(outcome.hits.pop(0)):
                drafts.setdefault(key, draft)
        return drafts

    def members(self, drafts: Drafts) -> dict[str, list[Person]]:
        """The members of the households that have findings, by the number that these show."""
        findings = (draft.finding for draft in drafts.values())
        touched = {finding.household for finding in findings if finding.household}
        self._frames.ensure([("member", "years")])
        members = self._frames["member"].drop_nulls("household_id")
        households: dict[str, list[Person]] = {}
        rows = members.select("household_id", "name", "relation", "sex", "years").iter_rows()
        for household, name, relation, sex, age in rows:
            shown = self._words.code(household)
            if shown in touched:
                person = Person(
                    name=self._words.public(name),
                    relation=self._words.public(relation),
                    sex=self._words.public(sex),
                    age=age,
                )
                households.setdefault(shown, []).append(person)
        return dict(sorted(households.items()))

    def _look_up(self, outcome: Outcome) -> None:
        """Who and where the rows are that findings name, in one pass over the frames."""
        refs: set[int] = set()
        households: set[str] = set()
        for hits in outcome.hits:
            named = {ref for name in _places(hits.rule) for ref in hits.rows[name].drop_nulls()}
            refs |= named
            if named:
                refs.update(hits.rows["ref"])  # who is told of as one with them
            self._look_up_rows(hits.table, named)
            if "household_id" in hits.rows.columns:
                households.update(hits.rows["household_id"].drop_nulls().unique())
        people = self._frames.people(refs)
        for row in people.iter_rows(named=True):
            who = person_of(row, self._village_of(row))
            words = " ".join(filter(None, (row["village"], row["name"])))
            self._people[row["ref"]] = _Named(intern(who), words)
        self._directory = _directory(self._frames, households)

    def _look_up_rows(self, table: str, refs: Collection[int]) -> None:
        """Which of the rows have been put together from several, or have values apart."""
        if refs:
            is_whole = pl.col("others").is_null() & pl.col("apart").is_null()
            of_several = pl.col("ref").is_in(list(refs)) & ~is_whole
            rows = self._frames[table].filter(of_several).select("ref", "others", "apart")
            for row in rows.iter_rows(named=True):
                self._together[table, row["ref"]] = Rows.of(row)

    def _from_hits(self, hits: Hits) -> Iterator[tuple[Key, Draft]]:
        lists = [name for name, dtype in hits.rows.schema.items() if dtype == pl.List(pl.String)]
        places, names = _places(hits.rule), [*hits.at.split("|"), *_ELSE_AT]
        groups = self._groups(hits, places)
        codes = self._codes(hits, groups)
        for row, code in zip(hits.rows.iter_rows(named=True), codes, strict=True):
            if row["ref"] == NO_ROW:
                yield self._in_no_sheet(hits, row)
                continue
            at, name = self._address(names, row)
            for each in lists:
                row[each] = row[each] and "；".join(row[each])
            for each in places:
                row[each] = self._other_place(row[each], at, name, hits.table)
            key, finding = self._about_row(hits, row, at, name)
            finding.evidence = code
            column = mask_private(row.get(HEADING) or name)
            shown = show(row[CONTENT] if CONTENT in row else row.get(name))
            who = intern(self._who(hits, row, groups.get(row["ref"], ())))
            yield key, Draft(finding, who, column, intern(row.get("id_number") or ""), shown)

    def _groups(self, hits: Hits, places: Sequence[str]) -> dict[int, list[int]]:
        """For each row the rows that are told of as one with it, of the same table.

        Of rows that share a number all but the first are found, and name the first.
        """
        groups: dict[int, list[int]] = {}
        for name in places if hits.clause else ():
            own = self._frames[hits.table]["ref"]
            of_table = hits.rows.filter(pl.col(name).is_in(own.implode())).select("ref", name)
            by_other: dict[int, list[int]] = defaultdict(list)
            for ref, other in of_table.iter_rows():
                by_other[other].append(ref)
            for other, refs in by_other.items():
                groups.update({ref: [other, *refs] for ref in refs})
        return groups

    def _codes(self, hits: Hits, groups: Mapping[int, list[int]]) -> list[str]:
        """What the finding of each row rests on, where that is asked for."""
        own = hits.rows["ref"].to_list()
        if self._evidence is None:
            return [""] * len(own)
        if hits.clause is None:
            return [self._evidence.code([text]) for text in noticed_texts(hits)]
        texts = self._evidence.texts(hits, hits.clause, {*own}.union(*groups.values()))
        return [
            self._evidence.code(texts.get(each, "") for each in groups.get(ref, [ref]))
            for ref in own
        ]

    def _who(self, hits: Hits, row: Mapping[str, Any], group: Sequence[int]) -> str:
        if hits.rule.per not in ("row", "household"):
            return group_of(hits.rule, row)
        if group:
            return together(self._people.get(ref, _NOBODY).who for ref in group)
        household = row.get("household_id")
        if not household:
            where = self._places.of(hits.table, row, {})
            place = row.get("village_key") or where.village or where.town or where.county
            return person_of(row, place)
        who = {"household_id": household} if hits.rule.per == "household" else row
        return person_of(who, self._village_of(row))

    def _village_of(self, row: Mapping[str, Any]) -> str | None:
        """The village of a household's row, as the row or else its sheet says."""
        if not row.get("household_id"):
            return None
        said = row.get("village") or row.get("village_key")
        return said or self._register.sheets[sheet_of(row["ref"])].village

    def _about_row(
        self, hits: Hits, row: Mapping[str, Any], cell: _Cell, name: str
    ) -> tuple[Key, Finding]:
        """What is said of a row, or of many and shown at the first of them."""
        rule, words = hits.rule, self._words
        number, _, column = cell
        sheet = self._register.sheets[number]
        at = sheet.heading_row if rule.at_heading else cell.row
        household = row.get("household_id")
        known = self._directory.get(household or "", {})
        head = known.get("head")
        person = row.get("name") or row.get("head_name") or head
        # A message about a notice gives its values as the cell's. What is expected of the cell is
        # a value too, or says of what kind it should be.
        noticed = hits.at if rule.check is None else ""
        expected = row.get("expected")
        is_value = not noticed or expected in [row.get(each) for each in CELL_VALUES]
        of_many = rule.per in ("village", "table")
        public, where = words.public, self._places.of(hits.table, row, known)
        said, shown, right = words.apart(
            (
                words.fill(rule.message, row, noticed),
                words.cell(name, row[CONTENT] if CONTENT in row else row.get(name)),
                words.cell(name if is_value else "", expected),
            ),
            row.values(),
        )
        return _keyed(
            hits,
            said or "",
            (number, at, column),
            rank=row.get("rank"),
            file=self._paths[sheet.file],
            checked_file=self._checked_files.of(sheet.file, row.get("village_key"), where),
            sheet=public(sheet.sheet),
            cell=cell_address(at - 1, column),
            row=at,
            column=public(row.get(HEADING) or heading_of(name)),
            county=public(where.county),
            town=public(where.town),
            village=public(where.village),
            household=None if of_many else _one(words.code(household)),
            head=None if of_many else _one(public(head)),
            person=None if of_many else _one(public(person)),
            value=None if rule.at_heading or of_many else shown,
            **self._of_list(row.get("list_name") or row.get("list")),
            expected=right,
        )

    def _in_no_sheet(self, hits: Hits, row: Mapping[str, Any]) -> tuple[Key, Draft]:
        """What is wrong with the policy (the cell is the parameter's key), or with a list."""
        of_list = self._of_list(row.get("list"))
        name = of_list["list_name"]
        key, finding = _keyed(
            hits,
            self._words.fill(hits.rule.message, row),
            (NO_ROW, 0, 0),
            file=name or self._policy,
            sheet=LIST_SHEET if name else POLICY_SHEET,
            cell=hits.at,
            row=0,
            column=hits.at,
            **of_list,
        )
        return key, Draft(finding, name or self._policy, hits.at, "", finding.message)

    def _of_list(self, name: str | None) -> dict[str, str | None]:
        """The list that a finding rests on, if any, and whose it is."""
        return {
            "department": self._departments.get(name or ""),
            "list_name": self._words.public(name),
        }

    def _other_place(self, other: int, here: _Cell, name: str, table: str) -> str:
        """Another row in words: `成员!K12（王庄村 李山）`, and its file where that is another."""
        at = self._cell(self._together.get((table, other), Rows(other)), name)
        at = at or _Cell(sheet_of(other), row_of(other), 0)
        sheet, own = (self._register.sheets[cell.sheet] for cell in (at, here))
        about = self._words.public(self._people.get(other, _NOBODY).words)
        cell = f"{self._words.public(sheet.sheet)}!{cell_address(at.row - 1, at.column)}"
        cell += f"（{about}）" if about else ""
        file = self._words.public(self._register.files[sheet.file].path.name)
        return cell if sheet.file == own.file else f"“{file}”的{cell}"

    def _address(self, names: Sequence[str], row: Mapping[str, Any]) -> tuple[_Cell, str]:
        """The cell of the first column that one of the row's sheets has, and its name."""
        at = row.get(IN_ROW)
        # Nearly all rows are one row of a sheet, with all values in their columns.
        is_whole = at is not None or not (row["others"] or row["apart"])
        rows = Rows(row["ref"] if at is None else at) if is_whole else Rows.of(row)
        number, in_sheet = sheet_of(rows.ref), row_of(rows.ref)
        if (column := row.get(SHEET_COLUMN)) is not None:
            return _Cell(number, in_sheet, column), names[0]
        for name in names:
            if (cell := self._cell(rows, name)) is not None:
                return cell, name
        return _Cell(number, in_sheet, 0), names[0]

    def _cell(self, rows: Rows, name: str) -> _Cell | None:
        """Where the value of a column stands, of what has been put together from these rows."""
        for ref, column in rows.places_of(name):
            number = sheet_of(ref)
            known = self._register.sheets[number].column(name) if column is None else column
            if known is not None:
                return _Cell(number, row_of(ref), known)
        return None


def _keyed(
    hits: Hits, message: str, place: tuple[int, int, int], rank: str | None = None, **where: Any
) -> tuple[Key, Finding]:
    """What a rule says at a place (sheet, row, column), with its key; `where` as in `Finding`."""
    rule = hits.rule
    rank = f"{hits.severity.rank}{rank}" if rank else ""
    return Key(_GATE_ORDER[rule.gate], rule.code, rank, *place, message), Finding(
        rule=rule.code,
        gate=rule.gate,
        severity=hits.severity,
        title=rule.title,
        message=message,
        advice=rule.explanation.advice,
        fingerprint="",
        **where,
    )


def _one(text: str | None) -> str | None:
    """The same text, once in memory for all findings that have it."""
    return text and intern(text)


def _places(rule: Rule) -> list[str]:
    """The names in a rule's message that stand for other rows."""
    return [name for _, name, spec in fields_of(rule.message) if name and spec == "place"]


def _directory(frames: Frames, households: Collection[str]) -> dict[str, dict[str, str | None]]:
    """Household number → where it is and who heads it, for rows that do not say so themselves."""
    frames.ensure([("household", "head")])
    names = ["household_id", "county", "town", "village", "head"]
    known = frames["household"].select(names)
    found = known.filter(pl.col("household_id").is_in(list(households)))
    return {row["household_id"]: row for row in found.iter_rows(named=True)}


def findings_of(drafts: Drafts) -> Iterator[Finding]:
    """Findings by gate, rule and address, each with its number (问题号).

    The drafts are used up: both of a city's findings at once would be too much.
    """
    for (_, rule), of_rule in groupby(sorted(drafts), key=lambda key: (key.gate, key.rule)):
        keys = list(of_rule)
        alike: dict[tuple[str, str], list[Draft]] = defaultdict(list)
        for key in keys:
            alike[drafts[key].who, drafts[key].column].append(drafts[key])
        for (who, column), own in alike.items():
            own.sort(key=lambda draft: (draft.number, draft.shown))
            for number, draft in enumerate(own, 1):
                draft.finding.fingerprint = fingerprint(rule, who, column, number)
        for key in keys:
            yield drafts.pop(key).finding
