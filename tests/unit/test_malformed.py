"""The usual slips in a file's first lines: each is named as what it is, once, with what to write instead."""

from pathlib import Path

import pytest

from projects import reported, write

GOOD = "---\ntitle: Boss\nowner: jess\n---\n"
PEOPLE = {
    "people/jess.md": "---\nname: Jess\n---\n",
    "people/ruth.md": "---\nname: Ruth Wren\n---\n",
}


def said(text: str | bytes, tmp_path: Path, path: str = "roles/x.md") -> list[str]:
    """What is said of one file in a handbook that is right otherwise."""
    root = write(tmp_path, {"roles/boss.md": GOOD, **PEOPLE, path: text})
    return [line.partition(f"{path}:")[2].lstrip() for line in reported(root).splitlines() if path in line]


FRONT = "---\ntitle: X\nparent: boss\n{}\n---\n"

BLOCKS = {
    "---\n title: Q\nparent: boss\n---\n": "2: this line begins with one space too many",
    "---\n   title: Q\nparent: boss\n---\n": "2: this line begins with 3 spaces too many",
    "---\ntitle = Q\nparent: boss\n---\n": "2: there is '=' where a colon belongs. Write 'title: Q'.",
    "\n---\ntitle: X\nparent: boss\n---\n": "1: the first line is empty",
    "# A licence\n---\ntitle: X\n---\n": "1: the first line is a comment",
    "+++\ntitle = 'X'\n+++\n": "1: the first line is +++",
    "----\ntitle: X\n----\n": "1: the first line is '----', not three hyphens",
    "\u2014\ntitle: X\n---\n": "1: the first line is '\u2014', not three hyphens",
    "\u200b---\ntitle: X\n---\n": "1: an invisible character",
    "```yaml\ntitle: X\n```\n": "1: the first line is ```yaml",
    "title: X\nparent: boss\n---\n": "1: the line --- above the fields is missing",
    "---\ntitle: X\n----\nText\n": "3: this line is '----', not three hyphens",
    "---\ntitle: X\n\u2014\nText\n": "3: this line is '\u2014', not three hyphens",
    "---\ntitle: X\n+++\n": "3: the block of fields does not end with +++",
    "---\ntitle: X\n": "1: the block that begins with --- is never closed",
}


@pytest.mark.parametrize("text", BLOCKS)
def test_a_block_that_is_nearly_one_is_named(text: str, tmp_path: Path) -> None:
    (only,) = said(text, tmp_path)
    assert only.startswith(BLOCKS[text])


LINES = {
    "owner = jess": "4: there is '=' where a colon belongs. Write 'owner: jess'.",
    " owner: jess": "4: this line begins with one space too many",
    "deliverable:\n  - outcome: X\n   measure: Y": "6: this line begins with one space too few",
    "owner:jess": "4: there is no space after 'owner:'. Write 'owner: jess'.",
    "owner:jess\nweekly_hours: 3": "4: there is no space after 'owner:'",
    "owner:\u00a0jess": "4: a no-break space is in this line",
    "\towner: jess": "4: this line begins with a tab. Write spaces instead.",
    "purpose: \u201cOne: two\u201d": "4: \u201c is no quotation mark here",
    "purpose: One: two": "4: there is a second ': ' on this line",
    "purpose: @jess": "4: a text that begins with @ must be in quotes",
    "purpose: [Growth] more sales": "4: a text that begins with [ must be in quotes",
    "purpose: {a} b": "4: a text that begins with { must be in quotes",
    "owner: [Maya](../people/maya.md)": "4: a field takes no link. Write owner: Maya.",
    'purpose: "Sell" more': '4: a text that begins with " must be in quotes. Write purpose: \'"Sell" more\'.',
    "owner Maya Brennan": "4: there is no colon after 'owner'. Write 'owner: Maya Brennan'.",
    "deliverable:\n  - outcome A plan\n    measure: x": (
        "6: the line above has no colon, so nothing can be below 'outcome A plan'. Write '- outcome: A plan'"
    ),
    "<<<<<<< HEAD\nowner: jess\n=======\n>>>>>>> b": "4: this line is a leftover of a merge conflict",
}


@pytest.mark.parametrize("line", LINES)
def test_a_slip_in_a_line_is_named(line: str, tmp_path: Path) -> None:
    (only,) = said(FRONT.format(line), tmp_path)
    assert only.startswith(LINES[line]), only


VALUES = {
    "owner: [jess, ruth]": "owner has 2 entries. Write one, and the others under performed_by.",
    "owner: Jess and Ruth Wren": "several people: write 'Jess', and 'Ruth Wren' under performed_by.",
    "owner: jess, ruth": "write 'jess', and 'ruth' under performed_by.",
    "weekly_hours: 5-8": "weekly_hours is '5-8'. Write {min: 5, max: 8}.",
    "weekly_hours: 5 to 7.5 hours": "Write {min: 5, max: 7.5}.",
    "weekly_hours: about 5": "Write the hours a week in digits, such as 10 or 7.5, here 5.",
    "weekly_hours: 10h": "here 10.",
    "rate: \u20ac45/h": "Write {amount: 45, currency: EUR, per: hour}.",
    "rate: 45 EUR": "Write {amount: 45, currency: EUR, per: hour}.",
    "rate: 3,000 GBP a month": "Write {amount: 3000, currency: GBP, per: month}.",
    "rate: 40-60 USD": "Write {min: 40, max: 60, currency: USD, per: hour}.",
    "rate: 45,5": "Write an amount in digits, such as 45 or 1200.50, here 45.5.",
    "status: vacant": "status is 'vacant'. Remove the line: a role without an owner is vacant.",
    "status: oepn": "Did you mean 'open'?",
    "review_by: 15/03/2027": "such as 2027-03-31, here 2027-03-15.",
    "review_by: 15 March 2027": "here 2027-03-15.",
    "review_by: March 15th, 2027": "here 2027-03-15.",
    "review_by: 2027-3-5": "here 2027-03-05.",
    "review_by: 03/04/2027": "such as 2027-03-31.",
    "review_by: 2027-02-30": "a day that does not exist. Correct it.",
    "review_by: soon": "such as 2027-03-31.",
}


@pytest.mark.parametrize("line", VALUES)
def test_a_value_is_shown_as_it_is_to_be_written(line: str, tmp_path: Path) -> None:
    (only,) = said(FRONT.format(line), tmp_path)
    assert only.startswith("4: ")
    assert only.endswith(VALUES[line]) or VALUES[line] in only, only


@pytest.mark.parametrize(
    "line",
    ['review_by: ""', 'weekly_hours: ""', 'owner: ""', "tags: ''", "location: {place: ''}", "rate: ''"],
)
def test_an_empty_value_says_nothing(line: str, tmp_path: Path) -> None:
    assert said(FRONT.format(line), tmp_path) == []


FIELDS = {
    "cover": "Write 'backup'.", "Held by": "Write 'owner'.", "hours": "Write 'weekly_hours'.",
    "salary": "Write 'rate'.", "hourly rate": "Write 'rate'.", "phone": "as text below the second ---.",
    "notes": "as text below the second ---.", "colour": "goes below the second ---.",
    "department": "A department is a role, too: name it under 'parent'.", "Owner": "Did you mean 'owner'?",
    "date": "as text below the second ---.", "purpos": "Did you mean 'purpose'?",
    "assignee": "Write 'owner'.",
}  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_of_another_program_has_its_place(name: str, tmp_path: Path) -> None:
    only = next(line for line in said(FRONT.format(f"{name}: 5"), tmp_path) if "unknown-field" in line)
    assert only.startswith(f"4: there is no field '{name}'")
    assert only.endswith(f"{FIELDS[name]} [unknown-field]")
    assert len(only) < 200


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("people/x.md", "title: X\nparent: boss", "a role. Move it into the folder of the roles."),
        ("roles/x.md", "name: Al\nfounder: yes", "a person. Move it into the folder of the people."),
    ],
)
def test_a_file_in_the_wrong_folder_is_one_line(path: str, text: str, words: str, tmp_path: Path) -> None:
    (only,) = said(f"---\n{text}\n---\n", tmp_path, path)
    assert only == f"this file has the fields of {words} [unknown-field]"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04\xff\xfe", "this is a Word document or similar, not a text file"),
        (b"\xd0\xcf\x11\xe0\xff", "this is a Word document or similar, not a text file"),
        ("---\ntitle: X\n---\n".encode("utf-16"), "the file is saved as UTF-16"),
        ("---\ntitle: \u00e9\n---\n".encode("cp1252"), "2: a letter in this line is not saved as UTF-8"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, words: str, tmp_path: Path) -> None:
    (only,) = said(data, tmp_path)
    assert words in only


OPTIONS = {
    "plugins:\n  - rolebook:\n    history: no\n": "4: the options of rolebook are not below it",
    "plugins:\n  - rolebok\n": "3: there is no plugin 'rolebok'. Did you mean 'rolebook'?",
    "plugins:\n  - rolebok: {history: no}\n": "3: there is no plugin 'rolebok'.",
    "plugins:\n  - rolebook\n      history: no\n": "4: the line above has no colon",
}


@pytest.mark.parametrize("plugins", OPTIONS)
def test_options_that_are_not_understood_are_named(plugins: str, tmp_path: Path) -> None:
    root = write(tmp_path, {"mkdocs.yml": f"site_name: T\n{plugins}", "roles/boss.md": GOOD, **PEOPLE})
    assert OPTIONS[plugins] in reported(root)


def test_what_is_said_of_many_places_is_one_line(tmp_path: Path) -> None:
    files = {f"roles/x{at}.md": f"---\ntitle: X{at}\nparent: gone\n---\n" for at in range(9)}
    lines = reported(write(tmp_path, {"roles/boss.md": GOOD, **PEOPLE, **files})).splitlines()
    assert lines == [
        "error: roles/x0.md:3: there is no role 'gone'. Write a role's file name "
        "without .md. Also in roles/x1.md:3, roles/x2.md:3, roles/x3.md:3 and 5 more places. [unknown-parent]"
    ]


def test_a_page_that_begins_like_a_block_is_no_role_and_no_mistake(tmp_path: Path) -> None:
    files = {"roles/boss.md": GOOD, **PEOPLE, "content/business-model.md": "\n---\nNote: a rule\n\nText\n"}
    assert reported(write(tmp_path, files)) == ""


@pytest.mark.parametrize("text", ["Hello.\n\n---\nNote: a rule\n", "\n\nHello.\n", "----\n\nHello.\n"])
def test_text_alone_is_not_taken_for_a_block(text: str, tmp_path: Path) -> None:
    assert any("there is no title" in line for line in said(text, tmp_path))


def test_a_person_with_a_title_is_a_person(tmp_path: Path) -> None:
    lines = said("---\nname: Al\ntitle: Boss\nparent: boss\n---\n", tmp_path, "people/x.md")
    assert [line.partition(":")[0] for line in lines] == ["3", "4"]


def test_a_few_places_are_a_line_each(tmp_path: Path) -> None:
    files = {f"roles/x{at}.md": f"---\ntitle: X{at}\nparent: gone\n---\n" for at in range(4)}
    assert len(reported(write(tmp_path, {"roles/boss.md": GOOD, **PEOPLE, **files})).splitlines()) == 4
