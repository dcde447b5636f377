"""Says which folders a build may write to: the site's, which it empties, and the one of cached pages."""

import os
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from rolebook.files import has_link
from rolebook.project import Project
from rolebook.wording import numbered

MADE_BY_US = "assets/rolebook/rolebook.css"
"""A file by which a site of ours is known."""
_OF_MKDOCS = (("sitemap.xml.gz", "404.html"), ("search/search_index.json", "404.html"))
"""These files show that MkDocs has built a site; people write a 404.html and a sitemap.xml, too."""
_OFFERED = 100
"""So many names are tried for a folder that can be offered."""

Refusal = tuple[str, str] | None
"""Why a folder cannot be taken, and what to do."""


def site_refusal(folder: Path, sources: Sequence[Path], home: Path, root: Path) -> Refusal:
    """Why `folder` cannot be the site's; those of `root` can be offered."""
    refusal = _site_refusal(folder, sources, home)
    if refusal is None:
        return None
    names = islice(numbered("site"), _OFFERED)
    free = next((each for each in names if not _site_refusal(root / each, sources, home)), "")
    message, hint = refusal
    return message, f"{hint} another folder as 'site_dir' in mkdocs.yml{free and f', such as {free}'}"


def _site_refusal(folder: Path, sources: Sequence[Path], home: Path) -> Refusal:
    if any(source.is_relative_to(folder) for source in (*sources, home)):
        return f"{folder} cannot be the site's folder: a build empties it", "Name"
    for source in sources:
        if folder.is_relative_to(source):
            return f"{folder} cannot be the site's folder: it is part of {source}", "Name"
    is_folder = os.path.isdir(folder)  # noqa: PTH112 (Path.is_dir raises where a name is too long)
    if is_folder and not _is_a_site(folder):
        message = f"{folder} has files that were not written by a build, and a build would delete them"
        return message, "Empty the folder yourself, or name"
    if os.path.lexists(folder) and not is_folder:
        return f"{folder} is a file", "Remove it, or name"
    return None


def _is_a_site(folder: Path) -> bool:
    """Whether a build has written what is in `folder`; hidden files, such as git's, may be there too."""
    names = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
    known = ((MADE_BY_US,), *_OF_MKDOCS)
    return not names or any(all((folder / name).is_file() for name in each) for each in known)


def cache_refusal(project: Project, others: Iterable[Path]) -> Refusal:
    """Why builds cannot leave their pages in the folder of the option `cache_dir`.

    It may not be in a folder of the handbook, nor in one of `others`.
    """
    root, options = project.root, project.options
    taken = (*(root / name for name in (options.roles_dir, options.people_dir, ".git")), *others)
    why = _why_no_cache(root, options.cache_dir, taken)
    if not why:
        return None
    free = next(
        (name for name in (".cache/rolebook", ".rolebook-cache") if not _why_no_cache(root, name, taken)), ""
    )
    hint = f"Write one that holds nothing else{free and f', such as {free}'}"
    return f"The folder '{options.cache_dir}' of the option 'cache_dir' {why}", hint


def _why_no_cache(root: Path, wanted: str, taken: Iterable[Path]) -> str:
    folder, top = (root / wanted).resolve(), root.resolve()
    if has_link(root, wanted):
        return "is a symbolic link or inside one, and builds would write to its target"
    for each in (path.resolve() for path in taken):
        if folder.is_relative_to(each):
            return f"is in {each.relative_to(top) if each.is_relative_to(top) else each}"
    return "holds the handbook itself" if top.is_relative_to(folder) else ""
