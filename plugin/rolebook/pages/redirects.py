"""Small pages at the addresses that roles had before, which lead to where they are now.

They are plain HTML that any host serves: no plugin and no server setting is needed.
"""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from markupsafe import Markup

from rolebook.organisation import MAX_ID_BYTES
from rolebook.pages.plan import ROLES, Page, Plan, relative
from rolebook.problems import printable

MOST_FOLDERS = 12
"""Above a former page, so that its path is no longer than disks allow."""
_PAGE = Markup("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={address}">
<link rel="canonical" href="{address}">
<title>{title}</title>
</head>
<body><p>This page has moved: <a href="{address}">{title}</a></p></body>
</html>
""")


def redirects(plan: Plan) -> dict[str, str]:
    """The HTML of each such page by its path on the site."""
    pages = {page.uri for page in plan}
    found: dict[str, str] = {}
    for uri, page in _former(plan):
        if uri not in pages and _can_be(uri):
            here = plan.url(uri)
            address = relative(here, plan.url(page.uri))
            found[_file(here)] = str(_PAGE.format(address=address, title=page.title))
    return found


def _former(plan: Plan) -> Iterator[tuple[str, Page]]:
    """Former places on the site, each with the page that is meant: what git tells, then what authors say."""
    for path, role_id in (plan.history.moved if plan.history else {}).items():
        yield _uri(path, plan), plan.roles[role_id]
    for role in plan.organisation.roles.values():
        for alias in role.fields.aliases:
            yield _uri(alias, plan), plan.roles[role.id]


def _uri(former: str, plan: Plan) -> str:
    """The place on the site of a former path: a role file's, a page's address, or an id alone."""
    folder = posixpath.normpath(plan.project.options.roles_dir)
    path = posixpath.normpath(former.strip().strip("/").removesuffix("index.html").removesuffix(".html"))
    path = path.removesuffix(".md").removeprefix(f"{folder}/").removeprefix(f"{ROLES}/")
    inside = [part for part in path.split("/") if part not in ("..", ".", "")]
    return f"{ROLES}/{'/'.join(inside)}.md"


def _can_be(uri: str) -> bool:
    """Whether a file can have been there, on any disk: an author may have written anything."""
    parts = uri.split("/")
    named = all(len(part.encode()) <= MAX_ID_BYTES and not set(part) & set('\\:*?"<>|') for part in parts)
    return named and len(parts) <= MOST_FOLDERS and printable(uri) == uri


def _file(address: str) -> str:
    return unquote(f"{address}index.html" if address.endswith("/") or not address else address)
