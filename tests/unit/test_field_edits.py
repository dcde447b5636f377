"""One field of front matter is set or removed, however it is written; what is not safe is refused."""

import pytest

from rolebook.autofix.field_edits import FieldChange, NotEditable, Place, fields_in, with_changes

ORDER = ("title", "parent", "owner", "backup", "status")


def changed(front: str, place: Place, written: str | None = None) -> str:
    before = f"---\n{front}---\n---\nbody\n"
    after = with_changes("a.md", before, [FieldChange(place, written)], ORDER)
    assert after.startswith("---\n")
    assert after.endswith("---\n---\nbody\n")
    return after.removeprefix("---\n").removesuffix("---\n---\nbody\n")


@pytest.mark.parametrize(
    ("front", "place", "written", "after"),
    [
        ("title: A\n", ("owner",), "ada", "title: A\nowner: ada\n"),
        ("title: A\nstatus: open\n", ("owner",), "ada", "title: A\nowner: ada\nstatus: open\n"),
        ("status: open\n", ("owner",), "ada", "owner: ada\nstatus: open\n"),
        ("title: A\nx: 1\n", ("new",), "2", "title: A\nnew: 2\nx: 1\n"),
        ("", ("owner",), "ada", "owner: ada\n"),
        ("# nothing\n", ("owner",), "ada", "# nothing\nowner: ada\n"),
        ("owner:\n", ("owner",), "ada", "owner: ada\n"),
        ("owner: # nobody\n", ("owner",), "ada", "owner: ada # nobody\n"),
        ("owner: ''\n", ("owner",), "ada", "owner: 'ada'\n"),
        ("owner: \"b\"\n", ("owner",), "'O''Neil'", "owner: \"O'Neil\"\n"),
        ("'owner': b\n", ("owner",), "ada", "'owner': ada\n"),
        ("hours: {min: 1, max: 2} # h\n", ("hours",), "3", "hours: 3 # h\n"),
        ("hours:\n  min: 1\n  max: 2\nx: 1\n", ("hours",), "3", "hours: 3\nx: 1\n"),
        ("plan: next\n", ("plan",), "{fit: done}", "plan: {fit: done}\n"),
        ("plan: 'next'\n", ("plan",), "{fit: done}", "plan: {fit: done}\n"),
        ("plan:\n    fit: x\n\n# c\n", ("plan", "to"), "ada", "plan:\n    fit: x\n    to: ada\n\n# c\n"),
        ("plan: {}\n", ("plan", "to"), "ada", "plan: {to: ada}\n"),
        ("plan: { fit: x, }\n", ("plan", "to"), "ada", "plan: { fit: x, to: ada }\n"),
        ("who: [{person: a}, b]\n", ("who", 0, "until"), "1", "who: [{person: a, until: 1}, b]\n"),
        ("who:\n- person: a\n", ("who", 0, "until"), "1", "who:\n- person: a\n  until: 1\n"),
        ("who: {person: a}\n", ("who", 0, "until"), "1", "who: {person: a, until: 1}\n"),
        ("who: a\n", ("who", 0), "{person: a}", "who: {person: a}\n"),
        ("title: A\nowner: ada # x\nx: 1\n", ("owner",), None, "title: A\n# x\nx: 1\n"),
        ("owner: ada\n", ("owner",), None, ""),
        ("plan:\n  fit: a\n  to: b\n# c\nx: 1\n", ("plan", "fit"), None, "plan:\n  to: b\n# c\nx: 1\n"),
        ("plan:\n  to: b\nx: 1\n", ("plan", "to"), None, "x: 1\n"),
        ("plan: {a: 1, b: 2, c: 3}\n", ("plan", "a"), None, "plan: {b: 2, c: 3}\n"),
        ("plan: {a: 1, b: 2, c: 3}\n", ("plan", "b"), None, "plan: {a: 1, c: 3}\n"),
        ("plan: {a: 1, b: 2, c: 3}\n", ("plan", "c"), None, "plan: {a: 1, b: 2}\n"),
        ("plan: {a: 1}\nx: 1\n", ("plan", "a"), None, "x: 1\n"),
        ("who:\n  - a # 1\n  # 2\n  - b\n", ("who", 0), None, "who:\n  # 1\n  # 2\n  - b\n"),
        ("who:\n- a\n- b: 1\n  c: 2\nx: 1\n", ("who", 1), None, "who:\n- a\nx: 1\n"),
        ("who: [a, b, a]\n", ("who", 2), None, "who: [a, b]\n"),
        ("who: [a]\nx: 1\n", ("who", 0), None, "x: 1\n"),
        ("who: a\nx: 1\n", ("who", 0), None, "x: 1\n"),
        ("text: |\n  a\n\n  b\n\nx: 1\n", ("text",), None, "x: 1\n"),
        ("text: |\n  a\nx: 1\n", ("x",), None, "text: |\n  a\n"),
        ("a:\n  b:\n    - c: 1\n", ("a", "b", 0, "c"), None, ""),
    ],
)  # fmt: skip
def test_one_field_changes(front: str, place: Place, written: str | None, after: str) -> None:
    assert changed(front, place, written) == after
    windows = f"---\n{front}---\n".replace("\n", "\r\n")
    again = with_changes("a.md", windows, [FieldChange(place, written)], ORDER)
    assert again == f"---\n{after}---\n".replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("front", "place", "written", "says"),
    [
        ("title: A\nowner: >-\n  ada\n", ("owner",), "bo", "a.md:3: {}. Write 'owner: ada' on one line"),
        ("owner: 'a\n  b'\n", ("owner",), "bo", "a.md:2: {}. Write 'owner: a b' on one line first."),
        (
            "who: [\n a, b]\n", ("who", 0), None,
            "a.md:2: {}. Write 'who' on one line, or a line for each value, first.",
        ),
        ("plan: {\n a: 1}\n", ("plan", "to"), "b", "a.md:2: {}. Write 'plan' on one line, or"),
        ("plan: {\n a: 1}\n", ("plan",), "b", "a.md:2: {}. Write 'plan' on one line, or"),
        ("hours:\n  # why\n  min: 1\n", ("hours",), "3", "a.md:4: {}. Write 'hours' on one line, or"),
        ("hours:\n  min: 1 # why\n  max: 2\n", ("hours",), "3", "a.md:3: {}. Write 'hours' on one line, or"),
        ("who:\n- person: a\n  b: 1\n", ("who", 0, "person"), None, "a.md:3: {}. Write 'person: a'"),
        ("a: &x 1\nowner: ada\n", ("owner",), None, "a.md:2: {}. Write it without the word that begins"),
        ("a: !x 1\nowner: ada\n", ("owner",), None, "a.md:2: {}. Write it without the word that begins"),
        ("owner: a\nowner: b\n", ("owner",), "c", "a.md:2: {}. "),
        ("- a\n", ("owner",), "c", "a.md:2: {}. "),
        ("owner: [a\n", ("owner",), "c", "a.md:1: {}. Correct what 'rolebook check' reports first."),
        ("? owner\n: a\n", ("owner",), None, "a.md:3: {}. Write 'owner: a' on one line first."),
        ("{a: 1,\n owner: b}\n", ("owner",), None, "a.md:2: {}. Write 'owner' on one line, or"),
        ("plan: next\n", ("plan", "to"), "ada", "a.md:2: {}. Write 'to: next' on one line first."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_safely_is_refused(
    front: str, place: Place, written: str | None, says: str
) -> None:
    with pytest.raises(NotEditable) as refused:
        changed(front, place, written)
    assert says.format("the fields cannot be changed safely as this is written") in str(refused.value)


@pytest.mark.parametrize("text", ["", "no fields\n", "----\ntitle: A\n---\n"])
def test_without_fields_nothing_is_written(text: str) -> None:
    with pytest.raises(NotEditable, match=r"^a\.md:1: there are no fields here\."):
        with_changes("a.md", text, [FieldChange(("owner",), "ada")], ORDER)


def test_line_ends_of_old_machines_are_refused_and_not_lost() -> None:
    with pytest.raises(NotEditable):
        with_changes("a.md", "---\rtitle: A\rowner: b\rx: 1\r---\r", [FieldChange(("owner",))], ORDER)


def test_changes_are_made_one_after_the_other() -> None:
    changes = [FieldChange(("who", 2)), FieldChange(("who", 0)), FieldChange(("owner",), "ada")]
    after = with_changes("a.md", "---\ntitle: A\nwho: [a, b, c]\n---\n", changes, ORDER)
    assert after == "---\ntitle: A\nowner: ada\nwho: [b]\n---\n"
    assert [str(each) for each in changes] == ["who 3 removed", "who 1 removed", "owner: ada"]
    assert str(FieldChange(("who", 0, "until"), "1")) == "who 1.until: 1"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("---\na: 1\nb: [x, {c: no}]\n---\n", {"a": "1", "b": ["x", {"c": "no"}]}),
        ("---\n- a\n---\n", {}),
        ("---\na: [\n---\n", {}),
        ("a: 1\n", {}),
        ("---\n---\n", {}),
    ],
)
def test_fields_are_read_as_they_are_written(text: str, fields: dict[str, object]) -> None:
    assert fields_in(text) == fields
