"""Texts that name somebody with their hours."""

import pytest

from rolebook.checks.several_people import names_hours


@pytest.mark.parametrize(("length", "is_read"), [(500, True), (501, False)])
def test_a_long_text_is_not_looked_at(length: int, is_read: bool) -> None:
    hours = " 3 h"
    assert names_hours("M" * (length - len(hours)) + hours) == is_read
