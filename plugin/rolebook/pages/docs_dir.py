"""Sorts the files of `docs_dir` as MkDocs does: on the site or not, in the navigation or not.

See `mkdocs.structure.files`, which takes longer to load than a check may last.
"""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import groupby

from rolebook import files
from rolebook.project import Project
from rolebook.site_config import SiteSettings

_PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_EXCLUDED = (".*", "/templates/")
"""What MkDocs leaves out of every site."""


@dataclass(frozen=True, slots=True)
class DocsDir:
    """The files of `docs_dir`, by their paths there."""

    known: Set[str]
    """All to which a link may lead; MkDocs does not mind links to what it leaves out of the site."""
    pages: tuple[str, ...]
    """Those that become pages."""
    expected: tuple[str, ...]
    """The pages that the navigation is expected to have."""
    clashes: tuple[tuple[str, str], ...]
    """Files that are left out of the site, each with the one beside it that has its address."""
    overwritten: tuple[tuple[str, str], ...]
    """Files in different folders that have one address, of which one is on the site."""


def is_page(uri: str) -> bool:
    """Whether MkDocs makes a page of the file at `uri`."""
    return uri.endswith(_PAGES)


def docs_dir(project: Project, settings: SiteSettings) -> DocsDir:
    """What MkDocs makes of the files of `project`."""
    folder = posixpath.normpath(project.docs_dir)
    paths = files.below(project.root, folder, hidden=True)
    uris = [posixpath.relpath(path, folder) for path in paths]
    excluded, drafts = _matches(settings.exclude, _EXCLUDED), _matches(settings.drafts)
    outside = _matches(settings.not_in_nav)
    left_out = {uri for uri in uris if excluded(uri) or drafts(uri)}
    gone, clashes = _same_addresses(uris, left_out, settings.directory_urls)
    pages = [uri for uri in uris if is_page(uri) and uri not in gone and uri not in left_out]
    expected = tuple(uri for uri in pages if not outside(uri))
    there = (uri for uri in uris if uri not in gone and uri not in left_out)
    overwritten = tuple(_of_one_address(there, settings.directory_urls))
    return DocsDir(frozenset(uris) - gone, tuple(pages), expected, tuple(clashes), overwritten)


def _matches(patterns: str, before: Iterable[str] = ()) -> Callable[[str], bool]:
    """Whether a file matches `patterns`, a line each, as git reads `.gitignore`."""
    if not patterns:
        return _is_hidden if before else lambda uri: False
    # Imported here: it takes as long to load as a small handbook to check, and few have such patterns.
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines([*before, *patterns.splitlines()]).match_file
    except ValueError:  # MkDocs says what is wrong with them.
        return _is_hidden if before else lambda uri: False


def _is_hidden(uri: str) -> bool:
    """The same for `_EXCLUDED` alone."""
    return uri.startswith((".", "templates/")) or "/." in uri


def _same_addresses(
    uris: Iterable[str], left_out: Set[str], directory_urls: bool
) -> tuple[set[str], list[tuple[str, str]]]:
    """Find files whose address another one in their folder has, and those of which MkDocs warns."""
    gone, clashes = set[str](), []
    for _, inside in groupby(uris, posixpath.dirname):
        first: dict[str, str] = {}
        for uri in sorted(inside, key=_order):
            address = address_of(uri, directory_urls)
            if (other := first.setdefault(address, uri)) == uri:
                continue
            gone.add(uri if uri in left_out else other)
            if uri not in left_out and other not in left_out:
                clashes.append((other, uri))
    return gone, clashes


def _of_one_address(uris: Iterable[str], directory_urls: bool) -> Iterator[tuple[str, str]]:
    """List files that have the address of another one, each with that one."""
    first: dict[str, str] = {}
    for uri in uris:
        if (other := first.setdefault(address_of(uri, directory_urls), uri)) != uri:
            yield uri, other


def _order(uri: str) -> tuple[bool, str]:
    name = posixpath.basename(uri)
    return posixpath.splitext(name)[0] not in ("index", "README"), name


def address_of(uri: str, directory_urls: bool) -> str:
    """The file of the site that a file of `docs_dir` becomes."""
    if not is_page(uri):
        return uri
    folder, name = posixpath.split(posixpath.splitext(uri)[0])
    name = "index" if name == "README" else name
    is_flat = name == "index" or not directory_urls
    return posixpath.join(folder, f"{name}.html" if is_flat else f"{name}/index.html")
