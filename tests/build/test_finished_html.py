"""What a page's finished HTML is: taken out of the Markdown and put in again, nothing on the page changes."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from projects import opened, write
from rolebook.rendering.raw_html import apart, finished, together, unmarked
from sites import HOME, MKDOCS_YML, SAMPLE, build_site

OWNER = "---\ntitle: Owner\nowner: Ada\nweekly_hours: 5\ndeliverable: A plan\n---\n"


def test_parts_are_taken_out_in_their_order_and_put_in_again() -> None:
    text = f"## One\n\n{finished('<p>a</p>')}\n{finished('<p>b</p>')}\n"
    parts = apart(text, "")
    assert parts.finished == ("<p>a</p>", "<p>b</p>")
    assert parts.authored is None
    assert "<p>" not in parts.markdown
    assert re.sub(r"\s", "", together(parts.markdown, parts.finished)) == "##One<p>a</p><p>b</p>"


def test_what_an_author_wrote_is_taken_out_too() -> None:
    parts = apart(f"{finished('<p>a</p>')}|## Theirs|## Ours {finished('<p>b</p>')}", "|")
    assert parts.authored == "## Theirs"
    assert "Theirs" not in parts.markdown
    html = together(parts.markdown, (*parts.finished, "<h2>Theirs</h2>"))
    assert re.sub(r"\s", "", html) == "<p>a</p><h2>Theirs</h2>##Ours<p>b</p>"


@given(st.lists(st.tuples(st.booleans(), st.text("a<>\n\x02\x03#"))))
def test_text_without_its_marks_is_the_text(pieces: list[tuple[bool, str]]) -> None:
    text = "".join(finished(piece) if is_finished else unmarked(piece) for is_finished, piece in pieces)
    assert unmarked(text) == "".join(unmarked(piece) for _, piece in pieces)
    parts = apart(text, "")
    assert list(parts.finished) == [unmarked(piece) for is_finished, piece in pieces if is_finished]


def test_a_rule_that_somebody_wrote_is_one_of_the_pages_own_parts_or_stays() -> None:
    html = '<hr data-rolebook="0"><hr data-rolebook="7">'
    assert together(html, ("<p>a</p>",)) == '<p>a</p><hr data-rolebook="7">'


def squeezed(html: str) -> str:
    return re.sub(r"\s*([<>])\s*", r"\1", html)


def test_every_page_of_the_sample_is_the_same_as_if_all_of_it_were_converted() -> None:
    handbook = opened(SAMPLE)
    plan = handbook.plan()
    renderer = handbook.renderer(plan)
    markdown = Markdown(extensions=["tables", "toc", "attr_list", "pymdownx.superfences", "meta"])
    kinds = set()
    for page in plan:
        parts = renderer.apart(page)
        whole = markdown.reset().convert(renderer.page(page))
        authored = [markdown.reset().convert(parts.authored)] if parts.authored is not None else []
        html = together(markdown.reset().convert(parts.markdown), (*parts.finished, *authored))
        assert squeezed(html) == squeezed(whole.replace(renderer.mark, "")), page.uri
        kinds.add(page.kind)
    assert len(kinds) >= 9


def test_a_page_is_called_as_its_front_matter_says(tmp_path: Path) -> None:
    """What the navigation shows before a page is made is what the page shows of itself."""
    files = {"roles/odd.md": '---\ntitle: "A & B <i> {x} \u00e9 12:30"\nparent: owner\n---\n'}
    odd = write(tmp_path, HOME | files | {"mkdocs.yml": MKDOCS_YML, "roles/owner.md": OWNER})
    for handbook in map(opened, (SAMPLE, odd)):
        plan = handbook.plan()
        renderer = handbook.renderer(plan)
        for page in plan:
            front = yaml.safe_load(renderer.page(page).split("\n---\n")[0].removeprefix("---\n"))
            assert renderer.title(page) == front["title"], page.uri


SITE: Mapping[str, str] = {
    "mkdocs.yml": f"{MKDOCS_YML}nav: [index.md, {{Openings: 'rolebook:jobs'}}, 'rolebook:roles']\n"
    "validation: {links: {anchors: warn}}\n",
    "content/index.md": "# Home\n\n[Seat](org-chart/index.md#seat-owner) "
    "[Chart](org-chart/index.md#as-a-diagram)\n",
    "roles/owner.md": f"{OWNER}## Done when\n\n[Reports](#direct-reports) are [in](ppc.md#no-such-place).\n",
    "roles/ppc.md": "---\ntitle: PPC\nparent: owner\n---\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    return build_site(write(tmp_path_factory.mktemp("parts"), HOME | SITE))


def test_links_to_anchors_of_finished_parts_are_known_and_others_are_reported(
    site: tuple[Path, list[str]],
) -> None:
    reported = [line for line in site[1] if "anchor" in line]
    assert len(reported) == 1
    assert "ppc.md#no-such-place" in reported[0]


def test_headings_of_generated_pages_are_in_their_table_of_contents(site: tuple[Path, list[str]]) -> None:
    for path, anchor in {"roles/owner": "direct-reports", "jobs/owner": "what-you-deliver"}.items():
        html = (site[0] / path / "index.html").read_text(encoding="utf-8")
        assert f'<a href="#{anchor}" class="md-nav__link">' in html, path
        assert f'<h2 id="{anchor}">' in html, path


def test_pages_of_the_same_headings_keep_their_own_contents(site: tuple[Path, list[str]]) -> None:
    texts = {
        path: (site[0] / "jobs" / path / "index.html").read_text(encoding="utf-8")
        for path in ("owner", "ppc")
    }
    assert "A plan" in texts["owner"]
    assert "A plan" not in texts["ppc"]


def test_a_title_that_the_author_gives_a_page_in_nav_is_kept(site: tuple[Path, list[str]]) -> None:
    assert "\n    Openings\n" in (site[0] / "index.html").read_text(encoding="utf-8")


def test_no_mark_of_an_authors_part_is_left_on_a_page(site: tuple[Path, list[str]]) -> None:
    for path in ("people/ada", "roles/owner", "jobs/owner"):  # Ada has no file of her own
        assert "<!-- rolebook" not in (site[0] / path / "index.html").read_text(encoding="utf-8"), path
