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
        (heading, _as_html(tokens))
        for heading, tokens in _sections(role.file.body)
        if organisation.section_audience(heading) <= audience
    )
    return tuple((heading, html) for heading, html in shown if html)


def _sections(body: str) -> Iterator[tuple[str, list[Token]]]:
    """Each `##` section of `body`; what stands before the first one or below a `#` has no heading.

    Found by the parser that makes the HTML, since any difference between two readings would let out what
    stands inside: a heading in a comment is none, and one that is underlined is one.
    """
    heading, part = "", list[Token]()
    tokens = iter(_parser().parse(body))
    for token in tokens:
        if token.type == "heading_open" and token.level == 0 and token.tag in ("h1", "h2"):
            yield heading, part
            text, _ = next(tokens), next(tokens)
            heading, part = text.content if token.tag == "h2" else "", []
        else:
            part.append(token)
    yield heading, part


def _as_html(tokens: Iterable[Token]) -> Markup:
    """HTML of those of `tokens` that are allowed."""
    html = _parser().renderer.render(list(_kept(tokens)), _parser().options, {})
    # A paragraph of nothing but a picture; text that looks like this is escaped.
    html = html.replace("<p></p>\n", "")
    return Markup(html.strip())


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Each link is read as one: which of them stay is decided below.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


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
