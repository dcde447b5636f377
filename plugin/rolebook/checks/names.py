"""Finds people's names in what everybody may read: addresses, titles, public fields and sections."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

from rolebook.body import as_written, headings_by_line
from rolebook.checks.declaration import Finding, check
from rolebook.language import gettext
from rolebook.organisation import Organisation, Role, plain, words_of
from rolebook.problems import Severity
from rolebook.schema.audience import Audience, visible_texts

_TAG = re.compile(r"<[^>]*>")
_IN_WORDS = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|br|cite|code|del|em|font|i|img|input|ins|kbd|mark|q|s|samp|small|span|strike"
    r"|strong|sub|sup|tt|u|var|wbr)\b[^>]*>",
    re.IGNORECASE,
)
"""Tags that may stand inside a word, which is read as if they were not there."""
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\])")
_HIDDEN = re.compile(r"<!--.*?-->|<(style|script|template|textarea|title)\b.*?</\1>", re.DOTALL)
_MARKS = re.compile(r"[*_`~=^+\\]+")
"""What Markdown makes of a piece of text, and what is not shown."""
_INSIDE = re.compile(
    r"(?<=[\w.@])(?:[*`~=^+\\]+|!?\[[^\[\]]*\]\(|\]\([^()\s]*(?:\s[^()]*)?\)|\]\[[^\[\]]*\]|<[^>]*>)+(?=[\w.@`*])"
)
"""Marks, links and tags between two letters: a word of which a page shows less than is written."""
_SAID = re.compile(r'\s(?:alt|title|aria-label|href|src|cite)="([^"]*)"')
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""It begins where nothing of an address is before it: so no letter is looked at twice."""
_WORD = re.compile(r"[^\W\d_]+")
_IN_PROSE = re.compile(r"(?<![\w@/.-])[^\W\d_]+(?![\w@/-])")
"""A word that is no part of an address or of a file's name."""
_REACHES = re.compile(r"(?<![\w.+-])([\w.+-]+)@[\w-]|://[^\s/]+/(\S+)")
"""Who is reached in an e-mail address, or what in a web address; not the names of companies in both."""
_SHORTEST_NUMBER = 6
"""Digits of a telephone number that are no chance in a text."""
_OWN_DIGITS = 8
"""The last ones of a telephone number; those of the country are written in many ways, or not."""
_SHORTEST, _FEW = 3, 3
"""A part of a name says who is meant if it has so many letters and so few people have it."""
_LONG = 6
"""Letters of a part of a name that are no chance within a word of an address, such as `ahillyer`."""
_LONGEST = 60
"""Letters of a word of an address in which names are looked for."""
_WORDS = frozenset(
    """
    april art august autumn baker banks bauer berg bill bishop black brown carpenter castle chase china church
    cook daisy dawn day dean earl english eve faith farmer field fields fisher florence frank french georgia
    german gold grace grant gray green grey hill hills holly hope hunter ivy jack jordan joy june king knight
    koch lake lily london long mark marsh mason max may meister miller moss page paris parish pat pope potter
    price rice rich richter river rivers rob rose schneider shepherd short silver small stein stone sue summer
    swiss sydney temple victoria vogel white will wolf wood woods young
    """.split()  # noqa: SIM905 (a literal would be a page long)
)
"""Names that are other words, too: a sentence, or German, may give these a capital."""
_WHERE_TO_APPLY = frozenset({"apply_email", "apply_url"})
_NOT_SHOWN = frozenset({"title", "parent", "also_reports_to", "receiver", "to", "aliases"})
"""Fields that are left to another check, or that pages show with a title in place of the name."""


@check(
    "name-in-address",
    Severity.ADVICE,
    "Addresses, file names and titles of roles are public when job posts are. A role that is called like its "
    "holder tells everybody who holds it.",
)
def name_in_address(organisation: Organisation) -> Iterator[Finding]:
    known = organisation.known_names
    for role in organisation.active_units:
        holders = _holders(role)
        for field, text in (("", role.file.path.removesuffix(".md")), ("title", role.title)):
            if name := known.whole(text) or known.part_of(holders, text):
                hint = gettext("Name the file after the work, such as shop-manager.md")
                if field:
                    hint = gettext("Write the work, such as 'Shop manager'")
                yield Finding(role.file, field, _named_after(role, field, name), hint)
                break


def _holders(role: Role) -> list[str]:
    """Whose first name alone says who holds the role, or leads the team."""
    named = role.leads if role.is_team else role.people
    return [each.name for each in named if each.fields.kind == "person"]


def _named_after(role: Role, field: str, name: str) -> str:
    match field, role.is_team:
        case "title", True:
            return gettext("the team's title contains the name of %(name)s", name=name)
        case "title", False:
            return gettext("the role's title contains the name of %(name)s", name=name)
        case _, True:
            return gettext("the team's file's path contains the name of %(name)s", name=name)
    return gettext("the role's file's path contains the name of %(name)s", name=name)


@check(
    "name-in-public-text",
    Severity.ADVICE,
    "Public fields and sections are in job posts and on a public site, where nobody's name should be.",
)
def name_in_public_text(organisation: Organisation) -> Iterator[Finding]:
    known = organisation.known_names
    addresses = {plain(person.fields.email): person.name for person in organisation.people.values()}

    numbers = {
        number: person.name
        for person in organisation.people.values()
        if len(number := _digits_of(person.fields.phone)[-_OWN_DIGITS:]) >= _SHORTEST_NUMBER
    }

    def telephoned(text: str) -> str:
        found = _digits_of(text) if numbers else ""
        return next((each for each in numbers if each in found), "")

    def addressed(text: str) -> str:
        found = _ADDRESS.findall(plain(text)) if "@" in text or "\N{FULLWIDTH COMMERCIAL AT}" in text else ()
        return next((each for each in found if each in addresses), "")

    def in_field(found: str) -> str:
        if found in addresses:
            name = addresses[found]
            return gettext("this is public and contains the e-mail address of %(name)s", name=name)
        if found in numbers:
            name = numbers[found]
            return gettext("this is public and contains the telephone number of %(name)s", name=name)
        return gettext("this is public and contains the name of %(name)s", name=found)

    def in_section(found: str, heading: str) -> str:
        if found in addresses:
            return gettext(
                "the public section '%(heading)s' contains the e-mail address of %(name)s",
                heading=heading,
                name=addresses[found],
            )
        return gettext(
            "the public section '%(heading)s' contains the name of %(name)s", heading=heading, name=found
        )

    for role in organisation.active_units:
        for place, field, written in visible_texts(role.fields, Audience.PUBLIC):
            if field in _NOT_SHOWN:
                continue
            text = _decoded(written)
            # Where to apply is an address that its owner chose to tell.
            reached = addressed(text) or telephoned(text) if field != "apply_email" else ""
            if found := known.whole(text) or reached:
                yield Finding(role.file, place, in_field(found), gettext("Write the role's title instead"))
        body = _all_readings(role.file.body)
        if known.may_be_in(body) or addressed(body):
            yield from _in_sections(
                organisation,
                role,
                lambda text: known.whole(text) or addressed(text),
                in_section,
                gettext("Write the role's title instead"),
            )


def _digits_of(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


@check(
    "first-or-last-name",
    Severity.ADVICE,
    "A first or a last name alone tells whoever knows the company who is meant. It may be another word, "
    "so a public site is built with it.",
)
def first_or_last_name(organisation: Organisation) -> Iterator[Finding]:
    parts = _distinctive_parts(organisation)
    written = {plain(part): part for part in parts}
    hint = gettext("If this person is meant, write the role's title instead")

    def part_in(text: str) -> str:
        if organisation.known_names.whole(text):
            return ""  # is found in full already
        if found := next((word for word in _WORD.findall(text) if word in parts), ""):
            return found
        reached = (mailbox or path for mailbox, path in _REACHES.findall(text))
        return next((written[run] for each in reached for run in _runs(plain(each)) if run in written), "")

    def in_field(part: str) -> str:
        return gettext(
            "this is public and contains '%(part)s', part of the name of %(name)s",
            part=part,
            name=parts[part],
        )

    def in_section(part: str, heading: str) -> str:
        return gettext(
            "the public section '%(heading)s' contains '%(part)s', part of the name of %(name)s",
            heading=heading,
            part=part,
            name=parts[part],
        )

    for role in organisation.active_units if parts else ():
        for place, field, text in visible_texts(role.fields, Audience.PUBLIC):
            # Where to apply is an address that its owner chose to tell; a title with a holder's name is
            # reported as that.
            is_left_out = field in _NOT_SHOWN - {"title"} | _WHERE_TO_APPLY
            if field == "title" and organisation.known_names.part_of(_holders(role), text):
                continue
            if not is_left_out and (part := part_in(text)):
                yield Finding(role.file, place, in_field(part), hint)
        body = role.file.body
        if _REACHES.search(body) or not parts.keys().isdisjoint(_WORD.findall(body)):
            yield from _in_sections(organisation, role, part_in, in_section, hint)


def _runs(address: str) -> Iterator[str]:
    """The words of an address, and the parts of each word that are long enough to be a name."""
    for word in _WORD.findall(address):
        yield word
        ends = range(_LONG, min(len(word), _LONGEST) + 1)
        yield from (word[start:end] for end in ends for start in range(end - _LONG + 1))


def _distinctive_parts(organisation: Organisation) -> dict[str, str]:
    """Words of people's names that hardly mean anything else, each with one person who has it."""
    bearers: dict[str, list[str]] = {}
    for person in organisation.people.values():
        if person.fields.kind == "person":
            for word in set(_WORD.findall(person.name)):
                bearers.setdefault(word, []).append(person.name)
    parts = {
        word: names[0]
        for word, names in bearers.items()
        if word.istitle() and len(word) >= _SHORTEST and len(names) <= _FEW and word.casefold() not in _WORDS
    }
    lower = {word.lower(): word for word in parts}
    for role in organisation.active_units if parts else ():
        for word in lower.keys() & set(_IN_PROSE.findall(role.file.body)):
            parts.pop(lower[word], None)
    return parts


def _in_sections(
    organisation: Organisation,
    role: Role,
    find: Callable[[str], str],
    said: Callable[[str, str], str],
    hint: str,
) -> Iterator[Finding]:
    """Find names in the sections that everybody may read, once in each."""
    file = role.file
    shown = file.reader.excerpts(
        file.body, lambda heading: organisation.section_audience(heading) <= Audience.PUBLIC
    )
    for section in shown:
        if found := find(f"{section.heading} · {_text_of(section.html)}"):
            line = file.body_line + _line_of(found, file.body, section.heading) - 1
            yield Finding(file, "", said(found, section.heading), hint, line)


def _text_of(html: str) -> str:
    """The text of `html`, what is said of its pictures, and where its links lead."""
    texts = [_TAG.sub(" ", html), *(unquote(text) for text in _SAID.findall(html))]
    if (joined := _IN_WORDS.sub("", html)) != html:
        texts.append(_TAG.sub(" ", joined))
    return unescape(" · ".join(texts))


def _all_readings(body: str) -> str:
    """`body` as it is written and as pages show it: without marks inside words, entities and escapes."""
    written = unescape(as_written(body)) if "&" in body else body
    readings = [body, written] if written != body else [body]
    if _INSIDE.search(written):
        shown = _TAG.sub("", _HIDDEN.sub("", _LINK.sub(r"\1", written)))
        readings.append(_MARKS.sub("", shown))
    if "%" in body:
        readings.append(unquote(written))
    return "\n".join(readings)


def _decoded(text: str) -> str:
    """`text` with what its escapes mean, such as the `%40` of an address."""
    return f"{text} · {unquote(text)}" if "%" in text else text


def _line_of(name: str, body: str, heading: str) -> int:
    """The line of `body`, from 1, that has `name` below `heading`; else the line of the heading."""
    starts = [*headings_by_line(body), (body.count("\n") + 2, "")]
    either = "|".join({r"[\W_]*".join(order) for order in (words_of(name), words_of(name)[::-1])})
    lines = plain(body).split("\n")
    for (start, title), (end, _) in pairwise(starts):
        if title.strip() == heading.strip():
            found = re.search(rf"\b(?:{either})\b", "\n".join(lines[start - 1 : end - 1]))
            return start + found.string.count("\n", 0, found.start()) if found else start
    return 1
