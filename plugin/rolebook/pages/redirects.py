"""Makes small pages at former addresses of roles and people; they lead to where these are now.

They are plain HTML that any host serves: no plugin and no server setting is needed.
"""

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from markupsafe import Markup

from rolebook.escaping import printable
from rolebook.language import current, gettext_html
from rolebook.organisation import MAX_ID_BYTES
from rolebook.pages.addresses import CHARTS, JOBS, PEOPLE, ROLES, TREE, relative
from rolebook.pages.page import Page
from rolebook.pages.plan import Plan

MAX_FOLDERS = 12
"""Above a former page, so that its path is no longer than disks allow."""
_PAGE = Markup("""\
<!doctype html>
<html {language}>
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={address}">
<link rel="canonical" href="{address}">
<title>{title}</title>
</head>
<body><p>{moved}</p></body>
</html>
""")


def redirects(plan: Plan) -> dict[str, str]:
    """The HTML of each such page by its path on the site."""
    # Where capitals do not count, a redirect of the old name would take the page's place.
    pages = {page.uri.casefold() for page in plan}
    found: dict[str, str] = {}
    for uri, page in _former(plan):
        if uri.casefold() not in pages and plan.has(page) and _can_be(uri):
            here = plan.url(uri)
            address = relative(here, plan.url(page.uri))
            found[_file(here)] = _leading_to(address, page.title)
    return found


def _leading_to(address: str, title: str) -> str:
    link = Markup('<a href="{}">{}</a>').format(address, title)
    moved = gettext_html("This page has moved: %(page)s", page=link)
    return str(_PAGE.format(language=current().attributes, address=address, title=title, moved=moved))


def _former(plan: Plan) -> Iterator[tuple[str, Page]]:
    """Former places on the site, each with the page that is meant: what git knows, then what authors say.

    The roles of a public plan have no aliases, and there are no people.
    """
    options, history = plan.project.options, plan.history
    yield f"{TREE}/index.md", plan.overview
    roles = plan.organisation.roles.values()
    paths = [*plan.former.items(), *(history.moved.items() if history else ())]
    paths += [(alias, role.id) for role in roles for alias in role.fields.aliases]
    for path, role_id in paths:
        inside = _inside(path, (options.roles_dir, ROLES, JOBS, CHARTS, TREE))
        yield f"{ROLES}/{inside}.md", plan.roles[role_id]
        old_id = posixpath.basename(inside)
        if (
            old_id.casefold() == role_id.casefold()
        ):  # Its file was in another folder, which only the address above shows.
            continue
        for folder, pages in ((JOBS, plan.jobs), (CHARTS, plan.charts)):
            yield f"{folder}/{old_id}.md", pages.get(role_id) or plan.roles[role_id]
        if branch := plan.branches.get(role_id):
            yield f"{TREE}/{old_id}.md", branch[0]
    people = plan.organisation.people.values()
    paths = [*history.moved_people.items()] if history else []
    paths += [(alias, person.id) for person in people for alias in person.fields.aliases]
    for path, person_id in paths:
        yield f"{PEOPLE}/{_inside(path, (options.people_dir, PEOPLE))}.md", plan.people[person_id]


def _inside(former: str, folders: Iterable[str]) -> str:
    """Reduce a former path to its place in one of `folders`. It may be a file, an address or an id alone."""
    path = posixpath.normpath(former.strip().strip("/").removesuffix("index.html").removesuffix(".html"))
    path = path.removesuffix(".md")
    for folder in folders:
        inside = path.removeprefix(f"{posixpath.normpath(folder)}/")
        if inside != path:
            path = inside
            break
    return "/".join(part for part in path.split("/") if part not in ("..", ".", ""))


def _can_be(uri: str) -> bool:
    """Whether a file can have been there, on any disk: an author may have written anything."""
    parts = uri.split("/")
    named = all(len(part.encode()) <= MAX_ID_BYTES and not set(part) & set('\\:*?"<>|') for part in parts)
    return named and len(parts) <= MAX_FOLDERS and printable(uri) == uri


def _file(address: str) -> str:
    return unquote(f"{address}index.html" if address.endswith("/") or not address else address)
