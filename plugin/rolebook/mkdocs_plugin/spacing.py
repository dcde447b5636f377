"""A page without the indents and empty lines that the theme's templates leave: a sixth of what is sent."""

import re

_TAKEN_AS_IT_IS = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)", re.DOTALL)
_INDENT = re.compile(r"\n[ \t\r\f\n]+")


def without_indents(html: str) -> str:
    """`html` with nothing but the line's end where space follows it; what stands in the article stays."""
    before, article, rest = html.partition("<article")
    content, end, after = rest.rpartition("</article>")
    if not end:
        return html
    return f"{_closed_up(before)}{article}{content}{end}{_closed_up(after)}"


def _closed_up(html: str) -> str:
    parts = _TAKEN_AS_IT_IS.split(html)
    parts[::3] = [_INDENT.sub("\n", text) for text in parts[::3]]
    del parts[2::3]  # the names of the elements
    return "".join(parts)
