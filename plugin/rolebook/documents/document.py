"""A document that leaves the company, and the pieces of HTML it is made of.

There is one text; every form is made from it. Whatever came from a file is escaped here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from rolebook.language import gettext
from rolebook.visibility.sections import TASK

NOTHING = Markup("")
# Where it does not fit, it scrolls, which a keyboard can do only if it can be reached.
_PICTURE = Markup('<div class="chart" tabindex="0" role="region" aria-label="{}">{}</div>\n')


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with the text below it."""

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
    """What it is, and of which organisation, such as `Role pack · The Patient Loaf`."""
    lead: str
    parts: tuple[Part, ...]

    def article(self, pictures: bool) -> Markup:
        """The whole text; `pictures` says whether drawings are in it."""
        pieces = [f'<p class="kind">{escape(self.kind)}</p>\n<h1>{escape(self.title)}</h1>\n']
        if self.lead:
            pieces.append(f'<p class="lead">{escape(self.lead)}</p>\n')
        for part in self.parts:
            style = ' class="new-page"' if part.on_new_page else ""
            pieces.append(f"<h{part.level}{style}>{escape(part.heading)}</h{part.level}>\n")
            if pictures and part.picture:
                pieces.append(_PICTURE.format(gettext("Chart"), part.picture))
            pieces.append(f"{escape(part.html)}\n")
        return Markup("".join(pieces))


def paragraph(text: object) -> Markup:
    """`text` as a paragraph; empty for empty text."""
    return Markup(f"<p>{escape(text)}</p>") if text else NOTHING


def points(items: Iterable[object], kind: str = "") -> Markup:
    """A list; empty when there are no `items`."""
    listed = "".join(f"<li>{escape(item)}</li>" for item in items)
    style = f' class="{escape(kind)}"' if kind else ""
    return Markup(f"<ul{style}>{listed}</ul>") if listed else NOTHING


def named(pairs: Iterable[tuple[str, object]], kind: str = "rb-named") -> Markup:
    """A list of values with their names, without those that are empty."""
    return points(
        (
            Markup("<em>{}{}</em> {}").format(name, gettext(": ").rstrip(" "), value)
            for name, value in pairs
            if value
        ),
        kind,
    )


def boxes(items: Iterable[str]) -> Markup:
    """A list of things to tick off."""
    listed = "".join(f'<li class="{TASK}">☐ {escape(item)}</li>' for item in items)
    return Markup(f"<ul>{listed}</ul>")


def joined(*pieces: Markup | str) -> Markup:
    """The pieces that are there, one a line."""
    return Markup("\n".join(escape(piece) for piece in pieces if piece))
