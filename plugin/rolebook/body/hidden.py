"""Finds text that no page and no document shows, since Markdown reads it as something else."""

import re
from collections.abc import Callable, Iterator, Set
from itertools import pairwise
from typing import NamedTuple

from rolebook.body.lines import numbered_lines
from rolebook.language import gettext

_TAGS = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote
body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog
dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6
head header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee
math menu meta meter nav noframes noscript object ol optgroup option output p param path picture pre
progress q rp rt ruby s samp script search section select slot small source span strike strong style
sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var
video wbr
"""
_HTML = frozenset(_TAGS.split())
"""Names of elements in HTML today (html.spec.whatwg.org, section 4) and formerly (section 16)."""
_TAG = re.compile(r"</?([A-Za-z][\w-]*)(?=[\s/>])[^<>]*>")
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|\\.")
_MARKED = re.compile(r"(?<=[*_`)\]])\{:?[ ]*([^}\n ][^}\n]*)\}")
"""Braces behind emphasis, code or a link, see `attr_list` in Python-Markdown."""
_AT_END = re.compile(r"(?:^|[ ])\{:?[ ]*([^}\n ][^}\n]*)\}[ ]*#*[ ]*$")
"""Braces at the end of a heading, a cell or a term, or alone on the last line of a paragraph."""
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_DEFINITION = re.compile(r" {0,3}:[ \t]")
_ATTRIBUTE = re.compile(r"(?:^|[ ])[.#]|=")
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
"""The line below the head of a table."""
_TITLE = re.compile(r"[ \t]*(!!!|\?\?\?\+?)[ ]?([\w-]+)[ ]+(?!\")([^\n\"]*[^\s\"])[ \t]*")
_PLACES = frozenset(("inline", "end"))
"""Words behind the kind of a note that say where it is, see Material's guide."""

Hidden = tuple[str, str]
"""What is not shown and why, and what to write."""


class _Extension(NamedTuple):
    """What switches a reading on, by any of these extensions."""

    names: Set[str]
    find: Callable[[str, str, str], Iterator[Hidden]]
    """Of a line, the one above it and the one below."""


def hidden(body: str, extensions: Set[str]) -> Iterator[tuple[int, str, str]]:
    """List what is not shown of `body`: the line, what it is, and what to write."""
    short = {name.removeprefix("markdown.extensions.").removeprefix("pymdownx.") for name in extensions}
    active = [each.find for each in _READINGS if not each.names or each.names & short]
    lines = [(number, "" if is_code else line) for number, line, is_code in numbered_lines(body)]
    for at, (number, line) in enumerate(lines):
        if not line.strip() or line.startswith(("    ", "\t")):
            continue
        above, below = (lines[each][1] if 0 <= each < len(lines) else "" for each in (at - 1, at + 1))
        for find in active:
            yield from ((number, *found) for found in find(line, above, below))
    if "tables" in short or "extra" in short:
        yield from _cells_without_a_head(lines)


def _in_angles(line: str, _above: str, _below: str) -> Iterator[Hidden]:
    for found in _TAG.finditer(_without_code(line)) if "<" in line else ():
        if found[1].lower() not in _HTML:
            yield gettext("'%(text)s' is read as HTML and not shown", text=found[0]), _in_backquotes(found[0])


def _in_braces(line: str, above: str, below: str) -> Iterator[Hidden]:
    if "{" not in line:
        return
    shown = _without_code(line, keep_ends=True)
    parts = _cells(shown) if "|" in shown else [shown]
    found = [each for part in parts for each in _MARKED.finditer(part)]
    is_titled = "|" in shown or bool(_HEADING.match(shown)) or bool(_DEFINITION.match(below))
    is_alone = bool(above.strip()) and shown.lstrip().startswith("{") and not below.strip()
    if is_titled or is_alone:
        found += [each for part in parts for each in _AT_END.finditer(part.rstrip())]
    for each in found:
        if not _ATTRIBUTE.search(each[1]):
            words = each[0].strip().rstrip("# ")
            message = gettext("'%(text)s' is read as attributes and not shown", text=words)
            yield message, _in_backquotes(words)


def _in_backquotes(text: str) -> str:
    return gettext("Write `%(text)s` in backquotes", text=text)


def _without_quotes(line: str, _above: str, _below: str) -> Iterator[Hidden]:
    if (found := _TITLE.fullmatch(line)) and set(found[3].split()) - _PLACES:
        message = gettext("'%(text)s' is no title and not shown", text=found[3])
        yield message, gettext("Write %(what)s", what=f'{found[1]} {found[2]} "{found[3]}"')


_READINGS = (
    _Extension(frozenset(), _in_angles),
    _Extension(frozenset(("attr_list", "extra")), _in_braces),
    _Extension(frozenset(("admonition", "details")), _without_quotes),
)


def _cells_without_a_head(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    columns = 0
    for (_, above), (number, line) in pairwise(lines):
        if "|" in line and "-" in line and _RULE.fullmatch(line) and "|" in above:
            columns = len(_cells(above))
        elif not line.strip() or "|" not in line:
            columns = 0
        elif columns and len(cells := _cells(line)) > columns:
            lost = " | ".join(cell.strip() for cell in cells[columns:])
            if lost.strip(" |"):
                message = gettext("'%(text)s' is beyond the head of the table and not shown", text=lost)
                yield number, message, gettext("Give the head a cell more, or write \\| where | is text")


def _cells(line: str) -> list[str]:
    """The cells of a table's row."""
    inside = _CODE_SPAN.sub(lambda found: found[0].replace("|", "\0"), line.strip())
    return [cell.replace("\0", "|") for cell in inside.removeprefix("|").removesuffix("|").split("|")]


def _without_code(line: str, *, keep_ends: bool = False) -> str:
    """A line without what is between backquotes or behind a backslash; `keep_ends` leaves the quotes."""
    return _CODE_SPAN.sub(lambda found: (found[1] or "") if keep_ends else "", line)
