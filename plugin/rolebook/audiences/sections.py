"""The parts of a role's body that an audience may see, as HTML.

Composed from an allowlist of headings, and within them of HTML elements. Comments and links that point
inside are not on it; the text of such a link stays. A picture is shown when it can be put in whole.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.admon import admon_plugin

Picture = Callable[[str], str]
"""The picture at an address that stands in a body, as a `data:` address; empty when it is not to be had."""

_SHOWN = (
    "p br hr blockquote pre code em strong s del ins sub sup kbd mark b i u small a ul ol li dl dt dd"
    " table thead tbody tfoot tr th td h2 h3 h4 h5 h6 div details summary figure figcaption"
)
_ATTRIBUTES = {"*": set[str](), "a": {"href"}, "ol": {"start"}, "th": {"style"}, "td": {"style"}}
_UNSEEN = "script style template noscript iframe object embed svg math head title textarea select"
"""Elements that go with all that stands in them."""
TASK = "rb-task"
"""Class of a list's item that has a box to tick in place of a bullet."""
NAMELESS = "Picture"
"""Says in place of a picture's own words that there is one."""
_OUTSIDE = ("https://", "http://", "mailto:")
_TASK_BOX = re.compile(r"^\[([ xX])\] ")
_TAB = re.compile(r'^( *)===[!+]? "(.*)"[ \t]*$', re.MULTILINE)
"""A content tab, which stands beside others on a screen and below them on paper, as a note does."""
_EMPTY = re.compile(r"<(p|div|li|ul|ol|blockquote|figure|details|summary)>\s*</\1>\s*")
_DEAD_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_EMPTY_HEADINGS = tuple(
    re.compile(rf"<h{level}>(?:(?!</h{level}>).)*</h{level}>\s*(?=<h[2-{level}]>|\Z)", re.DOTALL)
    for level in (6, 5, 4, 3, 2)
)
"""With nothing below; the deepest first, since a heading whose own headings go may be left with nothing."""
_MARK, _END = "\ufdd0", "\ufdd1"
"""Stand for a picture until its section is sanitised; Unicode reserves them for a program's own use."""


@dataclass(frozen=True, slots=True)
class Section:
    """A `##` section that may be seen."""

    heading: str
    html: Markup


def visible_sections(
    body: str, is_visible: Callable[[str], bool], picture: Picture = lambda address: ""
) -> tuple[Section, ...]:
    """The sections of `body` whose heading `is_visible` and that say something."""
    references: dict[str, Any] = {}
    shown = (
        Section(heading, _as_html(_read(tokens, references), picture))
        for heading, tokens in _sections(body, references)
        if is_visible(heading)
    )
    return tuple(section for section in shown if section.html)


def headings(body: str) -> tuple[str, ...]:
    """The headings of the sections of `body`, in their order."""
    return tuple(heading for heading, _ in _sections(body, {}) if heading)


def _sections(body: str, references: dict[str, Any]) -> Iterator[tuple[str, list[Token]]]:
    """Each `##` section of `body` as blocks; what stands before the first one or below a `#` has no heading.

    Found by the parser that makes the HTML, since any difference between two readings would let out what
    stands inside: a heading in a comment is none, and one that is underlined is one.
    """
    heading, part = "", list[Token]()
    markdown = _TAB.sub(r'\1!!! tab "\2"', body.replace(_MARK, "").replace(_END, ""))
    tokens = iter(_block_parser().parse(markdown, references))
    for token in tokens:
        if token.type == "heading_open" and token.level == 0 and token.tag in ("h1", "h2"):
            yield heading, part
            text, _ = next(tokens), next(tokens)
            heading, part = text.content if token.tag == "h2" else "", []
        else:
            part.append(token)
    yield heading, part


def _read(blocks: list[Token], references: dict[str, Any]) -> list[Token]:
    """`blocks` with the text in them read as well: half of the work, and wanted of what is shown only."""
    parser = _parser()
    # An empty text adds no blocks to these.
    parser.core.process(StateCore("", parser, references, blocks))
    return blocks


@cache
def _block_parser() -> MarkdownIt:
    return _new_parser().disable(["inline", "text_join"])


@cache
def _parser() -> MarkdownIt:
    return _new_parser()


def _new_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(admon_plugin)
    # Each link is read as one: which of them stay is decided below.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _as_html(tokens: Iterable[Token], picture: Picture) -> Markup:
    """HTML of what is allowed of `tokens`."""
    pictures: list[str] = []
    kept = list(_prepared(tokens, picture, pictures))
    html = _cleaner().clean(_parser().renderer.render(kept, _parser().options, {}))
    html = _DEAD_LINK.sub(r"\1", html)
    while (less := _EMPTY.sub("", html)) != html:
        html = less
    for empty in _EMPTY_HEADINGS:
        html = empty.sub("", html)
    for place, markup in enumerate(pictures):
        html = html.replace(f"{_MARK}{place}{_END}", markup)
    return Markup(html.strip())


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_SHOWN.split()),
        attributes=_ATTRIBUTES,
        attribute_filter=_allowed_value,
        clean_content_tags=set(_UNSEEN.split()),
        filter_style_properties={"text-align"},
        allowed_classes={"li": {TASK}},
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )


def _allowed_value(element: str, attribute: str, value: str) -> str | None:
    return value if attribute != "href" or value.lower().startswith(_OUTSIDE) else None


def _prepared(tokens: Iterable[Token], picture: Picture, pictures: list[str]) -> Iterator[Token]:
    """`tokens` with what paper and mail can show: pictures as marks, boxes to tick, notes as quotations."""
    inside, before = 0, ""
    item = None
    for token in tokens:
        if token.type == "link_open" and not str(token.attrGet("href")).lower().startswith(_OUTSIDE):
            inside += 1
            continue
        if token.type == "link_close" and inside:
            inside -= 1
            continue
        if token.type == "softbreak":
            # Where a line of the file ends says nothing; in a text to be pasted it would break the line.
            token = Token("text", "", 0, content=" ")
        elif token.type == "image":
            token = _placed(token, picture, pictures)
        elif token.type in ("admonition_open", "admonition_close"):
            token.tag, token.attrs = "blockquote", {}
        elif token.type == "list_item_open":
            item = token
        elif token.children:
            first = token.children[0]
            if item and before == "paragraph_open" and (box := _TASK_BOX.match(first.content)):
                first.content = f"{'☐' if box[1] == ' ' else '☑'} {first.content[box.end() :]}"
                item.attrSet("class", TASK)
            token.children = list(_prepared(token.children, picture, pictures))
            if before == "admonition_title_open":
                strong = Token("strong_open", "strong", 1), Token("strong_close", "strong", -1)
                token.children = [strong[0], *token.children, strong[1]]
        before = token.type
        yield token


def _placed(image: Token, picture: Picture, pictures: list[str]) -> Token:
    """A mark for the picture, or nothing where it is not to be had."""
    text = Token("text", "", 0)
    if address := picture(str(image.attrGet("src"))):
        text.content = f"{_MARK}{len(pictures)}{_END}"
        pictures.append(Markup('<img src="{}" alt="{}">').format(address, image.content or NAMELESS))
    return text
