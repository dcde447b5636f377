"""Slips of the keyboard that can be mended without asking: in ids, names, choices and fields' names.

Only where one thing can have been meant. What is not mended stays as it is, byte for byte.
"""

from rolebook.autofix.edits import Fix
from rolebook.autofix.files import Left, Mended, mended

__all__ = ["Fix", "Left", "Mended", "mended"]
