"""A small handbook with something of everything, on disk, to be edited."""

import random
import textwrap
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from projects import write
from rebuilds import Surroundings

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
    "plugins": ["search", "tags", "mermaid2", {"rolebook": {"founders": ["Ada Abel"]}}],
    "markdown_extensions": [
        "admonition", "attr_list", "footnotes", "tables", "pymdownx.superfences",
        {"toc": {"permalink": True}},
    ],
    "validation": {"links": {"anchors": "warn", "unrecognized_links": "warn"}},
}  # fmt: skip


def page(front: str, body: str = "") -> str:
    """A file's text of its fields and what follows them."""
    return f"---\n{textwrap.dedent(front).strip()}\n---\n\n{textwrap.dedent(body).strip()}\n"


FILES: dict[str, str | bytes] = {
    "content/index.md": """\
        # The Mill

        <!-- rolebook: numbers -->

        Begin with [search](../roles/marketing/seo.md#procedure), or with [Ada](../people/ada.md).

        <!-- rolebook: org-chart -->
        """,
    "content/business-model.md": page(
        """
        title: How we earn
        offers:
          - {id: loaf, name: A loaf, customer: A neighbour, price: 4, currency: EUR, monthly_value: 900}
          - {id: course, name: A course, customer: A beginner, price: 90, monthly_value: 1800}
        deliverables:
          - {id: fresh, name: Fresh bread, promise: Warm at seven, offer: loaf, standard: Six days a week}
          - {id: found, name: We are found, promise: First among bakers, offer: loaf}
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
    "content/guide/how.md": (
        "# How\n\n## Write\n\nBriefly. See [later](../../roles/shop/later.md).\n\n<!-- material/tags -->\n"
    ),
    "content/img/mill.png": PNG,
    "roles/owner.md": page(
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
    "roles/marketing/marketing.md": page(
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
    "roles/marketing/seo.md": page(
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
    "roles/marketing/ppc.md": page(
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
    "roles/marketing/letters.md": page(
        "title: Letters\nparent: marketing\nstatus: planned\nweekly_hours: 2\nposting: {opens: 2026-12-10}",
        "Once there is somebody.",
    ),
    "roles/support/support.md": page(
        "title: Support\nparent: owner\nowner: Dana Dietz\nseats: 3\nweekly_hours: 10\nbackup: ben",
        "## Procedure\n\n```mermaid\ngraph LR\n  a --> b\n```\n",
    ),
    "roles/support/chat.md": page("title: Chat\nparent: support\nweekly_hours: 5", "Answers."),
    "roles/support/night/phone.md": page(
        "title: Phone\nparent: support\nowner: emil\nweekly_hours: 7\nstatus: paused",
        "At night; see [chat](../chat.md) and [the owner](../../owner.md#responsibilities).",
    ),
    "roles/shop/shop.md": page(
        "title: Shop\nparent: owner\nowner: ben\nweekly_hours: 2\ndeliverable: [{outcome: On, for: fresh}]",
        "![Plan](plan.png)\n\n## Procedure\n\n- [ ] Unlock\n- [x] Sweep",
    ),
    "roles/shop/plan.png": PNG,
    "roles/shop/baking.md": page(
        "title: Baking\nparent: shop\nowner: emil\nweekly_hours: 9\ndeliverable: [{outcome: X, for: fresh}]",
        "## Procedure\n\n!!! tip\n\n    Warm it.\n\n## Done when\n\nIt smells.",
    ),
    "roles/shop/counter.md": page(
        "title: Counter\nparent: shop\nowner: Dana Dietz\nweekly_hours: 20", "## Done when\n\nNobody waits."
    ),
    "roles/shop/cleaning.md": page("title: Cleaning\nparent: shop\nstatus: retired\nweekly_hours: 3"),
    "roles/finance.md": page("title: Money\nparent: owner\nweekly_hours: 4", "Counts."),
    "people/ada.md": page(
        "name: Ada Abel\nfounder: true\nweekly_capacity: 40\nemail: ada@example.com",
        "Ada holds [the shop](../roles/shop/shop.md) dear.",
    ),
    "people/ben.md": page("name: Ben Berg\nweekly_capacity: 30", "Ben."),
    "people/emil.md": page(
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
    def begun(cls, root: Path, seed: int, without: Container[str] = ()) -> "Book":
        """The handbook in the new folder `root` without some files, to be edited as `seed` has it."""
        texts = {
            path: textwrap.dedent(text) if isinstance(text, str) else text
            for path, text in FILES.items()
            if path not in without
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
        """Its files by their paths, without what git and builds put beside them."""
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
        for path, content in state.items():
            if now.get(path) != content:
                self.save(path, content)

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

    def one(self, choices: list[Any]) -> Any:
        """One of `choices`.

        Raises:
            NothingThere: there is none.
        """
        if not choices:
            raise NothingThere
        return self.dice.choice(choices)

    def word(self) -> str:
        """Another one each time."""
        grain = self.dice.choice(("oat", "rye", "malt & hops", "<corn>", "Spelt", "Gerste"))
        return f"{grain} {self.dice.randrange(10**6)}"

    def exists(self, path: str) -> bool:
        return (self.root / path).exists()

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

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
        return self.one([each for each in choices if each != now])
