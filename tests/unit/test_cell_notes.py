"""Notes of cells are found in a workbook's parts, also where one is not whole."""

from rolebook.spreadsheet import cell_notes


def test_a_note_that_does_not_end_takes_none_of_the_next_one() -> None:
    part = b'<x:comment ref="B2"><t>lost<x:comment ref="B3"><r><t>in </t></r><t>May</t></x:comment>'
    assert list(cell_notes.in_part(part)) == [(2, "in May")]


def test_a_part_of_open_notes_is_read_once() -> None:
    """Not once from each of them to its end: that would take hours."""
    assert list(cell_notes.in_part(b'<comment ref="A1"><t>x' * 300_000)) == []
