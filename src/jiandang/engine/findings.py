"""Hits → findings: the address in the user's file, who it is about, the words."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any, NamedTuple

import polars as pl

from jiandang.engine.checked_files import CheckedFiles
from jiandang.engine.drafts import Drafts
from jiandang.engine.evidence import Evidence, noticed_texts
from jiandang.engine.frames import Frames
from jiandang.engine.homes import Home, Homes, one
from jiandang.engine.identity import group_of, member_of, person_of, together
from jiandang.engine.rule import Rule
from jiandang.engine.run import CONTENT, HEADING, IN_ROW, SHEET_COLUMN, Hits, Outcome
from jiandang.engine.told_once import TOGETHER
from jiandang.engine.words import CELL_VALUES, Words, fields_of, heading_of
from jiandang.register.address import cell_address, column_letters
from jiandang.register.cells import show
from jiandang.register.masking import mask_private
from jiandang.register.register import NO_ROW, Register, row_of, sheet_of
from jiandang.register.source import Rows
from jiandang.report.model import Finding
from jiandang.report.person import Person

# In place of a sheet's name, for what is wrong with the policy, or with a list, itself.
POLICY_SHEET = "政策文件"
LIST_SHEET = "名单"
# Where a finding points if no sheet has the column that it is about.
_ELSE_AT = ("household_id", "village_code", "village", "name", "code")


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


@dataclass
class _Told:
    """What all findings have in common that a rule makes of rows of a table."""

    hits: Hits
    names: Sequence[str]
    noticed: str
    message: Callable[[Mapping[str, Any]], str]
    has_content: bool
    of_many: bool
    groups: Mapping[int, Sequence[int]]


class FindingBuilder:
    """Builds the findings of one register, with what they rest on (`evidence`) if asked for."""

    def __init__(
        self, register: Register, frames: Frames, *, show_ids: bool = False, evidence: bool = False
    ) -> None:
        self._register = register
        self._words = Words(show_ids)
        self._paths = [str(read.path) for read in register.files]
        self._frames = frames
        self._homes = Homes(register, frames, self._words)
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
        drafts = Drafts()
        while outcome.hits:
            self._add_hits(outcome.hits.pop(0).told(self._frames), drafts)
        drafts.sort()
        return drafts

    def members(self, drafts: Drafts) -> dict[str, list[Person]]:
        """The members of the households that have findings, by the number that these show."""
        touched = {finding.household for finding in drafts if finding.household}
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
            who = person_of(row, self._homes.village_of(row))
            words = " ".join(filter(None, (row["village"], row["name"])))
            self._people[row["ref"]] = _Named(intern(who), words)
        self._homes.look_up(households)

    def _look_up_rows(self, table: str, refs: Collection[int]) -> None:
        """Which of the rows have been put together from several, or have values apart."""
        if refs:
            is_whole = pl.col("others").is_null() & pl.col("apart").is_null()
            of_several = pl.col("ref").is_in(list(refs)) & ~is_whole
            rows = self._frames[table].filter(of_several).select("ref", "others", "apart")
            for row in rows.iter_rows(named=True):
                self._together[table, row["ref"]] = Rows.of(row)

    def _add_hits(self, hits: Hits, drafts: Drafts) -> None:
        rule, columns = hits.rule, hits.rows.columns
        lists = [name for name, dtype in hits.rows.schema.items() if dtype == pl.List(pl.String)]
        places, names = _places(rule), [*hits.at.split("|"), *_ELSE_AT]
        groups = self._groups(hits, places)
        # A message about a notice gives its values as the cell's.
        noticed = hits.at if rule.check is None else ""
        message = self._words.filler(rule.message, noticed)
        of_many = rule.per in ("village", "table")
        told = _Told(hits, names, noticed, message, CONTENT in columns, of_many, groups)
        first: dict[int, tuple[int, str]] = {}
        codes = self._codes(hits, groups)
        for row, code in zip(hits.rows.iter_rows(named=True), codes, strict=True):
            if row["ref"] == NO_ROW:
                self._add_in_no_sheet(told, row, drafts)
                continue
            at, name = self._address(names, row, first)
            for each in lists:
                row[each] = row[each] and "；".join(row[each])
            for each in places:
                row[each] = self._other_place(row[each], at, name, hits.table)
            self._add_row(told, row, at, name, code, drafts)

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
        # An answer to what is told in place of others is about so many.
        told = (hits.left_out, hits.of_village, hits.of_home)
        others = [[str(each[ref]) for each in told if ref in each] for ref in own]
        if hits.clause is None:
            seen = zip(noticed_texts(hits), others, strict=True)
            return [self._evidence.code([text, *number]) for text, number in seen]
        texts = self._evidence.texts(hits, hits.clause, {*own}.union(*groups.values()))
        return [
            self._evidence.code(
                [*(texts.get(each, "") for each in groups.get(ref, [ref])), *number]
            )
            for ref, number in zip(own, others, strict=True)
        ]

    def _who(self, told: _Told, row: Mapping[str, Any], home: Home) -> str:
        rule = told.hits.rule
        if row["ref"] in told.hits.of_village:
            return show(row["village_key"])
        if rule.per not in ("row", "household"):
            return group_of(rule, row)
        if group := told.groups.get(row["ref"]):
            return together(self._people.get(ref, _NOBODY).who for ref in group)
        of_household = rule.per == "household" and row.get("household_id")
        return home.who + member_of({"household_id": "."} if of_household else row)

    def _add_row(
        self,
        told: _Told,
        row: Mapping[str, Any],
        cell: _Cell,
        name: str,
        code: str,
        drafts: Drafts,
    ) -> None:
        """What is said of a row, or of many and shown at the first of them."""
        hits, words, get = told.hits, self._words, row.get
        rule, public = hits.rule, words.public
        as_many = hits.of_village.get(row["ref"])
        of_many = told.of_many or as_many is not None
        number, in_sheet, column = cell
        sheet = self._register.sheets[number]
        # On a form page the heading of a value is right before it, and the first row a title.
        at = sheet.heading_row if rule.at_heading and not sheet.is_form else in_sheet
        home = self._homes.of(hits.table, row)
        county, town, village = home.shown
        person = get("name") or get("head_name") or home.head
        heading = get(HEADING)
        content = row[CONTENT] if told.has_content else get(name)
        if (right := get("expected")) is not None:
            # What is expected of the cell is a value too, or says of what kind it should be.
            is_value = not told.noticed or right in [get(each) for each in CELL_VALUES]
            right = words.cell(name if is_value else "", right)
        texts = told.message(row), words.cell(name, content), right
        said, shown, right = words.apart(texts, row.values())
        said = f"{said}{public(get(TOGETHER)) or ''}"
        if others := hits.of_home.get(row["ref"]):
            said = f"{said}；本户另外 {others} 行也是这样，请一并改正"
        if as_many:
            said = f"{said}；本村这样的一共有 {as_many + 1} 处，多半是一个原因，只报一次"
        if others := hits.left_out.get(row["ref"]):
            said = f"{said}；这张表里同样的问题还有 {others} 处，没有一一列出"
        department, list_name = self._of_list(get("list_name") or get("list"))
        file = self._register.files[sheet.file]
        # In the order of the model's fields: there are many.
        finding = Finding(
            rule=rule.code,
            gate=rule.gate,
            severity=hits.severity,
            title=rule.title,
            message=said,
            advice=rule.explanation.advice,
            file=self._paths[sheet.file],
            sheet=public(sheet.sheet) or "",
            cell=f"{column_letters(column + 1)}{at}",
            row=at,
            column=public(heading or heading_of(name)) or "",
            county=county,
            town=town,
            village=village,
            household=None if of_many else home.number,
            head=None if of_many else one(public(home.head)),
            person=None if of_many else one(public(person)),
            value=None if rule.at_heading or of_many else shown,
            expected=right,
            department=department,
            list_name=list_name,
            fingerprint="",
            checked_file=""
            if file.role == "now"
            else self._checked_files.of(sheet.file, get("village_key"), home.where),
            evidence=code,
        )
        drafts.add(
            finding,
            (number, at, column),
            rank=f"{hits.severity.rank}{row['rank']}" if get("rank") else "",
            who=self._who(told, row, home),
            column=mask_private(heading or name),
            number=get("id_number") or "",
            shown=show(content),
        )

    def _add_in_no_sheet(self, told: _Told, row: Mapping[str, Any], drafts: Drafts) -> None:
        """What is wrong with the policy (the cell is the parameter's key), or with a list."""
        hits, rule = told.hits, told.hits.rule
        department, name = self._of_list(row.get("list"))
        finding = Finding(
            rule=rule.code,
            gate=rule.gate,
            severity=hits.severity,
            title=rule.title,
            message=self._words.fill(rule.message, row),
            advice=rule.explanation.advice,
            file=name or self._policy,
            sheet=LIST_SHEET if name else POLICY_SHEET,
            cell=hits.at,
            row=0,
            column=hits.at,
            department=department,
            list_name=name,
            fingerprint="",
        )
        drafts.add(
            finding,
            (NO_ROW, 0, 0),
            rank="",
            who=name or self._policy,
            column=hits.at,
            number="",
            shown=finding.message,
        )

    def _of_list(self, name: str | None) -> tuple[str | None, str | None]:
        """Whose the list is that a finding rests on, if any, and its name."""
        if name is None:
            return None, None
        return self._departments.get(name), self._words.public(name)

    def _other_place(self, other: int, here: _Cell, name: str, table: str) -> str:
        """Another row in words: `成员!K12（王庄村 李山）`, and its file where that is another."""
        at = self._cell(self._together.get((table, other), Rows(other)), name)
        at = at or _Cell(sheet_of(other), row_of(other), 0)
        sheet, own = (self._register.sheets[cell.sheet] for cell in (at, here))
        about = self._words.public(self._people.get(other, _NOBODY).words)
        cell = f"{self._words.public(sheet.sheet)}!{cell_address(at.row - 1, at.column)}"
        cell += f"（{about}）" if about else ""
        file = self._words.public(self._register.files[sheet.file].name)
        return cell if sheet.file == own.file else f"“{file}”的{cell}"

    def _address(
        self, names: Sequence[str], row: Mapping[str, Any], first: dict[int, tuple[int, str]]
    ) -> tuple[_Cell, str]:
        """The cell of the first column that one of the row's sheets has, and its name.

        `first` is what has been found for sheets before, of rows with all in their columns.
        """
        at = row.get(IN_ROW)
        # Nearly all rows are one row of a sheet, with all values in their columns.
        is_whole = at is not None or not (row["others"] or row["apart"])
        rows = Rows(row["ref"] if at is None else at) if is_whole else Rows.of(row)
        number, in_sheet = sheet_of(rows.ref), row_of(rows.ref)
        if (column := row.get(SHEET_COLUMN)) is not None:
            return _Cell(number, in_sheet, column), names[0]
        if is_whole and number in first:
            column, name = first[number]
            return _Cell(number, in_sheet, column), name
        for name in names:
            if (cell := self._cell(rows, name)) is not None:
                break
        else:
            # On a form page the first row is a title; whose page it is says the household's code.
            code = (
                self._cell(rows, "household_id") if self._register.sheets[number].is_form else None
            )
            cell, name = code or _Cell(number, in_sheet, 0), names[0]
        if is_whole:
            first[number] = cell.column, name
        return cell, name

    def _cell(self, rows: Rows, name: str) -> _Cell | None:
        """Where the value of a column stands, of what has been put together from these rows."""
        for ref, column in rows.places_of(name):
            number = sheet_of(ref)
            known = self._register.sheets[number].column(name) if column is None else column
            if known is not None:
                return _Cell(number, row_of(ref), known)
        return None


def _places(rule: Rule) -> list[str]:
    """The names in a rule's message that stand for other rows."""
    return [name for _, name, spec in fields_of(rule.message) if name and spec == "place"]
