"""People's names in what everybody may read: addresses, titles, public fields and public sections."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from rolebook.body import headings_by_line
from rolebook.checks.declaration import Finding, check
from rolebook.organisation import KnownNames, Organisation, Role, plain, words_of
from rolebook.problems import Severity
from rolebook.schema.audience import Audience, visible_texts

_TAG = re.compile(r"<[^>]*>")
_NOT_SHOWN = frozenset({"title", "parent", "receiver", "to", "aliases"})
"""Fields that another check looks at, or that are shown with titles in the place of names."""


@check(
    "name-in-address",
    Severity.ADVICE,
    "Addresses, file names and titles of roles are public when job posts are. A role that is called like its "
    "holder tells everybody who holds it.",
)
def name_in_address(organisation: Organisation) -> Iterator[Finding]:
    known = organisation.known_names
    for role in organisation.active_units:
        # A first name alone says who holds the role when it is that of its holder, or leads the team.
        named = role.leads if role.is_team else role.people
        holders = [each.name for each in named if each.fields.kind == "person"]
        for field, text in (("", role.file.path.removesuffix(".md")), ("title", role.title)):
            if name := known.whole(text) or known.part_of(holders, text):
                what = "title" if field else "file's path"
                hint = "Name it after the work, such as shop-manager"
                yield Finding(
                    role.file, field, f"the {role.fields.kind}'s {what} has the name of {name} in it", hint
                )
                break


@check(
    "name-in-public-text",
    Severity.ADVICE,
    "Public fields and sections are in job posts and on a public site, where nobody's name should be.",
)
def name_in_public_text(organisation: Organisation) -> Iterator[Finding]:
    known = organisation.known_names
    for role in organisation.active_units:
        yield from _in_fields(role, known)
        if known.may_be_in(role.file.body):
            yield from _in_sections(organisation, role, known)


def _in_fields(role: Role, known: KnownNames) -> Iterator[Finding]:
    for place, field, text in visible_texts(role.fields, Audience.PUBLIC):
        if field in _NOT_SHOWN:
            continue
        if name := known.whole(text):
            message = f"everybody may read this, and it has the name of {name} in it"
            yield Finding(role.file, place, message, "Write the role's title in its place")


def _in_sections(organisation: Organisation, role: Role, known: KnownNames) -> Iterator[Finding]:
    file = role.file
    shown = file.reader.excerpts(
        file.body, lambda heading: organisation.section_audience(heading) <= Audience.PUBLIC
    )
    for section in shown:
        if name := known.whole(unescape(_TAG.sub(" ", section.html))):
            line = file.body_line + _line_of(name, file.body, section.heading) - 1
            message = f"everybody may read the section '{section.heading}', and {name} is named in it"
            yield Finding(file, "", message, "Write the role's title in its place", line)


def _line_of(name: str, body: str, heading: str) -> int:
    """The line of `body`, from 1, with `name` below `heading`; else that of the heading."""
    starts = [*headings_by_line(body), (body.count("\n") + 2, "")]
    either = "|".join({r"[\W_]*".join(order) for order in (words_of(name), words_of(name)[::-1])})
    lines = plain(body).split("\n")
    for (start, title), (end, _) in pairwise(starts):
        if title.strip() == heading.strip():
            found = re.search(rf"\b(?:{either})\b", "\n".join(lines[start - 1 : end - 1]))
            return start + found.string.count("\n", 0, found.start()) if found else start
    return 1
