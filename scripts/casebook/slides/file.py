"""A deck as a `.pptx` file (ECMA-376): the same deck gives the same bytes."""

from __future__ import annotations

import io
import unicodedata
import uuid
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.parts.slide import NotesSlidePart

from casebook import qr
from casebook.model import EDITORS
from casebook.slides import fit
from casebook.slides.deck import LETTER, NUMBER, PLAIN, SOURCE, Entry, Paragraph, Run, run
from casebook.slides.layout import CAPTION, FOOT, LAYOUTS, PICTURE, RIGHT, TEXT, TITLE
from casebook.slides.template import EMU, NAMES, place, template
from casebook.socialcard.wrap import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from casebook.slides.deck import Deck, Properties
    from casebook.slides.fit import Page
    from casebook.slides.layout import Box

# The earliest day that a zip can hold; the day of a build has no place in a file.
_DAY = (1980, 1, 1, 0, 0, 0)
# Of core properties, in letters.
_LONGEST = 255
_RTL = ("R", "AL")
# British English is what our texts are in.
_TAGS = {"en": "en-GB"}
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_NOTES = (
    "<p:notes {0}><p:cSld><p:spTree>"
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>'
    '</p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
    '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
    '<p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{1}</p:txBody></p:sp>'
    "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
)
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"


def written(deck: Deck) -> bytes:
    """Return a deck as a file."""
    language = deck.properties.language
    made = Presentation(io.BytesIO(template(language)))
    layouts = dict(zip(LAYOUTS, made.slide_layouts, strict=True))
    writer = _Writer(deck, _tag(language))
    names: list[str] = []
    for slide in deck.slides:
        for page in fit.pages(slide):
            names.append(slide.section)
            writer.write(made.slides.add_slide(layouts[slide.layout]), page, len(names))
    _name_notes(made)
    _add_sections(made, names, deck.properties.identifier)
    _describe(made.core_properties, deck.properties)
    file = io.BytesIO()
    made.save(file)
    return _packed(file)


class _Writer:
    """Writes the pages of one deck."""

    def __init__(self, deck: Deck, language: str) -> None:
        self.deck, self.language = deck, language

    def write(self, slide: Any, page: Page, number: int) -> None:
        """Fill a slide with its number: its title, its text, the QR code, the foot and the notes."""
        given = page.slide
        boxes = {one.placeholder_format.idx: one for one in slide.placeholders}
        for index, one in boxes.items():
            one.name = LAYOUTS[given.layout].box(index).name
        self._put(boxes[TITLE], [Paragraph((run(page.title),))], page.title_size, slide)
        for index, entries in ((TEXT, page.entries), (RIGHT, page.right)):
            if index in boxes:
                self._put(boxes[index], _paragraphs(entries), page.size, slide)
        if PICTURE in boxes:
            self._code(boxes, page, slide)
        footer = self.deck.footer if given.told else self.deck.silent_footer
        self._foot(slide, footer, dark=LAYOUTS[given.layout].dark)
        self._notes(slide, page, number)

    def _put(self, shape: Any, paragraphs: Sequence[Paragraph], size: int, slide: Any) -> None:
        body = shape._element.txBody  # noqa: SLF001  # python-pptx has no other way to lists and languages
        for old in body.findall(f"{{{body.nsmap['a']}}}p"):
            body.remove(old)
        first = 0
        for index, one in enumerate(paragraphs):
            follows = index and paragraphs[index - 1].style == one.style and one.style in (NUMBER, LETTER)
            first = first if follows else one.number
            spacing = 0 if not index else round(fit.before(one) * size * 100)
            body.append(parse_xml(self._paragraph(one, size, spacing, first, slide)))

    def _paragraph(self, one: Paragraph, size: int, spacing: int, first: int, slide: Any) -> str:
        left, hang = (round(value * EMU) for value in fit.indent(one, size))
        right = _is_right_to_left(one.text)
        around = ' algn="r" rtl="1"' if right else ""
        level = ' lvl="1"' if one.style == LETTER else ""
        runs = "".join(self._run(part, size, slide) for part in one.runs if part.text)
        return (
            f'<a:p {NAMES}><a:pPr marL="{left}" indent="{-hang}"{level}{around}><a:spcBef><a:spcPts val="{spacing}"/>'
            f"</a:spcBef>{_bullet(one, first)}</a:pPr>{runs}<a:endParaRPr lang={quoteattr(self.language)} "
            f'sz="{size * 100}"/></a:p>'
        )

    def _run(self, one: Run, size: int, slide: Any) -> str:
        language = _tag(one.language) if one.language else self.language
        look = (' b="1"' if one.bold else "") + (' baseline="30000"' if one.is_mark else "")
        colour = '<a:solidFill><a:schemeClr val="tx2"/></a:solidFill>' if one.quiet or one.is_mark else ""
        link = ""
        if one.link.startswith(("https://", "http://")):
            key = slide.part.relate_to(one.link, RT.HYPERLINK, is_external=True)
            link = f'<a:hlinkClick r:id="{key}"/>'
        return (
            f'<a:r><a:rPr lang={quoteattr(language)} sz="{size * 100}"{look} dirty="0">{colour}{link}</a:rPr>'
            f"<a:t>{escape(one.text)}</a:t></a:r>"
        )

    def _code(self, boxes: dict[int, Any], page: Page, slide: Any) -> None:
        """Put the QR code and its address in, or take their places away where there is none."""
        picture = page.slide.picture
        if picture is None:
            for index in (PICTURE, CAPTION):
                boxes[index]._element.getparent().remove(boxes[index]._element)  # noqa: SLF001
            return
        placed = boxes[PICTURE].insert_picture(io.BytesIO(qr.picture(picture.address)))
        about = f"QR code of {picture.address}, {cleaned(picture.about)}"
        placed.name = LAYOUTS[page.slide.layout].box(PICTURE).name
        placed._element.nvPicPr.cNvPr.set("descr", about)  # noqa: SLF001
        words = run(picture.address.partition("://")[2] or picture.address, link=picture.address)
        size = fit.caption_size(words.text, LAYOUTS[page.slide.layout].box(CAPTION))
        self._put(boxes[CAPTION], [Paragraph((words,))], size, slide)

    def _foot(self, slide: Any, words: str, *, dark: bool) -> None:
        tree = slide.shapes._spTree  # noqa: SLF001
        number = max(shape.shape_id for shape in slide.shapes) + 1
        for key, box in enumerate(FOOT, number):
            tree.append(parse_xml(_placed(box, key, self._foot_text(box, cleaned(words), dark=dark))))

    def _foot_text(self, box: Box, words: str, *, dark: bool) -> str:
        # All of it is in the layout too, but LibreOffice does not look there for the foot of a slide.
        colour = "bg1" if dark else box.colour
        look = (
            f'<a:rPr lang={quoteattr(self.language)} sz="{box.size * 100}"><a:solidFill><a:schemeClr val="{colour}"/>'
            '</a:solidFill><a:latin typeface="+mn-lt"/></a:rPr>'
        )
        text = f"<a:r>{look}<a:t>{escape(words)}</a:t></a:r>" if box.type == "ftr" else _number(look)
        return f'<a:p><a:pPr algn="{box.align}"/>{text}</a:p>'

    def _notes(self, slide: Any, page: Page, number: int) -> None:
        """Put in the notes. Those of python-pptx take longer than all the rest."""
        lines = "".join(
            f"<a:p><a:r><a:rPr lang={quoteattr(self.language)}/><a:t>{escape(cleaned(line))}</a:t></a:r></a:p>"
            for line in self._said(page)
        )
        package, name = slide.part.package, PackURI(f"/ppt/notesSlides/notesSlide{number}.xml")
        part = NotesSlidePart(name, CONTENT_TYPE.PML_NOTES_SLIDE, package, parse_xml(_NOTES.format(NAMES, lines)))
        part.relate_to(package.presentation_part.notes_master_part, RT.NOTES_MASTER)
        part.relate_to(slide.part, RT.SLIDE)
        slide.part.relate_to(part, RT.NOTES_SLIDE)

    def _said(self, page: Page) -> Iterator[str]:
        """Yield what the speaker should know: of the slide, of each entry, and the sources of what stands on it."""
        given = page.slide
        if page.title != given.title and page.title.endswith("…"):
            yield given.title
        yield from given.notes if page.is_first else given.notes[:1]
        shown = (*page.entries, *page.right)
        yield from (note for one in shown for note in one.notes)
        cited = dict.fromkeys(source for one in shown for source in one.sources)
        known = [self.deck.sources[one] for one in cited if one in self.deck.sources]
        if known:
            yield "Sources:"
            yield from known


def _placed(box: Box, key: int, paragraph: str) -> str:
    """Return a shape in the place that the layout has for a box."""
    return (
        f'<p:sp {NAMES}><p:nvSpPr><p:cNvPr id="{key}" name={quoteattr(box.name)}/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f"</p:cNvSpPr><p:nvPr>{place(box)}</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{paragraph}"
        "</p:txBody></p:sp>"
    )


def _number(look: str) -> str:
    """Return the field that shows the number of a slide."""
    return f'<a:fld id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum">{look}<a:t>‹#›</a:t></a:fld>'  # noqa: RUF001


def _paragraphs(entries: Iterable[Entry]) -> list[Paragraph]:
    return [paragraph for one in entries for paragraph in one.paragraphs]


def _bullet(one: Paragraph, first: int) -> str:
    if one.style in (PLAIN, SOURCE):
        return "<a:buNone/>"
    if one.style in (NUMBER, LETTER):
        kind = "arabicPeriod" if one.style == NUMBER else "alphaUcPeriod"
        start = f' startAt="{first}"' if first > 1 else ""
        return f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="{kind}"{start}/>'
    return '<a:buFont typeface="Arial"/><a:buChar char="•"/>'


def _is_right_to_left(text: str) -> bool:
    strong = (unicodedata.bidirectional(one) for one in text)
    return next((one for one in strong if one in ("L", *_RTL)), "L") in _RTL


def _tag(language: str) -> str:
    return _TAGS.get(language, language)


def _name_notes(made: Any) -> None:
    """Name the master of the notes, which the format asks for and python-pptx leaves out."""
    key = made.part.relate_to(made.part.notes_master_part, RT.NOTES_MASTER)
    named = f'<p:notesMasterIdLst {NAMES}><p:notesMasterId r:id="{key}"/></p:notesMasterIdLst>'
    made.part._element.sldMasterIdLst.addnext(parse_xml(named))  # noqa: SLF001


def _add_sections(made: Any, names: Sequence[str], identifier: str) -> None:
    """Part the deck, as PowerPoint shows it at the side; other programs pass over it."""
    groups: dict[str, list[str]] = {}
    for name, one in zip(names, made.slides._sldIdLst, strict=True):  # noqa: SLF001
        groups.setdefault(name, []).append(f'<p14:sldId id="{one.id}"/>')
    parts = "".join(
        f"<p14:section name={quoteattr(name)} id={quoteattr(_guid(f'{identifier} {name}'))}><p14:sldIdLst>"
        f"{''.join(ids)}</p14:sldIdLst></p14:section>"
        for name, ids in groups.items()
    )
    root = made.part._element  # noqa: SLF001
    for old in root.findall(f"{{{root.nsmap['p']}}}extLst"):
        root.remove(old)
    root.append(
        parse_xml(
            f'<p:extLst {NAMES}><p:ext uri="{_SECTIONS}"><p14:sectionLst xmlns:p14="{_P14}">{parts}</p14:sectionLst>'
            "</p:ext></p:extLst>"
        )
    )


def _guid(name: str) -> str:
    return f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, name)).upper()}}}"


def _describe(properties: Any, given: Properties) -> None:
    properties.title = cleaned(given.title)[:_LONGEST]
    properties.subject = cleaned(given.subject)[:_LONGEST]
    properties.author = EDITORS
    properties.last_modified_by = EDITORS
    properties.keywords = _whole_words(cleaned(given.keywords))
    properties.language = _tag(given.language)
    properties.comments = cleaned(given.authors)[:_LONGEST]
    properties.revision = max(given.version, 1)
    properties.version = str(given.version)
    properties.identifier = cleaned(given.identifier)[:_LONGEST]
    properties.created, properties.modified = _moment(given.created), _moment(given.modified)


def _whole_words(keywords: str) -> str:
    """Return as many keywords as the property can hold."""
    return keywords if len(keywords) <= _LONGEST else keywords[:_LONGEST].rpartition(",")[0]


def _moment(day: str) -> datetime:
    """Return the beginning of a day; without one, the earliest day that a file can hold."""
    return datetime.fromisoformat(day) if day else datetime(*_DAY[:3])  # noqa: DTZ001  # the format has no zone


def _packed(file: io.BytesIO) -> bytes:
    """Return a package with its parts in one order and without the time at which they were written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(file) as given, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(given.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, given.read(name))
    return packed.getvalue()
