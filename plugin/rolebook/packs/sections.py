"""The parts of a role's body that an audience may see, as HTML.

Composed from an allowlist of headings and of Markdown elements. Comments, HTML, pictures and links
that point inside are not on it; the text of such a link stays.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from rolebook import read
from rolebook.organisation import Organisation, Role
from rolebook.schema.audience import Audience

_PAIRED = (
    "paragraph heading blockquote bullet_list ordered_list list_item em strong s link"
    " table thead tbody tr th td"
)
_SINGLE = "inline text softbreak hardbreak code_inline code_block fence hr"
_ALLOWED = frozenset(_SINGLE.split()) | {
    f"{name}_{end}" for name in _PAIRED.split() for end in ("open", "close")
}
_TASK_BOX = re.compile(r"^\[[ xX]\] ")
_OUTSIDE = ("https://", "http://", "mailto:")


def visible_sections(
    organisation: Organisation, role: Role, audience: Audience
) -> tuple[tuple[str, Markup], ...]:
    """Heading and HTML of the sections of `role` that `audience` may see and that say something."""
    shown = (
        (section.heading, as_html(section.text))
        for section in read.sections(role.file.body)
        if organisation.section_audience(section.heading) <= audience
    )
    return tuple((heading, html) for heading, html in shown if html)


def as_html(text: str) -> Markup:
    """The Markdown `text` as HTML of allowed elements only."""
    tokens = list(_kept(_parser().parse(text)))
    html = _parser().renderer.render(tokens, _parser().options, {})
    return Markup(html.strip())


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _kept(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens that are on the list; a task list's box has nothing to tick on paper and is dropped."""
    inside = 0
    for token in tokens:
        if token.type not in _ALLOWED:
            continue
        if token.type == "link_open" and not str(token.attrGet("href")).startswith(_OUTSIDE):
            inside += 1
            continue
        if token.type == "link_close" and inside:
            inside -= 1
            continue
        if token.children is not None:
            token.children = list(_kept(token.children))
        if token.type == "text":
            token.content = _TASK_BOX.sub("", token.content)
        yield token
