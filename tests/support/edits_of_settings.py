"""Edits of mkdocs.yml, and of the files that it makes part of the site."""

import shutil
from typing import Any

from small_handbook import CONFIG, Book, Edit

_OPTIONS: dict[str, list[Any]] = {
    "search": [None, "text", "titles"],
    "static_charts": [None, [], ["role", "person", "people", "department", "overview", "business-model"]],
    "navigation": [None, "tree", "functions", "none"],
    "sections": [None, {"public": ["Notes"]}, {"internal": ["Purpose"], "contractor": ["Notes"]}],
    "founders": [None, ["Ada Abel"], ["Ben Berg", "Dana Dietz"]],
    "hand_over_weights": [None, {"hours": 9, "plan": 0}],
    "post_limit": [None, 50, 300],
    "owner_hour_value": [None, 60, {"amount": 70, "currency": "EUR"}],
    "disabled_checks": [None, ["no-hours"], ["no-deliverable", "no-hours"]],
    "audience": [None, "public"],
    "public_pages": [None, ["index.md", "guide/*"], ["index.md", "img/*"]],
    "allow_multiple_roots": [None, True],
    "business_model": [None, "guide/index.md"],
    "people_dir": [None, "nobody"],
}


def _option(name: str) -> Edit:
    def change(book: Book) -> str:
        new = book.other(book.options.get(name), _OPTIONS[name])
        book.set_options(**{name: new})
        return f"option {name}: {new}"

    change.__name__ = f"option_{name}"
    return change


def roles_dir(book: Book) -> str:
    """The whole folder under another name."""
    now, new = ("roles", "seats") if book.exists("roles") else ("seats", "roles")
    shutil.rmtree(book.root / new, ignore_errors=True)  # what another state has left there
    (book.root / now).rename(book.root / new)
    book.set_options(roles_dir=new)
    return f"option roles_dir: {new}"


_SETTINGS: dict[str, list[Any]] = {
    "copyright": [None, "&copy; The Mill", "Ours"],
    "site_name": ["The Mill", "The <New> Mill & Co"],
    "site_url": ["http://127.0.0.1:8000/", "https://mill.example/book/", "http://127.0.0.1:8000/deep/"],
    "site_description": [None, "How we work", "How we bake"],
    "site_author": [None, "Ada"],
    "use_directory_urls": [None, False],
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
    "draft_docs": [None, "guide/how.md", "roles/owner.md"],
    "exclude_docs": [None, "guide/how.md", "roles/owner.md\njobs/"],
    "not_in_nav": [None, "guide/"],
    "extra_templates": [None, ["pages.txt"]],
}


_EVERY_PAGE = "{% for file in pages %}{{ file.url }} {{ file.page.title }}\n{% endfor %}"


def _setting(name: str) -> Edit:
    def change(book: Book) -> str:
        new = book.other(book.config.get(name), _SETTINGS[name])
        book.configure(**{name: new})
        if name == "extra_templates":
            book.save("content/pages.txt", _EVERY_PAGE)
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
}
_MAIN = '{% extends "base.html" %}\n{% block announce %}MORE{% endblock %}\n'


def _theme(name: str) -> Edit:
    def change(book: Book) -> str:
        new = book.other(book.config["theme"].get(name), _THEME[name])
        kept = {key: value for key, value in {**book.config["theme"], name: new}.items() if value is not None}
        book.configure(theme=kept)
        return f"theme {name}: {new}"

    change.__name__ = f"theme_{name}"
    return change


def custom_dir(book: Book) -> str:
    """A folder of the owner's own templates."""
    now = book.config["theme"]
    if now.pop("custom_dir", None):
        book.configure(theme=now)
        return "theme custom_dir: None"
    book.save("theme/main.html", _MAIN.replace("MORE", book.word()))
    book.configure(theme={**now, "custom_dir": "theme"})
    return "theme custom_dir: theme"


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
    {"toc": {"toc_depth": 2}},
    "abbr",
    "md_in_html",
    "pymdownx.tasklist",
    {"pymdownx.tasklist": {"custom_checkbox": True}},
    {"pymdownx.snippets": {"auto_append": ["words.md"], "check_paths": False}},
]


def extension(book: Book) -> str:
    """Another one, or other settings of one, or no more such."""
    new = book.dice.choice(_EXTENSIONS)
    if "pymdownx.snippets" in new:
        new["pymdownx.snippets"]["base_path"] = [str(book.root / "snippets")]
    others = [each for each in CONFIG["markdown_extensions"] if "toc" not in each or "toc" not in new]
    book.configure(markdown_extensions=[*others, new])
    return f"markdown_extensions: with {new}"


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
    # A preview of MkDocs reads each file of hooks once.
    name = f"hook{book.dice.randrange(10**6)}.py"
    book.save(name, code.replace("WORD", book.word()))
    book.configure(hooks=[name])
    return f"hooks: {name}"


def css_file(book: Book) -> str:
    path = book.dice.choice(["content/css/own.css", "content/css/other.css"])
    book.save(path, f"/* {book.word()} */")
    return f"{path}: written"


_AUDIENCE = ("audience", "public_pages")
OF_OPTIONS: tuple[Edit, ...] = (*(_option(name) for name in _OPTIONS if name not in _AUDIENCE), roles_dir)
"""Options of the plugin."""
OF_AUDIENCE: tuple[Edit, ...] = tuple(map(_option, _AUDIENCE))
"""Whom the site is for."""
copyright_line, *_other_settings = map(_setting, _SETTINGS)
OF_SETTINGS: tuple[Edit, ...] = (copyright_line, *_other_settings)
"""Settings of MkDocs."""
OF_THEME: tuple[Edit, ...] = (*map(_theme, _THEME), css_file)
"""How pages look."""
OF_OTHERS: tuple[Edit, ...] = (custom_dir, theme_file, extension, snippet, other_plugin, hook)
"""What somebody else's program or template makes of the pages."""
