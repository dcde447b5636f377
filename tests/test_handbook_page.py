"""A generated page is to MkDocs what any other page is."""

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as SitePage

from rolebook.body import Settings
from rolebook.mkdocs_plugin.bodies import Bodies
from rolebook.mkdocs_plugin.handbook_page import Common, HandbookPage
from rolebook.pages import kinds
from rolebook.pages.plan import Page
from rolebook.rendering.raw_html import Parts

PATHS = (
    *("index.md", "roles/index.md", "roles/ppc.md", "roles/a b/Ünï & co.md", "roles/a:b?c#d;e.md"),
    *("../up.md", "roles/../x.md", "/y.md", "roles/.hidden.md"),
    *("roles/...md", "..x/y.md", "roles/%2e%2e/z.md", "roles//twice.md", "a;b/c=d.md"),
)


@pytest.mark.parametrize(
    "base",
    [
        *(None, "", "https://example.org", "https://example.org/", "https://example.org/hand/book"),
        *("https://example.org/a/../b/", "https://example.org/a?b=c", "https://example.org/a#b"),
        *("https://example.org/a;b/", "http://127.0.0.1:8000/", "/only/a/path/", "mailto:somebody"),
    ],
)
@pytest.mark.parametrize("directory_urls", [True, False])
def test_its_address_is_the_one_that_mkdocs_gives_a_page(base: str | None, directory_urls: bool) -> None:
    config = MkDocsConfig()
    config.load_dict({"site_name": "Ours", "use_directory_urls": directory_urls, "site_url": base})
    for path in PATHS:
        page = Page(path, "Ours", kinds.ROLE)
        theirs = SitePage("Ours", File(path, None, "site", directory_urls), config)
        ours = HandbookPage(
            "Ours",
            File(path, None, "site", directory_urls),
            config,
            page,
            _nothing,
            Common(Bodies(Settings(), False)),
            late=True,
        )
        assert (ours.canonical_url, ours.abs_url) == (theirs.canonical_url, theirs.abs_url)


def _nothing(page: Page) -> Parts:
    return Parts("")
