"""A document that leaves the company, and the pieces of HTML it is made of.

There is one text; every form is made from it. Whatever came from a file is escaped here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from rolebook.audiences.sections import TASK

NOTHING = Markup("")
_ON_NEW_PAGE = Markup(' class="new-page"')
# Where it does not fit, it scrolls, which a keyboard can do only if it can be reached.
_PICTURE = Markup('<div class="chart" tabindex="0" role="region" aria-label="Chart">{}</div>\n')


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands below it."""

    heading: str
    html: Markup
    level: int = 2
    picture: Markup = NOTHING
    """A drawing of what the text says, for forms that can show one."""
    on_new_page: bool = False
    """Whether it begins a page on paper."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text for one reader."""

    title: str
    kind: str
    """What it is and whose, such as `Role pack · The Patient Loaf`."""
    lead: str
    parts: tuple[Part, ...]

    def article(self, pictures: bool) -> Markup:
        """The whole text; `pictures` says whether drawings are in it."""
        pieces = [Markup('<p class="kind">{}</p>\n<h1>{}</h1>\n').format(self.kind, self.title)]
        if self.lead:
            pieces.append(Markup('<p class="lead">{}</p>\n').format(self.lead))
        for part in self.parts:
            style = _ON_NEW_PAGE if part.on_new_page else NOTHING
            heading = Markup("<h{0}{1}>{2}</h{0}>\n").format(part.level, style, part.heading)
            picture = _PICTURE.format(part.picture) if pictures and part.picture else NOTHING
            pieces.append(heading + picture + part.html + "\n")
        return Markup("").join(pieces)


def paragraph(text: object) -> Markup:
    """`text` as a paragraph; empty for empty text."""
    return Markup("<p>{}</p>").format(text) if text else NOTHING


def points(items: Iterable[object], kind: str = "") -> Markup:
    """A list; empty when there are no `items`."""
    listed = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    opening = Markup('<ul class="{}">').format(kind) if kind else Markup("<ul>")
    return opening + listed + Markup("</ul>") if listed else NOTHING


def named(pairs: Iterable[tuple[str, object]], kind: str = "rb-named") -> Markup:
    """A list of values with their names, without those that are empty."""
    return points((Markup("<em>{}:</em> {}").format(name, value) for name, value in pairs if value), kind)


def boxes(items: Iterable[str]) -> Markup:
    """A list of things to tick off."""
    listed = Markup("").join(Markup('<li class="{}">☐ {}</li>').format(TASK, item) for item in items)
    return Markup("<ul>{}</ul>").format(listed)


def joined(*pieces: Markup | str) -> Markup:
    """The pieces that are there, one a line."""
    return Markup("\n").join(escape(piece) for piece in pieces if piece)
