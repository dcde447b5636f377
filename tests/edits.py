"""A small handbook with something of everything, and the edits that its people make, from a seed.

Each edit changes files as an editor does and says in a line what it did, so that a sequence can be read.
"""

import os
import random
import re
import subprocess
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from projects import write
from rebuilds import Surroundings

DAY = 86_400
CACHE = ".cache"
"""Where builds may keep what they like; no part of the handbook."""

Edit = Callable[["Book"], str]
"""Changes the book and says what it did; says nothing when there was nothing to do it to."""

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)

CONFIG: dict[str, Any] = {
    "site_name": "The Mill",
    "site_url": "http://127.0.0.1:8000/",
    "docs_dir": "content",
    "repo_url": "https://git.example/mill",
    "edit_uri": "edit/main/content/",
    "theme": {
        "name": "material",
        "font": False,
        "features": ["navigation.instant", "navigation.indexes", "navigation.prune", "navigation.top"],
    },
    "nav": ["index.md", "business-model.md", "rolebook", {"Guide": ["guide/index.md", "guide/how.md"]}],
    "plugins": ["search", "mermaid2", {"rolebook": {"founders": ["Ada Abel"]}}],
    "markdown_extensions": [
        "admonition", "attr_list", "footnotes", "tables", {"toc": {"permalink": True}}, "pymdownx.superfences",
    ],
    "validation": {"links": {"anchors": "warn", "unrecognized_links": "warn"}},
}  # fmt: skip


def _page(front: str, body: str = "") -> str:
    return f"---\n{textwrap.dedent(front).strip()}\n---\n\n{textwrap.dedent(body).strip()}\n"


FILES: dict[str, str | bytes] = {
    "content/index.md": """\
        # The Mill

        <!-- rolebook: numbers -->

        Begin with [search](../roles/marketing/seo.md#procedure), or with [Ada](../people/ada.md).

        <!-- rolebook: org-chart -->
        """,
    "content/business-model.md": _page(
        """
        title: How we earn
        offers:
          - {id: loaf, name: A loaf, customer: A neighbour, price: 4, currency: EUR, monthly_value: 900}
          - {id: course, name: A course, customer: A beginner, price: 90, monthly_value: 1800}
        deliverables:
          - {id: fresh, name: Fresh bread, promise: Warm at seven, offer: loaf, standard: Six days a week}
          - {id: found, name: We are found, promise: First of all bakers, offer: loaf}
          - {id: taught, name: A good course, promise: Your own loaf, offer: course}
        functions: [Marketing, Shop, Money]
        """,
        """
        # How we earn

        With bread; see [the shop](../roles/shop/shop.md).

        <!-- rolebook: business-model -->
        """,
    ),
    "content/guide/index.md": "# Guide\n\nAsk [the counter](../../roles/shop/counter.md#done-when).\n",
    "content/guide/how.md": "# How\n\n## Write\n\nBriefly. See [later](../../roles/shop/later.md).\n",
    "content/img/mill.png": PNG,
    "roles/owner.md": _page(
        """
        title: Owner
        owner: ada
        weekly_hours: 20
        deliverable: The mill turns
        """,
        """
        ## Responsibilities

        - Decide, with [search](marketing/seo.md) and [money](finance.md).

        ![The desk](desk.png)
        """,
    ),
    "roles/desk.png": PNG,
    "roles/marketing/marketing.md": _page(
        """
        title: Marketing
        parent: owner
        owner: ada
        weekly_hours: 6
        deliverable: [{outcome: Twenty guests a day, for: found, cadence: daily, measure: counted}]
        tags: [guests]
        """,
        "Works with [adverts](ppc.md#adverts).",
    ),
    "roles/marketing/seo.md": _page(
        """
        title: Search
        parent: marketing
        status: open
        weekly_hours: {min: 4, max: 6}
        purpose: Be found by those who look for bread.
        deliverable:
          - outcome: First place for "bread"
            measure: looked up on Fridays
            acceptance: [Without paying, On a phone]
            for: found
            receiver: marketing
        skills: {must: [Writing], nice: [Bread], languages: [English]}
        tools: [{name: Console, access: full, admin: ada}]
        rate: {min: 30, max: 40, currency: EUR, show: true}
        location: {remote: true, countries: [Ireland]}
        reporting: {to: marketing, cadence: weekly}
        out_of_scope: [Adverts]
        trial_task: {brief: Look at our pages, hours: 2, paid: true}
        posting: {opens: 2026-11-01, closes: 2026-11-30, apply_email: work@example.com, questions: [Why us]}
        outsource: {fit: next, reason: A craft, by: 2027-01-11}
        review_by: 2026-12-01
        """,
        """
        ## Procedure

        1. Read what people type; ask [the counter](../shop/counter.md).[^1]

        ## Done when

        - Found. See [not yet](../shop/baking.md#not-yet) and [later](../shop/later.md).

        ## Notes

        Not for strangers.

        [^1]: Politely.
        """,
    ),
    "roles/marketing/ppc.md": _page(
        """
        title: Adverts
        parent: marketing
        owner: ben
        performed_by: [{person: Cleo Cruz, weekly_hours: 4, since: 2026-01-01}]
        backup: ada
        weekly_hours: 8
        deliverable: Guests for 2 euros each
        aliases: [old/adverts]
        """,
        "## Adverts\n\nShort ones.\n\n## Procedure\n\nAs [search](seo.md#procedure) does.",
    ),
    "roles/marketing/letters.md": _page(
        "title: Letters\nparent: marketing\nstatus: planned\nweekly_hours: 2\nposting: {opens: 2026-12-10}",
        "Once there is somebody.",
    ),
    "roles/support/support.md": _page(
        "title: Support\nparent: owner\nowner: Dana Dietz\nseats: 3\nweekly_hours: 10\nbackup: ben",
        "## Procedure\n\n```mermaid\ngraph LR\n  a --> b\n```\n",
    ),
    "roles/support/chat.md": _page("title: Chat\nparent: support\nweekly_hours: 5", "Answers."),
    "roles/support/night/phone.md": _page(
        "title: Phone\nparent: support\nowner: emil\nweekly_hours: 7\nstatus: paused",
        "At night; see [chat](../chat.md) and [the owner](../../owner.md#responsibilities).",
    ),
    "roles/shop/shop.md": _page(
        "title: Shop\nparent: owner\nowner: ben\nweekly_hours: 2\ndeliverable: [{outcome: On, for: fresh}]",
        "![Plan](plan.png)\n\n## Procedure\n\n- [ ] Unlock\n- [x] Sweep",
    ),
    "roles/shop/plan.png": PNG,
    "roles/shop/baking.md": _page(
        "title: Baking\nparent: shop\nowner: emil\nweekly_hours: 30\ndeliverable: [{outcome: Rye, for: fresh}]",
        "## Procedure\n\n!!! tip\n\n    Warm it.\n\n## Done when\n\nIt smells.",
    ),
    "roles/shop/counter.md": _page(
        "title: Counter\nparent: shop\nowner: Dana Dietz\nweekly_hours: 20", "## Done when\n\nNobody waits."
    ),
    "roles/shop/cleaning.md": _page("title: Cleaning\nparent: shop\nstatus: retired\nweekly_hours: 3"),
    "roles/finance.md": _page("title: Money\nparent: owner\nweekly_hours: 4", "Counts."),
    "people/ada.md": _page(
        "name: Ada Abel\nfounder: true\nweekly_capacity: 40\nemail: ada@example.com",
        "Ada holds [the shop](../roles/shop/shop.md) dear.",
    ),
    "people/ben.md": _page("name: Ben Berg\nweekly_capacity: 30", "Ben."),
    "people/emil.md": _page(
        "name: Emil & Co\nkind: agency\nrate: {amount: 30, currency: EUR}\nends: 2026-12-05"
    ),
}


class NothingThere(Exception):
    """What an edit would change is not there."""


@dataclass
class Book:
    """A handbook on disk, with what a builder of it would have to know besides."""

    root: Path
    dice: random.Random
    surroundings: Surroundings = field(default_factory=Surroundings)
    before: list[tuple[dict[str, bytes], Surroundings]] = field(default_factory=list)
    """The states that it had, the last one last."""

    @classmethod
    def begun(cls, root: Path, seed: int) -> "Book":
        """The handbook in the new folder `root`, to be edited as `seed` has it."""
        texts = {
            path: textwrap.dedent(text) if isinstance(text, str) else text for path, text in FILES.items()
        }
        write(root, {"mkdocs.yml": yaml.safe_dump(CONFIG, sort_keys=False), **texts})
        return cls(root, random.Random(seed))

    def edit(self, change: Edit) -> str:
        """Change it; gives what was done."""
        self.before.append((self.state(), self.surroundings))
        try:
            return change(self)
        except NothingThere:
            return ""

    def state(self) -> dict[str, bytes]:
        return {
            path: (self.root / path).read_bytes()
            for path in self._paths("**/*")
            if not path.startswith((CACHE, ".git/"))
        }

    def restore(self, at: int) -> None:
        """Make all what it was, without touching files that did not change."""
        state, self.surroundings = self.before[at]
        now = self.state()
        for path in now.keys() - state.keys():
            self.remove(path)
        write(self.root, {"mkdocs.yml": state["mkdocs.yml"]})
        for path, content in state.items():
            if now.get(path) != content:
                write(self.root, {"mkdocs.yml": state["mkdocs.yml"], path: content})

    def _paths(self, pattern: str) -> list[str]:
        found = self.root.glob(pattern)
        return sorted(path.relative_to(self.root).as_posix() for path in found if path.is_file())

    @property
    def roles(self) -> list[str]:
        return self._paths("roles/**/*.md") or self._paths("seats/**/*.md")

    @property
    def people(self) -> list[str]:
        return self._paths("people/*.md")

    @property
    def hand_written(self) -> list[str]:
        return self._paths("content/**/*.md")

    @property
    def pictures(self) -> list[str]:
        return self._paths("roles/**/*.png") or self._paths("seats/**/*.png")

    def one(self, paths: list[str]) -> str:
        """One of `paths`.

        Raises:
            NothingThere: there is none.
        """
        if not paths:
            raise NothingThere
        return self.dice.choice(paths)

    def word(self) -> str:
        """Another one each time."""
        grain = self.dice.choice(("oat", "rye", "malt & hops", "<corn>", "Spelt", "Gerste"))
        return f"{grain} {self.dice.randrange(10**6)}"

    def exists(self, path: str) -> bool:
        return (self.root / path).exists()

    def text(self, path: str) -> str:
        return (self.root / path).read_text()

    def save(self, path: str, content: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def remove(self, path: str) -> None:
        """The file, and the folders that are then empty."""
        (self.root / path).unlink()
        for folder in (self.root / path).parents:
            if folder == self.root or any(folder.iterdir()):
                break
            folder.rmdir()

    def move(self, path: str, goal: str) -> None:
        content = (self.root / path).read_bytes()
        self.remove(path)
        self.save(goal, content)

    def front(self, path: str) -> dict[str, Any]:
        return self._parts(path)[0]

    def body(self, path: str) -> str:
        return self._parts(path)[1]

    def set_front(self, path: str, **fields: Any) -> None:
        """Give the page these fields; None takes one away."""
        front, body = self._parts(path)
        self._put(
            path, {name: value for name, value in {**front, **fields}.items() if value is not None}, body
        )

    def set_body(self, path: str, body: str) -> None:
        self._put(path, self.front(path), body)

    def _parts(self, path: str) -> tuple[dict[str, Any], str]:
        text = self.text(path)
        if not text.startswith("---\n"):
            return {}, text
        _, front, body = text.split("---\n", 2)
        return yaml.safe_load(front) or {}, body

    def _put(self, path: str, front: dict[str, Any], body: str) -> None:
        written = yaml.safe_dump(front, sort_keys=False, allow_unicode=True)
        self.save(path, f"---\n{written}---\n{body}" if front else body)

    @property
    def config(self) -> dict[str, Any]:
        settings: dict[str, Any] = yaml.safe_load(self.text("mkdocs.yml"))
        return settings

    def configure(self, **settings: Any) -> None:
        """Give mkdocs.yml these settings; None takes one away."""
        kept = {name: value for name, value in {**self.config, **settings}.items() if value is not None}
        self.save("mkdocs.yml", yaml.safe_dump(kept, sort_keys=False))

    @property
    def is_served_as_built(self) -> bool:
        """Whether `mkdocs serve` shows just what `mkdocs build` gives."""
        return self.config["site_url"] == CONFIG["site_url"] and "draft_docs" not in self.config

    @property
    def options(self) -> dict[str, Any]:
        """Those of the plugin, which is the last one in the list."""
        given: dict[str, Any] = self.config["plugins"][-1]["rolebook"]
        return given

    def set_options(self, **options: Any) -> None:
        plugins = self.config["plugins"]
        kept = {name: value for name, value in {**self.options, **options}.items() if value is not None}
        self.configure(plugins=[*plugins[:-1], {"rolebook": kept}])

    def other(self, now: Any, choices: list[Any]) -> Any:
        """One of `choices` that is not there now."""
        return self.dice.choice([each for each in choices if each != now])


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
    """Others may link to it."""
    path = book.one([path for path in book.roles if "\n## " in book.body(path)])
    book.set_body(path, re.sub(r"(?m)^## .*$", f"## {book.word()}", book.body(path), count=1))
    return f"{path}: the first heading renamed"


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
    path = book.one([path for path in book.roles if "parent" in book.front(path)])
    above = [role_id(each) for each in book.roles if each != path]
    new = book.other(book.front(path)["parent"], above)
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
        path, _page(f"title: {name.title()}\nparent: {above}\nowner: ben\nweekly_hours: 2", "## Procedure")
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
    goal = f"roles/{book.dice.choice(['', 'shop/', 'elsewhere/'])}{role_id(path)}.md"
    if goal == path:
        return ""
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
    book.save(path, _page(f"name: {name}\nweekly_capacity: 10", "Is new."))
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


def new_page(book: Book) -> str:
    path = f"content/{book.dice.choice(['', 'guide/', 'more/'])}p{book.dice.randrange(10**6)}.md"
    goal = book.one(book.roles)
    address = os.path.relpath(goal, Path(path).parent)
    book.save(path, f"# {book.word()}\n\n<!-- rolebook: numbers -->\n\n[It]({address}#procedure)\n")
    return f"{path}: new, links to {goal}"


def deleted_page(book: Book) -> str:
    path = book.one([path for path in book.hand_written if path != HOME] or [HOME])
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
    path = book.dice.choice(["content/img/mill.png", "content/robots.txt", "content/roles/desk.png"])
    if book.exists(path) and book.dice.random() < 0.4:
        book.remove(path)
        return f"{path}: deleted"
    book.save(path, book.word())
    return f"{path}: written"


# --- options of the plugin ------------------------------------------------------------------------

_OPTIONS: dict[str, list[Any]] = {
    "search": [None, "text", "titles"],
    "static_charts": [None, [], ["role", "person", "people", "department", "overview", "business-model"]],
    "navigation": [None, "tree", "functions", "none"],
    "public_sections": [None, ["Notes"]],
    "founders": [None, ["Ada Abel"], ["Ben Berg", "Dana Dietz"]],
    "hand_over_weights": [None, {"hours": 9, "plan": 0}],
    "post_limit": [None, 50, 300],
    "owner_hour_value": [None, 60, {"amount": 70, "currency": "EUR"}],
    "switched_off": [None, ["no-hours"], ["no-deliverable", "no-hours"]],
    "audience": [None, "public"],
    "public_pages": [None, ["index.md", "guide/*"], ["index.md", "img/*"]],
    "several_roots": [None, True],
    "business_model": [None, "guide/index.md"],
    "people_dir": [None, "nobody"],
}


def option(name: str) -> Edit:
    def change(book: Book) -> str:
        new = book.other(book.options.get(name), _OPTIONS[name])
        book.set_options(**{name: new})
        return f"option {name}: {new}"

    change.__name__ = f"option_{name}"
    return change


def roles_dir(book: Book) -> str:
    """The whole folder under another name."""
    now, new = ("roles", "seats") if book.exists("roles") else ("seats", "roles")
    (book.root / now).rename(book.root / new)
    book.set_options(roles_dir=new)
    return f"option roles_dir: {new}"


# --- mkdocs.yml -----------------------------------------------------------------------------------

_SETTINGS: dict[str, list[Any]] = {
    "site_name": ["The Mill", "The <New> Mill & Co"],
    "site_url": ["http://127.0.0.1:8000/", "https://mill.example/book/", "http://127.0.0.1:8000/deep/"],
    "site_description": [None, "How we work", "How we bake"],
    "site_author": [None, "Ada"],
    "use_directory_urls": [None, False],
    "copyright": [None, "&copy; The Mill", "Ours"],
    "repo_url": [None, "https://git.example/mill", "https://git.example/other"],
    "edit_uri": ["edit/main/content/", "edit/dev/content/"],
    "nav": [
        None,
        ["index.md", "rolebook"],
        ["index.md", {"Seats": "rolebook:roles"}, {"Search": "roles/marketing/seo.md"}, "rolebook:people"],
        [{"Home": "index.md"}, {"Out": "https://example.com"}, "rolebook", "guide/how.md"],
    ],
    "extra_css": [None, ["css/own.css"], ["css/other.css"]],
    "extra_javascript": [None, ["own.js"]],
    "extra": [None, {"generator": False}, {"homepage": "https://example.com"}, {"version": {"default": "1"}}],
    "validation": [
        None,
        {"links": {"anchors": "warn"}},
        {"links": {"not_found": "ignore", "anchors": "ignore"}},
    ],
    "draft_docs": [None, "guide/how.md"],
    "exclude_docs": [None, "guide/how.md"],
    "not_in_nav": [None, "guide/"],
    "extra_templates": [None, ["pages.txt"]],
}


def setting(name: str) -> Edit:
    def change(book: Book) -> str:
        new = book.other(book.config.get(name), _SETTINGS[name])
        book.configure(**{name: new})
        if name == "extra_templates":
            book.save(
                "content/pages.txt",
                "{% for page in pages %}{{ page.url }} {{ page.page.title }}\n{% endfor %}",
            )
        return f"{name}: {new}"

    change.__name__ = f"setting_{name}"
    return change


_THEME: dict[str, list[Any]] = {
    "palette": [None, {"scheme": "slate"}, {"primary": "teal", "accent": "red"}],
    "features": [
        CONFIG["theme"]["features"],
        [],
        ["toc.integrate", "navigation.tabs", "content.action.edit"],
    ],
    "language": [None, "de", "fr"],
    "icon": [None, {"repo": "material/git"}],
    "logo": [None, "img/mill.png"],
    "favicon": [None, "img/mill.png"],
    "custom_dir": [None, "theme"],
}
_MAIN = '{% extends "base.html" %}\n{% block announce %}MORE{% endblock %}\n'


def theme(name: str) -> Edit:
    def change(book: Book) -> str:
        new = book.other(book.config["theme"].get(name), _THEME[name])
        if name == "custom_dir":
            book.save("theme/main.html", _MAIN.replace("MORE", book.word()))
        kept = {key: value for key, value in {**book.config["theme"], name: new}.items() if value is not None}
        book.configure(theme=kept)
        return f"theme {name}: {new}"

    change.__name__ = f"theme_{name}"
    return change


def theme_file(book: Book) -> str:
    """In the owner's own folder of the theme, whether it is used or not."""
    path = book.dice.choice(["theme/main.html", "theme/partials/footer.html", "theme/partials/nav.html"])
    if path != "theme/main.html" and book.exists(path):
        book.remove(path)
        return f"{path}: deleted"
    more = book.word() + " {{ page.title if page else '' }}"
    book.save(path, _MAIN.replace("MORE", more) if path == "theme/main.html" else f"<footer>{more}</footer>")
    return f"{path}: written"


_EXTENSIONS: list[Any] = [
    {"toc": {"permalink": "¶", "baselevel": 2}},
    {"toc": {"slugify": "", "toc_depth": 2}},
    "abbr",
    "md_in_html",
    "pymdownx.tasklist",
    {"pymdownx.tasklist": {"custom_checkbox": True}},
    {"pymdownx.snippets": {"base_path": ["snippets"], "auto_append": ["words.md"], "check_paths": False}},
]


def extension(book: Book) -> str:
    """Another one, or other settings of one, or no more such."""
    others = [each for each in CONFIG["markdown_extensions"] if not isinstance(each, dict)]
    new = book.dice.choice(_EXTENSIONS)
    if new == _EXTENSIONS[1]:
        new = {"toc": {"toc_depth": 2}}
    rest = [] if "toc" in new else [{"toc": {"permalink": True}}]
    book.configure(markdown_extensions=[*others, *rest, new])
    return f"markdown_extensions: {rest} {new}"


def snippet(book: Book) -> str:
    """Text that an extension may put into pages."""
    book.save("snippets/words.md", f"*[Short]: {book.word()}\n\nAppended {book.word()}\n")
    return "snippets/words.md: written"


def other_plugin(book: Book) -> str:
    plugins = book.config["plugins"]
    new = book.dice.choice(["tags", "meta", {"search": {"lang": "de"}}, None])
    first = [] if isinstance(new, dict) else ["search"]
    book.configure(plugins=[*first, "mermaid2", *([new] if new else []), plugins[-1]])
    return f"plugins: with {new}"


def hook(book: Book) -> str:
    """Code of the owner's own that has a hand in every page, comes, changes or goes."""
    code = "def on_page_content(html, **more):\n    return html + '<p>WORD</p>'\n"
    if book.config.get("hooks") and book.dice.random() < 0.5:
        book.configure(hooks=None)
        return "hooks: none"
    book.save("hook.py", code.replace("WORD", book.word()))
    book.configure(hooks=["hook.py"])
    return "hooks: another hook.py"


def css_file(book: Book) -> str:
    path = book.dice.choice(["content/css/own.css", "content/css/other.css"])
    book.save(path, f"/* {book.word()} */")
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
    """A file that nobody understands: nothing is built until it is mended."""
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
    body_text, body_of_the_same_length, body_heading, anchor_renamed, anchor_appears, link_added, link_removed,
    link_broken, picture_embedded, title, parent, owner, backup, performers, hours, seats, status, deliverable,
    purpose, tags, posting, aliases, another_field, person_name, person_capacity, person_field, person_body,
    promise_added, promise_renamed, promise_removed, offer, functions, home_text, home_heading, home_title,
    page_front,
)  # fmt: skip
"""Edits of what stands in the files."""
OF_FILES: tuple[Edit, ...] = (
    new_role, deleted_role, deleted_superior, moved_role, renamed_role, picture_changed, picture_added,
    picture_deleted, new_person, deleted_person, new_page, deleted_page, page_in_place, docs_file,
)  # fmt: skip
"""Files that come, go and move."""
OF_OPTIONS: tuple[Edit, ...] = (*map(option, _OPTIONS), roles_dir)
"""Options of the plugin."""
OF_SETTINGS: tuple[Edit, ...] = (*map(setting, _SETTINGS), extension, snippet, other_plugin)
"""Settings of MkDocs, with the files that these make part of the site."""
OF_THEME: tuple[Edit, ...] = (*map(theme, _THEME), theme_file, css_file, hook)
"""How pages look."""
BEYOND: tuple[Edit, ...] = (
    day, strict, newer_markdown, newer_mkdocs, history, commit, unreadable, undone, earlier, nothing,
)  # fmt: skip
"""What is not, or not only, in the files' text."""
EDITS = (*WITHIN, *OF_FILES, *OF_OPTIONS, *OF_SETTINGS, *OF_THEME, *BEYOND)
