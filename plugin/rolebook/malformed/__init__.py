"""Names the usual slips in front matter that is nearly right. Knows text only, no YAML."""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from functools import partial

from rolebook.language import gettext, ngettext
from rolebook.malformed.depth import (
    FIELD,
    VALUE,
    below_a_text,
    indent_of,
    indented_beginning,
    no_dash,
    wrong_depth,
)
from rolebook.malformed.quoting import if_needed, in_quotes, shown, write, write_line

Slip = tuple[int, str, str]
"""A line, from 0, what is wrong there, and what to write instead."""
_WORD, _OLD_WORD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_FENCE = re.compile(r"---[ \t]*")
_NEARLY_A_FENCE = re.compile(r"[-\u2010-\u2015\u2212]+[ \t]*|(?:-[ \t]+){2,}-[ \t]*")
"""Hyphens and dashes of any kind, but not the three hyphens."""
_BOLD_NAME = re.compile(r"([ \t]*(?:-[ \t]+)?)(\*{1,2}|`)([\w-]+)(?:\2[ \t]*:|:\2)(?:[ \t]+(.*)|)")
_SIGN_ALONE = re.compile(r"[ \t]*(?:-[ \t]+)?[\w-]+:[ \t]+([-?!*&%@`|>])[ \t]*")
_FIRST_FIELD = re.compile(r"[a-z_]+:(?:[ \t]|$)")
"""A field where there may be text: a sentence that begins with 'Note:' is none."""
_NO_SPACE = re.compile(r"[ \t]*(?:-[ \t]+)?([A-Za-z_]\w*):([^\s/:\u00a0\u2007\u202f].*)")
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
_ENDS_EARLY = re.compile(r"""(?:\[[^\]]*\]|\{[^}]*\}|"[^"]*"|'[^']*')[ \t]*[^\s#,\]}].*""")
"""A list, a group or a quote with something behind it."""
_INVISIBLE = re.compile(r"[\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]")
"""Spaces that are none, and signs that nobody sees."""
_CONFLICT = re.compile(r"(?:<{7}|>{7}) .*|={7}[ \t]*")
_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
_SWALLOWED = re.compile(
    r"[ \t]*(?:-[ \t]+)?(?:[\w-]+:[ \t]+|(?![\w-]+:[ \t]))[^\s#\"'|>\[{&*!-][^#]*?[ \t](#[^\s#].*)"
)
_ALL_SWALLOWED = re.compile(r"[ \t]*(?:-[ \t]+)?(?:[\w-]+:[ \t]+|(?<=-[ \t]))(#[^\s#!].*)")
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
    if _NEARLY_A_FENCE.fullmatch(first) and any(map(FIELD.match, lines[1:4])):
        return (
            0,
            gettext("the first line is '%(line)s', not three hyphens", line=first.strip()),
            gettext("Write --- instead"),
        )
    fences = [at for at, line in enumerate(lines) if _FENCE.fullmatch(line)]
    above = fences[0] if fences else 0
    is_alone = all(not line.strip() or _is_comment(line) for line in lines[:above])
    if above and is_alone and any(map(FIELD.match, lines[above + 1 : above + 4])):
        message = (
            gettext("the first line is a comment, and the fields begin below it")
            if lines[0].strip()
            else gettext("the first line is empty, and the fields begin below it")
        )
        return 0, message, gettext("Move the line --- to the top")
    if above and len(fences) > 1 and _FIRST_FIELD.match(lines[above + 1]):
        return 0, gettext("there is text above the fields"), gettext("Move it below the second line ---")
    if FIELD.match(first) and any(map(_FENCE.fullmatch, lines)):
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
    if near is not None and (whole := indented_beginning(lines) or _unclosed(lines, near)):
        return whole
    # The reader may notice a slip only two lines further on.
    around = () if near is None else (near, near - 1, near - 2)
    places = range(len(lines)) if near is None else [at for at in around if 0 <= at < len(lines)]
    of_fields: tuple[_Finder, ...] = (
        partial(below_a_text, names=names),
        partial(wrong_depth, names=names),
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
    is_field = at < len(lines) and (FIELD.match(lines[at]) or lines[at].lstrip().startswith("- "))
    return None if is_field or at >= len(lines) or not lines[at].strip() else no_field(front, at)


def second_colon(front: str, at: int) -> Slip:
    """Say what to do with a colon in a text, or with the line above that is no field."""
    lines = front.split("\n")
    found = _WRITTEN.fullmatch(lines[at].rstrip()) if at < len(lines) else None
    if found and (": " in found[2] or found[2].endswith(":")):
        hint = write(f"{found[1].strip()} {in_quotes(found[2])}")
        return at, gettext("there is a second ': ' on this line"), hint
    if found and at and not FIELD.match(lines[at - 1]) and not indent_of(lines[at]):
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
    is_field = FIELD.match(above) is not None
    return inside + 2 if is_field else inside


def _unclosed(lines: Sequence[str], near: int) -> Slip | None:
    """Find the quotation mark that is opened last and closed nowhere, or by one that opens another text."""
    for at in range(min(near, len(lines) - 1), -1, -1):
        if not (found := _OPENED.fullmatch(lines[at])):
            continue
        before, sign, text = found.groups()
        end = next((line for line in range(at + 1, len(lines)) if sign in lines[line]), None)
        behind = lines[end].partition(sign)[2].strip() if end is not None else ""
        if end is None or (end <= near and behind and not behind.startswith("#")):
            hint = write(f"{before.strip()} {sign}{shown(text)}{sign}")
            return at, gettext("a quotation mark is opened and not closed"), hint
        return None
    return None


def _no_space(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    if found := _NO_SPACE.fullmatch(lines[at]):
        message = gettext("there is no space after '%(sign)s'", sign=f"{found[1]}:")
        return message, write_line(f"{found[1]}: {shown(found[2])}")
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
    found = VALUE.fullmatch(lines[at])
    if found and found[1][:1] and found[1][0] in _QUOTES:
        message = gettext("%(sign)s is no quotation mark here", sign=found[1][0])
        return message, gettext('Put the text between two "')
    return None


def _tab(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    return (
        (gettext("this line begins with a tab"), gettext("Write spaces instead")) if "\t" in indent else None
    )


def _other_colon(sign: str, name: str, value: str) -> tuple[str, str]:
    """What is said of another sign in place of a colon."""
    message = gettext("there is '%(sign)s' where a colon belongs", sign=sign)
    return message, write_line(f"{name}: {shown(value)}")


def _no_colon(lines: Sequence[str], at: int, names: Container[str]) -> tuple[str, str] | None:
    """Find a field without its colon, or with another sign in its place."""
    if found := _EQUALS.fullmatch(lines[at]):
        return _other_colon("=", found[1], found[2])
    if (found := _OTHER_SIGN.fullmatch(lines[at])) and found[1] in names:
        return _other_colon(found[2], found[1], found[3])
    is_open = at and (indent_of(lines[at - 1]) > 0 or lines[at - 1].rstrip().endswith(("|", ">", ":")))
    found = _TWO_WORDS.fullmatch(lines[at])
    if not found or is_open or (names and found[1] not in names):
        return None
    if any(line.startswith(f"{found[1]}:") for line in lines):  # so this one is the rest of a sentence
        return None
    message = gettext("there is no colon after '%(name)s'", name=found[1])
    return message, write_line(f"{found[1]}: {shown(found[2])}")


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
        line=f"{found[1]}  {found[3]}: {shown(found[4])}",
        group=found[2],
    )
    return message, hint


def _no_blank(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    if found := _NO_BLANK.fullmatch(lines[at]):
        return gettext("there is no space after '-'"), write_line(f"- {found[1]}")
    return None


def _reserved(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find a text that YAML takes for something else, as it begins with a sign or has quotes inside."""
    found = _WRITTEN.fullmatch(lines[at].rstrip())
    if not found:
        return None
    before, text = found[1].strip(), found[2]
    message = gettext("a text that begins with %(sign)s must be in quotes", sign=text[0])
    if text.startswith(("@", "`", "%")):
        return message, write(f"{before} {in_quotes(text)}")
    if not _ENDS_EARLY.fullmatch(text):
        return None
    if link := _LINK.fullmatch(text):
        return gettext("a field takes no link"), write(f"{before} {if_needed(link[1])}")
    if text[0] in "'\"" and (text.endswith(text[0]) or re.match(r"(['\"])[^'\"]*\1\w", text)):
        inner = text[1:].removesuffix(text[0])
        message = gettext("the quotation mark %(sign)s inside the text ends it too early", sign=text[0])
        return message, write(f"{before} {in_quotes(inner)}")
    return message, write(f"{before} {in_quotes(text)}")


def _sign(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find a text that begins with a sign which YAML reads as a reference or an entry of a list."""
    found = _WRITTEN.fullmatch(lines[at].rstrip())
    if not found:
        return None
    before, text = found[1].strip(), found[2]
    if re.match(r"\*\*|\*[^*\s][^*]*\*(?!\w)", text):
        plain = if_needed(text.replace("*", ""))
        return gettext("stars make no bold text in a field"), write(f"{before} {plain}")
    if text.startswith("- ") and not before.startswith("-"):
        return _entry_behind_name(lines, at, text)
    if sign := _BLOCK_SIGN.fullmatch(text):
        # More than 5 is no quotation, nor a text that begins on the next line.
        rest = in_quotes(text) if sign[1][0].isdigit() else if_needed(sign[1])
        message = gettext("a text cannot begin with %(sign)s here", sign=text[0])
        return message, write(f"{before} {rest}")
    if text.startswith(("*", "&", "!", "? ")) and not text.startswith(("!ENV", "!!")):
        message = gettext("a text that begins with %(sign)s must be in quotes", sign=text[0])
        return message, write(f"{before} {in_quotes(text)}")
    return None


def _entry_behind_name(lines: Sequence[str], at: int, text: str) -> tuple[str, str]:
    name = lines[at].partition(":")[0].strip()
    message = gettext("an entry of a list cannot be on the line of '%(name)s:'", name=name)
    if at + 1 < len(lines) and (more := re.match(r"[ \t]*- ", lines[at + 1])):
        line = f"{more[0]}{shown(text[2:])}"
        return message, gettext("Write '%(line)s' on a line of its own below it", line=line)
    return message, write(f"{name}: {if_needed(text[2:].strip())}")


def _bullet(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    if not (found := _BULLET.fullmatch(lines[at].rstrip())):
        return None
    entry = found[2] if _FIRST_FIELD.match(found[2]) else if_needed(found[2])
    if found[1] == "-":
        return gettext("there is no space after '-'"), write_line(f"- {shown(entry)}")
    message = gettext("entries of a list begin with '- ', not with '%(sign)s'", sign=found[1])
    return message, write_line(f"- {shown(entry)}")


def _comment(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    if found := _COMMENT.fullmatch(lines[at]):
        text = shown(found[2].strip().removesuffix("-->").removesuffix("*/"))
        return gettext("%(sign)s begins no comment here", sign=found[1]), write_line(f"# {text}")
    return None


def _bold_name(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find a field whose name is in bold, or in the signs of code."""
    if not (found := _BOLD_NAME.fullmatch(lines[at].rstrip())):
        return None
    message = gettext("the name of a field has no %(sign)s around it", sign=found[2])
    return message, write_line(f"{found[1]}{found[3]}: {shown(found[4])}".strip())


def _no_value(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find a sign in place of a value."""
    if found := _SIGN_ALONE.fullmatch(lines[at]):
        message = gettext("'%(sign)s' says nothing", sign=found[1])
        return message, gettext("Write what is meant, or remove the line")
    return None


def _comma(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find a field that is written as in programs: `"title": "PPC",`."""
    if found := _AS_IN_PROGRAMS.fullmatch(lines[at].rstrip()):
        return gettext("a comma ends this line"), write(f"{found[1]}: {found[2]}")
    return None


def _wide_colon(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    if found := _WIDE_COLON.fullmatch(lines[at]):
        return _other_colon(found[2], found[1], found[3])
    return None


_Finder = Callable[[Sequence[str], int], tuple[str, str] | None]
_ON_THIS_LINE: tuple[_Finder, ...] = (_bold_name, _comment, _comma, _wide_colon, _bullet, _sign)
"""Slips at which YAML's reader stops at once: what is in other lines may be right."""
_SLIPS: tuple[_Finder, ...] = (*(_invisible, _smart_quotes, _tab, _no_space, _no_blank, _no_value),)
_LAST_SLIPS: tuple[_Finder, ...] = (_reserved, no_dash)


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
        return if_needed(inner[:-1])
    if opened and not set(inner) & set(opened):
        return if_needed(inner)
    is_lost = text.endswith('"') and text.count('"') == 1 and not text[-2:-1].isdigit()
    return if_needed(text[:-1]) if is_lost else ""


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
