"""Makes text from files harmless for HTML, Markdown, front matter, JSON and a terminal.

What came from a file is escaped where it is written out, never where it is read.
"""

import json
import re
import unicodedata

from markupsafe import Markup, escape

_NOT_YAML = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML does not allow (YAML 1.1, 5.1: the production c-printable)."""


_COMMAND = re.compile(r"##(?=\w*\[)|\A\s*:(?=:)")
"""What a host that reads a log obeys: `##[error]` and `##vso[` anywhere, `::error::` at the beginning."""


def in_front_matter(text: str) -> str:
    """Take characters that YAML does not allow out of `text`, for a page's front matter."""
    return _NOT_YAML.sub(" ", str(in_html(text)))


def in_markdown(text: str) -> Markup:
    """Escape `text` for Markdown, such as a heading: nothing in it is markup."""
    return Markup("".join(char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in text))


def without_braces(html: Markup) -> Markup:
    """Encode the braces in `html`: other plugins may read them as a macro."""
    return Markup(str(html).replace("{", "&#123;").replace("}", "&#125;"))


def in_html(text: str) -> Markup:
    """Escape `text` for HTML that Markdown and other plugins pass over: braces would be a macro to some."""
    return without_braces(escape(text))


def printable(text: str) -> str:
    """Take line breaks and control characters out of `text`, so that no file can write to a terminal."""
    text = _COMMAND.sub(lambda found: f"{found[0]} ", text)
    if text.isprintable():
        return text
    return "".join(
        " " if char in "\r\n\t" else char
        for char in text
        if char in "\r\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    )


def in_json(value: object) -> str:
    """Write `value` as JSON in which no host that reads a build's output finds a command like `##[error]`."""
    return re.sub("#(?=#)", r"\\u0023", json.dumps(value, indent=2, ensure_ascii=True)) + "\n"
