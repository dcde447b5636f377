"""What people read of the sample handbook, and what of it came from its files."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import markdown
import yaml

from rolebook.documents import job_post, leaving, pack
from rolebook.documents.document import Document
from rolebook.documents.statement import with_statement
from rolebook.handbook import Handbook
from rolebook.schema.audience import Audience
from sites import SAMPLE

NOT_YET = ("decisions/attention", "changes", "guide", "handing-over")
"""Pages with messages of rooms that are not in the catalogue yet, and pages that were written by hand."""
THEME = {
    "Permanent link",
    "Edit this page",
    "View source of this page",
    "Back to top",
    "Markdown",
    "SVG",
    "rolebook pack --leaving",
}
"""What the theme writes, in the language that the site has for it, and names."""
EXTENSIONS = [
    *("admonition", "attr_list", "tables"),
    *(f"pymdownx.{each}" for each in ("details", "superfences", "tabbed", "tasklist")),
]
"""What the sample's texts are written in."""
_NOT_READ = ("script", "style", "svg", "pre", "textarea")
"""A chart says the same as the cards or the list beside it, in lines of another length."""


class Texts(HTMLParser):
    """What people read and hear of a page's own part, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _NOT_READ
        self.found += [
            " ".join(value.split())
            for name, value in attrs
            if name in ("aria-label", "alt", "placeholder", "data-columns", "data-column") and value
        ]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _NOT_READ

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.found.append(" ".join(data.split()))


def article(file: Path) -> list[str]:
    """The texts of a page without what the theme puts around it."""
    html = file.read_text(encoding="utf-8")
    _, _, own = html.rpartition("<article")
    return Texts(own.partition("</article>")[0].partition(">")[2]).found


def own_texts() -> set[str]:
    """The texts of the files: every value of front matter, and every text of a body."""
    found = {"The Patient Loaf", "EUR"}
    for file in (each for part in ("roles", "people", "content") for each in (SAMPLE / part).rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        front, body = text.split("---\n", 2)[1:] if text.startswith("---\n") else ("", text)
        found.update(_values(yaml.safe_load(front)))
        found.update(Texts(markdown.markdown(body, extensions=EXTENSIONS)).found)
    return found


def _values(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for each in value.values() for text in _values(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in _values(each))
    elif isinstance(value, str):
        yield " ".join(value.split())


def pages(site: Path) -> Iterator[str]:
    for file in sorted(site.rglob("index.html")):
        page = file.parent.relative_to(site).as_posix()
        if not page.startswith(NOT_YET):
            yield page


def documents_of(handbook: Handbook) -> Iterator[Document]:
    contractor, public = map(handbook.view_for, (Audience.CONTRACTOR, Audience.PUBLIC))
    name = handbook.project.name
    for role in handbook.organisation.active_roles:
        yield with_statement(pack.compose(contractor, role.id, name))
        yield job_post.compose(public, role.id, name).document
    for each in handbook.plan().decisions.leavings.values():
        yield leaving.compose(each, name, handbook.organisation.day)
