"""The forms keep files as they are, byte for byte, and change nothing but what somebody changes."""

import copy
import difflib
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from form_format import Content, Done, read, with_values, written
from rolebook import front_matter
from rolebook.forms.config import FORMS
from rolebook.forms.shape import shape
from rolebook.library.kind import kinds
from sites import SAMPLE
from ways_to_write import BLOCK, FILES, WAYS

ROLE, PERSON, MODEL = FORMS
HIDDEN = ("body", "rolebook_source")


def _texts() -> Iterator[tuple[str, str]]:
    """Every file of the sample and of the library, and one role in many ways, each with its format."""
    for name, folder in ((ROLE, "roles"), (PERSON, "people")):
        yield from ((name, path.read_bytes().decode()) for path in sorted((SAMPLE / folder).rglob("*.md")))
    library = SAMPLE / "plugin/rolebook/library/roles"
    yield from ((ROLE, path.read_bytes().decode()) for path in sorted(library.glob("*.md")))
    yield MODEL, (SAMPLE / "content/business-model.md").read_bytes().decode()
    for kind in kinds().values():
        yield from ((ROLE, text) for text in kind.role_files("maya").values())
        yield MODEL, kind.business_model
    yield from ((ROLE, text) for text in WAYS.values())
    yield from ((PERSON if "people/" in path else ROLE, text) for path, text in FILES.items())


TEXTS = tuple(dict.fromkeys(_texts()))


def texts_of(name: str) -> list[str]:
    return [text for each, text in TEXTS if each == name]


SOME = dict(zip(FORMS, (15, 1, 2), strict=True))
"""Of how many values one is changed, drawn from a seed: a role has dozens."""


def some(name: str, cases: list[Any]) -> list[Any]:
    """Some of the cases; of the ways to write one role, which come last, all."""
    dice = random.Random(1)
    return [each for each in cases if each[0][HIDDEN[1]] in WAYS.values() or not dice.randrange(SOME[name])]


STRANGE = {
    "nothing": "",
    "no fields": "Only text.\n",
    "no fields, and a line as of a table": "Text\n---\nmore\n",
    "empty fields": "---\n---\n",
    "only a comment": "---\n# later\n---\n\nText.\n",
    "closed by dots": "---\ntitle: A\n...\nText.\n",
    "no line end": "---\ntitle: A\n---",
    "line ends of old Macs in the text": "---\ntitle: A\n---\nText.\rMore.\r",
    "mixed line ends": "---\r\ntitle: A\nparent: b\r\n---\n\r\nText.\r\nMore.\n",
    "blank lines around the text": "---\ntitle: A\n---\n\n\n\n  Text.  \n\n\n",
    "wrong values": "---\ntitle: A\nweekly_hours: about six\nstatus: maybe\nseats: many\n"
    "review_by: soon\noutsource: perhaps\nposting: {opens: later}\n---\n",
    "groups where words belong": "---\ntitle: {a: b}\nowner: [a, b]\ntools: [[a], {name: {x: y}}]\n---\n",
    "words like numbers": "---\ntitle: 012\nowner: 1e3\ntags: [0x10, 1_000, yes, 2027-01-01]\n---\n",
    "names of JavaScript": "---\ntitle: constructor\nowner: toString\nparent: __proto__\nstatus: valueOf\n"
    "constructor: x\n---\n",
    "quoted nothing": "---\ntitle: ''\nowner: \"\"\ntags: ['']\ndeliverable: ''\nskills:\n---\n",
    "explicit names": "---\n? title\n: A\n---\n",
    "a merge": "---\ntitle: A\n<<: x\n---\n",
}
UNREADABLE = {
    "never closed": "---\ntitle: A\n",
    "no YAML": "---\ntitle: [A\n---\n",
    "a name twice": "---\ntitle: A\ntitle: B\n---\n",
    "a list": "---\n- title\n---\n",
    "a word": "---\ntitle\n---\n",
    "an anchor": WAYS["anchors"],
    "an alias": "---\ntitle: &a A\nowner: *a\n---\n",
    "a tag": "---\ntitle: !!str A\n---\n",
    "a group as a name": "---\n{a: b}: c\n---\n",
    "line ends of old Macs": "---\rtitle: A\rparent: b\r---\rText.\r",
    "one line end of old Macs": "---\ntitle: A\rparent: b\n---\n",
    "not UTF-8": "---\ntitle: Caf\ufffd\n---\n",
}


def test_there_is_something_to_try() -> None:
    assert {name for name, _ in TEXTS} == {ROLE, PERSON, MODEL}
    assert len(TEXTS) > 100


@pytest.mark.parametrize("name", FORMS)
def test_a_file_that_nobody_changes_stays_as_it_is(name: str) -> None:
    texts = [*texts_of(name), *STRANGE.values()]
    done = written(name, read(name, texts))
    for text, each in zip(texts, done, strict=True):
        is_unreadable = each.error.startswith("Cannot be shown")
        assert (each.text, each.error) == (text, "") or (is_unreadable and text in UNREADABLE.values())


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_leaves_out_what_is_empty_and_repeats_what_is_there_changes_nothing(name: str) -> None:
    """Sveltia gives fields in the order of the form, texts for numbers, and nothing for empty lists."""

    def restated(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: restated(each) for key, each in reversed(value.items())} | {"unset": None}
        if isinstance(value, list):
            return [*(restated(each) for each in value), ""]
        return f"{value}" if isinstance(value, int | float) and not isinstance(value, bool) else value

    texts = [*texts_of(name), *STRANGE.values()]
    contents = [
        {**restated(each), **{key: each[key] for key in HIDDEN if key in each}} for each in read(name, texts)
    ]
    for text, each in zip(texts, written(name, contents), strict=True):
        assert each.text == text or text in UNREADABLE.values()


# --- a change of one value ---------------------------------------------------------------------------

Path_ = tuple[str | int, ...]


def leaves(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, (*path, key)) if (key not in HIDDEN) else ()
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from leaves(each, (*path, at))
    else:
        yield path


def at(content: Any, path: Path_) -> Any:
    for part in path:
        content = content[part]
    return content


def changed(content: Content, path: Path_, value: Any) -> Content:
    now = copy.deepcopy(content)
    at(now, path[:-1])[path[-1]] = value
    return now


def kind_at(name: str, path: Path_) -> dict[str, Any]:
    known: dict[str, Any] = {"fields": shape(FORMS[name])["fields"]}
    for part in path:
        if isinstance(part, int):
            known = known["of"]
        elif not part.startswith("part"):
            known = known["fields"][part]
    return known


def other_value(kind: dict[str, Any], value: Any) -> Any:
    match kind["kind"]:
        case "text":
            return "other-one" if value != "other-one" else "another"
        case "number":
            return value + 1
        case "yesno":
            return not value
        case "choice":
            return next(word for word in kind["words"] if word != value)
        case "day":
            return "2031-05-06" if value != "2031-05-06" else "2031-05-07"
        case "hours":
            return "3-4" if "-" in value else "11.5"
    raise AssertionError(kind)


def field_of(path: Path_) -> str:
    return str(path[1] if str(path[0]).startswith("part") else path[0])


def front(text: str) -> dict[str, Any]:
    """The fields of a file as Rolebook reads them, with what they hold as text."""
    document = front_matter.split("x.md", text)
    assert isinstance(document, front_matter.MarkdownFile), text
    return plain(document.front) if document.front else {}


def plain(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(each) for each in node.value]
    return node.value


def difference(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    lines = list(difflib.ndiff(before.splitlines(True), after.splitlines(True)))
    return [each[2:] for each in lines if each[0] == "-"], [each[2:] for each in lines if each[0] == "+"]


def says(content: Content) -> str:
    """The values of a form, in one order, without the file's text."""
    return json.dumps(tidy({key: each for key, each in content.items() if key != HIDDEN[1]}), sort_keys=True)


def tidy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: found for key, each in value.items() if (found := tidy(each)) not in (None, "", [], {})}
    if isinstance(value, list):
        return [found for each in value if (found := tidy(each)) not in (None, "", [], {})]
    return value


def assert_only(field: str, before: Content, now: Content, done: Done) -> None:
    """Only `field` is another one, in the form and in the file."""
    source = before[HIDDEN[1]]
    assert done.error == "", (source, now)
    assert says(done.content) == says(now), (source, done.text)
    old, new = front(source), front(done.text)
    assert {key: each for key, each in new.items() if key != field} == {
        key: each for key, each in old.items() if key != field
    }, (source, done.text)
    order = [key for key in old if key in new]
    assert [key for key in new if key in old] == order


def readable(name: str) -> list[Content]:
    return [each for each in read(name, texts_of(name)) if "Cannot be shown" not in each.get("title", "")]


@pytest.mark.parametrize("name", FORMS)
def test_a_change_of_one_value_changes_only_its_lines(name: str) -> None:
    cases = some(name, [(content, path) for content in readable(name) for path in leaves(content)])
    now = [
        changed(content, path, other_value(kind_at(name, path), at(content, path))) for content, path in cases
    ]
    for (content, path), after, done in zip(cases, now, written(name, now), strict=True):
        assert_only(field_of(path), content, after, done)
        gone, come = difference(content[HIDDEN[1]], done.text)
        # A number that becomes a range takes two lines more; a text of several lines becomes one.
        assert len(come) in (1, 3), done.text
        comments = [line[line.index(" #") :] for line in gone if " #" in line]
        assert all(any(comment in line for line in come) for comment in comments), done.text


@pytest.mark.parametrize("name", FORMS)
def test_a_field_that_is_emptied_goes_and_everything_else_stays(name: str) -> None:
    contents = readable(name)
    fields = {
        (at, path[: 2 if str(path[0]).startswith("part") else 1])
        for at, content in enumerate(contents)
        for path in leaves(content)
    }
    cases = some(name, [(contents[at], path) for at, path in sorted(fields)])
    now = [changed(content, path, None) for content, path in cases]
    for (content, path), after, done in zip(cases, now, written(name, now), strict=True):
        assert_only(field_of(path), content, after, done)
        _, come = difference(content[HIDDEN[1]], done.text)
        assert len(come) <= 1


# --- lists ---------------------------------------------------------------------------------------------


def lists(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    if isinstance(value, list):
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        if key not in HIDDEN:
            yield from lists(each, (*path, key))


def other_lists(name: str, content: Content, path: Path_) -> Iterator[list[Any]]:
    items, kind = at(content, path), kind_at(name, path)["of"]
    new: Any = "new: one"
    if kind["kind"] == "group":
        new = {next(iter(kind["fields"])): "new: one"}
    yield [*items, new]
    yield [new, *items]
    yield [*items[:1], new, *items[1:]]
    yield [*items, new, copy.deepcopy(new)]
    if len(items) > 1:
        yield items[1:]
        yield items[:-1]
        yield [items[-1], *items[:-1]]
        yield [*reversed(items)]
        yield [new, *items[1:]]
        yield [*items[:-1], new]
    if len(items) > 2:
        yield [items[1], items[0], new, *items[2:]]


@pytest.mark.parametrize("name", FORMS)
def test_entries_can_be_added_removed_and_put_in_another_order(name: str) -> None:
    every = [(content, path) for content in readable(name) for path in lists(content)]
    cases = [(*each, items) for each in some(name, every) for items in other_lists(name, *each)]
    now = [changed(content, path, items) for content, path, items in cases]
    assert len(cases) > 20 or name == PERSON
    for (content, path, _), after, done in zip(cases, now, written(name, now), strict=True):
        assert_only(field_of(path), content, after, done)


def one(name: str, text: str, **values: Any) -> Done:
    """A file in whose form these fields are changed."""
    (content,) = read(name, [text])
    (done,) = written(name, [with_values(content, values)])
    return done


# --- what is written, case by case ---------------------------------------------------------------------


INES = "  - person: ines\n    weekly_hours: 2\n"
ADA = "  - person: ada   # Mondays\n    weekly_hours: 1\n"


def lines(text: str, *changes: tuple[str, str]) -> str:
    """`text` with some of its lines exchanged."""
    for before, after in changes:
        assert text.count(before) == 1
        text = text.replace(before, after)
    return text


@pytest.mark.parametrize(
    ("values", "before", "after"),
    [
        ({"title": "Ads"}, "title: Adverts   # not 'Ads'\n", "title: Ads   # not 'Ads'\n"),
        ({"owner": "ada"}, "owner: ines  # since May\n", "owner: ada  # since May\n"),
        ({"owner": None}, "owner: ines  # since May\n", ""),
        ({"weekly_hours": "7.50"}, "weekly_hours: 6\n", "weekly_hours: 7.5\n"),
        ({"weekly_hours": "5 to 8"}, "weekly_hours: 6\n", "weekly_hours:\n  min: 5\n  max: 8\n"),
        ({"purpose": "Be: seen"}, "status: open\n", 'purpose: "Be: seen"\nstatus: open\n'),
        (
            {"review_by": "2027-05-06"},
            "apply_email: jobs@example.com\n",
            "apply_email: jobs@example.com\nreview_by: 2027-05-06\n",
        ),
        (
            {
                "deliverable": [
                    {"outcome": "Ten enquiries a week", "measure": "by hand"},
                    {"outcome": "Two adverts a month"},
                ]
            },
            "    measure: counted\n",
            "    measure: by hand\n",
        ),
        (
            {"deliverable": [{"outcome": "Two adverts a month"}]},
            "  - outcome: Ten enquiries a week\n    measure: counted\n",
            "",
        ),
        (
            {
                "deliverable": [
                    {"outcome": "Ten enquiries a week", "measure": "counted"},
                    {"outcome": "Two adverts a month", "for": "x"},
                ]
            },
            "  - Two adverts a month\n",
            "  - outcome: Two adverts a month\n    for: x\n",
        ),
        (
            {
                "performed_by": [
                    {"person": "ada", "weekly_hours": "1"},
                    {"person": "ines", "weekly_hours": "2"},
                ]
            },
            f"  # the early shift\n{INES}{ADA}",
            f"  # the early shift\n{ADA}{INES}",
        ),
        (
            {"outsource": {"fit": "done", "reason": "a craft of its own", "to": "ada", "by": "2027-01-31"}},
            "    # to whom\n    to: ines\n",
            "    by: 2027-01-31\n    # to whom\n    to: ada\n",
        ),
        (
            {"tools": [{"name": "Mail", "access": "reader"}, {"name": "Shop"}]},
            "[{name: Mail, access: writer}]",
            "[{name: Mail, access: reader}, Shop]",
        ),
        ({"tools": [{"name": "Mail"}]}, "[{name: Mail, access: writer}]", "[{name: Mail}]"),
        ({"posting": {"apply_email": "jobs@example.com"}}, "  opens: 2027-01-04\n", ""),
        ({"body": "The *adverts* of the shop."}, "", ""),
    ],
)
def test_a_change_leaves_comments_quotes_and_other_lines(values: Content, before: str, after: str) -> None:
    if "body" in values:
        before, after = BLOCK[BLOCK.index("<!-- kept") :], "The *adverts* of the shop.\n"
    for end in ("\n", "\r\n"):
        text = BLOCK.replace("\n", end)
        expected = lines(BLOCK, (before, after)).replace("\n", end)
        assert one(ROLE, text, **values).text == expected


@pytest.mark.parametrize(
    ("text", "values", "after"),
    [
        ("title: 'A'\n", {"title": "B's"}, "title: 'B''s'\n"),
        ('title: "A"\n', {"title": 'B "x" \\'}, 'title: "B \\"x\\" \\\\"\n'),
        ("title: A\nstatus: 'open'\n", {"status": "paused"}, "title: A\nstatus: 'paused'\n"),
        ("title: >-\n  A\n  B\nowner: x\n", {"title": "C"}, "title: C\nowner: x\n"),
        ("title: A\nowner:   # nobody yet\n", {"owner": "ada"}, "title: A\nowner: ada   # nobody yet\n"),
        ("title: A\nowner: ~\n", {"owner": "ada"}, "title: A\nowner: ada\n"),
        (
            "title: A\noutsource: no # yet\n",
            {"outsource": {"fit": "next"}},
            "title: A\noutsource: next # yet\n",
        ),
        (
            "title: A\noutsource: no # yet\n",
            {"outsource": {"fit": "next", "to": "ada"}},
            "title: A\noutsource:\n  fit: next\n  to: ada # yet\n",
        ),
        ("title: A\nskills: B\n", {"skills": {"must": ["C"]}}, "title: A\nskills: C\n"),
        ("title: A\nskills: [B]\n", {"skills": {"must": ["B", "C"]}}, "title: A\nskills: [B, C]\n"),
        (
            "title: A\nskills: [B]\n",
            {"skills": {"must": ["B"], "nice": ["C"]}},
            "title: A\nskills:\n  must:\n    - B\n  nice:\n    - C\n",
        ),
        ("title: A\nrate: 45\n", {"rate": {"amount": 50}}, "title: A\nrate: 50\n"),
        (
            "title: A\nrate: 45\n",
            {"rate": {"amount": 45, "show": True}},
            "title: A\nrate:\n  amount: 45\n  show: yes\n",
        ),
        (
            "title: A\nweekly_hours: {min: 5, max: 6}\n",
            {"weekly_hours": "5-7"},
            "title: A\nweekly_hours: {min: 5, max: 7}\n",
        ),
        ("title: A\nweekly_hours: {min: 5, max: 6}\n", {"weekly_hours": "7"}, "title: A\nweekly_hours: 7\n"),
        ("title: A\ntags: a\n", {"tags": ["a", "b"]}, "title: A\ntags:\n  - a\n  - b\n"),
        # The first entry goes, and another comes in its place.
        (
            "title: A\ntools:\n  - name: B # kept\n    access: c\n  - D\n",
            {"tools": [{"name": "E"}, {"name": "F"}, {"name": "B", "access": "c"}]},
            "title: A\ntools:\n  - E\n  - F\n  - name: B # kept\n    access: c\n",
        ),
        ("title: A\ntags:\n- a\n- b\n", {"tags": ["a", "c", "b"]}, "title: A\ntags:\n- a\n- c\n- b\n"),
        (
            "title: A\ntools:\n  - name: B\n    x-id: 7\n  - C\n",
            {"tools": [{"name": "C"}, {"name": "B"}]},
            "title: A\ntools:\n  - C\n  - name: B\n    x-id: 7\n",
        ),
        (
            "title: A\ntools:\n  - name: B\n    x-id: 7\n",
            {"tools": [{"name": "B", "access": "all"}]},
            "title: A\ntools:\n  - name: B\n    access: all\n    x-id: 7\n",
        ),
        ("{title: A, x-own: [b]}\n", {"owner": "ada"}, "{title: A, owner: ada, x-own: [b]}\n"),
        ("{title: A, owner: ada}\n", {"owner": None}, "{title: A}\n"),
        ("x-own: 1\n", {"title": "A"}, "title: A\nx-own: 1\n"),
        ("# only this\n", {"title": "A"}, "# only this\ntitle: A\n"),
        ("", {"title": "A", "parent": "b/c"}, "title: A\nparent: c\n"),
        ("title: A\nparent: adverts\n", {"parent": "x/sales"}, "title: A\nparent: sales\n"),
        ("title: A\nweekly_hours: about six\n", {"weekly_hours": "6"}, "title: A\nweekly_hours: 6\n"),
        ("title: A\noutsource: perhaps\n", {"outsource": {"fit": "maybe"}}, "title: A\noutsource: maybe\n"),
        (
            "title: A\ndeliverable: ''\n",
            {"deliverable": [{"outcome": "B"}]},
            "title: A\ndeliverable:\n  - B\n",
        ),
    ],
)
def test_each_way_of_writing_is_kept(text: str, values: Content, after: str) -> None:
    done = one(ROLE, f"---\n{text}---\n\nText.\n", **values)
    assert (done.text, done.error) == (f"---\n{after}---\n\nText.\n", "")


@pytest.mark.parametrize(
    ("text", "values", "name"),
    [
        ("owner: [a, b]", {"owner": "ada"}, "owner"),
        ("tools: [[a]]", {"tools": [{"name": "B"}]}, "tools"),
        ("tools: [{name: B, admin: {a: b}}]", {"tools": [{"name": "B", "admin": "ada"}]}, "admin"),
        ("weekly_hours: {about: 6}", {"weekly_hours": "6"}, "weekly_hours"),
        ("skills: {must: B, x-level: 3}\n", {"skills": None}, ""),
        ("tools: [{name: B, x-id: 7}, C]", {"tools": [{"name": "C"}, {"name": "B"}]}, "tools"),
    ],
)
def test_what_a_form_does_not_show_is_not_lost(text: str, values: Content, name: str) -> None:
    """The file is not written, and whoever saves is told which field is in the way; an emptied one goes."""
    done = one(ROLE, f"---\ntitle: A\n{text}\n---\n", **values)
    assert done.text == ("" if name else "---\ntitle: A\n\n---\n")
    assert done.error.startswith(f"'{name}' is written in a way that a form cannot ") or not name


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_listed_and_never_written(text: str) -> None:
    (content,) = read(ROLE, [text])
    assert content == {"title": "Cannot be shown in a form: run 'rolebook check'", "rolebook_source": text}
    assert read(MODEL, [text]) == [{"rolebook_source": text}]
    (done,) = written(ROLE, [{**content, "title": "A"}])
    assert (done.text, done.error) == ("", "Cannot be shown in a form: run 'rolebook check'")


NEW = {
    "title": "Adverts: paid",
    "parent": "marketing/marketing",
    "owner": "ines",
    "weekly_hours": "5-8",
    "deliverable": [
        {"outcome": "Ten enquiries", "acceptance": ["counted, by hand", "paid"]},
        {"outcome": "yes"},
    ],
    "outsource": {"fit": "no"},
    "skills": {"must": ["Writing"], "nice": [], "languages": None},
    "rate": {"amount": 45.5, "currency": "EUR", "per": "hour", "show": False},
    "location": {"remote": True, "place": ""},
    "seats": 2,
    "tags": ["", "012"],
    "body": "\n## Procedure\n\n1. Look.\n",
}


def test_a_new_file_has_what_was_filled_in_and_nothing_else() -> None:
    (done,) = written(ROLE, [with_values({}, NEW)])
    assert (
        done.text
        == """\
---
title: "Adverts: paid"
parent: marketing
owner: ines
weekly_hours:
  min: 5
  max: 8
seats: 2
deliverable:
  - outcome: Ten enquiries
    acceptance:
      - "counted, by hand"
      - paid
  - "yes"
outsource: no
skills:
  - Writing
rate:
  amount: 45.5
  currency: EUR
  per: hour
  show: no
location:
  remote: yes
tags:
  - "012"
---

## Procedure

1. Look.
"""
    )


def test_names_and_ids_in_files_are_those_of_the_form() -> None:
    (content,) = read(
        ROLE, ["---\ntitle: A\nparent: adverts\nowner: Ines  SILVA\nbackup: Somebody Else\n---\n"]
    )
    assert content["parent"] == "marketing/adverts"
    assert content["owner"] == "ines"
    assert content["part1"] == {"backup": "Somebody Else"}


TEXT = (
    "yes",
    "n",
    "Null",
    "~",
    "12",
    "1e3",
    "0x1F",
    "2027-01-01",
    "12:30",
    "a: b",
    "a #b",
    "#a",
    "- a",
    "? a",
    "@a",
    "`a",
    "%a",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "[a]",
    "{a}",
    "a, b",
    "'",
    '"',
    "it's",
    '"it\'s"',
    "\\",
    "a\\b",
    "…",
    "Zoë O’Brien",
    "日本",
    "👩‍🍳 baker",
    "\x85a\u2028b",
    "\x7f",
    "<b>&amp;",
    "---",
    "...",
    "=",
    "<<",
    "constructor",
    "a@b",
    "a:b",
    "ends:",
    "x" * 300,
)


@pytest.mark.parametrize("fields", ["title: A\n", "{title: A}\n", "title: 'A'\n", 'title: "A"\n'])
def test_every_text_is_read_as_it_was_typed(fields: str) -> None:
    contents = [
        with_values(content, {"title": text, "tags": [text, "b"], "tools": [{"name": text}]})
        for text, content in zip(TEXT, read(ROLE, [f"---\n{fields}---\n"] * len(TEXT)), strict=True)
    ]
    for text, done in zip(TEXT, written(ROLE, contents), strict=True):
        now = front(done.text)
        as_one_line = [" ".join(text.split())]
        assert [" ".join(now["title"].split())] == as_one_line, done
        assert [" ".join(now["tags"][0].split())] == as_one_line
        assert now["tools"] in ([now["title"]], now["title"])


# --- the text below the fields ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "body", "now"),
    [
        ("", "Text.", "\nText.\n"),
        ("\n\n", "Text.", "\n\nText.\n"),
        ("\nText.\n", "", ""),
        ("\n\nOne.\nTwo.  \nThree.\n\n\n", "One.\nTwo.  \nFour.", "\n\nOne.\nTwo.  \nFour.\n\n\n"),
        ("One.\nTwo.", "One.\nTwo.\nThree.", "One.\nTwo.\nThree.\n"),
        ("One.\nTwo.", "Zero.\nOne.\nTwo.", "Zero.\nOne.\nTwo."),
        ("One.\r\nTwo.\nThree.\r\n", "One.\nTwo, too.\nThree.", "One.\r\nTwo, too.\r\nThree.\r\n"),
        ("  Code.  \n", "  Code.\n\nMore.", "  Code.  \n\nMore.\n"),
        ("One.\nOne.\n", "One.\n", "One.\n"),
    ],
)
def test_a_change_of_the_text_changes_only_its_lines(after: str, body: str, now: str) -> None:
    front = "---\ntitle: A\n---\n"
    assert one(ROLE, front + after, body=body).text == front + now
    assert one(ROLE, after, body=body).text == now or not after


def test_fields_and_a_text_are_added_where_there_were_none() -> None:
    assert one(ROLE, "Text.\n", title="A").text == "---\ntitle: A\n---\nText.\n"
    assert one(ROLE, "---\ntitle: A\n---", body="Text.").text == "---\ntitle: A\n---\n\nText.\n"
    assert one(ROLE, "---\r\ntitle: A\r\n---", body="Text.").text.startswith("---\r\ntitle: A\r\n---\r\n\n")
