"""Says which folders a build may write to: the site's, which it empties, and the one of cached pages."""

import os
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from rolebook.files import has_link
from rolebook.language import N_, gettext
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
    message, hints = refusal
    return message, gettext(hints[bool(free)], folder=free)


_Hints = tuple[str, str]
"""What to do, as keys of translations: where no folder can be offered, and where one can."""
_NAME_ANOTHER = (
    N_("Name another folder as 'site_dir' in mkdocs.yml"),
    N_("Name another folder as 'site_dir' in mkdocs.yml, such as %(folder)s"),
)


def _site_refusal(folder: Path, sources: Sequence[Path], home: Path) -> tuple[str, _Hints] | None:
    if any(source.is_relative_to(folder) for source in (*sources, home)):
        message = gettext("%(folder)s cannot be the site's folder: a build empties it", folder=folder)
        return message, _NAME_ANOTHER
    for source in sources:
        if folder.is_relative_to(source):
            message = gettext(
                "%(folder)s cannot be the site's folder: it is part of %(source)s",
                folder=folder,
                source=source,
            )
            return message, _NAME_ANOTHER
    is_folder = os.path.isdir(folder)  # noqa: PTH112 (Path.is_dir raises where a name is too long)
    if is_folder and not _is_a_site(folder):
        message = gettext(
            "%(folder)s has files that were not written by a build, and a build would delete them",
            folder=folder,
        )
        return message, (
            N_("Empty the folder yourself, or name another folder as 'site_dir' in mkdocs.yml"),
            N_(
                "Empty the folder yourself, or name another folder as 'site_dir' in mkdocs.yml, "
                "such as %(folder)s"
            ),
        )
    if os.path.lexists(folder) and not is_folder:
        return gettext("%(folder)s is a file", folder=folder), (
            N_("Remove it, or name another folder as 'site_dir' in mkdocs.yml"),
            N_("Remove it, or name another folder as 'site_dir' in mkdocs.yml, such as %(folder)s"),
        )
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
    message = _why_no_cache(root, options.cache_dir, taken)
    if not message:
        return None
    free = next(
        (name for name in (".cache/rolebook", ".rolebook-cache") if not _why_no_cache(root, name, taken)), ""
    )
    if not free:
        return message, gettext("Write one that holds nothing else")
    return message, gettext("Write one that holds nothing else, such as %(folder)s", folder=free)


def _why_no_cache(root: Path, wanted: str, taken: Iterable[Path]) -> str:
    folder, top = (root / wanted).resolve(), root.resolve()
    if has_link(root, wanted):
        return gettext(
            "The folder '%(folder)s' of the option 'cache_dir' is a symbolic link or inside one, "
            "and builds would write to its target",
            folder=wanted,
        )
    for each in (path.resolve() for path in taken):
        if folder.is_relative_to(each):
            return gettext(
                "The folder '%(folder)s' of the option 'cache_dir' is in %(other)s",
                folder=wanted,
                other=each.relative_to(top) if each.is_relative_to(top) else each,
            )
    if not top.is_relative_to(folder):
        return ""
    return gettext(
        "The folder '%(folder)s' of the option 'cache_dir' holds the handbook itself", folder=wanted
    )
