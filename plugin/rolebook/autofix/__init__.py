"""Fixes slips of the keyboard without asking: in ids, names, choices and the names of fields.

Only where one thing can have been meant. What is not fixed stays as it is, byte for byte.
"""

from rolebook.autofix.edits import Fix
from rolebook.autofix.fixes import FixedFile, NotFixed, fixed_files
from rolebook.autofix.settings import with_todays_options

__all__ = ["Fix", "FixedFile", "NotFixed", "fixed_files", "with_todays_options"]
