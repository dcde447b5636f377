"""The edits that people make of a handbook, each a small one.

Each changes files as an editor does and says in a line what it did, so that a sequence of them can be read.
"""

import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

from edits_of_settings import OF_AUDIENCE, OF_OPTIONS, OF_OTHERS, OF_SETTINGS, OF_THEME
from small_handbook import CACHE, PNG, Book, Edit, page

DAY = 86_400
"""Seconds."""


def role_id(path: str) -> str:
    return Path(path).stem


# --- a role's page --------------------------------------------------------------------------------


def body_text(book: Book) -> str:
    path = book.one(book.roles)
    book.set_body(path, f"{book.body(path)}\nAnd {book.word()}.\n")
    return f"{path}: a sentence more"


def body_of_the_same_length(book: Book) -> str:
    """An edit that neither the size nor the date of the file tells."""
    path = book.one([path for path in book.roles if re.search("[A-Z][a-z]", book.body(path))])
    file = book.root / path
    dates = file.stat()
    body = book.body(path)
    found = re.search("[A-Z](?=[a-z])", body)
    assert found
    letter = book.other(found[0], list("ABCDEFG"))
    book.set_body(path, f"{body[: found.start()]}{letter}{body[found.end() :]}")
    os.utime(file, ns=(dates.st_atime_ns, dates.st_mtime_ns))
    return f"{path}: another letter, with the file's date as it was"


def body_heading(book: Book) -> str:
    path = book.one(book.roles)
    book.set_body(path, f"{book.body(path)}\n## {book.word()}\n\nNew.\n")
    return f"{path}: a heading more"


def anchor_renamed(book: Book) -> str:
    """One to which others may link."""
    texts = [book.text(path) for path in (*book.roles, *book.hand_written)]
    led_to = {name for text in texts for name in re.findall(r"([\w-]+)\.md#", text)}
    with_heading = [path for path in book.roles if "\n## " in book.body(path)]
    path = book.one([path for path in with_heading if role_id(path) in led_to] or with_heading)
    book.set_body(path, re.sub(r"(?m)^## .*$", lambda _: f"## {book.word()}", book.body(path)))
    return f"{path}: all headings renamed"


def anchor_appears(book: Book) -> str:
    """Others link to it in vain."""
    path = next((path for path in book.roles if role_id(path) == "baking"), "")
    if not path:
        return ""
    there = "## Not yet" in book.body(path)
    heading = "\n## Not yet\n\nBut soon.\n"
    book.set_body(path, book.body(path).replace(heading, "") if there else book.body(path) + heading)
    return f"{path}: the heading 'Not yet' {'goes' if there else 'comes'}"


def link_added(book: Book) -> str:
    path, goal = book.one(book.roles), book.one([*book.roles, *book.people, *book.hand_written])
    address = os.path.relpath(goal, Path(path).parent)
    anchor = book.dice.choice(["", "#procedure", "#done-when", "#nowhere"])
    book.set_body(path, f"{book.body(path)}\nSee [that]({address}{anchor}).\n")
    return f"{path}: a link to {goal}{anchor}"


def link_removed(book: Book) -> str:
    path = book.one([path for path in book.roles if "](" in book.body(path)])
    book.set_body(path, re.sub(r"(?<!!)\[([^]]*)\]\([^)]*\)", r"\1", book.body(path), count=1))
    return f"{path}: a link less"


def link_broken(book: Book) -> str:
    path = book.one(book.roles)
    book.set_body(path, f"{book.body(path)}\nSee [nothing](gone-{book.dice.randrange(99)}.md).\n")
    return f"{path}: a link to nothing"


def picture_embedded(book: Book) -> str:
    path, goal = book.one(book.roles), book.one([*book.pictures, "roles/none.png"])
    address = os.path.relpath(goal, Path(path).parent)
    book.set_body(path, f"{book.body(path)}\n![It]({address})\n")
    return f"{path}: shows {goal}"


def title(book: Book) -> str:
    path, text = book.one(book.roles), book.word()
    book.set_front(path, title=text)
    return f"{path}: titled {text!r}"


def parent(book: Book) -> str:
    """Another superior, who is not below the role itself."""
    superiors = {role_id(path): book.front(path).get("parent", "") for path in book.roles}
    path = book.one([path for path in book.roles if superiors[role_id(path)]])
    below = {role_id(path)}
    while more := {each for each, above in superiors.items() if above in below} - below:
        below |= more
    new = book.other(superiors[role_id(path)], sorted(superiors.keys() - below))
    book.set_front(path, parent=new)
    return f"{path}: reports to {new}"


def owner(book: Book) -> str:
    path = book.one(book.roles)
    names = [None, "ada", "ben", "Cleo Cruz", "Dana Dietz", f"Fay {book.dice.randrange(99)}"]
    new = book.other(book.front(path).get("owner"), names)
    book.set_front(path, owner=new)
    return f"{path}: owned by {new}"


def backup(book: Book) -> str:
    path = book.one(book.roles)
    new = book.other(book.front(path).get("backup"), [None, "ada", "ben", "Gus Grau"])
    book.set_front(path, backup=new)
    return f"{path}: covered by {new}"


def performers(book: Book) -> str:
    path = book.one(book.roles)
    who = {"person": book.dice.choice(["ben", "Hana Holm"]), "weekly_hours": book.dice.randint(1, 5)}
    new = None if "performed_by" in book.front(path) else [who]
    book.set_front(path, performed_by=new)
    return f"{path}: performed by {new}"


def hours(book: Book) -> str:
    path = book.one(book.roles)
    new = book.other(book.front(path).get("weekly_hours"), [None, 1, 9, 39, {"min": 2, "max": 3}])
    book.set_front(path, weekly_hours=new)
    return f"{path}: {new} hours"


def seats(book: Book) -> str:
    path = book.one(book.roles)
    new = book.other(book.front(path).get("seats"), [None, 2, 5])
    book.set_front(path, seats=new)
    return f"{path}: {new} seats"


def status(book: Book) -> str:
    path = book.one(book.roles)
    new = book.other(book.front(path).get("status"), [None, "planned", "open", "paused", "retired"])
    book.set_front(path, status=new)
    return f"{path}: {new}"


def deliverable(book: Book) -> str:
    path = book.one(book.roles)
    full = {
        "outcome": book.word(),
        "for": book.dice.choice(["found", "fresh", "taught"]),
        "acceptance": [book.word()],
        "receiver": book.dice.choice(["marketing", "everybody"]),
    }
    new = book.dice.choice([None, book.word(), [full], [book.word(), full]])
    book.set_front(path, deliverable=new)
    return f"{path}: delivers {new}"


def purpose(book: Book) -> str:
    path = book.one(book.roles)
    book.set_front(path, purpose=book.word())
    return f"{path}: another purpose"


def tags(book: Book) -> str:
    path = book.one(book.roles)
    book.set_front(path, tags=[book.word()])
    return f"{path}: another tag"


def posting(book: Book) -> str:
    path = book.one(book.roles)
    dates = {"opens": "2026-11-20", "closes": "2026-12-24", "apply_email": "a@example.com"}
    new = book.other(book.front(path).get("posting"), [None, dates, {"opens": "2027-01-01"}])
    book.set_front(path, posting=new)
    return f"{path}: posted {new}"


def aliases(book: Book) -> str:
    path = book.one(book.roles)
    new = None if "aliases" in book.front(path) else [f"old/{role_id(path)}", "shop/later"]
    book.set_front(path, aliases=new)
    return f"{path}: formerly {new}"


_MORE: dict[str, list[Any]] = {
    "skills": [None, ["Patience"], {"must": ["Care"], "nice": ["Song"]}],
    "tools": [None, [{"name": "Van", "access": "key", "admin": "ben"}]],
    "rate": [None, 25, {"amount": 30, "currency": "EUR", "show": True}],
    "location": [None, {"remote": True}, {"place": "Cork"}],
    "reporting": [None, {"to": "owner", "cadence": "daily"}],
    "out_of_scope": [None, ["Dishes"]],
    "trial_task": [None, {"brief": "Bake", "hours": 1}],
    "outsource": [None, {"fit": "no"}, {"fit": "next", "by": "2027-02-01", "to": "Ivo Ito"}, "maybe"],
    "engagement": [None, "contractor", "automation"],
    "review_by": [None, "2026-11-01", "2027-11-01"],
}


def another_field(book: Book) -> str:
    path, name = book.one(book.roles), book.dice.choice(list(_MORE))
    new = book.other(book.front(path).get(name), _MORE[name])
    book.set_front(path, **{name: new})
    return f"{path}: {name} {new}"


# --- files of roles and people --------------------------------------------------------------------


def new_role(book: Book) -> str:
    """At first the one that links to nothing have been waiting for."""
    name = (
        "later"
        if not any(role_id(path) == "later" for path in book.roles)
        else f"r{book.dice.randrange(10**6)}"
    )
    path = f"roles/{book.dice.choice(['', 'new/deep/']) if name != 'later' else 'shop/'}{name}.md"
    above = book.dice.choice([role_id(each) for each in book.roles])
    book.save(
        path, page(f"title: {name.title()}\nparent: {above}\nowner: ben\nweekly_hours: 2", "## Procedure")
    )
    return f"{path}: new, below {above}"


def deleted_role(book: Book) -> str:
    """One that nobody reports to; others may link to it."""
    above = {book.front(path).get("parent") for path in book.roles}
    path = book.one([path for path in book.roles if role_id(path) not in above])
    book.remove(path)
    return f"{path}: deleted"


def deleted_superior(book: Book) -> str:
    """Those who reported to it report to its own superior."""
    below = [path for path in book.roles if "parent" in book.front(path)]
    path = book.one(below)
    above = book.front(path)["parent"]
    for each in below:
        if book.front(each)["parent"] == role_id(path):
            book.set_front(each, parent=above)
    book.remove(path)
    return f"{path}: deleted, with those below it given to {above}"


def moved_role(book: Book) -> str:
    """Into another folder, its links as they were."""
    path = book.one(book.roles)
    goals = [f"roles/{folder}{role_id(path)}.md" for folder in ("", "shop/", "elsewhere/")]
    goal = book.other(path, goals)
    book.move(path, goal)
    return f"{path}: moved to {goal}"


def renamed_role(book: Book) -> str:
    """Those below it follow."""
    path = book.one(book.roles)
    name = f"n{book.dice.randrange(10**6)}"
    for each in book.roles:
        if book.front(each).get("parent") == role_id(path):
            book.set_front(each, parent=name)
    book.move(path, f"{Path(path).parent.as_posix()}/{name}.md")
    return f"{path}: renamed to {name}"


def picture_changed(book: Book) -> str:
    if not book.pictures:
        return ""
    path = book.one(book.pictures)
    book.save(path, PNG + book.dice.randbytes(4))
    return f"{path}: another picture"


def picture_added(book: Book) -> str:
    path = book.other(
        None, ["roles/none.png", "roles/shop/new.png", f"roles/marketing/{book.dice.randrange(9)}.png"]
    )
    book.save(path, PNG + b"new")
    return f"{path}: new"


def picture_deleted(book: Book) -> str:
    if not book.pictures:
        return ""
    path = book.one(book.pictures)
    book.remove(path)
    return f"{path}: deleted"


def person_name(book: Book) -> str:
    path, name = book.one(book.people), f"Jana {book.word()}"
    book.set_front(path, name=name)
    return f"{path}: named {name!r}"


def person_capacity(book: Book) -> str:
    path = book.one(book.people)
    new = book.other(book.front(path).get("weekly_capacity"), [None, 5, 20, 60])
    book.set_front(path, weekly_capacity=new)
    return f"{path}: has {new} hours"


def person_field(book: Book) -> str:
    path = book.one(book.people)
    name, values = book.dice.choice(
        [
            ("founder", [None, True]),
            ("email", [None, "x@example.com", "y@example.com"]),
            ("kind", [None, "agency", "automation"]),
            ("timezone", [None, "Europe/Dublin"]),
            ("ends", [None, "2026-12-31", "2026-11-30"]),
        ]
    )
    new = book.other(book.front(path).get(name), values)
    book.set_front(path, **{name: new})
    return f"{path}: {name} {new}"


def person_body(book: Book) -> str:
    path = book.one(book.people)
    goal = book.one([*book.roles, *book.pictures])
    book.set_body(path, f"{book.body(path)}\nLikes {book.word()} and [this](../{goal}).\n")
    return f"{path}: likes more, and {goal}"


def new_person(book: Book) -> str:
    name = book.dice.choice(["Dana Dietz", "Cleo Cruz", f"Kofi Kay {book.dice.randrange(99)}"])
    path = f"people/{name.split()[0].lower()}.md"
    if book.exists(path):
        return ""
    book.save(path, page(f"name: {name}\nweekly_capacity: 10", "Is new."))
    return f"{path}: new"


def deleted_person(book: Book) -> str:
    path = book.one([path for path in book.people if role_id(path) not in ("ada", "ben")] or book.people)
    book.remove(path)
    return f"{path}: deleted"


# --- hand-written pages and the business model ----------------------------------------------------

MODEL, HOME = "content/business-model.md", "content/index.md"


def promise_added(book: Book) -> str:
    if not book.exists(MODEL):
        return ""
    new = {
        "id": f"p{book.dice.randrange(10**6)}",
        "name": book.word(),
        "promise": book.word(),
        "offer": "loaf",
    }
    book.set_front(MODEL, deliverables=[*book.front(MODEL).get("deliverables", []), new])
    return f"{MODEL}: promise {new['id']}"


def promise_renamed(book: Book) -> str:
    promises = book.front(MODEL).get("deliverables", []) if book.exists(MODEL) else []
    if not promises:
        return ""
    promise = book.dice.choice(promises)
    promise["name"] = book.word()
    book.set_front(MODEL, deliverables=promises)
    return f"{MODEL}: promise {promise['id']} renamed"


def promise_removed(book: Book) -> str:
    promises = book.front(MODEL).get("deliverables", []) if book.exists(MODEL) else []
    if not promises:
        return ""
    gone = book.dice.choice(promises)
    left = [each for each in promises if each is not gone]
    book.set_front(MODEL, deliverables=left or None)
    for path in book.roles:
        if gone["id"] in str(book.front(path).get("deliverable")) and book.dice.random() < 0.7:
            book.set_front(path, deliverable="Something")
    return f"{MODEL}: promise {gone['id']} removed"


def offer(book: Book) -> str:
    if not book.exists(MODEL) or not book.front(MODEL).get("offers"):
        return ""
    offers = book.front(MODEL)["offers"]
    chosen = book.dice.choice(offers)
    chosen.update(name=book.word(), monthly_value=book.dice.randrange(2000))
    book.set_front(MODEL, offers=offers)
    return f"{MODEL}: offer {chosen['id']} changed"


def functions(book: Book) -> str:
    if not book.exists(MODEL):
        return ""
    new = book.other(
        book.front(MODEL).get("functions"), [None, ["Marketing"], ["Marketing", "Law", "Support"]]
    )
    book.set_front(MODEL, functions=new)
    return f"{MODEL}: functions {new}"


def home_text(book: Book) -> str:
    book.set_body(HOME, f"{book.body(HOME)}\nWelcome, {book.word()}.\n")
    return f"{HOME}: a sentence more"


def home_heading(book: Book) -> str:
    book.set_body(HOME, re.sub(r"(?m)^# .*$", f"# {book.word()}", book.body(HOME), count=1))
    return f"{HOME}: another heading"


def home_title(book: Book) -> str:
    book.set_front(HOME, title=book.other(book.front(HOME).get("title"), [None, "Home", "Start"]))
    return f"{HOME}: titled {book.front(HOME).get('title')}"


def page_front(book: Book) -> str:
    """What Material does differently for one page."""
    path = book.one(book.hand_written)
    name, values = book.dice.choice(
        [
            ("hide", [None, ["navigation"], ["toc"]]),
            ("search", [None, {"exclude": True}, {"boost": 2}]),
            ("description", [None, "Words"]),
            ("tags", [None, ["One"]]),
        ]
    )
    new = book.other(book.front(path).get(name), values)
    book.set_front(path, **{name: new})
    return f"{path}: {name} {new}"


def template_missing(book: Book) -> str:
    """The build ends half-way, when pages are written already."""
    path = book.one(book.hand_written)
    book.set_front(path, template=book.other(book.front(path).get("template"), [None, "none.html"]))
    return f"{path}: template {book.front(path).get('template')}"


def new_page(book: Book) -> str:
    path = f"content/{book.dice.choice(['', 'guide/', 'more/'])}p{book.dice.randrange(10**6)}.md"
    goal = book.one(book.roles)
    address = os.path.relpath(goal, Path(path).parent)
    book.save(path, f"# {book.word()}\n\n<!-- rolebook: numbers -->\n\n[It]({address}#procedure)\n")
    return f"{path}: new, links to {goal}"


def deleted_page(book: Book) -> str:
    path = book.one([path for path in book.hand_written if path != HOME])
    book.remove(path)
    return f"{path}: deleted"


def page_in_place(book: Book) -> str:
    """A hand-written page where a role's would be, or a generated list."""
    goal = book.one([*book.roles, "roles/index.md", "people/index.md", "org-chart.md"])
    path = f"content/{goal}"
    if book.exists(path):
        book.remove(path)
        return f"{path}: no longer in place of the generated one"
    book.save(path, f"# Mine\n\n## Procedure\n\n{book.word()}\n")
    return f"{path}: in place of the generated one"


def docs_file(book: Book) -> str:
    """Something beside the hand-written pages that is no page."""
    names = ["img/mill.png", "robots.txt", "roles/desk.png", "guide/.meta.yml"]
    path = f"content/{book.dice.choice(names)}"
    if book.exists(path) and book.dice.random() < 0.4:
        book.remove(path)
        return f"{path}: deleted"
    book.save(path, f"tags: [{book.dice.randrange(99)}]\n")
    return f"{path}: written"


# --- beyond the files' text -----------------------------------------------------------------------


def day(book: Book) -> str:
    days = book.dice.choice([1, 7, 30])
    book.surroundings = replace(book.surroundings, epoch=book.surroundings.epoch + days * DAY)
    return f"{days} days pass"


def strict(book: Book) -> str:
    book.surroundings = replace(book.surroundings, strict=not book.surroundings.strict)
    return f"strict: {book.surroundings.strict}"


def newer_markdown(book: Book) -> str:
    return _newer(book, "Markdown")


def newer_mkdocs(book: Book) -> str:
    return _newer(book, "mkdocs")


def _newer(book: Book, library: str) -> str:
    now = set(book.surroundings.newer) ^ {library}
    book.surroundings = replace(book.surroundings, newer=tuple(sorted(now)))
    return f"{library}: {'newer' if library in now else 'as before'}"


def history(book: Book) -> str:
    new = None if book.options.get("history") else True
    _commit(book)
    book.set_options(history=new)
    return f"option history: {new}, and a commit"


def commit(book: Book) -> str:
    """No file changes by it."""
    _commit(book)
    return "a commit"


def _commit(book: Book) -> None:
    def git(*words: str) -> None:
        name = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")
        dated = os.environ | {"GIT_COMMITTER_DATE": f"{book.surroundings.epoch} +0000"}
        subprocess.run(["git", *name, *words], cwd=book.root, env=dated, check=True, capture_output=True)

    if not book.exists(".git"):
        git("init", "--quiet")
    git("add", "--all", ".", f":!{CACHE}")
    git("commit", "--quiet", "--allow-empty", "-m", "On", "--date", f"{book.surroundings.epoch} +0000")


def unreadable(book: Book) -> str:
    """A file that nobody understands: nothing is built until it is fixed."""
    path = book.one([*book.roles, *book.people])
    rest = (book.root / path).read_bytes()
    book.save(
        path, book.dice.choice([b"---\ntitle: [\n---\n", b"\xff\xfe\x00", b"---\nparnet: x\n" + rest[4:]])
    )
    return f"{path}: made unreadable"


def undone(book: Book) -> str:
    """The last edit."""
    if len(book.before) < 2:
        return ""
    book.restore(-2)
    return "the last edit undone"


def earlier(book: Book) -> str:
    """Back to any state that there was."""
    at = book.dice.randrange(len(book.before))
    book.restore(at)
    return f"as before step {at + 1}"


def nothing(book: Book) -> str:
    """A file saved as it was."""
    path = book.one([*book.roles, "mkdocs.yml", HOME])
    os.utime(book.root / path)
    return f"{path}: saved as it was"


WITHIN: tuple[Edit, ...] = (
    body_text, body_of_the_same_length, body_heading, anchor_renamed, anchor_appears, link_added,
    link_removed, link_broken, picture_embedded, title, parent, owner, backup, performers, hours, seats,
    status, deliverable, purpose, tags, posting, aliases, another_field, person_name, person_capacity,
    person_field, person_body, promise_added, promise_renamed, promise_removed, offer, functions, home_text,
    home_heading, home_title, page_front, template_missing,
)  # fmt: skip
"""Edits of what stands in the files."""
OF_FILES: tuple[Edit, ...] = (
    new_role, deleted_role, deleted_superior, moved_role, renamed_role, picture_changed, picture_added,
    picture_deleted, new_person, deleted_person, new_page, deleted_page, page_in_place, docs_file,
)  # fmt: skip
"""Files that come, go and move."""
BEYOND: tuple[Edit, ...] = (
    day, strict, newer_markdown, newer_mkdocs, history, commit, unreadable, undone, earlier, nothing,
)  # fmt: skip
"""What is not, or not only, in the files' text."""
EDITS = (*WITHIN, *OF_FILES, *OF_OPTIONS, *OF_AUDIENCE, *OF_SETTINGS, *OF_THEME, *OF_OTHERS, *BEYOND)
