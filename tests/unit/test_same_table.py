"""Which table of before a file is."""

import pytest

from rolebook.spreadsheet.same_table import same_tables


def roles(file: str, ids: str) -> dict[str, str]:
    return dict.fromkeys(ids, file)


LAST = roles("june.csv", "abcdef")


@pytest.mark.parametrize(
    ("now", "files", "expected"),
    [
        (roles("july.csv", "abcxyz"), (), {"july.csv": "june.csv"}),
        (roles("july.csv", "abwxyz"), (), {"july.csv": "july.csv"}),
        (roles("july.csv", "abc"), (), {"july.csv": "june.csv"}),
        (roles("june.csv", "xyz"), (), {"june.csv": "june.csv"}),
        (
            roles("north.csv", "abcd") | roles("south.csv", "efxy"),
            (),
            {"north.csv": "june.csv", "south.csv": "june.csv"},
        ),
        ({}, ("june.csv", "july.csv"), {"june.csv": "june.csv", "july.csv": "july.csv"}),
    ],
)
def test_half_of_the_roles_make_it_the_same_table(
    now: dict[str, str], files: tuple[str, ...], expected: dict[str, str]
) -> None:
    assert same_tables(now, LAST, files) == expected
