"""A course as IMS Common Cartridge 1.1, the version that Moodle and Canvas import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.archive import zipped
from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL, Artifact
from casebook.course import qti
from casebook.course.html import content, document
from casebook.course.model import INSTRUCTOR, Discussion, Page, WebLink
from casebook.course.xml import SCHEMA_INSTANCE, Maker, line, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from casebook.course.model import Course, Module, Resource

MANIFEST = "imsmanifest.xml"
NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
LOM_MANIFEST = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
LOM_RESOURCE = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource"
WEB_LINK = "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"
TOPIC = "http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"
# Of each type of resource: how Common Cartridge calls it, and the folder and the ending of its file.
TYPES = {
    "link": ("imswl_xmlv1p1", "links", "xml"),
    "page": ("webcontent", "pages", "html"),
    "discussion": ("imsdt_xmlv1p1", "discussions", "xml"),
    "quiz": ("imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "quizzes", "xml"),
}
# Moodle looks for the name space in the first 500 bytes, so no more prefixes than these stand at the root.
_E = Maker(NAMESPACE, {None: NAMESPACE, "lomm": LOM_MANIFEST, "lomr": LOM_RESOURCE, "xsi": SCHEMA_INSTANCE})
_M, _R = Maker(LOM_MANIFEST, {"lomm": LOM_MANIFEST}), Maker(LOM_RESOURCE, {"lomr": LOM_RESOURCE})
_L, _D = Maker(WEB_LINK, {None: WEB_LINK}), Maker(TOPIC, {None: TOPIC})


def cartridge(course: Course) -> bytes:
    """Return a course as a cartridge."""
    return zipped(files(course), course.day)


def files(course: Course) -> Iterator[Artifact]:
    """Yield the files of a cartridge, the manifest first."""
    yield Artifact(MANIFEST, _manifest(course))
    for resource in course.resources:
        yield Artifact(_path(resource), _content(resource))


def _path(resource: Resource) -> str:
    _, folder, ending = TYPES[resource.type]
    return f"{folder}/{resource.id}.{ending}"


def _content(resource: Resource) -> bytes | str:
    if isinstance(resource, WebLink):
        return text(_L("webLink", _L("title", line(resource.title)), _L("url", href=resource.address, target="_blank")))
    if isinstance(resource, Discussion):
        return text(_D("topic", _D("title", line(resource.title)), _D("text", resource.html, texttype="text/html")))
    if isinstance(resource, Page):
        return document(resource.title, content(resource), resource.language)
    return qti.assessment(resource)


def _manifest(course: Course) -> bytes:
    modules = _E("item", *(_module(module) for module in course.modules), identifier="root")
    organization = _E("organization", modules, identifier="organization", structure="rooted-hierarchy")
    whole = _E(
        "manifest",
        _E("metadata", _E("schema", "IMS Common Cartridge"), _E("schemaversion", "1.1.0"), _described(course)),
        _E("organizations", organization),
        _E("resources", *(_resource(resource) for resource in course.resources)),
        identifier=f"course-{course.id}",
    )
    return text(whole)


def _described(course: Course) -> etree._Element:
    def words(value: str) -> etree._Element:
        return _M("string", value, language=course.language)

    rights = f"{course.credit} {CONTENT_LICENCE}, {CONTENT_LICENCE_URL}"
    return _M(
        "lom",
        _M(
            "general",
            _M("title", words(line(course.title))),
            _M("language", course.language),
            _M("description", words(course.description)),
            *(_M("keyword", words(keyword)) for keyword in course.keywords),
        ),
        _M(
            "rights",
            _M("copyrightAndOtherRestrictions", _M("value", "yes")),
            _M("description", words(rights)),
        ),
    )


def _module(module: Module) -> etree._Element:
    parts = (
        _E("item", _E("title", line(one.title)), identifier=f"item-{one.id}", identifierref=f"resource-{one.id}")
        for one in module.resources
    )
    return _E("item", _E("title", line(module.title)), *parts, identifier=f"module-{module.id}")


def _resource(resource: Resource) -> etree._Element:
    kind, _, _ = TYPES[resource.type]
    path = _path(resource)
    role = [_for_instructors()] if isinstance(resource, WebLink) and resource.role == INSTRUCTOR else []
    # Only what is shown as it stands has an address of its own.
    own = {"href": path} if isinstance(resource, Page) else {}
    return _E("resource", *role, _E("file", href=path), identifier=f"resource-{resource.id}", type=kind, **own)


def _for_instructors() -> etree._Element:
    role = _R("intendedEndUserRole", _R("source", "IMSGLC_CC_Rolesv1p1"), _R("value", INSTRUCTOR))
    return _E("metadata", _R("lom", _R("educational", role)))
