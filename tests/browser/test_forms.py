"""Somebody who writes no YAML creates and changes a role, a person and an offer with the forms."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from projects import opened, reported, write
from rolebook.cli.form_server import form_server
from rolebook.forms.config import settings
from rolebook.forms.page import as_json, page_files

FILES = {
    "roles/boss.md": """\
---
title: Boss
owner: Ada King # the founder
backup: Somebody Else
also_reports_to: [board]
weekly_hours: 5
status: busy
review_by: soon
x-own: 012
deliverable: The shop is open
---
""",
    "roles/adverts.md": """\
---
# The adverts of the shop
title: Adverts   # not 'Ads'
parent: boss
owner: ines  # since May
weekly_hours: 6
deliverable:
  - outcome: Ten enquiries a week
    measure: counted
  - Two adverts <img src=x onerror=alert(1)> a month
outsource: no # for now
tools: [{name: Mail, access: writer}]
---

The *advertising* of the shop.
""",
    "people/ada.md": "---\nname: Ada King\nfounder: yes\nweekly_capacity: 40\n---\n",
    "people/ines.md": "---\nname: Ines Silva\nengagement: contractor # by the hour\n---\n\nA note.\n",
    "content/index.md": "# Home\n",
    "content/business-model.md": """\
---
title: What we sell
# in the shop
offers:
  - id: bread
    name: Bread
    price: 4
---

# What we sell
""",
}
PICKER = "window.showDirectoryPicker = () => navigator.storage.getDirectory()"
"""A folder of the browser's own, with the same handles as one of the disk: no dialog can be answered here."""
FILL = """async files => {
    const root = await navigator.storage.getDirectory()
    await root.getDirectoryHandle(".git", { create: true })
    for (const [path, text] of Object.entries(files)) {
        const parts = path.split("/")
        let folder = root
        for (const part of parts.slice(0, -1)) {
            folder = await folder.getDirectoryHandle(part, { create: true })
        }
        const file = await (await folder.getFileHandle(parts.at(-1), { create: true })).createWritable()
        await file.write(text)
        await file.close()
    }
}"""
READ = """async () => {
    const files = {}
    const read = async (folder, path) => {
        for await (const [name, handle] of folder.entries()) {
            if (handle.kind === "directory") await read(handle, `${path}${name}/`)
            else files[path + name] = await (await handle.getFile()).text()
        }
    }
    await read(await navigator.storage.getDirectory(), "")
    return files
}"""

TALL: ViewportSize = {"width": 1280, "height": 6000}
"""Fields that are not in sight are not drawn."""


class Forms:
    """The page with the forms, and the files that it writes."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))

    def start(self) -> None:
        self.page.goto(self.base)
        self.page.evaluate(FILL, FILES)
        self.page.get_by_role("button", name="Work with Local Repository").click()
        self.page.get_by_role("row", name="Adverts").wait_for()

    def open(self, path: str) -> None:
        self.page.evaluate("path => { location.hash = `#/collections/${path}` }", path)
        self.page.get_by_role("button", name="Save").wait_for()

    def field(self, path: str) -> "Field":
        return Field(self.page, path)

    def save(self) -> dict[str, str]:
        """Save, wait until a file has changed, and read all of them."""
        before = self.files()
        # The page takes over what is written and chosen a moment later.
        self.page.wait_for_timeout(500)
        self.page.get_by_role("button", name="Save", exact=True).click()
        for _ in range(200):
            if (now := self.files()) and any(before.get(path) != text for path, text in now.items()):
                return now
            self.page.wait_for_timeout(50)
        raise AssertionError("nothing was saved")

    def files(self) -> dict[str, str]:
        """All files; none while one is being written, which cannot be read then."""
        files: dict[str, str] = self.page.evaluate(f"() => ({READ})().catch(() => ({{}}))")
        return files if all(path.endswith(".md") for path in files) else {}


class Field:
    """A field of the form, by the place of what it holds."""

    def __init__(self, page: Page, path: str) -> None:
        self.page = page
        self.where = page.locator(f"[data-key-path='{path}']").first

    def write(self, text: str) -> None:
        self.where.locator("input, textarea").first.fill(text)

    def choose(self, words: str) -> None:
        """One of what is offered: in a list that opens, or beside a button each."""
        if not self.where.get_by_role("radio", name=words).count():
            self.where.get_by_role("combobox").first.click()
            self.page.get_by_role("option", name=words, exact=True).click()
        else:
            self.where.get_by_role("radio", name=words).click()
            expect(self.where.get_by_role("radio", name=words)).to_be_checked()

    def add(self, words: str) -> None:
        # Sveltia keeps words in other scripts apart from its own.
        self.where.get_by_role("button", name=f"Add \u2068{words}\u2069", exact=True).click()

    def unfold(self) -> None:
        self.where.get_by_role("button", name="Expand", exact=True).first.click()
        # Sveltia takes back what somebody changes in the same moment, which only a program can.
        self.page.wait_for_timeout(1000)


@contextmanager
def served(root: Path) -> Iterator[str]:
    backend = {"name": "github", "repo": "local/shop", "branch": "main", "auth_methods": ["token"]}
    made = as_json(settings(opened(root), backend, is_local=True))
    server = form_server(0, page_files("Shop", {}), lambda: made)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def forms(browser: Browser, tmp_path: Path) -> Iterator[Forms]:
    with served(write(tmp_path / "shop", FILES)) as base:
        context: BrowserContext = browser.new_context(viewport=TALL)
        context.add_init_script(PICKER)
        forms = Forms(context.new_page(), base)
        forms.start()
        yield forms
        context.close()
        assert forms.complaints == []


def changed(path: str, *lines: tuple[str, str]) -> dict[str, str]:
    """The files, with lines of one exchanged."""
    text = FILES[path]
    for before, after in lines:
        assert text.count(before) == 1
        text = text.replace(before, after)
    return {**FILES, path: text}


def test_a_role_is_changed_line_by_line(forms: Forms, tmp_path: Path) -> None:
    forms.open("roles/entries/adverts")
    forms.field("title").write("Advertising")
    forms.field("owner").choose("Ada King")
    forms.field("weekly_hours").write("5-8")
    forms.field("deliverable").unfold()
    forms.field("deliverable.0.measure").write("by: hand")
    forms.field("part3").unfold()
    forms.field("part3.outsource").unfold()
    forms.field("part3.outsource.fit").choose("Next")
    now = forms.save()
    assert now == changed(
        "roles/adverts.md",
        ("title: Adverts ", "title: Advertising "),
        ("owner: ines ", "owner: ada "),
        ("weekly_hours: 6\n", "weekly_hours:\n  min: 5\n  max: 8\n"),
        ("measure: counted", 'measure: "by: hand"'),
        ("outsource: no #", "outsource: next #"),
    )
    assert reported(write(tmp_path / "after", now)) == reported(write(tmp_path / "before", FILES))


def test_a_change_of_the_text_leaves_the_fields(forms: Forms) -> None:
    forms.open("roles/entries/adverts")
    forms.field("title").write("Other")
    forms.field("title").write("Adverts")
    forms.field("body").write("The *adverts* of the shop.")
    now = forms.save()
    assert now == changed("roles/adverts.md", ("*advertising*", "*adverts*"))


def test_a_role_a_person_and_an_offer_are_created(forms: Forms, tmp_path: Path) -> None:
    forms.open("people/new")
    forms.field("name").write("Zoë O'Brien")
    forms.field("weekly_capacity").write("7.5")
    forms.field("email").write("zoe@example.com")
    forms.save()
    forms.open("roles/new")
    forms.field("title").write("Gift vouchers")
    forms.field("parent").choose("Adverts")
    forms.field("owner").choose("Zoë O'Brien")
    forms.field("weekly_hours").write("2")
    forms.field("deliverable").add("Deliverable")
    forms.field("deliverable.0.outcome").write("Every voucher in time")
    forms.save()
    forms.open("business/entries/business-model")
    forms.field("offers").add("Offer")
    forms.field("offers.1.id").write("voucher")
    forms.field("offers.1.name").write("Voucher")
    forms.field("offers.1.price").write("25")
    now = forms.save()
    assert now == {
        **changed(
            "content/business-model.md",
            ("    price: 4\n", "    price: 4\n  - id: voucher\n    name: Voucher\n    price: 25\n"),
        ),
        "people/zoe-o-brien.md": "---\nname: Zoë O'Brien\nweekly_capacity: 7.5\n"
        "email: zoe@example.com\n---\n",
        "roles/gift-vouchers.md": "---\ntitle: Gift vouchers\nparent: adverts\nowner: zoe-o-brien\n"
        "weekly_hours: 2\ndeliverable:\n  - Every voucher in time\n---\n",
    }
    assert reported(write(tmp_path / "after", now)) == reported(write(tmp_path / "before", FILES))


def test_what_the_form_does_not_know_stays(forms: Forms) -> None:
    forms.open("roles/entries/boss")
    forms.field("part1").unfold()
    forms.field("title").write("Director")
    assert forms.save() == changed("roles/boss.md", ("title: Boss", "title: Director"))


def test_nothing_is_saved_of_what_a_form_cannot_write(forms: Forms) -> None:
    forms.open("roles/entries/boss")
    forms.field("weekly_hours").write("a few")
    forms.page.get_by_role("button", name="Save", exact=True).click()
    forms.page.get_by_text("Write hours in digits, such as 10, 7.5 or 5-8.").first.wait_for()
    assert forms.files() == FILES


OWN = """\
site_name: Shop
docs_dir: content
plugins:
  - rolebook:
      fields:
        roles:
          level: {type: choice, choices: [Junior, Senior]}
          budget: {type: amount, currency: EUR}
          site: web address
          works: {type: text, list: yes}
          mentor: person
        people: {desk: text, number: telephone}
"""


def test_fields_of_the_owners_own_are_written(browser: Browser, tmp_path: Path) -> None:
    with served(write(tmp_path / "shop", FILES | {"mkdocs.yml": OWN})) as base:
        context: BrowserContext = browser.new_context(viewport=TALL)
        context.add_init_script(PICKER)
        forms = Forms(context.new_page(), base)
        forms.start()
        forms.open("roles/entries/adverts")
        forms.field("part7").unfold()
        forms.field("part7.level").choose("Senior")
        forms.field("part7.budget").write("1200")
        forms.field("part7.mentor").choose("Ada King")
        now = forms.save()
        forms.open("people/entries/ines")
        forms.field("part4").unfold()
        forms.field("part4.desk").write("By the door")
        now = forms.save()
        assert now == {
            **changed("people/ines.md", ("# by the hour\n", "# by the hour\ndesk: By the door\n")),
            "roles/adverts.md": FILES["roles/adverts.md"].replace(
                "access: writer}]\n", "access: writer}]\nlevel: Senior\nbudget: 1200\nmentor: ada\n"
            ),
        }
        context.close()
        assert forms.complaints == []
