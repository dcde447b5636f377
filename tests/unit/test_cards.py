"""How much of a branch a card chart shows at once."""

import pytest

from charted import organisation_of
from rolebook.views.cards import cut_below

TREE = {"top": "", "a": "top", "b": "top", "c": "a", "d": "a", "e": "b", "f": "c", "g": "c", "h": "f"}
"""Two direct reports, three below them, then two, then one."""


@pytest.mark.parametrize(
    ("most", "cut"),
    [
        (0, {"a", "b"}),
        (4, {"a", "b"}),
        (5, {"c"}),
        (6, {"c"}),
        (7, {"f"}),
        (8, set()),
    ],
)
def test_whole_levels_are_shown_as_long_as_there_is_room(most: int, cut: set[str]) -> None:
    organisation = organisation_of(TREE)
    assert cut_below(organisation, organisation.roles["top"], most) == cut


def test_below_a_role_without_reports_nothing_is_left_out() -> None:
    organisation = organisation_of(TREE)
    assert cut_below(organisation, organisation.roles["h"], 0) == frozenset()
