"""Lists a site's files for MkDocs, without building the pages that are reused: links to them still work."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType

from mkdocs.structure.files import File, Files, InclusionLevel


class SiteFiles(Files):
    """MkDocs' files, with the pages that are reused and a record of the files that are looked for."""

    def __init__(self, files: Iterable[File]) -> None:
        super().__init__(files)
        self.reused: set[str] = set()
        """Pages that are not built, by their paths in the sources."""
        self._record: dict[str, bool] | None = None

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
    ) -> Sequence[File]:
        """The pages to build."""
        pages = super().documentation_pages(inclusion=inclusion)
        return [file for file in pages if file.src_uri not in self.reused]

    def all_pages(self) -> Sequence[File]:
        """These and those that are reused, in their order."""
        return super().documentation_pages()

    def get_file_from_path(self, path: str) -> File | None:
        """The file at `path` in the sources; None where there is none."""
        file = super().get_file_from_path(path)
        if self._record is not None:
            # The file's own text for it, which is in memory once for all pages that lead there.
            self._record[file.src_uri if file else path] = file is not None
        return file

    @contextmanager
    def lookups(self) -> Iterator[Mapping[str, bool]]:
        """Record the paths that are looked for in the block, and whether there is a file at each."""
        record: dict[str, bool] = {}
        self._record = record
        try:
            yield MappingProxyType(record)
        finally:
            self._record = None
