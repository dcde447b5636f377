"""Cells that a spreadsheet would take for formulas, made text and back again.

A cell that begins like a formula is run when somebody opens the file (OWASP, "CSV Injection"). An apostrophe
before it makes it text; cells that look as if they had one get another, so that taking it away is exact.
"""

import re

_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def guarded(cell: str) -> str:
    """`cell` as it can be opened in a spreadsheet."""
    return f"'{cell}" if _LIKE_A_FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """`cell` as it was before `guarded`."""
    return cell[1:] if cell.startswith("'") and _LIKE_A_FORMULA.match(cell) else cell
