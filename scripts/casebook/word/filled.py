"""From a filled template to the fields and the text of an item."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from casebook.finding import Location
from casebook.load import WORD_FILE
from casebook.word.form import LONGEST_ID, MOST_INSIDE, folded, slug
from casebook.word.package import UnreadableError, opened
from casebook.word.prose import cited, markdown
from casebook.word.sheet import headings, outline, sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from casebook.finding import Finding
    from casebook.load import Document
    from casebook.registry import Kind
    from casebook.word.form import Field, Form
    from casebook.word.package import Package
    from casebook.word.sheet import Entry, Given, Sheet

Steps = tuple[str | int, ...]
_LEAST_KNOWN = 3
_ID: Steps = ("id",)


@dataclass(frozen=True, slots=True)
class Filled:
    """What an author wrote: fields as in front matter, the text in Markdown, where each answer stands, and findings."""

    kind: Kind
    values: Mapping[str, Any]
    body: str
    places: Mapping[Steps, str]
    findings: Sequence[Finding]

    def placed(self, findings: Iterable[Finding], document: Document) -> Iterator[Finding]:
        """Yield findings about the item with the place in the Word file where the words stand."""
        starts = sorted((document.at_key(*steps).line, place) for steps, place in self.places.items())
        starts += [
            (document.at_body(number).line, f"'Text: {line.removeprefix('## ')}'")
            for number, line in enumerate(document.body.split("\n"))
            if line.startswith("## ")
        ]
        lines = [line for line, _ in starts]
        for finding in findings:
            where = finding.location
            index = bisect.bisect_right(lines, where.line) - 1
            # What the item lacks as a whole is said at its first field, and stands nowhere in Word.
            place = starts[index][1] if index >= 0 and (index or where.column > 1) else ""
            words = f"in Word: {place}. {finding.hint}" if place else finding.hint
            yield replace(finding, hint=words.strip())


def filled(raw: bytes, path: str, forms: Mapping[str, Form], kind: str = "") -> Filled | Finding:
    """Return what stands in a filled template, or a finding when it cannot be read at all.

    Args:
        raw: the bytes of the file.
        path: its name, for findings.
        forms: what is asked for each kind.
        kind: the kind of item; without it, the one whose headings stand in the file.
    """
    try:
        package = opened(raw)
        form = forms[kind] if kind else _form(package, forms)
    except UnreadableError as error:
        return WORD_FILE.at(Location(path), error.message, error.hint)
    read = sheet(form, package, path)
    return _Item(read).filled()


def _form(package: Package, forms: Mapping[str, Form]) -> Form:
    found = outline(package)
    known = {name: len(headings(form) & found) for name, form in forms.items()}
    best = max(known, key=known.__getitem__)
    if known[best] < _LEAST_KNOWN or list(known.values()).count(known[best]) > 1:
        hint = "download a template from the page 'Contribute'; or name the kind with --kind"
        raise UnreadableError("the headings of the file are not those of one of the templates", hint)
    return forms[best]


class _Item:
    """Turns answers into values, field by field."""

    def __init__(self, read: Sheet) -> None:
        self.sheet, self.form = read, read.form
        self.places: dict[Steps, str] = {}
        self.ids = {one.name: self._ids(one) for one in self.form.fields if one.many and one.fields}
        self.sources = set(self.ids.get("sources", ()))

    def filled(self) -> Filled:
        """Return the whole item."""
        values = {one.name: value for one in self.form.fields if (value := self._value(one)) not in (None, [], {})}
        title = str(values.get("title", ""))
        name = values.pop("id", None) or slug(title) or f"new-{self.form.kind.name}"
        self.places.setdefault(("id",), "'Id'")
        head: dict[str, Any] = {"id": name}
        head |= {key: values.pop(key) for key in ("title", "summary") if key in values}
        self.places[("status",)] = ""
        # The findings of the text are made here, so it comes before them.
        body = self._body()
        return Filled(
            self.form.kind, {**head, "status": "draft", **values}, body, self.places, tuple(self.sheet.findings)
        )

    def _body(self) -> str:
        parts = []
        for section in self.form.kind.sections:
            text, left_out = markdown(self.sheet.sections.get(section.heading, ()), self.sheet.package, self.sources)
            for words in left_out:
                self.sheet.left_out(f"'Text: {section.heading}'", words)
            if text:
                parts.append(f"## {section.heading}\n\n{text}")
        return "\n\n".join(parts)

    def _entries(self, *way: str) -> list[Entry]:
        return [entry for entry in self.sheet.entries.get(way, []) if entry]

    def _value(self, one: Field) -> Any:
        if one.many and one.fields:
            return self._list((one,))
        entries = self._entries(one.name)
        entry = entries[0] if entries else {}
        if not one.fields:
            return self._answer(one, entry, (one.name,))
        values = {}
        for inner in one.fields:
            value = self._inside(one, inner) if inner.fields else self._answer(inner, entry, (one.name, inner.name))
            if value not in (None, [], {}):
                values[inner.name] = value
        return values

    def _inside(self, one: Field, inner: Field) -> Any:
        """Return the value of a field with fields inside another one: a list, or fields."""
        if inner.many:
            return self._list((one, inner))
        entries = self._entries(one.name, inner.name)
        entry = entries[0] if entries else {}
        given = ((row, self._answer(row, entry, (one.name, inner.name, row.name))) for row in inner.fields)
        return {row.name: value for row, value in given if value not in (None, [])}

    def _list(self, way: tuple[Field, ...]) -> list[dict[str, Any]]:
        names = tuple(one.name for one in way)
        made = self.ids.get(names[-1], []) if len(way) == 1 else []
        found = []
        for index, entry in enumerate(self._entries(*names)):
            values = self._block(way[-1], entry, (*names, index))
            if made:
                values["id"] = made[index]
                self.places.setdefault((*names, index, "id"), next(iter(entry.values())).place)
            found.append(values)
        return found if len(way) == 1 else _with_ids(found, way[-1])

    def _block(self, one: Field, entry: Entry, steps: Steps) -> dict[str, Any]:
        """Return the fields of an entry; of a list inside it, the entries that were answered, in their order."""
        values: dict[str, Any] = {}
        inside: dict[str, dict[int, Entry]] = {}
        for row in one.rows(MOST_INSIDE):
            if len(row.steps) == 1:
                value = self._answer(row, entry, (*steps, row.name))
                if value not in (None, []):
                    values[row.name] = value
            elif row.steps in entry:
                name, number, *rest = row.steps
                inside.setdefault(str(name), {}).setdefault(int(number), {})[tuple(rest)] = entry[row.steps]
        for inner in one.fields:
            blocks = enumerate(inside.get(inner.name, {}).values())
            found = [self._block(inner, block, (*steps, inner.name, index)) for index, block in blocks]
            values |= {inner.name: _with_ids(found, inner)} if found else {}
        return {key.name: values[key.name] for key in one.fields if key.name in values}

    def _ids(self, one: Field) -> list[str]:
        """Return the ids of the entries of a list: those that were given, and made ones for the others."""
        if not any(inner.made for inner in one.fields):
            return []
        entries = self._entries(one.name)
        given = [" ".join(entry[_ID].lines).strip("[]^ ").lower() if _ID in entry else "" for entry in entries]
        taken = set(given)
        for index, entry in enumerate(entries):
            if not given[index]:
                first = next(iter(entry.values()))
                wanted = f"s{index + 1}" if one.name == "sources" else slug(" ".join(first.lines[0].split()[:6]))
                given[index] = _free(wanted or f"{one.name}-{index + 1}", taken)
                taken.add(given[index])
        return given

    def _answer(self, one: Field, entry: Entry, steps: Steps) -> Any:
        given = entry.get(one.steps or (one.name,))
        if given is None:
            return None
        self.places[steps] = given.place
        if one.parts:
            return [self._parts(one, line) for line in given.lines]
        if one.many:
            return [self._word(one, piece) for piece in self._pieces(one, given)]
        return self._word(one, ("\n\n" if one.has_paragraphs else " ").join(given.lines))

    def _parts(self, one: Field, line: str) -> dict[str, str]:
        """Return the parts of an entry that stands on one line; what is missing is told by the checker."""
        pieces = re.split(r"\s*[|\uff5c]\s*", line, maxsplit=len(one.parts) - 1)
        pairs = zip(one.parts, pieces, strict=False)
        return {part.name: self._word(part, piece.strip()) for part, piece in pairs if piece.strip()}

    def _pieces(self, one: Field, given: Given) -> list[str]:
        if not one.is_short:
            return list(given.lines)
        found = []
        for line in given.lines:
            whole = self._word(one, line)
            is_term = bool(one.terms) and whole in one.terms
            pieces = [line] if is_term else re.split(r"[,;]" if not one.refers else r"[,;]|\]\s*\[|\band\b", line)
            found += [piece.strip() for piece in pieces if piece.strip()]
        return list(dict.fromkeys(found))

    def _word(self, one: Field, words: str) -> str:
        """Return one answer: a term by its id or label, the id of an entry, or the text with its citations."""
        if one.terms:
            return _term(one, words)
        if one.refers:
            return self._reference(one, words)
        return cited(words, self.sources)

    def _reference(self, one: Field, words: str) -> str:
        ids, wanted = self.ids.get(one.refers, []), words.strip("[]^ .").lower()
        number = re.fullmatch(r"(?:[a-z]+ )?([0-9]{1,3})", wanted)
        if wanted in ids or number is None or not 0 < int(number[1]) <= len(ids):
            return wanted
        return ids[int(number[1]) - 1]


def _with_ids(entries: list[dict[str, Any]], one: Field) -> list[dict[str, Any]]:
    """Return entries of a list inside another field, with ids made from their first words where they need one."""
    if not any(inner.made for inner in one.fields):
        return entries
    taken = {str(entry["id"]) for entry in entries if "id" in entry}
    found = []
    for number, entry in enumerate(entries, 1):
        words = next((value for value in entry.values() if isinstance(value, str)), "")
        name = str(entry.get("id", "")) or _free(slug(" ".join(words.split()[:6])) or f"{one.name}-{number}", taken)
        taken.add(name)
        found.append({"id": name, **entry})
    return found


def _term(one: Field, words: str) -> str:
    wanted = folded(words)
    forms = {f"{key}: {label}": key for key, label in one.terms.items()}
    forms |= {f"{label} ({key})": key for key, label in one.terms.items()}
    forms |= {label: key for key, label in one.terms.items()} | {key: key for key in one.terms}
    return {folded(form): key for form, key in forms.items()}.get(wanted, words.strip())


def _free(wanted: str, taken: Collection[str]) -> str:
    number, name = 2, wanted
    while name in taken:
        name, number = f"{wanted[: LONGEST_ID - 4]}-{number}", number + 1
    return name
