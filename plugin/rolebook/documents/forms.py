"""A document as Markdown and as plain text, to paste where HTML cannot go."""

import re
from collections.abc import Iterator
from dataclasses import replace

import nh3
from html_to_markdown import (
    CodeBlockStyle,
    ConversionOptions,
    HeadingStyle,
    HiddenContent,
    HighlightStyle,
    InlineDataMedia,
    LinkStyle,
    ListIndentType,
    NewlineStyle,
    OutputFormat,
    TierStrategy,
    UrlEscapeStyle,
    WhitespaceMode,
    convert,
)

from rolebook.documents.document import Document

_TEXT = ConversionOptions(
    bullets="-",
    extract_metadata=False,
    compact_tables=True,
    # These are the library's defaults, which it would look up by their names for every text.
    heading_style=HeadingStyle.ATX,
    list_indent_type=ListIndentType.SPACES,
    highlight_style=HighlightStyle.DOUBLE_EQUAL,
    whitespace_mode=WhitespaceMode.NORMALIZED,
    newline_style=NewlineStyle.SPACES,
    code_block_style=CodeBlockStyle.BACKTICKS,
    inline_data_media=InlineDataMedia.KEEP,
    hidden_content=HiddenContent.DROP,
    url_escape_style=UrlEscapeStyle.ANGLE,
    link_style=LinkStyle.INLINE,
    output_format=OutputFormat.MARKDOWN,
    tier_strategy=TierStrategy.AUTO,
)
_MARKDOWN = replace(
    _TEXT,
    autolinks=False,
    code_block_style=CodeBlockStyle.INDENTED,
    escape_asterisks=True,
    escape_underscores=True,
)
_BLOCKS = "p br hr blockquote pre ul ol li dl dt dd table thead tbody tr th td h1 h2 h3 h4 h5 h6"
_ONLY_BLOCKS = nh3.Cleaner(tags=set(_BLOCKS.split()), attributes={})
_MARKUP = re.compile(r"<(pre|code)>.*?</\1>|<[^>]*>|(&lt;|[\[\]`])", re.DOTALL)
"""Code and tags, which stay, and what in the text between them would be markup in Markdown."""
_STAND_INS = {"&lt;": "\ufdd0", "[": "\ufdd1", "]": "\ufdd2", "`": "\ufdd3"}
"""Until the text is converted, since a backslash in it would be taken for the author's own."""
_IMAGE = re.compile(r'<img src="[^"]*" alt="([^"]*)">')
_LINK = re.compile(r'<a href="(?:mailto:)?([^"]*)">(.*?)</a>', re.DOTALL)
_HEADING = re.compile(r"(#{1,6}) (.*)")
_ESCAPE = re.compile(r"^(\s*(?:[-*+] )?\d*)\\(?=[#+\-*>.)~=|])")


def as_markdown(document: Document) -> str:
    """`document` as Markdown; what is text in it stays text."""
    html = _without_pictures(document.article(pictures=False))
    if any(text in html for text in _STAND_INS):
        html = _MARKUP.sub(_literal, html)
    markdown = convert(html, _MARKDOWN).content or ""
    for text, stand_in in _STAND_INS.items():
        # Not every program knows `\\<`; every one knows the reference.
        markdown = markdown.replace(stand_in, text if text == "&lt;" else f"\\{text}")
    return _tidy(markdown)


def as_text(document: Document) -> str:
    """`document` as plain text; the address of a link stands behind its words."""
    html = _LINK.sub(_spelt_out, _without_pictures(document.article(pictures=False)))
    # Converted as Markdown, which keeps lists within lists; then its few marks are taken away.
    blocks = _ONLY_BLOCKS.clean(html)
    return _tidy("\n".join(_without_marks(convert(blocks, _TEXT).content or "")))


def _without_marks(markdown: str) -> Iterator[str]:
    """The lines of `markdown` without headings' marks, fences and escapes; code is indented."""
    in_code = False
    for line in markdown.split("\n"):
        if line.lstrip().startswith("```"):
            in_code = not in_code
            yield ""
        elif in_code:
            yield f"    {line}" if line else ""
        elif line.startswith("#") and (found := _HEADING.fullmatch(line)):
            yield found[2].upper() if len(found[1]) < 3 else found[2]
        else:
            yield _ESCAPE.sub(r"\1", line) if "\\" in line else line


def _literal(found: re.Match[str]) -> str:
    return _STAND_INS[found[2]] if found[2] else found[0]


def _without_pictures(html: str) -> str:
    return _IMAGE.sub(lambda found: f"({found[1]})", str(html))


def _spelt_out(link: re.Match[str]) -> str:
    return link[2] if link[1] == link[2] else f"{link[2]} ({link[1]})"


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
