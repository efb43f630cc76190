"""JSON Schemas (draft 2020-12) of what the data files hold, made from the same fields and classes as the files.

They are exact: a field that they do not name is a fault of this build.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from types import UnionType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from casebook.export import _record
from casebook.export._field import NUMBER, TEXT, Field, closed, whole
from casebook.model import CLASSES
from casebook.registry import KINDS

if TYPE_CHECKING:
    from casebook.registry import Kind
    from casebook.shape import Shape, Shapes

_COUNTS = (
    Field("cases", NUMBER, "How many cases can be read."),
    Field("practices", NUMBER, "How many best practices can be read."),
    Field("exercises", NUMBER, "How many exercises can be read."),
    Field("paths", NUMBER, "How many learning paths can be read."),
)
LIBRARY = (
    _record.API,
    Field("name", TEXT, "Name of the library."),
    _record.LICENCE,
    Field("licence_name", TEXT, "Short name of the licence."),
)
_PLAIN = {str: {"type": "string"}, int: {"type": "integer"}}


def components(shapes: Shapes) -> dict[str, Any]:
    """Return the schemas of what the API answers, by name; one for each kind of item, and one for withdrawn ones."""
    found = {"library": _library(), "entry": whole(_record.ENTRY, title="Entry", description=_ENTRY)}
    return found | {kind.name: _item(kind, shapes[kind.name]) for kind in KINDS} | {"withdrawn": _withdrawn(shapes)}


def reference(name: str) -> dict[str, str]:
    """Return a reference to the schema with a name, as the description of the API writes it."""
    return {"$ref": f"#/components/schemas/{name}"}


_ENTRY = "What a list says of an item."


def _library() -> dict[str, Any]:
    parts = {
        **{field.name: field.schema for field in LIBRARY},
        "counts": whole(_COUNTS, description="How many items of each kind can be read; withdrawn ones do not count."),
        "items": {"type": "array", "description": "All items by id, withdrawn ones too.", "items": reference("entry")},
    }
    return closed(parts, parts, title="Library", description="All items, with what a list needs.")


def _head() -> dict[str, Any]:
    return {field.name: field.schema for field in (_record.API, _record.LICENCE, *_record.ENTRY)}


def _item(kind: Kind, shape: Shape) -> dict[str, Any]:
    """Return the schema of the record of an item that is shown."""
    head, cls = _head(), CLASSES[kind.name]
    own = _own(cls, shape)
    close = whole(_record.CLOSE_TO)
    links = {
        "linked_from": whole(_record.LINKED_FROM, description="What leads to this item."),
        "close_to": {"type": "array", "items": close, "description": "Items that share much, the closest first."},
    }
    status = {**head["status"], "enum": [name for name in _record.STATUSES if name != "withdrawn"]}
    # What the list says of every item comes first, and comes always.
    parts = {**head, **{name: schema for name, schema in own.items() if name not in head}, **links}
    fixed = {"kind": {**head["kind"], "enum": [kind.name]}, "status": status}
    return closed({**parts, **fixed}, [*head, *links], title=kind.label, description=f"{kind.noun.capitalize()}.")


def _withdrawn(shapes: Shapes) -> dict[str, Any]:
    kind = KINDS[0]
    own = _own(CLASSES[kind.name], shapes[kind.name])
    status = {**_head()["status"], "enum": ["withdrawn"]}
    parts = {**_head(), "status": status, **{name: own[name] for name in _record.OF_WITHDRAWN}}
    return closed(parts, parts, title="Withdrawn item", description="An item that was taken back, and why.")


def _own(cls: type, shape: Shape) -> dict[str, Any]:
    hints = get_type_hints(cls)
    names = [field.name for field in fields(cls) if field.name not in _record.INTERNAL]
    return {name: _value(hints[name], shape, name) for name in names}


def _value(hint: Any, shape: Shape, *steps: str | int) -> dict[str, Any]:
    """Return the schema of a value of the model; words about it come from the schema of the item."""
    words = _words(shape, *steps)
    if hint in _PLAIN:
        return {**_PLAIN[hint], **words}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _value(get_args(hint)[0], shape, *steps, 0), **words}
    if isinstance(hint, UnionType):
        (inner,) = [one for one in get_args(hint) if one is not type(None)]
        return _or_null(_value(inner, shape, *steps), top=len(steps) == 1)
    if not is_dataclass(hint):
        raise TypeError(f"{hint} is no type of the data")  # a fault of the model, seen by the first test
    hints = get_type_hints(hint)
    parts = {field.name: _value(hints[field.name], shape, *steps, field.name) for field in fields(hint)}
    return closed(parts, parts, **words)


def _or_null(schema: dict[str, Any], *, top: bool) -> dict[str, Any]:
    """Return the schema of a value that can be missing: at the top it is then left out, elsewhere it is null."""
    return schema if top else {**schema, "type": [schema["type"], "null"]}


def _words(shape: Shape, *steps: str | int) -> dict[str, Any]:
    part = shape.part(*steps) or {}
    return {key: part[key] for key in ("title", "description", "x-vocabulary") if key in part}
