"""The schemas: every field explained, every example true, and one self-contained schema for each kind."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from tests.support import ROOT, write

from casebook import model
from casebook.finding import CasebookError
from casebook.registry import KINDS, Kind
from casebook.shape import load_shapes
from casebook.vocabulary import load_vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from casebook.shape import Shape, Shapes
    from casebook.vocabulary import Vocabularies

Part = tuple[str, dict[str, Any]]
by_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def parts(name: str, schema: Mapping[str, Any]) -> Iterator[Part]:
    """Yield a schema and every schema inside it, with the way to it; conditions are left out."""
    yield name, dict(schema)
    for key, part in {**schema.get("properties", {}), **schema.get("$defs", {})}.items():
        yield from parts(f"{name}.{key}", part)
    if isinstance(schema.get("items"), dict):
        yield from parts(f"{name}[]", schema["items"])


def resolved(shape: Shape, part: Mapping[str, Any]) -> dict[str, Any]:
    """Return a part of a schema together with what it refers to."""
    return {**shape.resolved(part), **{key: value for key, value in part.items() if key != "$ref"}}


@by_kind
def test_every_part_is_explained(kind: Kind, shapes: Shapes) -> None:
    """Each property and each entry of a list has a title, a description and an example; editors show them."""
    shape = shapes[kind.name]
    for name, part in list(parts(kind.name, shape.schema))[1:]:
        whole = resolved(shape, part)
        assert whole.get("title"), name
        assert str(whole.get("description")).endswith("."), name
        has_fields = "properties" in whole and name.endswith("[]")
        assert whole.get("examples") or has_fields, name


@by_kind
def test_every_example_fits(kind: Kind, shapes: Shapes) -> None:
    """Each example of each part validates against the part itself."""
    shape = shapes[kind.name]
    for name, part in parts(kind.name, shape.schema):
        validator = Draft202012Validator({"$defs": shape.schema["$defs"], **part})
        for example in part.get("examples", ()):
            assert [error.message for error in validator.iter_errors(example)] == [], name


@by_kind
def test_a_bundled_schema_stands_alone(kind: Kind, shapes: Shapes) -> None:
    """The schema of a kind is JSON Schema 2020-12, and every reference in it leads to one of its own definitions."""
    schema = shapes[kind.name].schema
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    targets = {line.split('"')[3] for line in json.dumps(schema, indent=0).splitlines() if line.startswith('"$ref"')}
    assert targets == {f"#/$defs/{name}" for name in schema["$defs"]}


@by_kind
def test_a_bundled_schema_carries_vocabularies_and_sections(
    kind: Kind, shapes: Shapes, vocabularies: Vocabularies
) -> None:
    """Terms of a vocabulary are an enumeration with their meaning; sections of the body stand beside the fields."""
    schema = shapes[kind.name].schema
    topics = schema["$defs"]["topics-vocabulary"]
    assert topics["enum"] == list(vocabularies["topics"].terms)
    assert len(topics["enumDescriptions"]) == len(topics["enum"])
    assert [section["heading"] for section in schema["x-sections"]] == [one.heading for one in kind.sections]


@by_kind
def test_every_field_has_a_place_in_the_form(kind: Kind, shapes: Shapes) -> None:
    """The parts of the web form name each field once, and the text."""
    schema = shapes[kind.name].schema
    placed = [name for part in schema["x-parts"] for name in part["fields"]]
    assert sorted(placed) == sorted([*schema["properties"], "text"])
    assert len({part["id"] for part in schema["x-parts"]}) == len(schema["x-parts"])


@by_kind
def test_conditions_name_fields_that_exist(kind: Kind, shapes: Shapes) -> None:
    """What publication asks for is among the properties."""
    schema = shapes[kind.name].schema
    for condition in (schema["then"], schema["else"]["then"]):
        assert {*condition["required"], *condition.get("properties", {})} <= set(schema["properties"])


@by_kind
def test_the_model_has_the_fields_of_the_schema(kind: Kind, shapes: Shapes) -> None:
    """Each field of the schema, at every depth, is a field of the model, and no other is."""
    shape = shapes[kind.name]
    own = {"path", "images"}
    assert _differences(model.CLASSES[kind.name], shape.schema, shape) == {f"{kind.name}.{name}" for name in own}


def _differences(cls: type, schema: Mapping[str, Any], shape: Shape, name: str = "") -> set[str]:
    name = name or shape.kind.name
    fields = {field.name for field in dataclasses.fields(cls)}
    found = {f"{name}.{field}" for field in fields ^ set(schema["properties"])}
    hints = typing.get_type_hints(cls)
    for field in fields & set(schema["properties"]):
        inner = _dataclass(hints[field])
        part = resolved(shape, schema["properties"][field])
        part = resolved(shape, part["items"]) if "items" in part else part
        if inner is not None:
            found |= _differences(inner, part, shape, f"{name}.{field}")
        else:
            assert "properties" not in part, f"{name}.{field}"
    return found


def _dataclass(hint: Any) -> type | None:
    inner = typing.get_args(hint) if isinstance(hint, types.UnionType) or typing.get_origin(hint) is tuple else (hint,)
    return next((one for one in inner if dataclasses.is_dataclass(one) and isinstance(one, type)), None)


def test_typed_keeps_texts(shapes: Shapes) -> None:
    """What YAML readers love to change stays the text that the author wrote."""
    texts = {"title": "1.10", "summary": "no", "language": "NO", "keywords": ["007", "2001-03-05", "0x1F", "1_000"]}
    assert shapes["case-study"].typed(texts) == texts


def test_typed_makes_whole_numbers_where_the_schema_asks_for_them(shapes: Shapes) -> None:
    """Whole numbers are numbers in their fields, at every depth, and nowhere else."""
    written = {"version": "2", "teaching": {"minutes": "045"}, "sources": [{"year": "1988", "identifier": "1988"}]}
    typed = {"version": 2, "teaching": {"minutes": 45}, "sources": [{"year": 1988, "identifier": "1988"}]}
    assert shapes["case-study"].typed(written) == typed


@pytest.mark.parametrize("text", ["-1", "+1", "1.0", "1e3", "٣", "²", "", " 1", "one"])
def test_typed_leaves_what_is_no_whole_number(text: str, shapes: Shapes) -> None:
    """Signs, fractions, digits of other scripts and words stay text, so that the schema can refuse them."""
    assert shapes["case-study"].typed({"version": text}) == {"version": text}


@pytest.mark.parametrize("data", [None, "text", [], [[]], {"sources": "text"}, {"sources": [[{"year": "1"}]]}])
def test_typed_takes_any_shape(data: Any, shapes: Shapes) -> None:
    """Front matter of the wrong shape passes through unharmed."""
    assert shapes["case-study"].typed(data) == data


BROKEN = {
    "no-json": ("case-study", "{"),
    "not-a-schema": ("case-study", '{"type": "texts"}'),
    "unknown-definition": ("case-study", '{"properties": {"a": {"$ref": "common.schema.json#/$defs/nothing"}}}'),
    "unknown-vocabulary": ("case-study", '{"properties": {"a": {"$ref": "vocabulary:nothing"}}}'),
    "no-definitions": ("common", "{}"),
}


@pytest.mark.parametrize(("name", "text"), BROKEN.values(), ids=BROKEN)
def test_a_broken_schema_is_trouble_of_the_tool(name: str, text: str, tmp_path: Path) -> None:
    """A schema that cannot be used ends with one sentence and not with a stack of calls."""
    paths = write(tmp_path, {f"schema/{name}.schema.json": text})
    with pytest.raises(CasebookError):
        load_shapes(paths, load_vocabularies(paths)[0])


def test_a_missing_schema_is_trouble_of_the_tool(tmp_path: Path) -> None:
    """The sentence names the file that is not there."""
    paths = write(tmp_path, {"schema/extra.txt": ""})
    (paths.schema / "best-practice.schema.json").unlink()
    with pytest.raises(CasebookError, match=r"schema/best-practice\.schema\.json cannot be read"):
        load_shapes(paths, load_vocabularies(paths)[0])


def test_each_schema_file_is_used() -> None:
    """There is a schema for each kind and one for what they share, and no other."""
    names = {path.name.removesuffix(".schema.json") for path in (ROOT / "schema").glob("*.json")}
    assert names == {"common", *(kind.name for kind in KINDS)}
