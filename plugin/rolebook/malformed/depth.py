"""Finds lines that begin further in or out than what they belong to."""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise, takewhile

from rolebook.language import gettext, ngettext
from rolebook.malformed.quoting import if_needed, shown, write_line

FIELD = re.compile(r"[ \t]*(?:-[ \t]+)?\w[\w -]*:(?:\s|$)")
VALUE = re.compile(r"[ \t]*(?:-[ \t]+)?[\w ]+:[ \t]+(.*)")
_NAMED = re.compile(r"( *)(-[ ]+)?(\w[\w -]*):(?:\s|$)")
"""A field: the spaces before it, the sign of an entry, its name."""
_FIRST_WORD = re.compile(r"([\w-]+) (.+)")
_NAMING = ("outcome", "person", "id", "name")
"""The fields that name the thing of which others say more."""
_LONGEST = 10**6
_NO_COLON = re.compile(r"[ \t]*-[ \t]+([\w-]+)((?: [^:#]*)?)")


def indented_beginning(lines: Sequence[str]) -> tuple[int, str, str] | None:
    """Find that the first lines are further in than all that follow them."""
    inside = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith(" ")), 0)
    fields = [at for at in range(inside) if FIELD.match(lines[at])]
    if len(fields) < 2 or not FIELD.match(lines[inside]):
        return None
    spaces = indent_of(lines[fields[0]])
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


def below_a_text(lines: Sequence[str], at: int, names: Container[str]) -> tuple[str, str] | None:
    """Find a field below an entry that is a text, and so has no room for fields."""
    above = lines[at - 1] if at else ""
    item = _NO_COLON.fullmatch(above)
    if not item or not FIELD.match(lines[at]) or lines[at].lstrip().startswith("-"):
        return None
    if indent_of(lines[at]) <= indent_of(above):
        return None
    text = f"{item[1]}{item[2]}".strip()
    message = gettext(
        "the line above has no colon, so nothing can be below '%(line)s'",
        line=f"{item[1]} {shown(item[2])}".strip(),
    )
    group = next((name for _, name in _open_fields(lines, at - 1)), "")
    naming = next((name for name in _NAMING if f"{group}.{name}" in names), "")
    colon = _FIRST_WORD.fullmatch(text)
    if colon and f"{group}.{colon[1]}" in names:  # so the colon is all that is missing
        line = f"- {colon[1]}: {shown(colon[2])}"
    elif naming:
        line = f"- {naming}: {if_needed(text)}"
    elif " " not in text:
        line = f"- {text}:"
    else:
        return message, gettext("Remove this line, or write it without a colon")
    return message, gettext("Write '%(line)s' there", line=line)


def wrong_depth(lines: Sequence[str], at: int, names: Container[str]) -> tuple[str, str] | None:
    """Find a line that begins further in or out than what it belongs to."""
    found = field_of(lines[at])
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
        return (message, write_line(shown(line))) if is_beside else _entry_too_far_out(lines, at)
    if place is not None and place[0] != indent:
        return _begin_as(*place, indent)
    above = lines[at - 1]
    if above.lstrip().startswith("-") and above.rstrip().endswith(":") and indent == indent_of(above):
        group = above.strip().removeprefix("-").strip(" :")
        message = gettext("this line is not below '%(name)s'", name=group)
        return message, gettext("Begin it with four spaces more")
    return _below_a_value(lines, at, indent, names) if place is None else None


def _first_field(lines: Sequence[str], indent: int, is_entry: bool) -> tuple[str, str] | None:
    """Find that the first of all fields is no neighbour of the second."""
    if len(lines) < 2 or not FIELD.match(lines[1]) or indent_of(lines[1]) or lines[1].startswith("-"):
        return None
    if is_entry:
        message = gettext("this line begins with '- ', and its neighbours do not")
        return message, write_line(shown(lines[0].strip().removeprefix("-").strip()))
    return _too_far_in(indent) if indent else None


def _below_a_value(
    lines: Sequence[str], at: int, indent: int, names: Container[str]
) -> tuple[str, str] | None:
    """Find a field that is further in than the one above, though that has a value already."""
    above, value = lines[at - 1], VALUE.fullmatch(lines[at - 1])
    if not value or not value[1] or indent <= indent_of(above) or above.lstrip().startswith("-"):
        return None
    _, name, _ = field_of(lines[at]) or (0, "", False)
    groups = ["", *(f"{group}." for _, group in _open_fields(lines, at))]
    if names and not any(f"{group}{name}" in names for group in groups):
        message = gettext("there is a ': ' in the text that begins above")
        return message, gettext("Put the whole text in quotes")
    return _too_far_in(indent - indent_of(above))


def field_of(line: str) -> tuple[int, str, bool] | None:
    """How far in a line begins that is a field, the field's name, and whether a '- ' is before it."""
    found = _NAMED.match(line)
    return (len(found[1]), found[3], bool(found[2])) if found else None


def _open_fields(lines: Sequence[str], at: int) -> Iterator[tuple[int, str]]:
    """The fields above a line to which something may be added, from the innermost: how far in, the name."""
    least = _LONGEST
    for line in reversed(lines[:at]):
        if (found := field_of(line)) and (column := _column(line)) < least:
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
        found, here = field_of(line), _column(line)
        if here < column:
            return False
        if found and here == column and found[1] == name:
            return True
        if found and found[2] and here == column:
            return False
    return False


def _has_value(lines: Sequence[str], at: int, indent: int) -> bool:
    """Whether the line above is a field of the same depth with a value, so that no list begins here."""
    value = VALUE.fullmatch(lines[at - 1])
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
    indent, above = indent_of(lines[at]), lines[at - 1]
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if any(indent_of(each) == indent and each.lstrip().startswith("- ") for each in lines[:at]):
        return None
    if above.lstrip().startswith("- ") and indent < indent_of(above):
        wanted = indent_of(above)
    elif field_of(above) and above.rstrip().endswith(":") and indent < _column(above):
        is_list = below.lstrip().startswith("- ") and indent_of(below) > _column(above)
        wanted = indent_of(below) if is_list else _column(above) + 2
    else:
        return None
    message = ngettext(
        "this line begins with one space too few",
        "this line begins with %(number)s spaces too few",
        wanted - indent,
    )
    return message, begin_this_line(wanted)


def begin_this_line(spaces: int) -> str:
    """How far in a line is to begin."""
    return ngettext("Begin this line with %(number)s space", "Begin this line with %(number)s spaces", spaces)


def indent_of(line: str) -> int:
    """How far in a line begins."""
    return len(line) - len(line.lstrip(" "))


def _too_far_in(indent: int) -> tuple[str, str]:
    message = ngettext(
        "this line begins with one space too many",
        "this line begins with %(number)s spaces too many",
        indent,
    )
    return message, gettext("Begin it where its neighbours begin")


def no_dash(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find an entry of a list that has no dash, though the next one has, or the one before it."""
    line, indent = lines[at], indent_of(lines[at])
    if line.lstrip().startswith("-") or not indent:
        return None
    before = [*takewhile(lambda each: indent_of(each) >= indent, reversed(lines[:at]))]
    beside = [each for each in (*before, *lines[at + 1 : at + 2]) if indent_of(each) == indent]
    # A list may begin as far in as the field that it belongs to.
    is_field = any(indent_of(each) == indent and not each.lstrip().startswith("-") for each in before)
    if is_field or not any(each.lstrip().startswith("- ") for each in beside):
        return None
    if options := _below_last_entry(before, line, indent):
        return options
    message = gettext("this line has no '- ', and its neighbours have")
    return message, write_line(f"- {shown(line)}")


def _below_last_entry(before: Sequence[str], line: str, indent: int) -> tuple[str, str] | None:
    """Say of a field that it belongs below the last entry; `before` begins at the nearest line."""
    inside = [*takewhile(lambda each: indent_of(each) > indent, before)]
    last = before[len(inside)].strip() if len(inside) < len(before) else ""
    is_list = bool(inside) and inside[-1].lstrip().startswith("- ")
    if is_list or not field_of(line) or not (last.startswith("- ") and last.endswith(":")):
        return None
    message = gettext("this line is not below '%(name)s'", name=last.removeprefix("-").strip(" :"))
    return message, begin_this_line(indent + 4)
