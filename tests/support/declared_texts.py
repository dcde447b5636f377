"""The texts that forms show of the declarations, for the catalogue: what they call fields, choices and so on.

They are made from names and meanings, so that no call in the code has them as they are looked up.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from babel.messages.extract import extract_python

from rolebook.forms.config import FORMS
from rolebook.forms.fields import fields

_SHOWN = ("label", "label_singular", "hint")


def extracted(
    file: BinaryIO, keywords: Mapping[str, Any], comments: Sequence[str], options: Any
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """What pybabel takes from the module with the fields of forms: its own texts, and all that they show."""
    yield from extract_python(file, keywords, comments, options)
    for text in dict.fromkeys(text for form in FORMS.values() for text in shown(fields(form))):
        yield 1, "gettext", text, []


def shown(field: Any) -> Iterator[str]:
    """What people read of a form."""
    if isinstance(field, Mapping):
        yield from (field[name] for name in _SHOWN if name in field)
        for each in field.values():
            yield from shown(each)
    elif isinstance(field, list):
        for each in field:
            yield from shown(each)
