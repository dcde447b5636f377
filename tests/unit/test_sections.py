"""Sections in documents: what boxes, tabs and pictures become outside of a site."""

import re

import pytest

from rolebook.body import ANY_SITE
from rolebook.body.reader import Reader
from rolebook.body.settings import Settings
from rolebook.visibility.sections import no_picture, visible_sections

BOXES = """\
## Procedure

- [ ] open
- [x] done

Text <input type="checkbox"> goes on.

- <input type="text"> a field
- <input type="checkbox" checked> a box in HTML
- plain
"""


def test_boxes_stand_at_the_beginning_of_list_items_only() -> None:
    (section,) = visible_sections(ANY_SITE, BOXES, lambda heading: True, no_picture)
    items = [re.sub("<.*?>", "", item) for item in re.findall(r"<li.*?</li>", str(section.html))]
    assert items == ["☐ open", "☑ done", " a field", "☑ a box in HTML", "plain"]
    assert "<input" not in section.html
    assert re.search(r"Text\s+goes on", re.sub("<.*?>", "", str(section.html)))
    assert str(section.html).count("☐") == 1


LINKS = """\
## Purpose

[a](https://example.org/x) [b](mailto:a@b.example) [c](other.md) [d](/people/maya/) [e](//evil.example/x)
<a href="javascript:x()">f</a> <a href="FILE:///etc">g</a> [h](#procedure) ![p](secret.png)
"""


def test_a_document_leads_to_no_page_of_the_site() -> None:
    (section,) = visible_sections(ANY_SITE, LINKS, lambda heading: True, no_picture)
    found = re.findall(r'(?:href|src)="(.*?)"', str(section.html))
    assert found == ["https://example.org/x", "mailto:a@b.example"]
    assert "maya" not in section.html and "secret" not in section.html


def test_a_label_outside_of_a_tab_is_a_line_of_its_own() -> None:
    (section,) = visible_sections(
        ANY_SITE, "## Purpose\n\n<label>Here</label>\n", lambda heading: True, no_picture
    )
    assert "<p><strong>Here</strong></p>" in section.html


NOTES = Reader(Settings.allowed(["footnotes", "attr_list", "md_in_html"], {}))


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("text[^1] goes\n\n[^1]: note ![p](x.png) <br> more\n\n    second\n", "<p>text goes</p>"),
        (
            '<div class="toc"><b>x</b> secret <br> <img src="x.png" alt="pic"> more</div>\n\nafter',
            "<p>after</p>",
        ),
        ('<div class="footnote"><b>x</b> secret <i>y</i> more<br></div>\n\nafter', "<p>after</p>"),
        ("a\n\n### A\n\n#### B\n\n##### C\n\n###### D\n\n### E\n\nb", "<p>a</p>\n<h3>E</h3>\n<p>b</p>"),
        ("###### A\n\nb\n\n###### C", "<h6>A</h6>\n<p>b</p>"),
    ],
)
def test_notes_contents_and_empty_headings_go_whole(body: str, shown: str) -> None:
    (section,) = visible_sections(NOTES, f"## Purpose\n\n{body}\n", lambda heading: True, no_picture)
    assert section.html == shown


def test_outsiders_see_no_comments_and_no_deleted_text() -> None:
    reader = Reader(Settings(("pymdownx.critic", "pymdownx.tilde")))
    body = "## Purpose\n\nSell{>>not Bob<<} {--much --}{~~more~>less~~} and {++buy++} {==now==}, ~~never~~.\n"
    (section,) = visible_sections(reader, body, lambda heading: True, no_picture)
    assert re.sub("<[^>]*>", "", section.html).strip() == "Sell less and buy now, never."
