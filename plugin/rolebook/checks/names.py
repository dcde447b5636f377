"""People's names in what everybody may read: addresses, titles, public fields and public sections."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import pairwise

from rolebook.body import headings_by_line
from rolebook.checks.declaration import Finding, check
from rolebook.organisation import Organisation, Role
from rolebook.problems import Severity
from rolebook.schema.audience import Audience, visible_texts

MAX_NAME_WORDS = 5
"""Of a person's name that is looked for."""
_WORD = re.compile(r"[^\W_]+")
_BLANKS = str.maketrans({char: " " for char in map(chr, range(128)) if not char.isalnum()})
_TAG = re.compile(r"<[^>]*>")
_NOT_SHOWN = frozenset({"title", "parent", "receiver", "to", "aliases"})
"""Fields that another check looks at, or that are shown with titles in the place of names."""

Names = Mapping[tuple[str, ...], str]
"""People's names as they are shown, by their words."""


@check(
    "name-in-address",
    Severity.ADVICE,
    "Addresses, file names and titles of roles are public when job posts are. A role that is called like its "
    "holder tells everybody who holds it.",
)
def name_in_address(organisation: Organisation) -> Iterator[Finding]:
    names = _names(organisation, fewest_words=2)
    for role in organisation.active_roles if names else ():
        for field, text in (("", role.file.path.removesuffix(".md")), ("title", role.title)):
            if name := _named_in(_words(text), names):
                what = "title" if field else "file's path"
                hint = "Name it after the work, such as shop-manager"
                yield Finding(role.file, field, f"the role's {what} has the name of {name} in it", hint)
                break


@check(
    "name-in-public-text",
    Severity.ADVICE,
    "Public fields and sections are in job posts and on a public site, where nobody's name should be.",
)
def name_in_public_text(organisation: Organisation) -> Iterator[Finding]:
    names = _names(organisation, fewest_words=1)
    by_longest: dict[str, set[frozenset[str]]] = {}
    for words in names:
        by_longest.setdefault(max(words, key=len), set()).add(frozenset(words))
    for role in organisation.active_roles if names else ():
        yield from _in_fields(role, names)
        # A body is converted only if it has all words of some name: among them may be numbers, as in Ada 2.
        there = set(_words(role.file.body))
        if any(each <= there for word in there & by_longest.keys() for each in by_longest[word]):
            yield from _in_sections(organisation, role, names)


def _in_fields(role: Role, names: Names) -> Iterator[Finding]:
    for place, field, text in visible_texts(role.fields, Audience.PUBLIC):
        if field in _NOT_SHOWN:
            continue
        if name := _named_in(_words(text), names, text):
            message = f"everybody may read this, and it has the name of {name} in it"
            yield Finding(role.file, place, message, "Write the role's title in its place")


def _in_sections(organisation: Organisation, role: Role, names: Names) -> Iterator[Finding]:
    file = role.file
    shown = file.reader.excerpts(
        file.body, lambda heading: organisation.section_audience(heading) <= Audience.PUBLIC
    )
    for section in shown:
        text = unescape(_TAG.sub(" ", section.html))
        if name := _named_in(_words(text), names, text):
            line = file.body_line + _line_of(name, file.body, section.heading) - 1
            message = f"everybody may read the section '{section.heading}', and {name} is named in it"
            yield Finding(file, "", message, "Write the role's title in its place", line)


def _line_of(name: str, body: str, heading: str) -> int:
    """The line of `body`, from 1, with `name` below `heading`; else that of the heading."""
    starts = [*headings_by_line(body), (body.count("\n") + 2, "")]
    either = "|".join({r"[\W_]+".join(order) for order in (_words(name), _words(name)[::-1])})
    lines = _plain(body).split("\n")
    for (start, title), (end, _) in pairwise(starts):
        if title.strip() == heading.strip():
            found = re.search(rf"\b(?:{either})\b", "\n".join(lines[start - 1 : end - 1]))
            return start + found.string.count("\n", 0, found.start()) if found else start
    return 1


def _names(organisation: Organisation, fewest_words: int) -> Names:
    """The names of people with at least `fewest_words`, in both orders."""
    known = {_words(person.name): person.name for person in organisation.people.values()}
    names = {words: name for words, name in known.items() if len(words) >= fewest_words}
    return {words[::-1]: name for words, name in names.items()} | names


def _words(text: str) -> tuple[str, ...]:
    if text.isascii():  # the same, in a third of the time
        return tuple(text.lower().translate(_BLANKS).split())
    return tuple(_WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    """`text` without capitals and accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def _named_in(words: tuple[str, ...], names: Names, text: str = "") -> str:
    """The first of `names` whose words are beside each other in `words`; empty for none.

    A name of one word, such as Will, may be a word of the language: it counts as it is written in `text`.
    """
    for start in range(len(words)):
        for end in range(start + 1, min(start + MAX_NAME_WORDS, len(words)) + 1):
            name = names.get(words[start:end])
            if name and (end - start > 1 or re.search(rf"\b{re.escape(name)}\b", text)):
                return name
    return ""
