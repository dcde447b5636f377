"""Reads a body once: Python-Markdown makes HTML of it, the HTML is cleaned, and sections are cut from it.

The site's own page shows that HTML, documents for others are cut from it, and checks ask it for headings. A
body that every reader of Markdown reads alike is read by its lines, which is quicker and gives the same.
What other readers take for another section is shown to nobody outside.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from rolebook.body import lines, plain
from rolebook.body.cut import BodySection, sections
from rolebook.body.hidden import hidden
from rolebook.body.limits import UNSEEN
from rolebook.body.lines import Disagreement, Outside
from rolebook.body.settings import Settings

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from rolebook.body.convert import Converter

_TOO_LONG = re.compile(r"&#(?=\d{8}|[xX][0-9a-fA-F]{8})")
"""A reference to a character that cannot be; Python reads no number of thousands of digits."""
_NO_LETTER = re.compile(r"[\W_]+")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}[ #]*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section."""

    text: str
    has_text: bool
    """Whether something is below it."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A section that somebody may see."""

    heading: str
    html: str
    """Well-formed, and cleaned as on the site's own page."""


def as_written(body: str) -> str:
    """Bring `body` to the form in which every reader gets it."""
    return _TOO_LONG.sub("&amp;#", UNSEEN.sub("", body))


class Reader:
    """Reads bodies with the Markdown extensions of one site."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.headings: Callable[[str], tuple[Heading, ...]] = lru_cache(maxsize=2**10)(self._headings)
        """The `##` sections of a body, in their order."""
        # Whoever asks for one of a body's sections asks for others next.
        self._parts = lru_cache(maxsize=4)(self._cut)

    def html(self, body: str) -> str:
        """Convert `body` to cleaned HTML, without the definitions of addresses."""
        return self._converter.html(as_written(body), frozenset())

    def excerpts(self, body: str, is_visible: Callable[[str], bool]) -> tuple[Excerpt, ...]:
        """The sections of `body` whose heading `is_visible`."""
        body = as_written(body)
        is_plain = plain.is_plain(body)
        shown = [(name, text) for name, text in plain.sections(body) if is_visible(name)]
        if is_plain and not shown:
            return ()
        known = _definitions(body, shown) if is_plain else frozenset[str]()
        parts = self._parts(body, known, is_plain)
        withheld = frozenset[str]() if is_plain else self._uncertain(body, parts)
        return tuple(
            Excerpt(part.heading, part.html)
            for part in parts
            if is_visible(part.heading) and _key(_bare(part.heading)) not in withheld
        )

    def difference(self, body: str) -> Disagreement | None:
        """Find where readers of Markdown disagree about the sections of `body`, or might: see `cut`."""
        body = as_written(body)
        is_plain = plain.is_plain(body)
        if is_plain and not lines.look_alike(body):
            return None
        parts = self._parts(body, frozenset(), is_plain)
        ours = [_key(_bare(part.heading)) for part in parts]
        by_lines = [_key(_bare(name)) for _, name in lines.headings(body)]
        same = ours == by_lines == [_key(_bare(name)) for name in _in_commonmark(body)]
        if not same:
            return lines.difference(body)
        return lines.look_alike(body) if any(part.is_cut_short for part in parts) else None

    def outside(self, body: str) -> Iterable[Outside]:
        """Where text of `body` is in no section, see `lines.outside`; nothing where readers disagree."""
        return () if self.difference(body) else lines.outside(as_written(body))

    def hidden(self, body: str) -> Iterable[tuple[int, str, str]]:
        """What of `body` no page and no document shows: the line, what it is, and what to write."""
        return hidden(as_written(body), frozenset(self.settings.extensions))

    def _headings(self, body: str) -> tuple[Heading, ...]:
        body = as_written(body)
        if plain.is_plain(body):
            return tuple(Heading(name, plain.has_text(text)) for name, text in plain.sections(body))
        parts = self._parts(body, frozenset(), False)
        return tuple(Heading(part.heading, part.has_text) for part in parts)

    def _cut(self, body: str, known: frozenset[str], is_plain: bool) -> tuple[BodySection, ...]:
        return sections(self._converter.html(body, known), is_plain=is_plain)

    def _uncertain(self, body: str, parts: Iterable[BodySection]) -> Set[str]:
        """Find sections that readers begin or end at different places; gives the keys of their headings.

        From the last heading before the first difference on, nobody can say what belongs to which section.
        """
        ours = [_key(_bare(part.heading)) for part in parts]
        others = (
            [_key(_bare(name)) for _, name in lines.headings(body)],
            [_key(_bare(name)) for name in _in_commonmark(body)],
        )
        if all(ours == other for other in others):
            return frozenset()
        alike = (len(set(each)) == 1 for each in zip(ours, *others, strict=False))
        first_difference = sum(1 for _ in takewhile(bool, alike))
        counts = [Counter(each) for each in (ours, *others)]
        unequal = {key for key in ours if len({count[key] for count in counts}) > 1}
        return unequal | set(ours[max(0, first_difference - 1) :])

    @cached_property
    def _converter(self) -> "Converter":
        # Loaded when the first body needs it: a check of plain bodies does not.
        from rolebook.body.convert import Converter

        return Converter(self.settings)


ANY_SITE = Reader(Settings.of_a_new_handbook())
"""Reads bodies that belong to no site's configuration, such as those of an earlier commit."""


def _definitions(body: str, shown: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Names of link addresses that a plain `body` defines only in the sections that are `shown`."""
    inside = [name for _, text in shown for name in plain.definitions(text)]
    everywhere = Counter(plain.definitions(body))
    return frozenset(name for name, times in Counter(inside).items() if times == everywhere[name])


def _in_commonmark(body: str) -> list[str]:
    """The second-level headings that CommonMark finds outside lists and quotations."""
    tokens = iter(_commonmark().parse(body))
    return [
        next(tokens).content
        for token in tokens
        if token.type == "heading_open" and token.tag == "h2" and not token.level
    ]


@cache
def _commonmark() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])


def _bare(heading: str) -> str:
    """Take attributes such as `{ #id }` off a heading: an extension does so, too."""
    return _ATTRIBUTES.sub("", heading)


def _key(heading: str) -> str:
    """The letters of a heading, by which those of different readers are compared."""
    return _NO_LETTER.sub("", heading).casefold()
