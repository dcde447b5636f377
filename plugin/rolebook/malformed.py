"""Names the usual slips in front matter that is nearly right. Knows text only, no YAML."""

import re
from collections.abc import Callable, Iterator, Sequence

Slip = tuple[int, str, str]
"""A line, from 0, what is wrong there, and what to write instead."""

_FENCE = re.compile(r"---[ \t]*")
_NEARLY_A_FENCE = re.compile(r"[-\u2010-\u2015\u2212]+[ \t]*|(?:-[ \t]+){2,}-[ \t]*")
"""Hyphens and dashes of any kind, but not the three hyphens."""
_FIELD = re.compile(r"[ \t]*(?:-[ \t]+)?\w[\w -]*:(?:\s|$)")
_NO_SPACE = re.compile(r"[ \t]*(?:-[ \t]+)?([A-Za-z_]\w*):([^\s/:\u00a0\u2007\u202f].*)")
_NO_COLON = re.compile(r"[ \t]*-[ \t]+([\w-]+)((?: [^:#]*)?)")
_EQUALS = re.compile(r"(\w+)[ \t]*=[ \t]*([^=].*)")
_TWO_WORDS = re.compile(r"([a-z_]{5,}) ([^:#]+)")
_NO_BLANK = re.compile(r"[ \t]*-([A-Za-z][\w-]*):?[ \t]*")
_ENDS_EARLY = re.compile(r"""(?:\[[^\]]*\]|\{[^}]*\}|"[^"]*"|'[^']*')[ \t]*[^\s#,].*""")
"""A list, a group or a quote with something behind it."""
_VALUE = re.compile(r"[ \t]*(?:-[ \t]+)?[\w ]+:[ \t]+(.*)")
_INVISIBLE = re.compile(r"[\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]")
"""Spaces that are none, and signs that nobody sees."""
_CONFLICT = re.compile(r"(?:<{7}|>{7}) .*|={7}[ \t]*")
_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
_SWALLOWED = re.compile(
    r"[ \t]*(?:-[ \t]+)?(?:[\w-]+:[ \t]+|(?![\w-]+:[ \t]))[^\s#\"'|>\[{&*!-][^#]*?[ \t](#[^\s#].*)"
)
_WORD, _OLD_WORD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def beginning(text: str) -> Slip | None:
    """Say why the fields at the beginning of `text` are not read; None where nothing looks like fields."""
    lines = text.split("\n", 30)[:30]
    first = lines[0]
    if _INVISIBLE.search(first) and _FENCE.fullmatch(_INVISIBLE.sub("", first)):
        return 0, "an invisible character is in the first line", "Retype the line ---"
    if first.strip() in ("+++", "```", "```yaml", "~~~"):
        return 0, f"the first line is {first.strip()}, so the fields are not read", "Write --- instead"
    if _NEARLY_A_FENCE.fullmatch(first) and any(map(_FIELD.match, lines[1:4])):
        return 0, f"the first line is '{first.strip()}', not three hyphens", "Write --- instead"
    above = next((at for at, line in enumerate(lines) if _FENCE.fullmatch(line)), 0)
    is_alone = all(not line.strip() or _is_comment(line) for line in lines[:above])
    if above and is_alone and any(map(_FIELD.match, lines[above + 1 : above + 4])):
        what = "a comment" if lines[0].strip() else "empty"
        return 0, f"the first line is {what}, and the fields begin below it", "Move the line --- to the top"
    if _FIELD.match(first) and any(map(_FENCE.fullmatch, lines)):
        return 0, "the line --- above the fields is missing", "Begin the file with a line ---"
    return None


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith(("#", "<!--", "//"))


def ending(rest: str) -> Slip | None:
    """Find what is written in place of the line that ends the fields; lines count from the first field."""
    for at, line in enumerate(rest.split("\n")):
        if _NEARLY_A_FENCE.fullmatch(line) or _FENCE.fullmatch(_INVISIBLE.sub("", line).strip()):
            return at, f"this line is '{line.strip()}', not three hyphens", "Write --- to end the block"
        if line.strip() in ("+++", "***", "___", "```"):
            return at, f"the block of fields does not end with {line.strip()}", "Write --- instead"
    return None


def in_fields(front: str, near: int | None = None) -> Slip | None:
    """Find a usual slip in the block `front`: near the line at which YAML's reader stopped, or anywhere."""
    lines = front.split("\n")
    for at, line in enumerate(lines):
        if _CONFLICT.fullmatch(line):
            hint = "Keep one of the two versions, and remove the lines <<<<<<<, ======= and >>>>>>>"
            return at, "this line is a leftover of a merge conflict", hint
    # The reader may notice a slip only two lines further on.
    around = () if near is None else (near, near - 1, near - 2)
    places = range(len(lines)) if near is None else [at for at in around if 0 <= at < len(lines)]
    for slip in _SLIPS:
        for at in places:
            if found := slip(lines, at):
                return at, *found
    return None


def _no_space(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    if found := _NO_SPACE.fullmatch(lines[at]):
        return f"there is no space after '{found[1]}:'", f"Write '{found[1]}: {found[2].strip()[:40]}'"
    return None


def _invisible(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    if _INVISIBLE.search(lines[at]):
        kind = "a no-break space" if "\u00a0" in lines[at] else "an invisible character"
        return f"{kind} is in this line, perhaps from a word processor", "Type the line again"
    return None


def _smart_quotes(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    found = _VALUE.fullmatch(lines[at])
    if found and found[1][:1] and found[1][0] in _QUOTES:
        return f"{found[1][0]} is no quotation mark here", 'Put the text between two "'
    return None


def _tab(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    return ("this line begins with a tab", "Write spaces instead") if "\t" in indent else None


def _indented(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find a field that is further in than the one above, though that has a value already."""
    if not _FIELD.match(lines[at]):
        return None
    indent = _indent(lines[at])
    if not at:
        is_alone = indent > 0 and len(lines) > 1 and _FIELD.match(lines[1]) and not _indent(lines[1])
        return _too_far_in(indent) if is_alone else None
    above = lines[at - 1]
    is_own_item = lines[at].lstrip().startswith("-")
    if (item := _NO_COLON.fullmatch(above)) and indent > _indent(above) and not is_own_item:
        name, rest = item[1], item[2].strip()
        colon = f"Write '- {name}: {rest[:40]}' there" if rest else f"Write '- {name}:' there"
        return (
            f"the line above has no colon, so nothing can be below '{f'{name} {rest[:40]}'.strip()}'",
            colon,
        )
    if above.lstrip().startswith("-") and above.rstrip().endswith(":") and indent <= _indent(above):
        name = above.strip().removeprefix("-").strip(" :")
        if indent == _indent(above) and not is_own_item:
            return f"this line is not below '{name}'", "Begin it with four spaces more"
    value = _VALUE.fullmatch(above)
    is_item = above.lstrip().startswith("-")
    if value and value[1] and indent > len(above) - len(above.lstrip(" ")) and not is_item:
        return _too_far_in(indent)
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _too_far_in(indent: int) -> tuple[str, str]:
    spaces = "one space" if indent == 1 else f"{indent} spaces"
    return f"this line begins with {spaces} too many", "Begin it where its neighbours begin"


def _no_colon(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Find a field without its colon, or with another sign in its place."""
    if found := _EQUALS.fullmatch(lines[at]):
        return "there is '=' where a colon belongs", f"Write '{found[1]}: {found[2].strip()[:40]}'"
    is_open = at and (_indent(lines[at - 1]) > 0 or lines[at - 1].rstrip().endswith(("|", ">", ":")))
    if (found := _TWO_WORDS.fullmatch(lines[at])) and not is_open:
        return f"there is no colon after '{found[1]}'", f"Write '{found[1]}: {found[2].strip()[:40]}'"
    return None


def _no_blank(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    if found := _NO_BLANK.fullmatch(lines[at]):
        return "there is no space after '-'", f"Write '- {found[1]}'"
    return None


def _reserved(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    found = _VALUE.fullmatch(lines[at])
    if found and found[1].startswith(("@", "`", "%")):
        return f"a text that begins with {found[1][0]} must be in quotes", f"Write '…: \"{found[1][:40]}\"'"
    if found and _ENDS_EARLY.fullmatch(found[1]):
        sign = found[1][0]
        quote = "'" if '"' in found[1] else '"'
        return f"a text that begins with {sign} must be in quotes", f"Write …: {quote}{found[1][:40]}{quote}"
    return None


_SLIPS: tuple[Callable[[Sequence[str], int], tuple[str, str] | None], ...] = (
    *(_invisible, _smart_quotes, _tab, _no_space, _no_blank, _indented, _reserved, _no_colon),
)


def swallowed(front: str, values: str) -> Iterator[Slip]:
    """Find text after a # that is not read, though its author hardly meant a comment.

    `values` is all that was read: what is in it was not lost.
    """
    if " #" not in front and "\t#" not in front:
        return
    for at, line in enumerate(front.split("\n")):
        if (found := _SWALLOWED.fullmatch(line)) and found[1] not in values:
            message = f"'{found[1][:40]}' is not read: after a space, # begins a comment"
            yield at, message, "Put the whole text in quotes, or write a space after # if it is a comment"


def encoding(data: bytes) -> tuple[str, str] | None:
    """Say which encoding a file that is not UTF-8 seems to have."""
    if data.startswith((_WORD, _OLD_WORD)):
        return "this is a Word document or similar, not a text file", "Copy its text into a plain text file"
    if data.startswith(_UTF_16):
        return "the file is saved as UTF-16, which Notepad calls Unicode", "Save it with the encoding UTF-8"
    return None
