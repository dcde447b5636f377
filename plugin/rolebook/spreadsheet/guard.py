"""Keeps a spreadsheet from taking cells for formulas: makes them text, and reads that back.

A cell that begins like a formula is run when somebody opens the file (OWASP, "CSV Injection"). An apostrophe
before it makes it text. In much of the world a spreadsheet parts cells at a semicolon, or at a tab, so what
follows one of these inside a cell is guarded too. What looks guarded gets another apostrophe, so that taking
one away is exact.
"""

import re

_FORMULA = r"(?=[=+\-@\t\r＝＋－＠])"
_PLACE = re.compile(rf"(^|[;\t\n\r])([\"']*){_FORMULA}")
_GUARDED = re.compile(rf"(^|[;\t\n\r])'([\"']*){_FORMULA}")


def guarded(cell: str) -> str:
    """Make `cell` safe to open in a spreadsheet, whatever its delimiter is."""
    return _PLACE.sub(r"\1'\2", cell)


def unguarded(cell: str) -> str:
    """`cell` as it was before `guarded`."""
    return _GUARDED.sub(r"\1\2", cell)
