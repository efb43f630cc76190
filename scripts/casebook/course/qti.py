"""A quiz as QTI 1.2.1 in the profile of Common Cartridge 1.1.

Choices carry their feedback in one condition with their score, because Moodle takes the last condition that names a
choice for its score. What all learners read afterwards is a condition that always holds and lets the next ones follow.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from casebook.course.xml import Maker, line, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from casebook.course.model import Choice, Question, Quiz

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_E = Maker(NAMESPACE, {None: NAMESPACE})
_RESPONSE, _GENERAL = "response", "general"
# The profile wants three choices at least where one is right; with two it is a question of the kind below.
_LEAST_CHOICES = 3
ESSAY, ONE, SEVERAL = "cc.essay.v0p1", "cc.multiple_choice.v0p1", "cc.multiple_response.v0p1"


def assessment(quiz: Quiz) -> bytes:
    """Return a quiz as a file."""
    fields = _E(
        "qtimetadata",
        *_fields(
            cc_profile="cc.exam.v0p1",
            qmd_assessmenttype="Examination",
            qmd_scoretype="Percentage",
            qmd_feedbackpermitted="Yes",
            cc_maxattempts="unlimited",
        ),
    )
    section = _E("section", *(_item(one, f"{quiz.id}.{one.id}") for one in quiz.questions), ident=f"{quiz.id}.section")
    whole = _E("assessment", fields, section, ident=quiz.id, title=line(quiz.title))
    return text(_E("questestinterop", whole))


def profile(question: Question) -> str:
    """Return the kind of a question in the profile of Common Cartridge."""
    if not question.choices:
        return ESSAY
    return ONE if len(question.choices) >= _LEAST_CHOICES else SEVERAL


def _fields(**entries: str) -> Iterator[etree._Element]:
    for label, entry in entries.items():
        yield _E("qtimetadatafield", _E("fieldlabel", label), _E("fieldentry", entry))


def _item(question: Question, ident: str) -> etree._Element:
    kind = profile(question)
    scored = "No" if kind == ESSAY else "Yes"
    return _E(
        "item",
        _E("itemmetadata", _E("qtimetadata", *_fields(cc_profile=kind, qmd_computerscored=scored))),
        _E("presentation", _material(question.question), _answered(question)),
        _E("resprocessing", _outcomes(), *_conditions(question)),
        _feedback(_GENERAL, question.answer),
        *(_feedback(f"feedback-{name}", choice.feedback) for name, choice in _named(question)),
        ident=ident,
        title=line(question.id),
    )


def _named(question: Question) -> list[tuple[str, Choice]]:
    return [(f"choice-{number}", choice) for number, choice in enumerate(question.choices, 1)]


def _material(words: str) -> etree._Element:
    html = "".join(f"<p>{escape(one, quote=False)}</p>" for one in words.split("\n") if one)
    return _E("material", _E("mattext", html, texttype="text/html"))


def _feedback(name: str, words: str) -> etree._Element:
    return _E("itemfeedback", _E("flow_mat", _material(words)), ident=name)


def _answered(question: Question) -> etree._Element:
    if not question.choices:
        return _E("response_str", _E("render_fib", rows="8", columns="60"), ident=_RESPONSE, rcardinality="Single")
    labels = (_E("response_label", _material(choice.text), ident=name) for name, choice in _named(question))
    cardinality = "Single" if profile(question) == ONE else "Multiple"
    return _E("response_lid", _E("render_choice", *labels), ident=_RESPONSE, rcardinality=cardinality)


def _outcomes() -> etree._Element:
    return _E("outcomes", _E("decvar", varname="SCORE", vartype="Decimal", minvalue="0", maxvalue="100"))


def _conditions(question: Question) -> Iterator[etree._Element]:
    always = _E("conditionvar", _E("other"))
    yield _E("respcondition", always, _displayed(_GENERAL), **{"continue": "Yes"})
    several = profile(question) == SEVERAL
    if several:
        yield _all_right(question)
    for name, choice in _named(question):
        score = [_scored()] if choice.right and not several else []
        condition = _E("conditionvar", _chosen(name))
        yield _E("respcondition", condition, *score, _displayed(f"feedback-{name}"), **{"continue": "No"})


def _all_right(question: Question) -> etree._Element:
    """Return the condition that all right choices are chosen, and none of the wrong ones."""
    parts = (_chosen(name) if choice.right else _E("not", _chosen(name)) for name, choice in _named(question))
    return _E("respcondition", _E("conditionvar", _E("and", *parts)), _scored(), **{"continue": "No"})


def _chosen(name: str) -> etree._Element:
    return _E("varequal", name, respident=_RESPONSE, case="Yes")


def _scored() -> etree._Element:
    return _E("setvar", "100", varname="SCORE", action="Set")


def _displayed(feedback: str) -> etree._Element:
    return _E("displayfeedback", feedbacktype="Response", linkrefid=feedback)
