"""Knows what a spreadsheet shows in place of a value where a formula failed."""

import re

NO_RESULT = "#NO_RESULT!"
"""Stands in a cell with a formula whose result was not saved."""
UNKNOWN = "#ERROR!"
"""Stands in a cell with an error of an unknown name."""
_ERROR = re.compile(
    r"#[¡¿]?[A-ZÀ-ÖØ-Þ0-9/_]+[!?]|Err:\d{3}|#{3,}|"
    r"#(?:N/?[ADV]|N/B|I/T|SAKNAS|PUUTTUU|GETTING_DATA|REF|VALUE|NAME|NUM|NULL|DIV/0)"
)
"""`#REF!`, `#VALUE!` and the like in any language; those without a sign at the end; OpenDocument's; and a
number for which its column was too narrow."""


def is_error(cell: str) -> bool:
    """Whether `cell` shows an error, and no value."""
    return _ERROR.fullmatch(cell.strip()) is not None
