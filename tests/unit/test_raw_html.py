"""The parts of a page that are finished, and the places in its HTML that they come into."""

from rolebook.rendering.raw_html import together


def test_each_part_comes_into_its_place_and_other_places_stay() -> None:
    html = (
        '<hr data-rolebook="1"><p>x</p><hr data-rolebook="0" /><hr data-rolebook="2"><hr data-rolebook="x">'
    )
    assert together(html, ["<a>", "<b>"]) == ('<b><p>x</p><a><hr data-rolebook="2"><hr data-rolebook="x">')
