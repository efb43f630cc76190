"""The controlled vocabularies: one YAML file each under schema/vocabularies/, read into typed terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casebook import yamltree
from casebook.finding import CasebookError, Finding, Location, Rule, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from casebook.paths import Paths

VOCABULARY = Rule(
    "vocabulary",
    """A vocabulary file has a title, a description, and terms with ids of their own, labels and definitions.

    Fields: `title`, `description`, optional `groups` (each `id` and `label`), and `terms`. A term has an `id`, a
    `label`, a `definition` (countries and synonyms do without), where there is one a `source`, a `parent` (an id of
    the same file), a `group` (an id of `groups`), and what its vocabulary adds. Topics and factors also need
    `introduction` (what it is), `matters` (why it matters) and `remember` (a list of three sentences), because their
    pages open with them.

    **Mend it:** write the entry like the one above it in the same file.
    """,
)
WITHOUT_DEFINITION = ("countries", "synonyms")
# A page that opens with an introduction for a trainee: what it is, why it matters, and what to remember.
WITH_INTRODUCTION = ("topics", "factors")
INTRODUCTION = ("introduction", "matters", "remember")
THINGS_TO_REMEMBER = 3
# Where a term names terms of another vocabulary: the vocabulary, the field, and the other one.
_REFERENCES = (("topics", "training", "training-topics"),)
NAMES = (
    "audiences",
    "capacities",
    "centre-types",
    "centres",
    "clearance-bases",
    "contributor-roles",
    "countries",
    "evidence-strengths",
    "factor-bases",
    "factors",
    "glossary",
    "guidance",
    "languages",
    "levels",
    "material-categories",
    "obligation-types",
    "organisations",
    "outcomes",
    "protected",
    "regions",
    "reliability-grades",
    "review-checks",
    "review-modes",
    "settings",
    "source-types",
    "stages",
    "state-profiles",
    "statuses",
    "synonyms",
    "topics",
    "training-topics",
    "verdicts",
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a vocabulary. `more` holds the fields that only this vocabulary has, as texts, lists or None."""

    id: str
    label: str
    definition: str = ""
    source: str = ""
    parent: str = ""
    group: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """What the term is called besides its label: abbreviation and other forms."""
        given = [self.more.get("abbreviation"), *(self.more.get("also") or ())]
        return [str(name) for name in given if name]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A controlled list: its terms by id in the order of the file, and its groups as ids and labels."""

    name: str
    title: str
    description: str
    groups: Mapping[str, str]
    terms: Mapping[str, Term]

    def __getitem__(self, term_id: str) -> Term:
        """Return the term with this id.

        Raises:
            KeyError: if there is none.
        """
        return self.terms[term_id]

    def __iter__(self) -> Iterator[Term]:
        """Return the terms in the order of the file."""
        return iter(self.terms.values())

    def __contains__(self, term_id: object) -> bool:
        """Say whether there is a term with this id."""
        return term_id in self.terms

    def get(self, term_id: str) -> Term | None:
        """Return the term with this id, or None."""
        return self.terms.get(term_id)

    def label(self, term_id: str) -> str:
        """Return the label of a term, or the id where there is no such term."""
        return self.terms[term_id].label if term_id in self.terms else term_id

    def children(self, term_id: str) -> tuple[Term, ...]:
        """Return the terms whose parent this is."""
        return tuple(term for term in self if term.parent == term_id)


Vocabularies = Mapping[str, Vocabulary]


def load_vocabularies(paths: Paths) -> tuple[dict[str, Vocabulary], list[Finding]]:
    """Read every vocabulary, with what is wrong in them.

    Raises:
        CasebookError: if one of the files that the tool needs is not there.
    """
    found: dict[str, Vocabulary] = {}
    findings: list[Finding] = []
    for name in NAMES:
        vocabulary, faults = _read(paths.vocabularies / f"{name}.yml", name, paths)
        found[name] = vocabulary
        findings += faults
    return found, [*findings, *_reference_findings(found, paths)]


def _reference_findings(found: Vocabularies, paths: Paths) -> Iterator[Finding]:
    for name, key, other in _REFERENCES:
        for term in found[name]:
            for one in names_in(term, key):
                if one not in found[other]:
                    where = place_of(paths, name, term.id) or Location(paths.relative(paths.vocabularies))
                    message = f"`{term.id}` names `{one}` under `{key}`, which is not a term of {other}"
                    yield VOCABULARY.at(where, message, nearest(one, found[other].terms))


def names_in(term: Term, key: str) -> tuple[str, ...]:
    """Return the ids that a field of a term names."""
    value = term.more.get(key)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _read(path: Path, name: str, paths: Paths) -> tuple[Vocabulary, list[Finding]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CasebookError(f"the vocabulary {paths.relative(path)} cannot be read: {error}") from error
    tree, findings = yamltree.read(text, paths.relative(path))
    data = tree.plain() if tree else None
    if tree is None or not isinstance(data, dict) or not isinstance(data.get("terms"), list):
        findings.append(VOCABULARY.at(Location(paths.relative(path)), "a vocabulary must have a list of `terms`"))
        return Vocabulary(name, name, "", {}, {}), findings
    findings += _head_findings(data, Location(paths.relative(path), *tree.place()))
    given = data.get("groups")
    listed = given if isinstance(given, list) else []
    groups = {str(group.get("id")): str(group.get("label")) for group in listed if isinstance(group, dict)}
    terms: dict[str, Term] = {}
    places: dict[str, Location] = {}
    for index, entry in enumerate(data["terms"]):
        where = Location(paths.relative(path), *tree.place("terms", index))
        findings += _term_findings(entry, name, groups, terms, where)
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            terms.setdefault(entry["id"], _term(entry))
            places.setdefault(entry["id"], where)
    findings += _parent_findings(terms, places)
    return Vocabulary(name, _text(data, "title") or name, _text(data, "description"), groups, terms), findings


def _text(fields: Mapping[str, Any], key: str) -> str:
    value = fields.get(key)
    return value if isinstance(value, str) else ""


def _head_findings(data: Mapping[str, Any], where: Location) -> Iterator[Finding]:
    for key in ("title", "description"):
        if not _text(data, key):
            yield VOCABULARY.at(where, f"the vocabulary has no `{key}`", f"add `{key}: …`")
    groups = data.get("groups") or []
    if not isinstance(groups, list) or not all(isinstance(one, dict) and _text(one, "id") for one in groups):
        yield VOCABULARY.at(where, "`groups` must be a list with an `id` and a `label` each")


def _term(entry: dict[str, Any]) -> Term:
    own = ("id", "label", "definition", "source", "parent", "group")
    more = {key: value for key, value in entry.items() if key not in own}
    return Term(**{key: _text(entry, key) for key in own}, more=more)


def _term_findings(
    entry: Any, name: str, groups: Mapping[str, str], terms: Mapping[str, Term], where: Location
) -> Iterator[Finding]:
    if not isinstance(entry, dict):
        yield VOCABULARY.at(where, "a term must have an `id`, a `label` and a `definition`")
        return
    needed = ("id", "label") if name in WITHOUT_DEFINITION else ("id", "label", "definition")
    for key in needed:
        if not isinstance(entry.get(key), str):
            yield VOCABULARY.at(where, f"this term has no `{key}`", f"add `{key}: …`")
    if name in WITH_INTRODUCTION:
        yield from _introduction_findings(entry, where)
    if _text(entry, "id") in terms:
        yield VOCABULARY.at(where, f"the id `{entry['id']}` stands here a second time", "give it another id")
    if (group := _text(entry, "group")) and group not in groups:
        yield VOCABULARY.at(where, f"there is no group `{group}`", nearest(group, groups))


def _introduction_findings(entry: Mapping[str, Any], where: Location) -> Iterator[Finding]:
    for key in INTRODUCTION:
        if not entry.get(key):
            yield VOCABULARY.at(where, f"this term has no `{key}`", f"add `{key}: …`; its page opens with it")
    remember = entry.get("remember")
    if remember and (not isinstance(remember, list) or len(remember) != THINGS_TO_REMEMBER):
        yield VOCABULARY.at(where, f"`remember` must be a list of {THINGS_TO_REMEMBER} sentences")


def _parent_findings(terms: Mapping[str, Term], places: Mapping[str, Location]) -> Iterator[Finding]:
    for term in terms.values():
        if term.parent and (term.parent not in terms or terms[term.parent].parent):
            message = f"`{term.id}` has the parent `{term.parent}`, which is not a main term"
            main = [one.id for one in terms.values() if not one.parent and one is not term]
            yield VOCABULARY.at(places[term.id], message, nearest(term.parent, main))


def place_of(paths: Paths, name: str, term_id: str) -> Location | None:
    """Return where a term stands in the file of its vocabulary, or None."""
    path = paths.vocabularies / f"{name}.yml"
    try:
        tree, _ = yamltree.read(path.read_text(encoding="utf-8"), paths.relative(path))
    except (OSError, UnicodeDecodeError):
        return None
    data = tree.plain() if tree else None
    terms = data.get("terms") if isinstance(data, dict) else None
    for index, entry in enumerate(terms if isinstance(terms, list) else []):
        if tree and isinstance(entry, dict) and entry.get("id") == term_id:
            return Location(paths.relative(path), *tree.place("terms", index))
    return None
