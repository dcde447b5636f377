"""Names the usual slips in front matter that is nearly right. Knows text only, no YAML."""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from functools import partial
from itertools import pairwise, takewhile

from rolebook.language import gettext, ngettext

Slip = tuple[int, str, str]
"""A line, from 0, what is wrong there, and what to write instead."""

_FENCE = re.compile(r"---[ \t]*")
_NEARLY_A_FENCE = re.compile(r"[-\u2010-\u2015\u2212]+[ \t]*|(?:-[ \t]+){2,}-[ \t]*")
"""Hyphens and dashes of any kind, but not the three hyphens."""
_FIELD = re.compile(r"[ \t]*(?:-[ \t]+)?\w[\w -]*:(?:\s|$)")
_NAMED = re.compile(r"( *)(-[ ]+)?(\w[\w -]*):(?:\s|$)")
"""A field: the spaces before it, the sign of an entry, its name."""
_FIRST_WORD = re.compile(r"([\w-]+) (.+)")
_BOLD_NAME = re.compile(r"([ \t]*(?:-[ \t]+)?)(\*{1,2}|`)([\w-]+)(?:\2[ \t]*:|:\2)(?:[ \t]+(.*)|)")
_SIGN_ALONE = re.compile(r"[ \t]*(?:-[ \t]+)?[\w-]+:[ \t]+([-?!*&%@`|>])[ \t]*")
_NAMING = ("outcome", "person", "id", "name")
"""The fields that name the thing of which others say more."""
_LONGEST = 10**6
_FIRST_FIELD = re.compile(r"[a-z_]+:(?:[ \t]|$)")
"""A field where there may be text: a sentence that begins with 'Note:' is none."""
_NO_SPACE = re.compile(r"[ \t]*(?:-[ \t]+)?([A-Za-z_]\w*):([^\s/:\u00a0\u2007\u202f].*)")
_NO_COLON = re.compile(r"[ \t]*-[ \t]+([\w-]+)((?: [^:#]*)?)")
_EQUALS = re.compile(r"(\w+)[ \t]*=[ \t]*([^=].*)")
_OTHER_SIGN = re.compile(r"([a-z_]+)[ \t]*([;\u2192\u2013\u2014-]|->|=>)[ \t]+(.*)")
_TWO_WORDS = re.compile(r"([a-z_]{5,}) ([^:#]+)")
_NO_BLANK = re.compile(r"[ \t]*-([A-Za-z][\w-]*):?[ \t]*")
_WRITTEN = re.compile(r"([ \t]*(?:-[ \t]+(?:[\w-]+:[ \t]+)?|[\w-]+:[ \t]+))(\S.*)")
"""A line with a value: what is before it, and the value."""
_OPENED = re.compile(r"""([ \t]*(?:-[ \t]+(?:[\w-]+:[ \t]+)?|[\w-]+:[ \t]+))(["'])((?:(?!\2).)+)""")
_WIDE_COLON = re.compile(r"[ \t]*((?:-[ \t]+)?\w[\w-]*)[ \t]*([\uff1a\ufe13\ufe55\u2236\ua789])[ \t]*(.*)")
_BULLETS = "\u2022\u2023\u25aa\u25e6\u00b7\u25cf\u25cb\u25a0\u2013\u2014+"
_BULLET = re.compile(rf"[ \t]*([{_BULLETS}]|\*(?!\*)|-(?![-\s]))[ \t]*(\S.*)")
"""What word processors and hasty hands begin the entries of a list with."""
_COMMENT = re.compile(r"[ \t]*(<!--|//|/\*)(.*)")
_AS_IN_PROGRAMS = re.compile(r"""[ \t]*"?([\w-]+)"?:[ \t]+("[^"]*"|'[^']*'),""")
_BLOCK_SIGN = re.compile(r"[>|][+-]?\d?[ \t]+(?!#)(.+)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_INNER_FIELD = re.compile(r"([ \t]*)([\w-]+):[ \t]+([\w-]+):[ \t]+(.*)")
_PLAIN = re.compile(r"(?!.*(?:: |:$| #))[\w(].*")
"""Text that needs no quotes."""
_MOST_SHOWN = 60
"""Characters of a line that a message repeats whole."""
_ENDS_EARLY = re.compile(r"""(?:\[[^\]]*\]|\{[^}]*\}|"[^"]*"|'[^']*')[ \t]*[^\s#,\]}].*""")
"""A list, a group or a quote with something behind it."""
_VALUE = re.compile(r"[ \t]*(?:-[ \t]+)?[\w ]+:[ \t]+(.*)")
_INVISIBLE = re.compile(r"[\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]")
"""Spaces that are none, and signs that nobody sees."""
_CONFLICT = re.compile(r"(?:<{7}|>{7}) .*|={7}[ \t]*")
_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
_SWALLOWED = re.compile(
    r"[ \t]*(?:-[ \t]+)?(?:[\w-]+:[ \t]+|(?![\w-]+:[ \t]))[^\s#\"'|>\[{&*!-][^#]*?[ \t](#[^\s#].*)"
)
_ALL_SWALLOWED = re.compile(r"[ \t]*(?:-[ \t]+)?(?:[\w-]+:[ \t]+|(?<=-[ \t]))(#[^\s#!].*)")
_WORD, _OLD_WORD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def beginning(text: str) -> Slip | None:
    """Say why the fields at the beginning of `text` are not read; None where nothing looks like fields."""
    lines = text.split("\n", 30)[:30]
    first = lines[0]
    if _INVISIBLE.search(first) and _FENCE.fullmatch(_INVISIBLE.sub("", first)):
        return 0, gettext("an invisible character is in the first line"), gettext("Retype the line ---")
    if first.strip() in ("+++", "```", "```yaml", "~~~"):
        return (
            0,
            gettext("the first line is %(line)s, so the fields are not read", line=first.strip()),
            gettext("Write --- instead"),
        )
    if _NEARLY_A_FENCE.fullmatch(first) and any(map(_FIELD.match, lines[1:4])):
        return (
            0,
            gettext("the first line is '%(line)s', not three hyphens", line=first.strip()),
            gettext("Write --- instead"),
        )
    fences = [at for at, line in enumerate(lines) if _FENCE.fullmatch(line)]
    above = fences[0] if fences else 0
    is_alone = all(not line.strip() or _is_comment(line) for line in lines[:above])
    if above and is_alone and any(map(_FIELD.match, lines[above + 1 : above + 4])):
        message = (
            gettext("the first line is a comment, and the fields begin below it")
            if lines[0].strip()
            else gettext("the first line is empty, and the fields begin below it")
        )
        return 0, message, gettext("Move the line --- to the top")
    if above and len(fences) > 1 and _FIRST_FIELD.match(lines[above + 1]):
        return 0, gettext("there is text above the fields"), gettext("Move it below the second line ---")
    if _FIELD.match(first) and any(map(_FENCE.fullmatch, lines)):
        return (
            0,
            gettext("the line --- above the fields is missing"),
            gettext("Begin the file with a line ---"),
        )
    return None


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith(("#", "<!--", "//"))


def ending(rest: str) -> Slip | None:
    """Find what is written in place of the line that ends the fields; lines count from the first field."""
    for at, line in enumerate(rest.split("\n")):
        if _NEARLY_A_FENCE.fullmatch(line) or _FENCE.fullmatch(_INVISIBLE.sub("", line).strip()):
            return (
                at,
                gettext("this line is '%(line)s', not three hyphens", line=line.strip()),
                gettext("Write --- to end the block"),
            )
        if line.strip() in ("+++", "***", "___", "```"):
            return (
                at,
                gettext("the block of fields does not end with %(line)s", line=line.strip()),
                gettext("Write --- instead"),
            )
    return None


def in_fields(front: str, near: int | None = None, names: Container[str] = ()) -> Slip | None:
    """Find a usual slip in the block `front`: near the line at which YAML's reader stopped, or anywhere.

    `names` are those of the fields that may be there, `group.name` for one in a group; none where nobody
    knows them.
    """
    lines = front.split("\n")
    for at, line in enumerate(lines):
        if _CONFLICT.fullmatch(line):
            hint = gettext(
                "Keep one of the two versions, and remove the lines %(signs)s",
                signs="<<<<<<< ======= >>>>>>>",
            )
            return at, gettext("this line is a leftover of a merge conflict"), hint
    if near is not None and (whole := _indented_beginning(lines) or _unclosed(lines, near)):
        return whole
    # The reader may notice a slip only two lines further on.
    around = () if near is None else (near, near - 1, near - 2)
    places = range(len(lines)) if near is None else [at for at in around if 0 <= at < len(lines)]
    of_fields: tuple[_Finder, ...] = (
        partial(_below_a_text, names=names),
        partial(_depth, names=names),
    )
    on_any = (*_SLIPS, *of_fields, *_LAST_SLIPS) if near is not None else (*_SLIPS, *_LAST_SLIPS)
    for slips, where in ((_ON_THIS_LINE, places[:1] if near is not None else places), (on_any, places)):
        for slip in slips:
            for at in where:
                if found := slip(lines, at):
                    return at, *found
    for at in places:
        if found := _no_colon(lines, at, names) or _inner_field(lines[at], names):
            return at, *found
    return None


def no_field(front: str, at: int) -> Slip:
    """Say what to do with a line that is no field: it may be the rest of the text above it, or a note."""
    lines = front.split("\n")
    message = gettext("this line is neither 'name: value' nor part of a list")
    spaces = _to_continue(lines[at - 1]) if at else 0
    if not spaces:
        return at, message, gettext("Write 'name: value', or begin it with '# ' if it is a note")
    hint = ngettext(
        "Begin it with %(number)s space if it belongs to the text above, "
        "or begin it with '# ' if it is a note",
        "Begin it with %(number)s spaces if it belongs to the text above, "
        "or begin it with '# ' if it is a note",
        spaces,
    )
    return at, message, hint


def unread(front: str, at: int) -> Slip | None:
    """Say what is wrong in a line that YAML's reader has no plain words for."""
    lines = front.split("\n")
    is_field = at < len(lines) and (_FIELD.match(lines[at]) or lines[at].lstrip().startswith("- "))
    return None if is_field or at >= len(lines) or not lines[at].strip() else no_field(front, at)


def second_colon(front: str, at: int) -> Slip:
    """Say what to do with a colon in a text, or with the line above that is no field."""
    lines = front.split("\n")
    found = _WRITTEN.fullmatch(lines[at].rstrip()) if at < len(lines) else None
    if found and (": " in found[2] or found[2].endswith(":")):
        hint = _write(f"{found[1].strip()} {_in_quotes(found[2])}")
        return at, gettext("there is a second ': ' on this line"), hint
    if found and at and not _FIELD.match(lines[at - 1]) and not _indent(lines[at]):
        return no_field(front, at - 1)
    return (
        at,
        gettext("there is a second ': ' on this line"),
        gettext("Put the text after the first colon in quotes"),
    )


def reference(front: str, at: int) -> tuple[str, str]:
    """Say what is wrong in a line with a sign that YAML reads as a reference."""
    lines = front.split("\n")
    found = _sign(lines, at) if at < len(lines) else None
    if not found and at < len(lines) and not _WRITTEN.fullmatch(lines[at].rstrip()):
        return no_field(front, at)[1:]
    return found or (gettext("a text that begins with * or & must be in quotes"), gettext("Put it in quotes"))


def _to_continue(above: str) -> int:
    """With how many spaces a line begins that belongs to the text in the line above; 0 where none can."""
    found = _WRITTEN.fullmatch(above.rstrip())
    if found and found[2].startswith(("'", '"', "[", "{")):
        return 0
    inside = len(above) - len(above.lstrip(" -"))
    is_field = _FIELD.match(above) is not None
    return inside + 2 if is_field else inside


def _shown(text: str) -> str:
    """A text for a message: whole if it is not long."""
    text = text.strip()
    return text if len(text) <= _MOST_SHOWN else f"{text[:40]}…"


def _in_quotes(text: str) -> str:
    text = _shown(text)
    return "'{}'".format(text.replace("'", "''")) if '"' in text or "\\" in text else f'"{text}"'


def _if_needed(text: str) -> str:
    """A text with quotes where it needs them."""
    return _shown(text) if _PLAIN.fullmatch(text) else _in_quotes(text)


def _indented_beginning(lines: Sequence[str]) -> Slip | None:
    """Find that the first lines are further in than all that follow them."""
    inside = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith(" ")), 0)
    fields = [at for at in range(inside) if _FIELD.match(lines[at])]
    if len(fields) < 2 or not _FIELD.match(lines[inside]):
        return None
    spaces = _indent(lines[fields[0]])
    message = ngettext(
        "the first %(lines)s lines begin with one space too many",
        "the first %(lines)s lines begin with %(number)s spaces too many",
        spaces,
        lines=inside,
    )
    hint = ngettext(
        "Remove one space at the beginning of each",
        "Remove %(number)s spaces at the beginning of each",
        spaces,
    )
    return fields[0], message, hint


def _unclosed(lines: Sequence[str], near: int) -> Slip | None:
    """Find the quotation mark that is opened last and closed nowhere, or by one that opens another text."""
    for at in range(min(near, len(lines) - 1), -1, -1):
        if not (found := _OPENED.fullmatch(lines[at])):
            continue
        before, sign, text = found.groups()
        end = next((line for line in range(at + 1, len(lines)) if sign in lines[line]), None)
        behind = lines[end].partition(sign)[2].strip() if end is not None else ""
        if end is None or (end <= near and behind and not behind.startswith("#")):
            hint = _write(f"{before.strip()} {sign}{_shown(text)}{sign}")
            return at, gettext("a quotation mark is opened and not closed"), hint
        return None
    return None


def _no_space(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    if found := _NO_SPACE.fullmatch(lines[at]):
        message = gettext("there is no space after '%(sign)s'", sign=f"{found[1]}:")
        return message, _write_line(f"{found[1]}: {_shown(found[2])}")
    return None


def _invisible(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    return invisible(lines[at])


def invisible(text: str) -> tuple[str, str] | None:
    """Find a character that nobody sees."""
    if _INVISIBLE.search(text):
        message = (
            gettext("a no-break space is in this line, perhaps from a word processor")
            if "\u00a0" in text
            else gettext("an invisible character is in this line, perhaps from a word processor")
        )
        return message, gettext("Type the line again")
    return None


def _smart_quotes(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    found = _VALUE.fullmatch(lines[at])
    if found and found[1][:1] and found[1][0] in _QUOTES:
        message = gettext("%(sign)s is no quotation mark here", sign=found[1][0])
        return message, gettext('Put the text between two "')
    return None


def _tab(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    return (
        (gettext("this line begins with a tab"), gettext("Write spaces instead")) if "\t" in indent else None
    )


def _below_a_text(lines: Sequence[str], at: int, names: Container[str]) -> tuple[str, str] | None:
    """Find a field below an entry that is a text, and so has no room for fields."""
    above = lines[at - 1] if at else ""
    item = _NO_COLON.fullmatch(above)
    if not item or not _FIELD.match(lines[at]) or lines[at].lstrip().startswith("-"):
        return None
    if _indent(lines[at]) <= _indent(above):
        return None
    text = f"{item[1]}{item[2]}".strip()
    message = gettext(
        "the line above has no colon, so nothing can be below '%(line)s'",
        line=f"{item[1]} {_shown(item[2])}".strip(),
    )
    group = next((name for _, name in _open_fields(lines, at - 1)), "")
    naming = next((name for name in _NAMING if f"{group}.{name}" in names), "")
    colon = _FIRST_WORD.fullmatch(text)
    if colon and f"{group}.{colon[1]}" in names:  # so the colon is all that is missing
        line = f"- {colon[1]}: {_shown(colon[2])}"
    elif naming:
        line = f"- {naming}: {_if_needed(text)}"
    elif " " not in text:
        line = f"- {text}:"
    else:
        return message, gettext("Remove this line, or write it without a colon")
    return message, gettext("Write '%(line)s' there", line=line)


def _depth(lines: Sequence[str], at: int, names: Container[str]) -> tuple[str, str] | None:
    """Find a line that begins further in or out than what it belongs to."""
    found = _field_of(lines[at])
    if found is None:
        return _entry_too_far_out(lines, at)
    indent, name, is_entry = found
    if not at:
        return _first_field(lines, indent, is_entry)
    place = _place_of(lines, at, name, names)
    if is_entry:
        is_beside = place is not None and place[0] == indent and _has_value(lines, at, indent)
        line = lines[at].strip().removeprefix("-").strip()
        message = gettext("this line begins with '- ', and its neighbours do not")
        return (message, _write_line(_shown(line))) if is_beside else _entry_too_far_out(lines, at)
    if place is not None and place[0] != indent:
        return _begin_as(*place, indent)
    above = lines[at - 1]
    if above.lstrip().startswith("-") and above.rstrip().endswith(":") and indent == _indent(above):
        group = above.strip().removeprefix("-").strip(" :")
        message = gettext("this line is not below '%(name)s'", name=group)
        return message, gettext("Begin it with four spaces more")
    return _below_a_value(lines, at, indent, names) if place is None else None


def _first_field(lines: Sequence[str], indent: int, is_entry: bool) -> tuple[str, str] | None:
    """Find that the first of all fields is no neighbour of the second."""
    if len(lines) < 2 or not _FIELD.match(lines[1]) or _indent(lines[1]) or lines[1].startswith("-"):
        return None
    if is_entry:
        message = gettext("this line begins with '- ', and its neighbours do not")
        return message, _write_line(_shown(lines[0].strip().removeprefix("-").strip()))
    return _too_far_in(indent) if indent else None


def _below_a_value(
    lines: Sequence[str], at: int, indent: int, names: Container[str]
) -> tuple[str, str] | None:
    """Find a field that is further in than the one above, though that has a value already."""
    above, value = lines[at - 1], _VALUE.fullmatch(lines[at - 1])
    if not value or not value[1] or indent <= _indent(above) or above.lstrip().startswith("-"):
        return None
    _, name, _ = _field_of(lines[at]) or (0, "", False)
    groups = ["", *(f"{group}." for _, group in _open_fields(lines, at))]
    if names and not any(f"{group}{name}" in names for group in groups):
        message = gettext("there is a ': ' in the text that begins above")
        return message, gettext("Put the whole text in quotes")
    return _too_far_in(indent - _indent(above))


def _field_of(line: str) -> tuple[int, str, bool] | None:
    """How far in a line begins that is a field, the field's name, and whether a '- ' is before it."""
    found = _NAMED.match(line)
    return (len(found[1]), found[3], bool(found[2])) if found else None


def _open_fields(lines: Sequence[str], at: int) -> Iterator[tuple[int, str]]:
    """The fields above a line to which something may be added, from the innermost: how far in, the name."""
    least = _LONGEST
    for line in reversed(lines[:at]):
        if (found := _field_of(line)) and (column := _column(line)) < least:
            yield column, found[1]
            least = found[0] if found[2] else column


def _column(line: str) -> int:
    """Where the first word of a line begins, behind the sign of an entry."""
    return len(line) - len(line.lstrip(" -"))


def _place_of(lines: Sequence[str], at: int, name: str, names: Container[str]) -> tuple[int, str] | None:
    """Where a field is to begin, and the field above that begins there; None where nobody knows."""
    above = [*_open_fields(lines, at)]
    for (column, beside), (_, group) in pairwise(above):
        if f"{group}.{name}" in names and f"{group}.{beside}" in names:
            return None if _stands_above(lines, at, column, name) else (column, beside)
    column, beside = above[-1] if above else (-1, "")
    return (0, beside) if column == 0 and name in names else None


def _stands_above(lines: Sequence[str], at: int, column: int, name: str) -> bool:
    """Whether a group that has fields in this `column` has this one already, so that another group begins."""
    for line in reversed(lines[:at]):
        found, here = _field_of(line), _column(line)
        if here < column:
            return False
        if found and here == column and found[1] == name:
            return True
        if found and found[2] and here == column:
            return False
    return False


def _has_value(lines: Sequence[str], at: int, indent: int) -> bool:
    """Whether the line above is a field of the same depth with a value, so that no list begins here."""
    value = _VALUE.fullmatch(lines[at - 1])
    return bool(value and value[1] and _column(lines[at - 1]) == indent)


def _begin_as(column: int, beside: str, indent: int) -> tuple[str, str]:
    message = (
        ngettext(
            "this line begins with one space too many",
            "this line begins with %(number)s spaces too many",
            indent - column,
        )
        if indent > column
        else ngettext(
            "this line begins with one space too few",
            "this line begins with %(number)s spaces too few",
            column - indent,
        )
    )
    if not column:
        return message, gettext("Begin it where its neighbours begin")
    return message, _begin_with(column, beside)


def _begin_with(column: int, beside: str) -> str:
    return ngettext(
        "Begin this line with %(number)s space, as '%(name)s'",
        "Begin this line with %(number)s spaces, as '%(name)s'",
        column,
        name=beside,
    )


def _entry_too_far_out(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find an entry that begins further out than its list, or than the field that the list belongs to."""
    if not at or not lines[at].lstrip().startswith("- "):
        return None
    indent, above = _indent(lines[at]), lines[at - 1]
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if any(_indent(each) == indent and each.lstrip().startswith("- ") for each in lines[:at]):
        return None
    if above.lstrip().startswith("- ") and indent < _indent(above):
        wanted = _indent(above)
    elif _field_of(above) and above.rstrip().endswith(":") and indent < _column(above):
        is_list = below.lstrip().startswith("- ") and _indent(below) > _column(above)
        wanted = _indent(below) if is_list else _column(above) + 2
    else:
        return None
    message = ngettext(
        "this line begins with one space too few",
        "this line begins with %(number)s spaces too few",
        wanted - indent,
    )
    return message, _begin_this_line(wanted)


def _begin_this_line(spaces: int) -> str:
    return ngettext("Begin this line with %(number)s space", "Begin this line with %(number)s spaces", spaces)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _too_far_in(indent: int) -> tuple[str, str]:
    message = ngettext(
        "this line begins with one space too many",
        "this line begins with %(number)s spaces too many",
        indent,
    )
    return message, gettext("Begin it where its neighbours begin")


def _write(value: str) -> str:
    """What to write: a field with its value, which may have quotes of its own."""
    return gettext("Write %(what)s", what=value)


def _write_line(line: str) -> str:
    """The same in quotes."""
    return gettext("Write '%(what)s'", what=line)


def _other_colon(sign: str, name: str, value: str) -> tuple[str, str]:
    """What is said of another sign in place of a colon."""
    message = gettext("there is '%(sign)s' where a colon belongs", sign=sign)
    return message, _write_line(f"{name}: {_shown(value)}")


def _no_colon(lines: Sequence[str], at: int, names: Container[str]) -> tuple[str, str] | None:
    """Find a field without its colon, or with another sign in its place."""
    if found := _EQUALS.fullmatch(lines[at]):
        return _other_colon("=", found[1], found[2])
    if (found := _OTHER_SIGN.fullmatch(lines[at])) and found[1] in names:
        return _other_colon(found[2], found[1], found[3])
    is_open = at and (_indent(lines[at - 1]) > 0 or lines[at - 1].rstrip().endswith(("|", ">", ":")))
    found = _TWO_WORDS.fullmatch(lines[at])
    if not found or is_open or (names and found[1] not in names):
        return None
    if any(line.startswith(f"{found[1]}:") for line in lines):  # so this one is the rest of a sentence
        return None
    message = gettext("there is no colon after '%(name)s'", name=found[1])
    return message, _write_line(f"{found[1]}: {_shown(found[2])}")


def _inner_field(line: str, names: Container[str]) -> tuple[str, str] | None:
    """Find the field of a group on the line of the group's name."""
    found = _INNER_FIELD.fullmatch(line)
    if not found or f"{found[2]}.{found[3]}" not in names:
        return None
    message = gettext(
        "'%(field)s' is a field of '%(group)s', so it needs a line of its own",
        field=found[3],
        group=found[2],
    )
    hint = gettext(
        "Write '%(line)s' on a line below '%(group)s:'",
        line=f"{found[1]}  {found[3]}: {_shown(found[4])}",
        group=found[2],
    )
    return message, hint


def _no_blank(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    if found := _NO_BLANK.fullmatch(lines[at]):
        return gettext("there is no space after '-'"), _write_line(f"- {found[1]}")
    return None


def _reserved(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find a text that YAML takes for something else, as it begins with a sign or has quotes inside."""
    found = _WRITTEN.fullmatch(lines[at].rstrip())
    if not found:
        return None
    before, text = found[1].strip(), found[2]
    message = gettext("a text that begins with %(sign)s must be in quotes", sign=text[0])
    if text.startswith(("@", "`", "%")):
        return message, _write(f"{before} {_in_quotes(text)}")
    if not _ENDS_EARLY.fullmatch(text):
        return None
    if link := _LINK.fullmatch(text):
        return gettext("a field takes no link"), _write(f"{before} {_if_needed(link[1])}")
    if text[0] in "'\"" and (text.endswith(text[0]) or re.match(r"(['\"])[^'\"]*\1\w", text)):
        inner = text[1:].removesuffix(text[0])
        message = gettext("the quotation mark %(sign)s inside the text ends it too early", sign=text[0])
        return message, _write(f"{before} {_in_quotes(inner)}")
    return message, _write(f"{before} {_in_quotes(text)}")


def _sign(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find a text that begins with a sign which YAML reads as a reference or an entry of a list."""
    found = _WRITTEN.fullmatch(lines[at].rstrip())
    if not found:
        return None
    before, text = found[1].strip(), found[2]
    if re.match(r"\*\*|\*[^*\s][^*]*\*(?!\w)", text):
        plain = _if_needed(text.replace("*", ""))
        return gettext("stars make no bold text in a field"), _write(f"{before} {plain}")
    if text.startswith("- ") and not before.startswith("-"):
        return _entry_behind_name(lines, at, text)
    if sign := _BLOCK_SIGN.fullmatch(text):
        # More than 5 is no quotation, nor a text that begins on the next line.
        rest = _in_quotes(text) if sign[1][0].isdigit() else _if_needed(sign[1])
        message = gettext("a text cannot begin with %(sign)s here", sign=text[0])
        return message, _write(f"{before} {rest}")
    if text.startswith(("*", "&", "!", "? ")) and not text.startswith(("!ENV", "!!")):
        message = gettext("a text that begins with %(sign)s must be in quotes", sign=text[0])
        return message, _write(f"{before} {_in_quotes(text)}")
    return None


def _entry_behind_name(lines: Sequence[str], at: int, text: str) -> tuple[str, str]:
    name = lines[at].partition(":")[0].strip()
    message = gettext("an entry of a list cannot be on the line of '%(name)s:'", name=name)
    if at + 1 < len(lines) and (more := re.match(r"[ \t]*- ", lines[at + 1])):
        line = f"{more[0]}{_shown(text[2:])}"
        return message, gettext("Write '%(line)s' on a line of its own below it", line=line)
    return message, _write(f"{name}: {_if_needed(text[2:].strip())}")


def _bullet(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    if not (found := _BULLET.fullmatch(lines[at].rstrip())):
        return None
    entry = found[2] if _FIRST_FIELD.match(found[2]) else _if_needed(found[2])
    if found[1] == "-":
        return gettext("there is no space after '-'"), _write_line(f"- {_shown(entry)}")
    message = gettext("entries of a list begin with '- ', not with '%(sign)s'", sign=found[1])
    return message, _write_line(f"- {_shown(entry)}")


def _comment(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    if found := _COMMENT.fullmatch(lines[at]):
        text = _shown(found[2].strip().removesuffix("-->").removesuffix("*/"))
        return gettext("%(sign)s begins no comment here", sign=found[1]), _write_line(f"# {text}")
    return None


def _bold_name(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find a field whose name is in bold, or in the signs of code."""
    if not (found := _BOLD_NAME.fullmatch(lines[at].rstrip())):
        return None
    message = gettext("the name of a field has no %(sign)s around it", sign=found[2])
    return message, _write_line(f"{found[1]}{found[3]}: {_shown(found[4])}".strip())


def _no_value(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find a sign in place of a value."""
    if found := _SIGN_ALONE.fullmatch(lines[at]):
        message = gettext("'%(sign)s' says nothing", sign=found[1])
        return message, gettext("Write what is meant, or remove the line")
    return None


def _comma(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find a field that is written as in programs: `"title": "PPC",`."""
    if found := _AS_IN_PROGRAMS.fullmatch(lines[at].rstrip()):
        return gettext("a comma ends this line"), _write(f"{found[1]}: {found[2]}")
    return None


def _wide_colon(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    if found := _WIDE_COLON.fullmatch(lines[at]):
        return _other_colon(found[2], found[1], found[3])
    return None


def _no_dash(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find an entry of a list that has no dash, though the next one has, or the one before it."""
    line, indent = lines[at], _indent(lines[at])
    if line.lstrip().startswith("-") or not indent:
        return None
    before = [*takewhile(lambda each: _indent(each) >= indent, reversed(lines[:at]))]
    beside = [each for each in (*before, *lines[at + 1 : at + 2]) if _indent(each) == indent]
    # A list may begin as far in as the field that it belongs to.
    is_field = any(_indent(each) == indent and not each.lstrip().startswith("-") for each in before)
    if is_field or not any(each.lstrip().startswith("- ") for each in beside):
        return None
    if options := _below_last_entry(before, line, indent):
        return options
    message = gettext("this line has no '- ', and its neighbours have")
    return message, _write_line(f"- {_shown(line)}")


def _below_last_entry(before: Sequence[str], line: str, indent: int) -> tuple[str, str] | None:
    """Say of a field that it belongs below the last entry; `before` begins at the nearest line."""
    inside = [*takewhile(lambda each: _indent(each) > indent, before)]
    last = before[len(inside)].strip() if len(inside) < len(before) else ""
    is_list = bool(inside) and inside[-1].lstrip().startswith("- ")
    if is_list or not _field_of(line) or not (last.startswith("- ") and last.endswith(":")):
        return None
    message = gettext("this line is not below '%(name)s'", name=last.removeprefix("-").strip(" :"))
    return message, _begin_this_line(indent + 4)


_Finder = Callable[[Sequence[str], int], tuple[str, str] | None]
_ON_THIS_LINE: tuple[_Finder, ...] = (_bold_name, _comment, _comma, _wide_colon, _bullet, _sign)
"""Slips at which YAML's reader stops at once: what is in other lines may be right."""
_SLIPS: tuple[_Finder, ...] = (*(_invisible, _smart_quotes, _tab, _no_space, _no_blank, _no_value),)
_LAST_SLIPS: tuple[_Finder, ...] = (_reserved, _no_dash)


def swallowed(front: str, values: str) -> Iterator[Slip]:
    """Find text after a # that is not read, though its author hardly meant a comment.

    `values` is all that was read: what is in it was not lost.
    """
    if " #" not in front and "\t#" not in front:
        return
    hint = gettext("Put the whole text in quotes, or write a space after # if it is a comment")
    for at, line in enumerate(front.split("\n")):
        found = _SWALLOWED.fullmatch(line) or _ALL_SWALLOWED.fullmatch(line)
        if found and found[1] not in values:
            yield (
                at,
                gettext("'%(text)s' is not read: after a space, # begins a comment", text=found[1][:40]),
                hint,
            )


def is_field(line: str) -> bool:
    """Whether a line at the beginning of a text is a field."""
    return bool(_FIRST_FIELD.match(line))


def is_fence(line: str) -> bool:
    """Whether a line begins or ends fields."""
    return bool(_FENCE.fullmatch(line))


def without_quotes(text: str) -> str:
    """A text that is between quotation marks of a word processor, or has lost one, without them.

    Empty for any other text: a word in it may well be quoted, and 5" is a length.
    """
    opened, inner = _PAIRS.get(text[:1]), text[1:]
    if opened and inner[-1:] in opened and not set(inner[:-1]) & {text[0], *opened}:
        return _if_needed(inner[:-1])
    if opened and not set(inner) & set(opened):
        return _if_needed(inner)
    is_lost = text.endswith('"') and text.count('"') == 1 and not text[-2:-1].isdigit()
    return _if_needed(text[:-1]) if is_lost else ""


_PAIRS = {
    "\u201c": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u2018": "\u2019",
    "\u201a": "\u2018\u2019",
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
}
"""Quotation marks of word processors, each with those that close it."""


def encoding(data: bytes) -> tuple[str, str] | None:
    """Say which encoding a file that is not UTF-8 seems to have."""
    if data.startswith((_WORD, _OLD_WORD)):
        message = gettext("this is a Word document or similar, not a text file")
        return message, gettext("Copy its text into a plain text file")
    if data.startswith(_UTF_16):
        message = gettext("the file is saved as UTF-16, which Notepad calls Unicode")
        return message, gettext("Save it with the encoding UTF-8")
    return None
