"""The files of a site of which some pages are there already.

MkDocs finds a page that is kept when something leads to it, and does not build it again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType

from mkdocs.structure.files import File, Files, InclusionLevel


class SiteFiles(Files):
    """MkDocs' files, which know what was kept, and what a page has asked for."""

    def __init__(self, files: Iterable[File]) -> None:
        super().__init__(files)
        self.kept: set[str] = set()
        """Pages that are not built, by their place in the sources."""
        self._asked: dict[str, bool] | None = None

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
    ) -> Sequence[File]:
        """The pages to build."""
        pages = super().documentation_pages(inclusion=inclusion)
        return [file for file in pages if file.src_uri not in self.kept]

    def all_pages(self) -> Sequence[File]:
        """These and those that are kept, in their order."""
        return super().documentation_pages()

    def get_file_from_path(self, path: str) -> File | None:
        """The file at `path` in the sources; None where there is none."""
        file = super().get_file_from_path(path)
        if self._asked is not None:
            # The file's own text for it, which is held once for all pages that lead there.
            self._asked[file.src_uri if file else path] = file is not None
        return file

    @contextmanager
    def asked(self) -> Iterator[Mapping[str, bool]]:
        """For as long as it lasts, the paths that are asked for, and whether there is a file at each."""
        asked: dict[str, bool] = {}
        self._asked = asked
        try:
            yield MappingProxyType(asked)
        finally:
            self._asked = None
