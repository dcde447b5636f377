"""Cuts out the parts of a role's body that an audience may see, as HTML for paper, mail and other sites.

Cut from the HTML of the role's own page by an allowlist of headings, and within them of HTML elements.
Links that lead inside are not on it; the text of such a link stays. A picture is shown when it can be put in
whole.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape

import nh3
from markupsafe import Markup

from rolebook.body import Reader
from rolebook.body.events import INLINE, VOID, Close, Open, TextRun, events

Picture = Callable[[str], str]
"""Turns the address of a picture in a body into a `data:` address; empty when the picture is missing."""


def no_picture(address: str) -> str:
    """A `Picture` that has no pictures."""
    return ""


_ELEMENTS = (
    "p br hr blockquote pre code em strong s del ins sub sup kbd mark b i u small a ul ol li dl dt dd"
    " table thead tbody tfoot tr th td h2 h3 h4 h5 h6 div details summary figure figcaption"
)
_ATTRIBUTES = {"*": set[str](), "a": {"href"}, "ol": {"start"}, "th": {"style"}, "td": {"style"}}
_CRITIC, _DRAFT = "critic", ("span", "del")
"""Comments and deleted text in the marks of CriticMarkup are for whoever works on the text."""
_LINES = INLINE | {"p", "td", "th", "dt", "summary", "figcaption", "h2", "h3", "h4", "h5", "h6"}
"""Elements in which blanks part words; elsewhere they part elements."""
_UNSEEN = "script style template noscript iframe object embed svg math head title textarea select audio video"
"""Elements that go with all that stands in them."""
MAX_PICTURES = 12
"""Pictures of one section that a document has in itself; each may have some hundred kilobytes."""
TASK = "rb-task"
"""Class of a list's item that has a box to tick in place of a bullet."""
NAMELESS = "Picture"
"""Says in place of a picture's own words that there is one."""
_OUTSIDE = ("https://", "http://", "mailto:")
_TASK_BOX = re.compile(r"\[([ xX])\] ")
_EMPTY = re.compile(r"<(p|div|li|ul|ol|blockquote|figure|details|summary)>\s*</\1>\s*|<sup></sup>")
_EMPTY_HEADINGS = tuple(
    re.compile(rf"<h{level}>(?:(?!</h{level}>).)*</h{level}>\s*(?=<h[2-{level}]>|\Z)", re.DOTALL)
    for level in (6, 5, 4, 3, 2)
)
"""With nothing below; the deepest first, since a heading whose own headings go may be left with nothing."""
_MARK, _END = "\ufdd0", "\ufdd1"
"""Stand for a picture until its section is sanitised; bodies are read without these two characters."""


@dataclass(frozen=True, slots=True)
class Section:
    """A `##` section that may be seen."""

    heading: str
    html: Markup


def visible_sections(
    reader: Reader,
    body: str,
    is_visible: Callable[[str], bool],
    picture: Picture = no_picture,
) -> tuple[Section, ...]:
    """Cut out the sections of `body` whose heading `is_visible` and that say something."""
    shown = (
        Section(each.heading, _as_html(each.html, picture)) for each in reader.excerpts(body, is_visible)
    )
    return tuple(section for section in shown if section.html)


def _as_html(html: str, picture: Picture) -> Markup:
    """Keep what is allowed of a section's `html`."""
    html = html.replace(_MARK, "").replace(_END, "")
    paper = _Paper(picture)
    html = _cleaner().clean(paper.written(html))
    while (less := _EMPTY.sub("", html)) != html:
        html = less
    for empty in _EMPTY_HEADINGS:
        html = empty.sub("", html)
    for place, markup in enumerate(paper.pictures):
        html = html.replace(f"{_MARK}{place}{_END}", markup, 1)
    return Markup(html.strip())


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_ELEMENTS.split()),
        attributes=_ATTRIBUTES,
        clean_content_tags=set(_UNSEEN.split()),
        filter_style_properties={"text-align"},
        allowed_classes={"li": {TASK}},
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )


_DROPPED = frozenset(["footnote", "footnote-ref", "toc", "headerlink"])
"""Classes of elements that go with all that is in them: they lead to other parts of the page."""
_ON_SCREEN = (
    "highlight rb-chart rb-chart-view tabbed-content tabbed-set task-list-control task-list-indicator"
)
_UNWRAPPED = frozenset(_ON_SCREEN.split())
"""Classes of elements that only a screen needs; what is in them stays."""


class _Paper:
    """Writes a section again with what paper and mail can show: boxes to tick, notes as quotations."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self.pictures: list[Markup] = []
        self._written: list[str] = []
        self._open: list[tuple[str, str]] = []
        """Of each element that is open, its tag and what closes it."""
        self._hidden = 0
        """How many elements were open when a hidden one began; 0 while none is hidden."""
        self._labels: list[str] = []
        """Names of tabs whose text is still to come."""
        self._ticked = False
        """Whether a box is the last that was written."""
        self._item = -1
        """Where the list item begins of which nothing is written yet; -1 for none."""

    def written(self, html: str) -> str:
        """Write the section `html`, with a mark in the place of each of `pictures`."""
        for event in events(html):
            if isinstance(event, TextRun):
                self._text(event.text)
            elif isinstance(event, Close):
                self._close()
            elif event.tag in VOID:
                self._void(event)
            else:
                self._begin(event)
        return "".join(self._written)

    def _begin(self, event: Open) -> None:
        classes = frozenset(event.classes)
        is_draft = event.tag in _DRAFT and _CRITIC in classes
        if not self._hidden and (is_draft or classes & _DROPPED):
            self._hidden = len(self._open) + 1
        if self._hidden:
            self._open.append((event.tag, ""))
            return
        begin, end = self._in_place_of(event, classes)
        self._open.append((event.tag, end))
        self._written.append(begin)
        if event.tag == "li":
            self._item = len(self._written) - 1

    def _in_place_of(self, event: Open, classes: frozenset[str]) -> tuple[str, str]:
        """What begins and what ends an element here."""
        if "tabbed-labels" in classes:
            self._labels = []
            return "", ""
        if event.tag == "label" and not classes & _UNWRAPPED:
            if self._in_labels():
                self._labels.append("")
                return "", ""
            return "<p><strong>", "</strong></p>"
        if "tabbed-block" in classes:
            label = self._labels.pop(0) if self._labels else ""
            return f"<blockquote>\n<p><strong>{escape(label)}</strong></p>", "</blockquote>"
        if "admonition-title" in classes:
            return "<p><strong>", "</strong></p>"
        if event.tag == "div" and "admonition" in classes:
            return "<blockquote>", "</blockquote>"
        leads_inside = event.tag == "a" and not event.attributes.get("href", "").lower().startswith(_OUTSIDE)
        if leads_inside or classes & _UNWRAPPED:
            return "", ""
        return event.markup, f"</{event.tag}>"

    def _in_labels(self) -> bool:
        return bool(self._open) and self._open[-1] == ("div", "")

    def _close(self) -> None:
        _, end = self._open.pop()
        if not self._hidden:
            self._written.append(end)
        elif len(self._open) < self._hidden:
            self._hidden = 0

    def _void(self, event: Open) -> None:
        if self._hidden:
            return
        if event.tag == "img":
            self._written.append(self._placed(event))
        elif event.tag == "input":
            if event.attributes.get("type") == "checkbox" and self._item >= 0:
                self._tick("checked" in event.attributes)
        else:
            self._written.append(event.markup)

    def _tick(self, done: bool) -> None:
        self._written[self._item] = f'<li class="{TASK}">'
        self._written.append("☑ " if done else "☐ ")
        self._item = -1
        self._ticked = True

    def _text(self, text: str) -> None:
        if self._hidden:
            return
        if self._open and self._open[-1][0] == "label" and self._labels and self._open[-1][1] == "":
            self._labels[-1] += text
            return
        if self._ticked and text.strip():
            text, self._ticked = text.lstrip(), False
        if self._item >= 0 and text.strip():
            if box := _TASK_BOX.match(text.lstrip()):
                self._tick(box[1] != " ")
                text = text.lstrip()[box.end() :]
            self._item = -1
        if not any(tag == "pre" for tag, _ in self._open):
            # Where a line of the file ends says nothing; in a text to be pasted it would break the line.
            in_line = bool(text.strip()) or (self._open and self._open[-1][0] in _LINES)
            text = text.replace("\n", " ") if in_line else "\n" * (not self._ends_line())
        self._written.append(escape(text, quote=False))

    def _ends_line(self) -> bool:
        written = (each for each in reversed(self._written) if each)
        return next(written, "\n").endswith("\n")

    def _placed(self, image: Open) -> str:
        """Put a mark in the place of a picture, or nothing where it is missing."""
        room = len(self.pictures) < MAX_PICTURES
        address = self._picture(image.attributes.get("src", "")) if room else ""
        if not address:
            return ""
        alternative = image.attributes.get("alt") or NAMELESS
        self.pictures.append(Markup('<img src="{}" alt="{}">').format(address, alternative))
        return f"{_MARK}{len(self.pictures) - 1}{_END}"
