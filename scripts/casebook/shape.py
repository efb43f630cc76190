"""From JSON Schema errors to findings in words, at the line that the author must edit."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jsonschema_rs
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from casebook.finding import CasebookError, Finding, Misspelling, Rule, Severity
from casebook.registry import KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from jsonschema.protocols import Validator

    from casebook.load import Document
    from casebook.paths import Paths
    from casebook.vocabulary import Vocabularies, Vocabulary

UNKNOWN_FIELD = Rule(
    "unknown-field",
    """Only the fields of the schema may be used.

    A field that the schema does not know is most often a known one with a typing error; its content would be lost.

    **Mend it:** correct the name, or move the text into the body.
    """,
)
MISSING_FIELD = Rule(
    "missing-field",
    """A field that every item of its kind needs, drafts included, is not there.

    **Mend it:** add the field. `casebook schema KIND` prints all fields with explanations and examples.
    """,
)
UNFINISHED = Rule(
    "unfinished",
    """An item must be complete before its status can be `in-review` or `published`.

    As long as the item is a draft, this is a note that says what is still to be written.

    **Mend it:** add what is named, or set the status back to `draft`.
    """,
)
UNKNOWN_TERM = Rule(
    "unknown-term",
    """A value must be a term of its controlled vocabulary.

    One word for one thing is what makes items with the same topic, factor or setting find each other.

    **Mend it:** choose a term of the list. A new term is one entry in the file under `schema/vocabularies/`.
    """,
)
EMPTY_FIELD = Rule(
    "empty-field",
    """A field that is named must have a value.

    **Mend it:** write the value, or delete the line.
    """,
)
WRONG_TYPE = Rule(
    "wrong-type",
    """A value must have the form that the schema asks for: text, whole number, list or fields.

    **Mend it:** write a list as `[one, two]` or with `- ` on lines of their own, and fields as `name: value`.
    """,
)
WRONG_FORM = Rule(
    "wrong-form",
    """A text must have the form that its field asks for, for example a date or an address.

    **Mend it:** follow the example in the hint.
    """,
)
OUT_OF_RANGE = Rule(
    "out-of-range",
    """Texts, lists and numbers have a smallest and a largest size.

    The limits are there for readers: a title that fits on a slide, a summary that fits in a list.

    **Mend it:** shorten, lengthen or divide.
    """,
)
REPEATED_ENTRY = Rule(
    "repeated-entry",
    """An entry may stand only once in a list.

    **Mend it:** delete the second one.
    """,
)
RULES = (
    UNKNOWN_FIELD,
    MISSING_FIELD,
    UNFINISHED,
    UNKNOWN_TERM,
    EMPTY_FIELD,
    WRONG_TYPE,
    WRONG_FORM,
    OUT_OF_RANGE,
    REPEATED_ENTRY,
)

_TYPES = {"object": "fields (`name: value`)", "array": "a list", "string": "text", "integer": "a whole number"}
_GIVEN = {"dict": "fields", "list": "a list", "str": "text"}
_UNITS = {"Length": ("character", "characters"), "Items": ("entry", "entries"), "Properties": ("field", "fields")}
_PREFIX = "vocabulary:"
MOST_TERMS_NAMED = 15


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of one kind: its self-contained JSON Schema and what it says of a document.

    `quick` only says yes or no, some hundred times faster; `validator` says what is wrong.
    """

    kind: Kind
    schema: Mapping[str, Any]
    validator: Validator
    quick: jsonschema_rs.Draft202012Validator

    @property
    def needs_sources(self) -> bool:
        """Whether a draft of the kind must name a source; what is fiction, or only leads to others, need not."""
        return "sources" in self.schema["required"]

    def typed(self, value: Any, schema: Any = None) -> Any:
        """Return a value with whole numbers where the schema asks for them, and texts everywhere else."""
        schema = self.resolved(self.schema if schema is None else schema)
        if isinstance(value, dict):
            fields = schema.get("properties", {})
            return {key: self.typed(part, fields.get(key, {})) for key, part in value.items()}
        if isinstance(value, list):
            return [self.typed(part, schema.get("items", {})) for part in value]
        if schema.get("type") == "integer" and isinstance(value, str) and value.isascii() and value.isdigit():
            return int(value[:18])
        return value

    def findings(self, document: Document, data: dict[str, Any]) -> list[Finding]:
        """Return what the schema says of the typed data of a document; for a draft also what publishing needs."""
        asked = {**data, "status": "published"} if data.get("status", "draft") == "draft" else data
        if self.quick.is_valid(asked):
            return []
        found: dict[Finding, None] = {}
        for error in self.validator.iter_errors(asked):
            found |= dict.fromkeys(_translated(error, document))
        return list(found)

    def resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the schema that a reference means; any other schema as it is."""
        while (target := schema.get("$ref")) is not None:
            schema = self.schema["$defs"][target.rpartition("/")[2]]
        return schema

    def part(self, *steps: str | int) -> Mapping[str, Any] | None:
        """Return the schema of the value to which steps lead, or None where the schema knows no such value.

        What a schema says itself comes before what the definition says to which it refers.
        """
        schema: Mapping[str, Any] | None = self._whole(self.schema)
        for step in steps:
            fields = schema.get("properties", {}) if schema else {}
            inner = fields.get(step) if isinstance(step, str) else (schema or {}).get("items")
            schema = self._whole(inner) if isinstance(inner, dict) else None
        return schema

    def _whole(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        whole = dict(schema)
        while (target := whole.pop("$ref", None)) is not None:
            whole = {**self.schema["$defs"][target.rpartition("/")[2]], **whole}
        return whole

    def needed(self, *steps: str | int) -> str:
        """Return when the field to which steps lead is needed: `always`, `to publish`, or an empty text."""
        owner, name = self.part(*steps[:-1]) or {}, steps[-1]
        if name in owner.get("required", ()):
            return "always"
        published: Any = self.schema.get("else", {}).get("then", {})
        for step in steps[:-1]:
            published = (
                published.get("properties", {}).get(step, {}) if isinstance(step, str) else published.get("items", {})
            )
        return "to publish" if name in published.get("required", ()) else ""


Shapes = dict[str, Shape]


def load_shapes(paths: Paths, vocabularies: Vocabularies) -> Shapes:
    """Return the shape of every kind.

    Raises:
        CasebookError: if a schema is not there or is not JSON Schema.
    """
    common = _json(paths, "common").get("$defs", {})
    shapes = {}
    for kind in KINDS:
        try:
            schema = bundle(_json(paths, kind.name), common, vocabularies, kind)
            quick = jsonschema_rs.Draft202012Validator(schema)
        except KeyError as error:
            raise CasebookError(f"the schema of {kind.name} points at {error}, which is not there") from error
        except jsonschema_rs.ValidationError as error:
            raise CasebookError(f"the schema of {kind.name} is not JSON Schema: {error.message}") from error
        shapes[kind.name] = Shape(kind, schema, _VALIDATOR(schema), quick)
    return shapes


def _pattern_of_schema(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    # `$` is the end of the text in JSON Schema. In Python it also matches before a last line end.
    if isinstance(instance, str) and (instance.endswith("\n") or not re.search(pattern, instance)):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


_VALIDATOR = extend(Draft202012Validator, {"pattern": _pattern_of_schema})  # type: ignore[no-untyped-call]  # theirs


def _json(paths: Paths, name: str) -> dict[str, Any]:
    path = paths.schema / f"{name}.schema.json"
    try:
        schema = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CasebookError(f"the schema {paths.relative(path)} cannot be read: {error}") from error
    return schema if isinstance(schema, dict) else {}


def bundle(schema: Any, common: Mapping[str, Any], vocabularies: Vocabularies, kind: Kind) -> dict[str, Any]:
    """Return one self-contained schema: shared definitions and vocabularies that it uses stand in its `$defs`."""
    used: dict[str, Any] = {}

    def inlined(part: Any) -> Any:
        if isinstance(part, list):
            return [inlined(one) for one in part]
        if not isinstance(part, dict):
            return part
        return {key: target(value) if key == "$ref" else inlined(value) for key, value in part.items()}

    def target(reference: str) -> str:
        term = reference.removeprefix(_PREFIX)
        name = f"{term}-vocabulary" if reference.startswith(_PREFIX) else reference.rpartition("/")[2]
        if name not in used:
            used[name] = {}
            used[name] = enumeration(vocabularies[term]) if reference.startswith(_PREFIX) else inlined(common[name])
        return f"#/$defs/{name}"

    body = inlined(schema)
    sections = [{"heading": section.heading, "description": section.description} for section in kind.sections]
    return {**body, "$id": f"{kind.name}.schema.json", "x-sections": sections, "$defs": dict(sorted(used.items()))}


def enumeration(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return a vocabulary as a JSON Schema: an enumeration with a description for each term."""
    words = [f"{term.label}: {term.definition}" if term.definition else term.label for term in vocabulary]
    return {
        "title": vocabulary.title,
        "description": vocabulary.description,
        "type": "string",
        "enum": list(vocabulary.terms),
        "enumDescriptions": words,
        "x-vocabulary": vocabulary.name,
        "examples": list(vocabulary.terms)[:1],
    }


@dataclass(frozen=True, slots=True)
class Fault:
    """What the validator says, in plain types: which keyword with which value refuses what, and where that stands."""

    keyword: str
    value: Any
    schema: Mapping[str, Any]
    instance: Any
    steps: tuple[str | int, ...]
    message: str

    @classmethod
    def of(cls, error: ValidationError) -> Fault:
        """Return the fault that an error of the validator means."""
        schema = error.schema if isinstance(error.schema, dict) else {}
        steps = tuple(error.absolute_path)
        return cls(str(error.validator), error.validator_value, schema, error.instance, steps, error.message)

    @property
    def name(self) -> str:
        """The field that the fault is about."""
        names = [step for step in self.steps if isinstance(step, str)]
        return f"`{names[-1]}`" if names else "the front matter"

    @property
    def example(self) -> str:
        """An example of the schema in words, or nothing."""
        examples = self.schema.get("examples")
        return f"for example `{examples[0]}`" if examples and isinstance(examples[0], str | int) else ""


def _translated(error: ValidationError, document: Document) -> Iterator[Finding]:
    fault = Fault.of(error)
    translate = _TRANSLATORS.get(fault.keyword, _other)
    conditional = "then" in error.absolute_schema_path or "else" in error.absolute_schema_path
    publishing = conditional and document.status != "withdrawn"
    for finding in translate(fault, document):
        if publishing and document.demands is Severity.NOTE:
            yield UNFINISHED.at(finding.location, f"before publication: {finding.message}", severity=Severity.NOTE)
        elif publishing and finding.code != UNKNOWN_TERM.code:
            yield UNFINISHED.at(finding.location, finding.message, finding.hint)
        else:
            yield finding


def _additional(fault: Fault, document: Document) -> Iterator[Finding]:
    known = fault.schema["properties"]
    for key in fault.instance:
        if key not in known:
            where, misspelling = document.at_key(*fault.steps, key), Misspelling.of(key, known)
            hint = misspelling.hint or _fields(known, document)
            yield UNKNOWN_FIELD.at(where, f"there is no field `{key}` here", hint, misspelling=misspelling)


def _fields(known: Mapping[str, Any], document: Document) -> str:
    few = len(known) <= MOST_TERMS_NAMED
    names = ", ".join(f"`{name}`" for name in known)
    return f"known fields: {names}" if few else f"`casebook schema {document.kind.name}` prints all fields"


def _required(fault: Fault, document: Document) -> Iterator[Finding]:
    yield from _missing(fault.value, fault, document)


def _dependent(fault: Fault, document: Document) -> Iterator[Finding]:
    for key, needed in fault.value.items():
        if key in fault.instance:
            yield from _missing(needed, fault, document)


def _missing(needed: Iterable[str], fault: Fault, document: Document) -> Iterator[Finding]:
    for key in needed:
        if key not in fault.instance:
            where = document.at_key(*fault.steps)
            owner = f" in {fault.name}" if fault.steps else ""
            yield MISSING_FIELD.at(where, f"the field `{key}` is missing{owner}", f"add `{key}: …`")


def _enum(fault: Fault, document: Document) -> Iterator[Finding]:
    where = document.at(*fault.steps)
    if not isinstance(fault.instance, str):
        return
    vocabulary = fault.schema.get("x-vocabulary", "list")
    misspelling = Misspelling.of(fault.instance, fault.value)
    message = f"`{fault.instance}` is not a term of the vocabulary {vocabulary}"
    yield UNKNOWN_TERM.at(where, message, misspelling.hint or _terms(fault.value, vocabulary), misspelling=misspelling)


def _terms(terms: Sequence[str], vocabulary: str) -> str:
    few = len(terms) <= MOST_TERMS_NAMED
    return f"terms: {', '.join(terms)}" if few else f"the terms stand in schema/vocabularies/{vocabulary}.yml"


def _type(fault: Fault, document: Document) -> Iterator[Finding]:
    where = document.at(*fault.steps)
    if fault.instance is None:
        yield EMPTY_FIELD.at(where, f"{fault.name} is empty", fault.example)
    else:
        wanted = _TYPES.get(str(fault.value), str(fault.value))
        given = _GIVEN.get(type(fault.instance).__name__, "something else")
        yield WRONG_TYPE.at(where, f"{fault.name} must be {wanted} and is {given}", fault.example)


def _pattern(fault: Fault, document: Document) -> Iterator[Finding]:
    where = document.at(*fault.steps)
    meaning = fault.schema.get("description", "").partition(". ")[0].rstrip(".")
    message = f"{fault.name} has the wrong form: `{str(fault.instance)[:60]}`"
    yield WRONG_FORM.at(where, f"{message} ({meaning})" if meaning else message, fault.example)


def _range(fault: Fault, document: Document) -> Iterator[Finding]:
    rule, limit = fault.keyword, fault.value
    bound = "at least" if rule.startswith("min") else "at most"
    unit = next((words[limit != 1] for part, words in _UNITS.items() if rule.endswith(part)), "")
    size = len(fault.instance) if unit else fault.instance
    where = document.at(*fault.steps)
    message = f"{fault.name} must have {bound} {limit} {unit}" if unit else f"{fault.name} must be {bound} {limit}"
    yield OUT_OF_RANGE.at(where, f"{message} and {'has' if unit else 'is'} {size}")


def _unique(fault: Fault, document: Document) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, entry in enumerate(fault.instance):
        if repr(entry) in seen:
            where = document.at(*fault.steps, index)
            yield REPEATED_ENTRY.at(where, f"`{entry}` stands in {fault.name} a second time", "delete it")
        seen.add(repr(entry))


def _other(fault: Fault, document: Document) -> Iterator[Finding]:
    yield WRONG_FORM.at(document.at(*fault.steps), f"{fault.name} is not as the schema asks: {fault.message}")


_TRANSLATORS: dict[str, Callable[[Fault, Document], Iterator[Finding]]] = {
    "additionalProperties": _additional,
    "required": _required,
    "dependentRequired": _dependent,
    "enum": _enum,
    "type": _type,
    "pattern": _pattern,
    "uniqueItems": _unique,
    "minimum": _range,
    "maximum": _range,
    "minLength": _range,
    "maxLength": _range,
    "minItems": _range,
    "maxItems": _range,
    "minProperties": _range,
}
